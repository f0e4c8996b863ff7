/*
 * The udp backend's data path: a thread of its own between a TUN device and a UDP socket. It shares nothing with the
 * rest but the table of peers, which it is handed whole and frees itself: no lock, and no wake-up when nothing moves.
 */
#pragma once
#include "net/udp_packet.h"

struct udp_path;
/* Takes both descriptors, on success only. The thread begins with an empty table: everything is dropped. */
int udp_path_new(struct udp_path **ret, int tun_fd, int sock_fd, struct err *e);
struct udp_path *udp_path_free(struct udp_path *p); /* ends the thread; closes both descriptors. NULL is fine */
/* Any one thread. Takes t. */
void udp_path_use(struct udp_path *p, struct udp_table *t);
