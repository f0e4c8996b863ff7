/* Bytes between two sockets, on the server's loop: what remains of exec, attach, port-forward and upgraded proxy connections. */
#pragma once
#include "apiserver/internal.h"

struct relays; /* all of one server */
/* What else moves bytes between two connections, and ends with the server: loop's thread. free unlinks. */
struct relay_link {
	struct list link;
	void (*free)(struct relay_link *l);
};
void relay_add(struct apiserver *a, struct relay_link *l);
/* Takes both descriptors. extra has been read from a's side already and goes to b first. Any thread. */
void relay_start(struct apiserver *a, int fd_a, int fd_b, const void *extra, size_t n_extra);
struct http_client *relays_client(struct apiserver *a); /* to node agents, with our client certificate; loop thread */
struct http_client *relays_plain_client(struct apiserver *a); /* to pods and Services: no certificate, any server's accepted */
