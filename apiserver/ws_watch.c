/* Watches over WebSocket, for clients in browsers: each event one text message. */
#include "apiserver/ws_out.h"

static void ws_free(void *arg)
{
	ws_out_unref(arg);
}

static int ws_begin(struct req *r)
{
	(void)r;
	return 0;
}

static int ws_event(struct req *r, enum watch_type type, struct bytes *object)
{
	AUTO_BYTES struct bytes *frame = watch_frame(type, object);

	return frame ? ws_out_send(r->sink_arg, WS_TEXT, frame->data, frame->len - 1)
		     : -ENOMEM; /* without the newline */
}

static void ws_end(struct req *r)
{
	ws_out_end(r->sink_arg);
}

int ws_watch_begin(struct req *r)
{
	static const struct sink_ops ops = {.watch_begin = ws_begin, .watch_event = ws_event, .watch_end = ws_end};
	struct ws_out *w = NULL;
	int rc = ws_out_begin(&w, r->a, r->x, NULL);

	if (rc)
		return rc;
	r->sink = &ops;
	r->sink_arg = w;
	r->sink_free = ws_free;
	return 0;
}
