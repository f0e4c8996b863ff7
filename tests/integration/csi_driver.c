/*
 * A CSI driver for tests: Identity, Controller and Node on one socket, and the plug-in registration on another. Volumes
 * are directories, or files with loop devices; everything that it knows lies in files, so that it may be killed at any
 * moment.
 *
 *   csi_driver --endpoint SOCKET --state DIR [--registration SOCKET] [--name csi.test.minik] [--node-id ID] [--topology
 * KEY=VALUE]...
 *              [--without CAPABILITY]... [--capacity BYTES] [--max-size BYTES] [--max-volumes N] [--context KEY=VALUE]
 * [--not-ready]
 *              [--services identity,controller,node] [--log FILE] [--faults FILE]
 *
 * Several may share one state, with a --node-id each: a cluster's controller and nodes. NODE_EXPAND_VOLUME is what
 * --without calls the node's EXPAND_VOLUME.
 *
 * The log has one JSON object a line: {"n", "method", "request"} when a call comes, {"n", "method", "code", "message",
 * "response"} when it is answered, {"n", "method", "fault"} for each fault, {"n", "method", "cancelled": true} when
 * nobody waits any more.
 *
 * The file of faults is read at each call: lines `METHOD FAULT [ARGUMENT] [times=N]`, METHOD * is any; a line without
 * times holds until it is gone. How often one has been used lies in the state, and begins anew with a new file. delay
 * MS          before anything is done           hang              nothing is done, nothing is answered die killed
 * before anything is done    hang-after        done, not answered die-after         done, then killed error CODE not
 * done; CODE as INTERNAL garbage           done; the answer is no message    error-after CODE  done, and still
 *   garbage-wire      done; then no HTTP/2, and the connection is closed
 *   twice             done twice
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include "base/fs.h"
#include "base/loop.h"
#include "base/pool.h"
#include "base/str.h"
#include "tests/integration/csi_driver.h"
#include "tests/integration/proto_json.h"
#include "wire/grpc_server.h"
#include "wire/proto.h"
#include "wire/proto/csi.pb-c.h"
#include "wire/proto/pluginregistration.pb-c.h"

struct faults {
	int64_t delay_ms;
	bool die, die_after, hang, hang_after, garbage, garbage_wire, twice;
	int error, error_after; /* GRPC_OK: none */
};

struct process {
	struct driver d;
	struct loop *loop;
	struct pool *pool;
	const char *registration, *services, *faults;
	bool not_ready;
	int log; /* -1: none */
	unsigned n_calls;
	struct list calls; /* that are not answered */
};

struct call {
	struct pool_job job; /* first */
	struct list link;    /* process.calls */
	struct process *p;
	struct grpc_request *r;
	bool hung; /* for good */
	const ProtobufCMethodDescriptor *method;
	char name[PROTO_METHOD_MAX]; /* the method's alone */
	unsigned n;
	work_fn fn;
	json_t *in;
	struct work w;
	struct faults f;
	struct loop_timer *delay;
};

static void die_errno(const char *what)
{
	fprintf(stderr, "csi_driver: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* --- log --- */

static void log_line(struct process *p, json_t *o)
{
	AUTO_BUF struct buf b = {0};

	json_encode_buf(o, &b);
	buf_addc(&b, '\n');
	/* One write: lines of several threads, and of several drivers, do not mix. */
	if (p->log >= 0 && write(p->log, b.data, b.len) != (ssize_t)b.len)
		die_errno("log");
	json_decref(o);
}

static void log_fault(struct call *c, const char *fault)
{
	log_line(c->p, json_pack("{s:i, s:s, s:s}", "n", (int)c->n, "method", c->name, "fault", fault));
}

/* --- faults --- */

/* Counts a use of a line of this file; false when it has been used often enough. */
static bool fault_take(struct process *p, const char *stamp, int line, int64_t times)
{
	AUTO_JSON json_t *used = NULL;
	char key[16];
	int64_t n;
	STATE_LOCKED(&p->d);

	used = state_get(&p->d, "faults", p->d.node_id);
	if (!streq(json_str(used, "stamp"), stamp)) {
		json_decref(used);
		used = json_pack("{s:s}", "stamp", stamp);
	}
	(void)snprintf(key, sizeof key, "%d", line);
	n = json_integer_value(json_object_get(used, key));
	if (times && n >= times)
		return false;
	json_object_set_new(used, key, json_integer(n + 1));
	state_put(&p->d, "faults", p->d.node_id, used);
	return true;
}

static void fault_set(struct call *c, const char *what, const char *arg)
{
	struct faults *f = &c->f;
	int64_t ms = 0;
	int code = arg ? grpc_code_from_name(arg) : GRPC_INTERNAL;

	if (streq(what, "delay") && arg && str_to_i64(arg, 0, 3600000, &ms) == 0)
		f->delay_ms += ms;
	else if (streq(what, "hang"))
		f->hang = true;
	else if (streq(what, "hang-after"))
		f->hang_after = true;
	else if (streq(what, "die"))
		f->die = true;
	else if (streq(what, "die-after"))
		f->die_after = true;
	else if (streq(what, "garbage"))
		f->garbage = true;
	else if (streq(what, "garbage-wire"))
		f->garbage_wire = true;
	else if (streq(what, "twice"))
		f->twice = true;
	else if (streq(what, "error") && code > 0)
		f->error = code;
	else if (streq(what, "error-after") && code > 0)
		f->error_after = code;
	else {
		/* A test that asks for what is not there would pass without it. */
		fprintf(stderr, "csi_driver: there is no fault %s %s\n", what, arg ? arg : "");
		exit(2);
	}
	log_fault(c, what);
}

static void faults_read(struct call *c)
{
	AUTO_BUF struct buf b = {0};
	struct err e = {0};
	char *save = NULL, stamp[96];
	struct stat st;
	int n = 0;

	if (!c->p->faults || stat(c->p->faults, &st) < 0)
		return;
	if (fs_read(c->p->faults, 65536, &b, &e) < 0) {
		fprintf(stderr, "csi_driver: %s\n", e.msg);
		exit(1);
	}
	(void)snprintf(stamp, sizeof stamp, "%llu %lld.%09ld", (unsigned long long)st.st_ino,
		       (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
	for (char *line = strtok_r(b.len ? b.data : (char[]){""}, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		char *words = NULL, *method = strtok_r(line, " ", &words), *what = strtok_r(NULL, " ", &words),
		     *arg = strtok_r(NULL, " ", &words);
		char *more = strtok_r(NULL, " ", &words), *times = arg && str_has_prefix(arg, "times=") ? arg : more;
		int64_t max = 0;

		n++;
		if (!method || !what || (strcmp(method, "*") != 0 && strcmp(method, c->name) != 0))
			continue;
		if (times && (!str_has_prefix(times, "times=") || str_to_i64(times + 6, 1, INT_MAX, &max) < 0)) {
			fprintf(stderr, "csi_driver: fault %s %s: %s\n", method, what, times);
			exit(2);
		}
		if (fault_take(c->p, stamp, n, max))
			fault_set(c, what, times == arg ? NULL : arg);
	}
}

/* --- calls --- */

static void call_free(struct call *c)
{
	list_del(&c->link);
	loop_timer_free(c->delay);
	json_decref(c->in);
	json_decref(c->w.out);
	free(c);
}

static void garbage_wire(struct grpc_request *r)
{
	static const char junk[] = "\377\377\377this is no frame of HTTP/2 at all, whatever its length says\377";
	int fd = grpc_request_fd(r);

	if (fd >= 0 && send(fd, junk, sizeof junk, MSG_NOSIGNAL) >= 0)
		shutdown(fd, SHUT_RDWR);
}

static void call_answer(struct call *c)
{
	AUTO_PROTO ProtobufCMessage *m = NULL;
	AUTO_BYTES struct bytes *b = NULL;
	struct err e = {0};

	if (c->f.error_after && c->w.code == GRPC_OK)
		work_fail(&c->w, c->f.error_after, "done, and still a fault of the test's");
	if (c->w.code == GRPC_OK &&
	    (message_from_json(c->method->output, c->w.out, &m, &e) < 0 || proto_pack(m, &b, &e) < 0))
		work_fail(&c->w, GRPC_INTERNAL, "%s", e.msg);
	if (c->f.garbage && c->w.code == GRPC_OK) {
		bytes_unref(b);
		b = bytes_new("\x0a\xff\xff\xff\xff\x0fgarbage", 13);
	}
	log_line(c->p, json_pack("{s:i, s:s, s:s, s:s, s:O}", "n", (int)c->n, "method", c->name, "code",
				 grpc_code_name(c->w.code), "message", c->w.message, "response", c->w.out));
	c->hung = c->f.hang_after;
	if (c->hung)
		return;
	if (c->f.garbage_wire)
		garbage_wire(c->r);
	if (c->w.code == GRPC_OK)
		grpc_reply(c->r, b);
	else
		grpc_fail(c->r, c->w.code, "%s", c->w.message);
	call_free(c);
}

static void call_run(struct pool_job *j)
{
	struct call *c = container_of(j, struct call, job);

	for (int i = 0; i < 1 + c->f.twice; i++) {
		json_decref(c->w.out);
		c->w.out = json_object();
		c->w.code = GRPC_OK;
		c->w.message[0] = '\0';
		c->fn(&c->w);
	}
	if (c->f.die_after)
		kill(getpid(), SIGKILL);
}

static void call_done(struct pool_job *j)
{
	call_answer(container_of(j, struct call, job));
}

static void call_begin(void *arg)
{
	struct call *c = arg;

	if (c->f.die)
		kill(getpid(), SIGKILL);
	c->hung = c->f.hang;
	if (c->hung)
		return;
	if (c->f.error) {
		work_fail(&c->w, c->f.error, "a fault of the test's");
		call_answer(c);
		return;
	}
	pool_submit(c->p->pool, &c->job);
}

static void on_cancel(void *arg)
{
	struct call *c = arg;

	log_line(c->p, json_pack("{s:i, s:s, s:b}", "n", (int)c->n, "method", c->name, "cancelled", 1));
	if (!c->hung)
		return;
	grpc_fail(c->r, GRPC_CANCELLED, "nobody waits");
	call_free(c);
}

/* --- Identity and registration --- */

static void get_plugin_info(struct work *w)
{
	json_object_set_new(w->out, "name", json_string(w->d->name));
	json_object_set_new(w->out, "vendor_version", json_string(w->d->version));
}

static void get_plugin_capabilities(struct work *w)
{
	json_t *list = json_array();

	if (driver_can(w->d, "CONTROLLER_SERVICE"))
		json_array_append_new(list, json_pack("{s:{s:s}}", "service", "type", "CONTROLLER_SERVICE"));
	if (w->d->topology)
		json_array_append_new(list,
				      json_pack("{s:{s:s}}", "service", "type", "VOLUME_ACCESSIBILITY_CONSTRAINTS"));
	if (driver_can(w->d, "EXPAND_VOLUME"))
		json_array_append_new(list, json_pack("{s:{s:s}}", "volume_expansion", "type",
						      driver_can(w->d, "ONLINE") ? "ONLINE" : "OFFLINE"));
	json_object_set_new(w->out, "capabilities", list);
}

static void probe_ready(struct work *w)
{
	json_object_set_new(w->out, "ready", json_pack("{s:b}", "value", 1));
}

static void probe_not_ready(struct work *w)
{
	json_object_set_new(w->out, "ready", json_pack("{s:b}", "value", 0));
}

static void notify(struct work *w)
{
	(void)w;
}

static work_fn service_method(const struct process *p, const ProtobufCServiceDescriptor *s, const char *name)
{
	if (s == &csi__v1__controller__descriptor)
		return strstr(p->services, "controller") ? controller_method(&p->d, name) : NULL;
	if (s == &csi__v1__node__descriptor)
		return strstr(p->services, "node") ? node_method(&p->d, name) : NULL;
	if (streq(name, "GetPluginInfo"))
		return get_plugin_info;
	if (streq(name, "GetPluginCapabilities"))
		return get_plugin_capabilities;
	if (streq(name, "Probe"))
		return p->not_ready ? probe_not_ready : probe_ready;
	return NULL;
}

/* Finds what /package.Service/Method means; NULL: nothing here. */
static const ProtobufCMethodDescriptor *method_of(const ProtobufCServiceDescriptor *const *services, const char *path,
						  const ProtobufCServiceDescriptor **ret)
{
	const char *slash = strrchr(path, '/');

	for (; *services; services++) {
		size_t n = strlen((*services)->name);

		if ((size_t)(slash - path) == n + 1 && strncmp(path + 1, (*services)->name, n) == 0) {
			*ret = *services;
			return proto_method(*services, slash + 1);
		}
	}
	return NULL;
}

static void call_start(struct process *p, struct grpc_request *r, const ProtobufCMethodDescriptor *m, work_fn fn)
{
	struct bytes *body = grpc_request_body(r);
	AUTO_PROTO ProtobufCMessage *in = NULL;
	struct err e = {0};
	struct call *c = calloc(1, sizeof *c);

	if (!c)
		abort();
	if (proto_unpack(m->input, body->data, body->len, &in, &e) < 0) {
		grpc_fail(r, GRPC_INVALID_ARGUMENT, "%s", e.msg);
		free(c);
		return;
	}
	list_add_tail(&p->calls, &c->link);
	c->p = p;
	c->r = r;
	c->method = m;
	c->fn = fn;
	c->n = ++p->n_calls;
	(void)str_copy(c->name, sizeof c->name, m->name);
	c->in = message_to_json(in);
	c->w.d = &p->d;
	c->w.in = c->in;
	c->w.out = json_object();
	c->job.run = call_run;
	c->job.done = call_done;
	c->job.done_loop = p->loop;
	log_line(p, json_pack("{s:i, s:s, s:O}", "n", (int)c->n, "method", c->name, "request", c->in));
	grpc_request_on_cancel(r, on_cancel, c);
	faults_read(c);
	if (c->f.delay_ms == 0) {
		call_begin(c);
		return;
	}
	if (loop_timer_new(&c->delay, p->loop, call_begin, c) < 0)
		abort();
	loop_timer_set(c->delay, c->f.delay_ms);
}

static void handle(void *arg, struct grpc_request *r)
{
	static const ProtobufCServiceDescriptor *const services[] = {
	    &csi__v1__identity__descriptor, &csi__v1__controller__descriptor, &csi__v1__node__descriptor, NULL};
	struct process *p = arg;
	const ProtobufCServiceDescriptor *s = NULL;
	const ProtobufCMethodDescriptor *m = method_of(services, grpc_request_method(r), &s);
	work_fn fn = m ? service_method(p, s, m->name) : NULL;

	if (fn)
		call_start(p, r, m, fn);
	else
		grpc_fail(r, GRPC_UNIMPLEMENTED, "this driver has no %s", grpc_request_method(r));
}

static void get_info(struct work *w)
{
	json_object_set_new(w->out, "type", json_string("CSIPlugin"));
	json_object_set_new(w->out, "name", json_string(w->d->name));
	json_object_set_new(w->out, "endpoint", json_string(w->d->endpoint));
	json_object_set_new(w->out, "supported_versions", json_pack("[s]", "1.0.0"));
}

static void handle_registration(void *arg, struct grpc_request *r)
{
	static const ProtobufCServiceDescriptor *const services[] = {&pluginregistration__registration__descriptor,
								     NULL};
	const ProtobufCServiceDescriptor *s = NULL;
	const ProtobufCMethodDescriptor *m = method_of(services, grpc_request_method(r), &s);

	if (m)
		call_start(arg, r, m, streq(m->name, "GetInfo") ? get_info : notify);
	else
		grpc_fail(r, GRPC_UNIMPLEMENTED, "there is no %s at this socket", grpc_request_method(r));
}

/* --- the process --- */

static void on_signal(void *arg, int fd, uint32_t events)
{
	(void)fd;
	(void)events;
	loop_quit(arg);
}

static int64_t number(const char *s)
{
	int64_t v = 0;

	if (str_to_i64(s, 0, INT64_MAX, &v) < 0) {
		fprintf(stderr, "csi_driver: %s is no number\n", s);
		exit(2);
	}
	return v;
}

static void options_read(struct process *p, int argc, char **argv)
{
	enum {
		ENDPOINT = 1,
		STATE,
		REGISTRATION,
		NAME,
		NODE,
		TOPOLOGY,
		WITHOUT,
		CAPACITY,
		MAX_SIZE,
		MAX_VOLUMES,
		CONTEXT,
		NOT_READY,
		SERVICES,
		LOG,
		FAULTS
	};
	static const struct option options[] = {{"endpoint", 1, NULL, ENDPOINT},
						{"state", 1, NULL, STATE},
						{"registration", 1, NULL, REGISTRATION},
						{"name", 1, NULL, NAME},
						{"node-id", 1, NULL, NODE},
						{"topology", 1, NULL, TOPOLOGY},
						{"without", 1, NULL, WITHOUT},
						{"capacity", 1, NULL, CAPACITY},
						{"max-size", 1, NULL, MAX_SIZE},
						{"max-volumes", 1, NULL, MAX_VOLUMES},
						{"context", 1, NULL, CONTEXT},
						{"not-ready", 0, NULL, NOT_READY},
						{"services", 1, NULL, SERVICES},
						{"log", 1, NULL, LOG},
						{"faults", 1, NULL, FAULTS},
						{NULL, 0, NULL, 0}};
	char *eq;
	int o;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (o) {
		case ENDPOINT:
			p->d.endpoint = optarg;
			break;
		case STATE:
			p->d.state = optarg;
			break;
		case REGISTRATION:
			p->registration = optarg;
			break;
		case NAME:
			p->d.name = optarg;
			break;
		case NODE:
			p->d.node_id = optarg;
			break;
		case TOPOLOGY:
			eq = strchr(optarg, '=');
			if (!eq)
				exit(2);
			*eq = '\0';
			if (!p->d.topology)
				p->d.topology = json_object();
			json_object_set_new(p->d.topology, optarg, json_string(eq + 1));
			break;
		case WITHOUT:
			json_array_append_new(p->d.without, json_string(optarg));
			break;
		case CAPACITY:
			p->d.capacity = number(optarg);
			break;
		case MAX_SIZE:
			p->d.max_size = number(optarg);
			break;
		case MAX_VOLUMES:
			p->d.max_volumes_per_node = number(optarg);
			break;
		case CONTEXT:
			p->d.vendor_option = optarg;
			break;
		case NOT_READY:
			p->not_ready = true;
			break;
		case SERVICES:
			p->services = optarg;
			break;
		case LOG:
			p->log = open(optarg, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
			if (p->log < 0)
				die_errno(optarg);
			break;
		case FAULTS:
			p->faults = optarg;
			break;
		default:
			exit(2);
		}
	}
	if (!p->d.endpoint || !p->d.state || optind < argc) {
		fprintf(stderr, "csi_driver: --endpoint SOCKET --state DIR are needed\n");
		exit(2);
	}
}

int main(int argc, char **argv)
{
	struct process p = {.d = {.name = "csi.test.minik",
				  .version = MINIK_VERSION,
				  .node_id = "node-1",
				  .capacity = 1LL << 40,
				  .max_size = 1LL << 36},
			    .services = "identity,controller,node",
			    .log = -1};
	struct grpc_server *server = NULL, *registration = NULL;
	struct loop_io *signals = NULL;
	struct err e = {0};
	sigset_t set;
	int fd;

	list_init(&p.calls);
	p.d.without = json_array();
	options_read(&p, argc, argv);
	/* Blocked before there is any thread. */
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fs_mkdir_p(p.d.state, 0755, &e) < 0 || loop_new(&p.loop, &e) < 0 || pool_new(&p.pool, 16, "csi", &e) < 0 ||
	    loop_io_new(&signals, p.loop, fd, EPOLLIN, on_signal, p.loop, &e) < 0)
		goto failed;
	if (strstr(p.services, "node")) {
		AUTO_JSON json_t *node = json_pack("{s:s}", "id", p.d.node_id);
		STATE_LOCKED(&p.d);

		state_put(&p.d, "nodes", p.d.node_id, node);
	}
	if (grpc_server_new(&server, p.loop, &(struct grpc_server_config){.path = p.d.endpoint}, handle, &p, &e) < 0)
		goto failed;
	/* Whoever finds this socket asks for the other: it is made when that one answers. */
	if (p.registration &&
	    grpc_server_new(&registration, p.loop, &(struct grpc_server_config){.path = p.registration},
			    handle_registration, &p, &e) < 0)
		goto failed;
	printf("ready\n");
	fflush(stdout);
	loop_run(p.loop);
	grpc_server_free(registration);
	grpc_server_free(server);
	pool_free(p.pool);
	loop_flush(p.loop);
	while (!list_empty(&p.calls)) {
		struct call *c = container_of(p.calls.next, struct call, link);

		grpc_fail(c->r, GRPC_UNAVAILABLE, "the driver ends");
		call_free(c);
	}
	loop_io_free(signals);
	close(fd);
	loop_free(p.loop);
	json_decref(p.d.without);
	json_decref(p.d.topology);
	return 0;
failed:
	fprintf(stderr, "csi_driver: %s\n", e.msg);
	return 1;
}
