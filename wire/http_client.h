/*
 * HTTP(S) client on libcurl's multi interface, driven by a loop: no threads. Connections are kept and
 * reused per client. All calls on the loop's thread.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/bytes.h"
#include "base/err.h"
#include "base/loop.h"

struct http_client; /* opaque */
struct http_call;   /* a request under way */

struct http_client_config {
	/* PEM texts, copied; NULL: system CAs / no client certificate */
	const char *ca_pem, *cert_pem, *key_pem;
	bool insecure_skip_verify;
	const char *user_agent;
	unsigned max_connections; /* 0: 64 */
};
int http_client_new(struct http_client **ret, struct loop *l, const struct http_client_config *c, struct err *e);
/* Cancels what is under way, without callbacks. Fine inside a callback; connections delivered by upgrades live on. */
struct http_client *http_client_free(struct http_client *c);

struct http_client_request {
	const char *method, *url;
	const char *const *headers;  /* "Name: value", NULL-terminated; may be NULL */
	struct bytes *body;          /* refed; may be NULL */
	unsigned timeout_ms;         /* whole exchange; 0: none (streams) */
	unsigned connect_timeout_ms; /* 0: 10 s */
	unsigned silent_ms; /* a peer whose kernel acknowledges nothing for so long is gone, also while it has nothing to say; 0: 30 s
			       for what was sent, a minute for silence */
	size_t max_response;         /* bytes collected when on_data is NULL; 0: 64 MiB */
	bool follow_redirects;       /* credentials are dropped when the host changes */
	/* The body goes out once at most: without it libcurl repeats a request when a kept connection turns out dead. */
	bool once;
	const char *unix_socket;     /* NULL: TCP */
	bool direct;                 /* through no proxy, whatever the environment says */
	bool http2;                  /* HTTP/2 from the first byte, with and without TLS (gRPC), on a connection of its own */
	/* "host:port:address:port": where to connect for this host and port of the URL, whose name TLS still checks.
	   Of http_client_start only, with `direct`. NULL: as the URL says. */
	const char *connect_to;
	/* Of the blocking ones only, as is cancel. Asked before each connection, with the address that it would go to (4 or 16
	   bytes in network order), so that nobody can have a name resolve to something else meanwhile: what it is if none may be
	   made, else NULL. */
	const char *(*refuse)(const unsigned char *addr, size_t n);
	const bool *cancel; /* looked at about once a second, atomic: the end of a thread that waits */
};
struct http_client_response {
	int code;           /* 0, or the transport error (negative); then err says why */
	int status;         /* HTTP status when code == 0 */
	bool sent;          /* code != 0: some of the request may have reached the peer */
	struct bytes *body; /* collected body; NULL when on_data took it */
	const char *(*header)(const struct http_client_response *r, const char *name); /* NULL if absent */
	/* All of them, in order; the strings live as long as the callback. */
	void (*each_header)(const struct http_client_response *r,
			    void (*fn)(void *arg, const char *name, const char *value), void *arg);
	struct err err;
	const char *reason; /* of a transport error, libcurl's words alone; NULL without one */
	int os_errno;	    /* of a connection that could not be made; 0: unknown */
	void *priv;
};
struct http_client_cb {
	/* Optional: headers have come. */
	void (*on_headers)(void *arg, const struct http_client_response *r);
	/* Optional: called with each piece of the body; non-zero aborts the call. */
	int (*on_data)(void *arg, const char *p, size_t n);
	/* Once, unless the call was cancelled or the client freed. */
	void (*on_done)(void *arg, const struct http_client_response *r);
};
/* Requests started from now on show this certificate; connections that are open may go on with the former. Loop's
 * thread. */
int http_client_set_cert(struct http_client *c, const struct http_client_config *conf, struct err *e);
/* No callback fires before it returns. The request is copied. Fine inside callbacks, as is http_call_cancel; after
   on_done the call is gone. HTTP/1.1 unless http2 is set; proxies of the environment are used except for loopback addresses. */
int http_client_start(struct http_client *c, const struct http_client_request *r, const struct http_client_cb *cb,
		      void *arg, struct http_call **ret, struct err *e);
void http_call_cancel(struct http_call *call); /* no callback fires afterwards */
/*
 * Back-pressure, for calls with on_data: what comes behind the piece that is being told stays in the kernel's buffers and
 * slows the peer down, but for one read of libcurl's (16 KB), until the call is resumed. While it is paused neither
 * on_data nor the end is told. Pausing: only inside on_data. Resuming: outside of this client's callbacks; on_data and
 * on_done may be called before it returns, so the call may be gone then. Resuming what is not paused does nothing.
 */
void http_call_pause(struct http_call *call);
void http_call_resume(struct http_call *call);
/* Blocking, for worker threads; needs no loop: opens its own connection. Body is collected. Free with bytes_unref. */
int http_get_blocking(const struct http_client_config *c, const struct http_client_request *r, int *ret_status,
		      struct bytes **ret_body, struct err *e);
/* Blocking download into a file descriptor with a progress hook (non-zero aborts). Returns the status. */
int http_download_blocking(const struct http_client_config *c, const struct http_client_request *r, int fd,
			   int (*progress)(void *arg, uint64_t bytes), void *arg, int *ret_status,
			   /* response header wanted, e.g. "WWW-Authenticate"; value malloc'ed or NULL */
			   const char *want_header, char **ret_header, struct bytes **ret_error_body, struct err *e);
/*
 * Upgrade: connects (TLS if https), sends a request with the given headers (incl. Connection/Upgrade) and, on
 * 101, delivers a connected non-blocking fd without TLS (socketpair when TLS). Otherwise status and body.
 * Runs on a thread of its own until delivered; done is called on the loop.
 */
typedef void (*http_connect_fn)(void *arg, int code /* 0 or negative */, int status,
				int fd /* owned by callee, or -1 */,
				const char *protocol /* Sec-WebSocket-Protocol or X-Stream-Protocol-Version, or NULL */,
				struct bytes *body /* borrowed */, const struct err *e);
int http_client_upgrade(struct http_client *c, const struct http_client_request *r, http_connect_fn done, void *arg,
			struct err *e);
