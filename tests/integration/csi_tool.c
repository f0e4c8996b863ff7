/*
 * Calls a method of CSI, or of the plug-in registration, with a request and an answer in JSON (proto_json.h).
 *   csi_tool [-t MS] [-w] SOCKET SERVICE/METHOD [JSON]    SERVICE as Controller; -w waits for a peer that is not there
 * yet csi_tool [-t MS] [-w] SOCKET - < lines METHOD JSON    one call a line, one after another on one connection; a
 * line `CODE JSON-or-message` each Exit status 0 for OK; else 1, and 'CODE: message' at standard error ('(local)'
 * behind it where the peer did not say it; '(sent)' where it may have done it).
 */
#include <pthread.h>
#include <string.h>
#include <unistd.h>
#include "base/loop.h"
#include "base/str.h"
#include "tests/integration/proto_json.h"
#include "wire/proto.h"
#include "wire/proto/csi.pb-c.h"
#include "wire/proto/pluginregistration.pb-c.h"

static const ProtobufCServiceDescriptor *const services[] = {
    &csi__v1__identity__descriptor, &csi__v1__controller__descriptor, &csi__v1__node__descriptor,
    &csi__v1__group_controller__descriptor, &pluginregistration__registration__descriptor};

static const ProtobufCServiceDescriptor *service_of(const char *name, const char **ret_method)
{
	const char *slash = strchr(name, '/');

	for (size_t i = 0; slash && i < ARRAY_LEN(services); i++) {
		if (strlen(services[i]->short_name) == (size_t)(slash - name) &&
		    !strncmp(services[i]->short_name, name, (size_t)(slash - name))) {
			*ret_method = slash + 1;
			return services[i];
		}
	}
	return NULL;
}

/* Prints to out what it was answered; to errout what went wrong. */
static int call(struct grpc_client *c, const struct grpc_options *o, const char *name, const char *text, FILE *out,
		FILE *errout)
{
	const char *method = NULL;
	const ProtobufCServiceDescriptor *s = service_of(name, &method);
	const ProtobufCMethodDescriptor *m = s ? proto_method(s, method) : NULL;
	AUTO_PROTO ProtobufCMessage *in = NULL, *answer = NULL;
	AUTO_JSON json_t *v = NULL, *back = NULL;
	AUTO_BYTES struct bytes *b = NULL;
	struct grpc_result r;
	struct err e = {0};

	if (!m) {
		fprintf(stderr, "csi_tool: there is no %s\n", name);
		return 2;
	}
	if (json_parse(text, strlen(text), &v, &e) < 0 || message_from_json(m->input, v, &in, &e) < 0) {
		fprintf(stderr, "csi_tool: %s: %s\n", name, e.msg);
		return 2;
	}
	if (proto_call_wait(c, s, method, in, o, &answer, &r, &e) < 0) {
		fprintf(errout, "%s: %s%s%s\n", grpc_code_name(r.status), r.message, r.local ? " (local)" : "",
			r.sent ? " (sent)" : "");
		return 1;
	}
	back = message_to_json(answer);
	b = json_encode(back);
	fprintf(out, "%s%s\n", out == errout ? "OK " : "", b->data);
	return 0;
}

/* One of several callers at once. */
struct caller {
	pthread_t id;
	struct grpc_client *c;
	const struct grpc_options *o;
	const char *name, *text;
	FILE *out; /* of all */
	int r;
};

static void *caller_main(void *arg)
{
	struct caller *t = arg;

	t->r = call(t->c, t->o, t->name, t->text, t->out, t->out);
	return NULL;
}

static int call_at_once(unsigned n, struct caller of_all)
{
	struct caller *t = calloc(n, sizeof *t);
	unsigned good = 0;

	of_all.out = fopen("/dev/null", "w");
	if (!t || !of_all.out)
		return 2;
	for (unsigned i = 0; i < n; i++) {
		t[i] = of_all;
		if (pthread_create(&t[i].id, NULL, caller_main, &t[i]) != 0)
			abort();
	}
	for (unsigned i = 0; i < n; i++) {
		pthread_join(t[i].id, NULL);
		good += t[i].r == 0;
	}
	fclose(of_all.out);
	free(t);
	printf("%u of %u\n", good, n);
	return good == n ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct grpc_options o = {.timeout_ms = 10000};
	struct grpc_client *c = NULL;
	struct loop_thread *thread = NULL;
	struct loop *loop = NULL;
	struct err e = {0};
	int64_t ms, at_once = 0;
	int opt, r = 0;

	while ((opt = getopt(argc, argv, "t:wp:")) != -1) {
		if (opt == 'w')
			o.wait_ready = true;
		else if (opt == 'p' && str_to_i64(optarg, 1, 500, &at_once) == 0)
			continue;
		else if (opt != 't' || str_to_i64(optarg, 0, 3600000, &ms) < 0)
			return 2;
		else
			o.timeout_ms = (unsigned)ms;
	}
	if (argc - optind < 2)
		return 2;
	if (loop_new(&loop, &e) < 0 ||
	    grpc_client_new(&c, loop, &(struct grpc_client_config){.path = argv[optind]}, &e) < 0 ||
	    loop_thread_start(&thread, loop, "grpc", &e) < 0) {
		fprintf(stderr, "csi_tool: %s\n", e.msg);
		return 1;
	}
	if (!strcmp(argv[optind + 1], "-")) {
		char *line = NULL;
		size_t cap = 0;

		while (getline(&line, &cap, stdin) > 0) {
			char *space = line + strcspn(line, " \n"), *nl = strchr(line, '\n');

			if (nl)
				*nl = '\0';
			if (*space)
				*space++ = '\0';
			r |= call(c, &o, line, *space ? space : "{}", stdout, stdout);
			fflush(stdout);
		}
		free(line);
	} else if (at_once) {
		r = call_at_once((unsigned)at_once,
				 (struct caller){.c = c,
						 .o = &o,
						 .name = argv[optind + 1],
						 .text = argc - optind > 2 ? argv[optind + 2] : "{}"});
	} else {
		r = call(c, &o, argv[optind + 1], argc - optind > 2 ? argv[optind + 2] : "{}", stdout, stderr);
	}
	grpc_client_stop(c);
	loop_quit(loop);
	loop_thread_join(thread);
	grpc_client_free(c);
	loop_free(loop);
	return r;
}
