/* struct identity: see auth.h. */
#include "apiserver/auth.h"
#include <errno.h>
#include "base/str.h"

void identity_done(struct identity *id)
{
	free(id->user);
	free(id->uid);
	for (char **g = id->groups; g && *g; g++)
		free(*g);
	free(id->groups);
	json_decref(id->extra);
	*id = (struct identity){0};
}

int identity_add_group(struct identity *id, const char *group)
{
	size_t n = 0;
	char **v;

	if (identity_in_group(id, group))
		return 0;
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

int identity_copy(struct identity *ret, const struct identity *id)
{
	struct identity c = {.user = str_dup(id->user), .uid = str_dup(id->uid), .extra = json_incref(id->extra)};

	for (char **g = id->groups; g && *g; g++) {
		if (identity_add_group(&c, *g)) {
			identity_done(&c);
			return -ENOMEM;
		}
	}
	if ((id->user && !c.user) || (id->uid && !c.uid)) {
		identity_done(&c);
		return -ENOMEM;
	}
	*ret = c;
	return 0;
}

bool identity_in_group(const struct identity *id, const char *group)
{
	for (char **g = id->groups; g && *g; g++)
		if (streq(*g, group))
			return true;
	return false;
}
