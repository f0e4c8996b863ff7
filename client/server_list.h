/*
 * The servers of one cluster, and which of them is asked just now: shared by all connectors of a process, so that what
 * one notices of a server that is gone, all know. Any thread; counted by reference.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"
#include "base/list.h"

#define SERVER_LIST_MAX 32 /* more than that are not kept */

struct server_list; /* opaque */

/* urls: "https://10.0.0.1:6443", NULL-terminated; -EINVAL for what is no http or https URL, and for none. The first is
 * asked first. */
int server_list_new(struct server_list **ret, const char *const *urls, struct err *e);
struct server_list *server_list_ref(struct server_list *s);
struct server_list *server_list_unref(struct server_list *s); /* NULL is fine; returns NULL */
/* Others instead. The one that is being asked stays so when it is among them. *ret_changed may be NULL. */
int server_list_set(struct server_list *s, const char *const *urls, bool *ret_changed, struct err *e);
size_t server_list_count(struct server_list *s);
/* The one to ask, malloc'ed (NULL without memory), and the turn it is. */
char *server_list_current(struct server_list *s, unsigned *ret_turn);
/*
 * The server of that turn did not answer, or said that it cannot: the next one is asked from now on, and listeners are
 * told. False: there is no other that was not left within the last second, or the turn is over already.
 */
bool server_list_failed(struct server_list *s, unsigned turn, const char *why);
/* The same server, anew: its connections are dead, and it may have another address by now. */
void server_list_again(struct server_list *s, unsigned turn, const char *why);
/* Why the last turn ended; "" before. */
void server_list_why(struct server_list *s, char *out, size_t n);

/* fn is called by whoever changes something, with a lock held: it posts to its own loop and returns. */
struct server_list_listener {
	void (*fn)(struct server_list_listener *l);
	struct list link; /* private */
};
void server_list_listen(struct server_list *s, struct server_list_listener *l);
void server_list_unlisten(struct server_list *s,
			  struct server_list_listener *l); /* fn is not called afterwards; fine if it did not listen */
