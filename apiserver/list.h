/* A LIST on its way, between read.c and list_stream.c. */
#pragma once
#include "apiserver/pager.h"

struct list_call {
	struct req *r;
	struct api_selector *labels, *fields;
	struct range_filter filter;
	bool filtered;
	char *prefix, *start;
	int64_t rev; /* asked for; 0: now */
	int64_t since; /* of a token: when its list began, wall clock in seconds; 0: not told */
	bool from_token, inconsistent;
	bool paged; /* no limit was asked for: ours is the size of a page */
	/* kept for a worker */
	struct store_item *items;
	size_t n;
	int64_t at, remaining;
	char *cont;
	/* list_stream.c */
	struct pager *pager;
	struct bytes *comma;
	_Atomic int refs;
};
struct list_call *list_free(struct list_call *l);
/* A continue token: the revision (-1: the newest), when its list began (0: not told) and the key behind prefix, malloc'ed, where the list goes on. ERR_BAD_REQUEST. */
int list_token_read(const char *token, const char *prefix, int64_t *ret_rev, int64_t *ret_since, char **ret_start, struct err *e);
/* The beginning of the answer, up to the first item. */
void list_header(struct buf *b, const struct req *r, const struct list_call *l);
/* Answers with the first page, which is in l, and all that follow after the key `last`; consumes l. */
void list_stream(struct list_call *l, const char *last);
