/* A B+tree of entries. Nodes carry the number of counted entries below them, so counts and ranks cost a descent. */
#include <errno.h>
#include "store/internal.h"

#define FAN 64u

struct node {
	struct node *parent;
	struct node *next, *prev; /* leaves */
	size_t weight;            /* counted entries below */
	unsigned n;
	bool leaf;
	union {
		struct entry *entry[FAN];
		struct node *child[FAN];
	};
	struct bytes *low[]; /* inner: every key below child[i] is >= low[i]; low[0] is not used */
};

int key_cmp(const char *a, size_t an, const char *b, size_t bn)
{
	int c = memcmp(a, b, an < bn ? an : bn);
	if (c)
		return c;
	return an < bn ? -1 : an > bn;
}

static struct node *node_new(bool leaf)
{
	struct node *n = calloc(1, sizeof(*n) + (leaf ? 0 : FAN * sizeof(struct bytes *)));
	if (n)
		n->leaf = leaf;
	return n;
}

int index_init(struct index *ix)
{
	ix->root = ix->first = node_new(true);
	return ix->root ? 0 : -ENOMEM;
}

static void entry_free(struct entry *e)
{
	bytes_unref(e->key);
	bytes_unref(e->index);
	bytes_unref(e->value);
	free(e);
}

static void node_free(struct node *n)
{
	for (unsigned i = 0; i < n->n; i++) {
		if (n->leaf) {
			entry_free(n->entry[i]);
			continue;
		}
		bytes_unref(n->low[i]);
		node_free(n->child[i]);
	}
	free(n);
}

void index_done(struct index *ix)
{
	if (ix->root)
		node_free(ix->root);
	ix->root = ix->first = NULL;
}

/* First slot of a leaf whose key is >= key (after: > key). */
static unsigned leaf_slot(const struct node *n, const char *key, size_t len, bool after)
{
	unsigned lo = 0, hi = n->n;
	while (lo < hi) {
		unsigned mid = (lo + hi) / 2;
		int c = key_cmp(n->entry[mid]->key->data, n->entry[mid]->key->len, key, len);
		if (c < 0 || (after && c == 0))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static unsigned child_slot(const struct node *n, const char *key, size_t len)
{
	unsigned lo = 1, hi = n->n; /* first low[] that is above key; its left neighbour holds it */
	while (lo < hi) {
		unsigned mid = (lo + hi) / 2;
		if (key_cmp(n->low[mid]->data, n->low[mid]->len, key, len) <= 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo - 1;
}

static struct node *leaf_of(const struct index *ix, const char *key, size_t len)
{
	struct node *n = ix->root;
	while (!n->leaf)
		n = n->child[child_slot(n, key, len)];
	return n;
}

struct entry *index_find(const struct index *ix, const char *key, size_t len)
{
	const struct node *n = leaf_of(ix, key, len);
	unsigned i = leaf_slot(n, key, len, false);
	if (i == n->n || key_cmp(n->entry[i]->key->data, n->entry[i]->key->len, key, len) != 0)
		return NULL;
	return n->entry[i];
}

static unsigned slot_in_parent(const struct node *n)
{
	unsigned i = 0;
	while (n->parent->child[i] != n)
		i++;
	return i;
}

static size_t node_weight(const struct node *n)
{
	size_t w = 0;
	for (unsigned i = 0; i < n->n; i++)
		w += n->leaf ? (size_t)n->entry[i]->counted : n->child[i]->weight;
	return w;
}

/* Moves the upper part of a full node, from slot `at`, into the empty `r`. */
static void node_split(struct node *n, struct node *r, unsigned at)
{
	r->n = n->n - at;
	for (unsigned i = 0; i < r->n; i++) {
		if (n->leaf) {
			r->entry[i] = n->entry[at + i];
			r->entry[i]->leaf = r;
			continue;
		}
		r->child[i] = n->child[at + i];
		r->child[i]->parent = r;
		r->low[i] = n->low[at + i];
		n->low[at + i] = NULL;
	}
	n->n = at;
	n->weight = node_weight(n);
	r->weight = node_weight(r);
	if (n->leaf) {
		r->next = n->next;
		r->prev = n;
		if (r->next)
			r->next->prev = r;
		n->next = r;
	}
}

/*
 * Splits full nodes on the way down to key before anything is inserted, so that an insertion never has to go back up
 * and a lack of memory leaves a valid tree.
 */
static int make_room(struct index *ix, const char *key, size_t len)
{
	if (ix->root->n == FAN) {
		struct node *top = node_new(false);
		if (!top)
			return -ENOMEM;
		top->n = 1;
		top->child[0] = ix->root;
		top->weight = ix->root->weight;
		ix->root->parent = top;
		ix->root = top;
	}
	for (struct node *p = ix->root; !p->leaf;) {
		unsigned i = child_slot(p, key, len);
		struct node *n = p->child[i];
		if (n->n == FAN) {
			/* Names that only grow fill leaves to the brim. */
			bool append = n->leaf && !n->next && leaf_slot(n, key, len, false) == FAN;
			unsigned at = append ? FAN - 1 : FAN / 2;
			struct node *r = node_new(n->leaf);
			if (!r)
				return -ENOMEM;
			node_split(n, r, at);
			r->parent = p;
			memmove(&p->child[i + 2], &p->child[i + 1], (p->n - i - 1) * sizeof(p->child[0]));
			memmove(&p->low[i + 2], &p->low[i + 1], (p->n - i - 1) * sizeof(p->low[0]));
			p->child[i + 1] = r;
			p->low[i + 1] = r->leaf ? bytes_ref(r->entry[0]->key) : TAKE_PTR(r->low[0]);
			p->n++;
			if (key_cmp(p->low[i + 1]->data, p->low[i + 1]->len, key, len) <= 0)
				n = r;
		}
		p = n;
	}
	return 0;
}

struct entry *index_place(struct index *ix, struct bytes *key)
{
	struct entry *e = calloc(1, sizeof(*e));
	if (!e)
		return NULL;
	if (make_room(ix, key->data, key->len) < 0) {
		free(e);
		return NULL;
	}
	struct node *n = leaf_of(ix, key->data, key->len);
	unsigned i = leaf_slot(n, key->data, key->len, false);
	memmove(&n->entry[i + 1], &n->entry[i], (n->n - i) * sizeof(n->entry[0]));
	n->entry[i] = e;
	n->n++;
	e->key = bytes_ref(key);
	e->leaf = n;
	list_init(&e->cache_link);
	return e;
}

void index_set_counted(struct entry *e, bool counted)
{
	if (e->counted == counted)
		return;
	e->counted = counted;
	for (struct node *n = e->leaf; n; n = n->parent)
		n->weight += counted ? 1 : (size_t)-1;
}

static void node_unlink(struct index *ix, struct node *n)
{
	struct node *p = n->parent;
	if (!p) { /* the root stays, as an empty leaf */
		if (!n->leaf) {
			n->leaf = true;
			ix->first = n;
			n->next = n->prev = NULL;
		}
		return;
	}
	if (n->leaf) {
		if (n->prev)
			n->prev->next = n->next;
		else
			ix->first = n->next;
		if (n->next)
			n->next->prev = n->prev;
	}
	unsigned i = slot_in_parent(n);
	/* low[] of the first child is never looked at: the next one's becomes it. */
	bytes_unref(p->low[i]);
	memmove(&p->child[i], &p->child[i + 1], (p->n - i - 1) * sizeof(p->child[0]));
	memmove(&p->low[i], &p->low[i + 1], (p->n - i - 1) * sizeof(p->low[0]));
	p->n--;
	p->low[p->n] = NULL;
	if (i == 0 && p->n > 0)
		p->low[0] = bytes_unref(p->low[0]);
	free(n);
	if (p->n == 0)
		node_unlink(ix, p);
}

void index_remove(struct index *ix, struct entry *e)
{
	struct node *n = e->leaf;
	index_set_counted(e, false);
	unsigned i = leaf_slot(n, e->key->data, e->key->len, false);
	memmove(&n->entry[i], &n->entry[i + 1], (n->n - i - 1) * sizeof(n->entry[0]));
	n->n--;
	if (n->n == 0)
		node_unlink(ix, n);
	while (!ix->root->leaf && ix->root->n == 1) { /* one way only: a level less */
		struct node *r = ix->root;
		ix->root = r->child[0];
		ix->root->parent = NULL;
		free(r);
	}
	entry_free(e);
}

size_t index_rank(const struct index *ix, const char *key, size_t len)
{
	size_t rank = 0;
	const struct node *n = ix->root;
	while (!n->leaf) {
		unsigned c = child_slot(n, key, len);
		for (unsigned i = 0; i < c; i++)
			rank += n->child[i]->weight;
		n = n->child[c];
	}
	unsigned end = leaf_slot(n, key, len, false);
	for (unsigned i = 0; i < end; i++)
		rank += n->entry[i]->counted;
	return rank;
}

size_t index_total(const struct index *ix)
{
	return ix->root->weight;
}

size_t index_count(const struct index *ix, const char *prefix)
{
	size_t n = strlen(prefix);
	size_t below = index_rank(ix, prefix, n);
	/* The first text that does not start with prefix: its last byte that can grow, grown. */
	while (n > 0 && (unsigned char)prefix[n - 1] == 0xff)
		n--;
	if (n == 0)
		return index_total(ix) - below;
	AUTO_FREE char *end = malloc(n);
	if (!end) { /* count by hand rather than fail */
		size_t count = 0;
		struct index_pos pos;
		size_t len = strlen(prefix);
		for (struct entry *e = index_seek(ix, prefix, len, false, &pos); e && key_under(e->key, prefix, len);
		     e = index_next(&pos))
			count++;
		return count;
	}
	memcpy(end, prefix, n);
	end[n - 1] = (char)((unsigned char)end[n - 1] + 1);
	return index_rank(ix, end, n) - below;
}

size_t index_count_after(const struct index *ix, const char *prefix, const struct bytes *after)
{
	size_t all = index_count(ix, prefix);
	/* With its NUL it is the smallest text above itself. */
	size_t left = index_rank(ix, after->data, after->len + 1), before = index_rank(ix, prefix, strlen(prefix));
	return left - before < all ? all - (left - before) : 0;
}

struct entry *index_next(struct index_pos *pos)
{
	for (; pos->leaf; pos->leaf = pos->leaf->next, pos->slot = 0) {
		while (pos->slot < pos->leaf->n) {
			struct entry *e = pos->leaf->entry[pos->slot++];
			if (e->counted)
				return e;
		}
	}
	return NULL;
}

struct entry *index_seek(const struct index *ix, const char *key, size_t len, bool after, struct index_pos *pos)
{
	pos->leaf = leaf_of(ix, key, len);
	pos->slot = leaf_slot(pos->leaf, key, len, after);
	return index_next(pos);
}
