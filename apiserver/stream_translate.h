/*
 * A client that speaks WebSocket and a node that speaks SPDY, on the server's loop. Bounded: neither side is read while
 * the other has TRANSLATE_HIGH bytes before it.
 *
 * exec, attach: channels of v5.channel.k8s.io, one byte in front of each message (0 stdin, 1 stdout, 2 stderr, 3 error,
 * 4 resize; 255 and a channel: the client closes that one), become the streams of v4.channel.k8s.io over SPDY. What the
 * streams carry is the same. portforward: messages of SPDY/3.1+portforward.k8s.io are the bytes of the SPDY connection.
 * Source: k8s.io/apimachinery pkg/util/remotecommand, KEP-4006.
 */
#pragma once
#include "apiserver/internal.h"

enum { TRANSLATE_STDIN, TRANSLATE_STDOUT, TRANSLATE_STDERR, TRANSLATE_ERROR, TRANSLATE_RESIZE, TRANSLATE_CHANNELS };
#define TRANSLATE_HIGH (256u << 10)

struct translation {
	bool tunnel;
	bool want[TRANSLATE_CHANNELS]; /* else: which streams there are */
};
/* Takes both descriptors, of connections whose upgrades have been answered. Any thread. */
void translate_start(struct apiserver *a, int client_fd, int node_fd, const struct translation *how);
