/* Intrusive circular doubly linked list. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/cleanup.h"

struct list {
	struct list *next, *prev;
};
#define LIST_INIT(l) {&(l), &(l)}
static inline void list_init(struct list *l) { l->next = l->prev = l; }
static inline bool list_empty(const struct list *l) { return l->next == l; }
static inline void list_insert(struct list *after, struct list *n)
{
	n->next = after->next;
	n->prev = after;
	after->next->prev = n;
	after->next = n;
}
static inline void list_add_tail(struct list *l, struct list *n) { list_insert(l->prev, n); }
static inline void list_add_head(struct list *l, struct list *n) { list_insert(l, n); }
static inline void list_del(struct list *n) /* leaves n self-linked: deleting twice is fine */
{
	n->prev->next = n->next;
	n->next->prev = n->prev;
	list_init(n);
}
#define LIST_FOREACH(pos, l, type, member)                                                         \
	for (type *pos = container_of((l)->next, type, member); &pos->member != (l);               \
	     pos = container_of(pos->member.next, type, member))
#define LIST_FOREACH_SAFE(pos, tmp, l, type, member)                                               \
	for (type *pos = container_of((l)->next, type, member),                                    \
		  *tmp = container_of(pos->member.next, type, member);                             \
	     &pos->member != (l);                                                                  \
	     pos = tmp, tmp = container_of(tmp->member.next, type, member))
