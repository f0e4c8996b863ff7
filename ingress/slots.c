/* Owners of statistics: assigned by the table, kept in a file. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/str.h"
#include "ingress/live.h"
#include "ingress/slots.h"

#define FIRST_LINE "minik ingress slots 1\n"
#define FILE_MAX   (16u << 20)
#define OWNER_MAX  600 /* "httproute/" and two names of an API object */

static void *number(uint32_t slot)
{
	return (void *)(uintptr_t)slot;
}
static uint32_t slot_of(const struct slots *s, const char *owner) /* 0: none */
{
	return (uint32_t)(uintptr_t)map_get(s->by_owner, owner);
}

void slots_done(struct slots *s)
{
	for (uint32_t i = 0; i < s->n; i++)
		free(s->v[i].owner);
	free(s->v);
	if (s->by_owner)
		map_free(s->by_owner);
	*s = (struct slots){0};
}

/* --- the file: a line for each slot: number, when its owner went, owner --- */

static int grow(struct slots *s, uint32_t n)
{
	if (n <= s->n)
		return 0;
	struct slot *v = realloc(s->v, n * sizeof(*v));
	if (!v)
		return -ENOMEM;
	memset(v + s->n, 0, (n - s->n) * sizeof(*v));
	s->v = v;
	s->n = n;
	return 0;
}

static bool owner_valid(const char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] <= ' ' || (unsigned char)s[i] >= 0x7f || s[i] == '"' || s[i] == '\\')
			return false;
	return n > 0 && n <= OWNER_MAX;
}

static int set_owner(struct slots *s, uint32_t slot, const char *owner)
{
	char *copy = str_dup(owner);

	if (!copy || map_put(s->by_owner, owner, number(slot)) < 0) {
		free(copy);
		return -ENOMEM;
	}
	if (s->v[slot].owner)
		map_del(s->by_owner, s->v[slot].owner);
	free(s->v[slot].owner);
	s->v[slot].owner = copy;
	s->v[slot].gone = 0;
	return 0;
}

static int load_line(struct slots *s, char *line)
{
	char *gone = strchr(line, ' '), *owner = gone ? strchr(gone + 1, ' ') : NULL;
	uint64_t n, when;

	if (!owner)
		return ERR_INVALID;
	*gone++ = *owner++ = '\0';
	if (str_to_u64(line, LIVE_SLOTS - 1, &n) < 0 || !n || str_to_u64(gone, UINT64_MAX - 1, &when) < 0 ||
	    !owner_valid(owner))
		return ERR_INVALID;
	if (grow(s, (uint32_t)n + 1) < 0)
		return -ENOMEM;
	if (s->v[n].owner || slot_of(s, owner))
		return ERR_INVALID;
	if (set_owner(s, (uint32_t)n, owner) < 0)
		return -ENOMEM;
	s->v[n].gone = when;
	s->gone_last = when > s->gone_last ? when : s->gone_last;
	return 0;
}

static int load_text(struct slots *s, char *text, struct err *fault)
{
	unsigned n = 1;

	if (!str_has_prefix(text, FIRST_LINE))
		return err_set(fault, ERR_INVALID, "the first line is not known");
	for (char *line = text + strlen(FIRST_LINE), *end; *line; line = end + 1) {
		n++;
		end = strchr(line, '\n');
		if (!end)
			return err_set(fault, ERR_INVALID, "line %u has no end", n);
		*end = '\0';
		int r = load_line(s, line);
		if (r == -ENOMEM)
			return r;
		if (r < 0)
			return err_set(fault, ERR_INVALID, "line %u is malformed", n);
	}
	return 0;
}

int slots_load(struct slots *s, const char *file, struct err *fault, struct err *e)
{
	AUTO_BUF struct buf b = {0};

	*s = (struct slots){.by_owner = map_new(NULL)};
	*fault = (struct err){0};
	if (!s->by_owner)
		return err_nomem(e);
	int r = fs_read(file, FILE_MAX, &b, fault);
	if (r == ERR_NOT_FOUND) {
		*fault = (struct err){0};
		return 0;
	}
	if (r == 0)
		r = load_text(s, b.data ? b.data : (char[]){""}, fault);
	if (r == 0)
		return 0;
	slots_done(s);
	if (r == -ENOMEM)
		return err_nomem(e);
	s->by_owner = map_new(NULL);
	return s->by_owner ? 0 : err_nomem(e);
}

int slots_save(struct slots *s, const char *file, struct err *e)
{
	AUTO_BUF struct buf b = {0};

	if (!s->dirty)
		return 0;
	buf_adds(&b, FIRST_LINE);
	for (uint32_t i = 1; i < s->n; i++)
		if (s->v[i].owner)
			buf_addf(&b, "%" PRIu32 " %" PRIu64 " %s\n", i, s->v[i].gone, s->v[i].owner);
	if (buf_failed(&b))
		return err_nomem(e);
	int r = fs_write_atomic(file, b.data, b.len, 0600, e);
	s->dirty = s->dirty && r < 0;
	return r;
}

/* --- assignment --- */

static int by_gone(const void *pa, const void *pb)
{
	const struct slot *const *a = pa, *const *b = pb;

	return (*a)->gone < (*b)->gone ? -1 : (*a)->gone > (*b)->gone;
}

struct free_slots {
	struct slot **v; /* of owners that are gone, the longest gone first */
	size_t n, next;
	bool known;
};

static int find_gone(struct slots *s, struct free_slots *f)
{
	f->known = true;
	f->v = malloc((s->n + 1) * sizeof(*f->v));
	if (!f->v)
		return -ENOMEM;
	for (uint32_t i = 1; i < s->n; i++)
		if (s->v[i].gone || !s->v[i].owner)
			f->v[f->n++] = &s->v[i];
	qsort(f->v, f->n, sizeof(struct slot *), by_gone);
	return 0;
}

/* A slot that nobody has had, else that of who has been gone longest; 0: none. */
static int take_slot(struct slots *s, struct free_slots *f, uint32_t *ret)
{
	uint32_t n = s->n ? s->n : 1;

	*ret = 0;
	if (n < LIVE_SLOTS) {
		*ret = n;
		return grow(s, n + 1);
	}
	if (!f->known && find_gone(s, f) < 0)
		return -ENOMEM;
	if (f->next < f->n)
		*ret = (uint32_t)(f->v[f->next++] - s->v);
	return 0;
}

/* Who is in the table and has a slot keeps it; who is not any more is gone as of now. */
static int keep(struct slots *s, const struct ing_table *t, uint32_t *by_policy)
{
	unsigned char *seen = calloc(1, s->n + 1);

	if (!seen)
		return -ENOMEM;
	for (size_t i = 0; i < t->n_policies; i++) {
		const char *owner = t->policies[i].owner;
		by_policy[i] = i && streq(owner, t->policies[i - 1].owner) ? by_policy[i - 1] : slot_of(s, owner);
		if (by_policy[i])
			seen[by_policy[i]] = 1;
	}
	for (uint32_t i = 1; i < s->n; i++) {
		struct slot *p = &s->v[i];
		if (!p->owner || seen[i] == !p->gone)
			continue;
		p->gone = seen[i] ? 0 : ++s->gone_last;
		s->dirty = true;
	}
	free(seen);
	return 0;
}

int slots_assign(struct slots *s, const struct ing_table *t, uint32_t *by_policy,
		 int (*clear)(void *arg, uint32_t slot, struct err *e), void *arg, struct err *e)
{
	struct free_slots f = {0};
	const char *last = NULL;
	int r = keep(s, t, by_policy);

	s->sharing = 0;
	for (size_t i = 0; r == 0 && i < t->n_policies; i++) {
		const char *owner = t->policies[i].owner;
		if (by_policy[i])
			continue;
		/* Of several policies of one owner the first gets the slot. */
		if (streq(owner, last)) {
			by_policy[i] = by_policy[i - 1];
			continue;
		}
		last = owner;
		if (owner_valid(owner) && (by_policy[i] = slot_of(s, owner)) == 0)
			r = take_slot(s, &f, &by_policy[i]);
		if (r < 0)
			break;
		if (!by_policy[i]) {
			s->sharing++;
			continue;
		}
		if (streq(s->v[by_policy[i]].owner, owner))
			continue;
		if ((r = clear(arg, by_policy[i], e)) < 0)
			break;
		s->dirty = true;
		if ((r = set_owner(s, by_policy[i], owner)) < 0)
			break;
	}
	free(f.v);
	return r == -ENOMEM ? err_nomem(e) : r;
}
