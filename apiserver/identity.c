/* struct identity: see auth.h. */
#include "apiserver/auth.h"
#include <errno.h>
#include "base/str.h"

void identity_done(struct identity *id)
{
	if (id->whole) {
		free(id->whole);
	} else {
		free(id->user);
		free(id->uid);
		for (char **g = id->groups; g && *g; g++)
			free(*g);
		free(id->groups);
	}
	json_decref(id->extra);
	*id = (struct identity){0};
}

/* What lay in one piece, piece by piece: it can grow then. */
static int identity_split(struct identity *id)
{
	struct identity c = {.user = str_dup(id->user), .uid = str_dup(id->uid)};
	bool ok = (c.user || !id->user) && (c.uid || !id->uid);

	for (char **g = id->groups; ok && g && *g; g++)
		ok = !identity_add_group(&c, *g);
	if (!ok) {
		identity_done(&c);
		return -ENOMEM;
	}
	free(id->whole);
	c.extra = id->extra;
	*id = c;
	return 0;
}

int identity_add_group(struct identity *id, const char *group)
{
	size_t n = 0;
	char **v;

	if (identity_in_group(id, group))
		return 0;
	if (id->whole && identity_split(id))
		return -ENOMEM;
	for (char **g = id->groups; g && *g; g++)
		n++;
	v = reallocarray(id->groups, n + 2, sizeof(*v));
	if (!v)
		return -ENOMEM;
	id->groups = v;
	v[n] = str_dup(group);
	if (!v[n])
		return -ENOMEM;
	v[n + 1] = NULL;
	return 0;
}

static char *put(char **p, const char *s)
{
	char *at = *p;

	if (!s)
		return NULL;
	*p = stpcpy(at, s) + 1;
	return at;
}

/* Every request has one: a single allocation. */
int identity_copy(struct identity *ret, const struct identity *id)
{
	size_t n = 0, size = (id->user ? strlen(id->user) + 1 : 0) + (id->uid ? strlen(id->uid) + 1 : 0);
	char *p;

	for (char **g = id->groups; g && *g; g++, n++)
		size += strlen(*g) + 1;
	char **v = malloc((n + 1) * sizeof(*v) + size);
	if (!v)
		return -ENOMEM;
	p = (char *)(v + n + 1);
	for (size_t i = 0; i < n; i++)
		v[i] = put(&p, id->groups[i]);
	v[n] = NULL;
	*ret = (struct identity){.groups = v, .extra = json_incref(id->extra), .whole = v};
	ret->user = put(&p, id->user);
	ret->uid = put(&p, id->uid);
	return 0;
}

bool identity_in_group(const struct identity *id, const char *group)
{
	for (char **g = id->groups; g && *g; g++)
		if (streq(*g, group))
			return true;
	return false;
}
