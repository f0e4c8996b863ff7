/* What server.c (a question, and UDP) and server_tcp.c (connections) share. */
#pragma once
#include <netinet/in.h>
#include <sys/socket.h>
#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "dns/server.h"

#define UDP_BATCH    32
#define QUESTION_MAX (DNS_HEADER + DNS_NAME_MAX + 4)

struct peer { /* who asks */
	const uint8_t *addr;
	int family; /* 4, 6; 0: unknown */
};
struct conn {
	struct server *s;
	struct list link; /* the one that has been idle for longest at the head */
	int fd;
	struct loop_io *io;
	struct loop_timer *idle;
	struct buf in, out;
	size_t skip; /* bytes of a question that is too long, still to come */
	struct list pending;
	unsigned n_pending;
	struct sockaddr_storage from;
	char client[34];
	bool eof; /* the client has said all; answers still go out */
};
enum pending_kind {
	PENDING_PLAIN, /* what was asked for */
	PENDING_CHASE, /* what a CNAME of ours leads to */
	PENDING_PATH,  /* a further name of a search list */
};
struct pending {
	struct server *s;
	struct list link;  /* of the server, or of the connection */
	struct conn *conn; /* NULL: UDP */
	struct sockaddr_storage from;
	socklen_t from_len;
	char client[34];
	struct dns_query q;
	uint8_t question[QUESTION_MAX]; /* as the client wrote it */
	enum pending_kind kind;
	struct dns_name target; /* what is asked for in its place */
	unsigned base, step;    /* of autopath */
	int64_t began_ns;
	struct resolver_wait *wait;
};
struct queue {
	struct server *s;
	int fd;
	struct loop_io *io;
	unsigned full; /* whole batches, one behind the other */
	bool shed;     /* more comes in than can be answered */
	/* What has come in since; whether it is looked at by the clock, when it is time to. */
	unsigned got;
	int64_t since_ns;
	bool paced;
	struct loop_timer *due;
};
struct question { /* of a batch */
	struct dns_query q;
	int code, at; /* what parsing it said; which message */
};
struct server {
	struct server_deps d;
	struct queue udp[SERVER_QUEUES];
	int tcp, family;
	int send, mute; /* answers by UDP leave by the first, which is the second, or of the queues */
	struct loop_io *tcp_io;
	struct list pending, conns;
	unsigned n_pending, n_conns;
	unsigned pace_from;  /* questions a second of a queue; tests have a lower one */
	unsigned direct[2];  /* answered at once since server_took: about the cluster, and others */
	struct map *clients; /* address -> struct server_client */
	/* UDP batches; answers lie one behind the other */
	uint8_t in[UDP_BATCH][SERVER_UDP_IN], out[UDP_BATCH * SERVER_UDP_OUT];
	struct question questions[UDP_BATCH];
	struct sockaddr_storage from[UDP_BATCH];
	struct iovec iov_in[UDP_BATCH], iov_out[UDP_BATCH];
	struct mmsghdr m_in[UDP_BATCH], m_out[UDP_BATCH];
	uint8_t big[DNS_MESSAGE_MAX]; /* one TCP answer */
};

struct client { /* who asked, in any way */
	struct conn *conn;
	const struct sockaddr_storage *from; /* UDP; NULL with conn NULL: nobody is there (tests) */
	socklen_t from_len;
};
/* The answer to a message, 0 bytes for none or one that comes later. cap: at most. */
size_t server_handle(struct server *s, const struct client *from, const uint8_t *msg, size_t len, uint8_t *out,
		     size_t cap);
/* Counts what server_handle has answered since then: one look at the clock for a whole batch. */
void server_took(struct server *s, int64_t began_ns);
size_t server_formerr(const uint8_t *header, uint8_t *out, size_t cap);
void server_pending_free(struct pending *p);
void server_client_text(const struct sockaddr_storage *ss, char out[34]);

int server_tcp_open(struct server *s, struct err *e); /* s->tcp listens */
void server_tcp_close(struct server *s);
void server_conn_answer(struct conn *c, const uint8_t *msg, size_t len); /* a late one; c may be gone afterwards */
