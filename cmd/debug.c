#include "cmd/debug.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/host.h"
#include "cmd/instance.h"
#include "cmd/kin.h"
#include "cmd/tool_client.h"

#define USAGE     "minik debug service NAMESPACE/NAME [--from NAMESPACE/POD] [-o text|json]"
#define SETTLE_MS 1000 /* what is under way when we look is there by then */

static const char *const names[DEBUG_STEPS] = {
    "service", "endpoints", "slices", "proxy", "entries", "masquerade", "sysctl",   "dns",    "resolv.conf",
    "listen",  "hairpin",   "policy", "node",  "pod",     "local",      "nodeport", "health", "loadbalancer"};

static void add(struct debug *d, enum debug_step s, const char *result, const char *mend, const char *fmt, va_list ap)
{
	AUTO_BUF struct buf text = {0};
	buf_addv(&text, fmt, ap);
	if (buf_failed(&text) || !text.data)
		return;
	str_make_utf8(text.data);
	/* Events and names are strangers' text, and this is an administrator's terminal. */
	for (char *p = text.data; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	json_array_append_new(d->lines, json_pack("{s:s,s:s,s:s,s:s*}", "step", names[s], "result", result, "message",
						  text.data, "mend", mend));
}

void debug_ok(struct debug *d, enum debug_step s, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	add(d, s, "ok", NULL, fmt, ap);
	va_end(ap);
}

void debug_skip(struct debug *d, enum debug_step s, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	add(d, s, "skip", NULL, fmt, ap);
	va_end(ap);
}

void debug_fault(struct debug *d, enum debug_step s, const char *mend, const char *fmt, ...)
{
	va_list ap;
	d->faults[s] = true;
	va_start(ap, fmt);
	add(d, s, "fault", mend, fmt, ap);
	va_end(ap);
}

void debug_consequence(struct debug *d, enum debug_step s, unsigned mask, const char *mend, const char *fmt, ...)
{
	const char *cause = NULL;
	for (int i = 0; i < DEBUG_STEPS && !cause; i++)
		if (mask & DEBUG_BIT(i) && d->faults[i])
			cause = names[i];
	AUTO_FREE char *full = cause ? str_fmt("%s (as the fault of step %s has it)", fmt, cause) : NULL;
	va_list ap;
	d->faults[s] |= !cause;
	va_start(ap, fmt);
	add(d, s, cause ? "skip" : "fault", cause ? NULL : mend, full ? full : fmt, ap);
	va_end(ap);
}

static void step_service(struct debug *d)
{
	AUTO_BUF struct buf b = {0};
	json_t *p;
	size_t i;
	json_array_foreach (json_dot(d->service, "spec.ports"), i, p) {
		const json_t *target = json_object_get(p, "targetPort");
		buf_addf(&b, "%s%lld/%s", i ? ", " : " ", (long long)json_int_or(p, "port", 0),
			 json_str_or(p, "protocol", "TCP"));
		if (json_is_string(target))
			buf_addf(&b, " -> %s", json_string_value(target));
		else if (json_is_integer(target))
			buf_addf(&b, " -> %lld", (long long)json_integer_value(target));
		if (json_int_or(p, "nodePort", 0))
			buf_addf(&b, " (node port %lld)", (long long)json_int_or(p, "nodePort", 0));
	}
	const char *ip = debug_cluster_ip(d);
	if (debug_external_name(d))
		debug_ok(d, DEBUG_SERVICE, "ExternalName %s", json_str_or(d->service, "spec.externalName", "?"));
	else
		debug_ok(d, DEBUG_SERVICE, "%s, %s%s%s", json_str_or(d->service, "spec.type", "ClusterIP"),
			 ip ? "cluster address " : "headless", ip ? ip : "", b.data ? b.data : "");
}

static void steps(struct debug *d, bool settled)
{
	json_array_clear(d->lines);
	memset(d->faults, 0, sizeof(d->faults));
	d->shared = false;
	d->node_denied[0] = d->cut_off[0] = 0;
	step_service(d);
	debug_endpoints(d);
	debug_slices(d);
	debug_proxy(d);
	if (!settled && (d->faults[DEBUG_SLICES] || d->faults[DEBUG_PROXY] || d->faults[DEBUG_ENTRIES]))
		return;
	debug_sysctls(d);
	debug_dns(d);
	debug_listen(d);
	debug_hairpin(d);
	debug_reach(d);
	debug_outside(d);
}

/* Slices and rules follow changes a little later: what looks wrong is looked at once more. */
static int look(struct debug *d, struct err *e)
{
	int r = debug_gather(d, e);
	if (r < 0 || (r = debug_from(d, e)) < 0)
		return r;
	steps(d, false);
	if (!d->faults[DEBUG_SLICES] && !d->faults[DEBUG_PROXY] && !d->faults[DEBUG_ENTRIES])
		return 0;
	struct timespec t = {SETTLE_MS / 1000, SETTLE_MS % 1000 * 1000000};
	(void)nanosleep(&t, NULL);
	debug_forget(d);
	r = debug_gather(d, e);
	if (r < 0 || (r = debug_from(d, e)) < 0)
		return r;
	steps(d, true);
	return 0;
}

static void print_text(const struct debug *d)
{
	json_t *l;
	size_t i;
	json_array_foreach (d->lines, i, l) {
		const char *result = json_str_or(l, "result", "?"), *mend = json_str(l, "mend");
		printf("%-6s %-13s %s%s%s\n", streq(result, "fault") ? "FAULT" : result, json_str_or(l, "step", "?"),
		       json_str_or(l, "message", ""), mend ? "; mend: " : "", mend ? mend : "");
	}
}

static void print(const struct debug *d, bool as_json, bool failed)
{
	if (!as_json) {
		print_text(d);
	} else {
		AUTO_JSON json_t *v = json_pack("{s:s,s:s,s:s,s:b,s:O}", "namespace", d->ns, "name", d->name, "node",
						d->node, "ok", !failed, "steps", d->lines);
		AUTO_BYTES struct bytes *text = v ? json_encode(v) : NULL;
		if (text)
			printf("%.*s\n", (int)text->len, text->data);
	}
	fflush(stdout);
}

/* NAMESPACE/NAME, or the name alone: of default, as kubectl has it. */
static int split(const char *what, char ns[254], char name[254], struct err *e)
{
	const char *slash = strchr(what, '/');
	if (slash) {
		if (slash == what || (size_t)(slash - what) > 253)
			return err_set(e, ERR_INVALID, "\"%.80s\" is not NAMESPACE/NAME; usage: " USAGE, what);
		memcpy(ns, what, (size_t)(slash - what));
		ns[slash - what] = 0;
	} else {
		(void)str_copy(ns, 254, "default");
	}
	const char *rest = slash ? slash + 1 : what;
	if (!*rest || strchr(rest, '/') || !str_copy(name, 254, rest))
		return err_set(e, ERR_INVALID, "\"%.80s\" is not NAMESPACE/NAME; usage: " USAGE, what);
	return 0;
}

/* What the minik that runs was started with; NULL: it cannot be known. *ret_all: also what an agent's cluster told it.
 */
static struct options *of_running(const json_t *instance, int pid, bool *ret_all)
{
	struct options *theirs = NULL;
	*ret_all = false;
	return instance && kin_options(pid, &theirs, ret_all, NULL) == 0 ? theirs : NULL;
}

/* Whoever wanted this machine's minik is told that none runs, or not yet, rather than where nobody answered. */
static void no_minik(const struct options *o, const struct err *none, struct err *e)
{
	struct err why = *e;
	if (none->code < 0 && !opt_str(o, OPT_KUBECONFIG) && !getenv("KUBECONFIG"))
		err_set(e, none->code, "%s; %sgive --kubeconfig FILE (%.120s)", none->msg,
			none->code == ERR_NOT_FOUND ? "start it, or " : "or ", why.msg);
}

static int run(struct options *o, const char *ns, const char *name, const char *from[2], struct err *e)
{
	AUTO_JSON json_t *instance = NULL;
	struct options *theirs = NULL;
	struct tool_client c = {0};
	struct host host = {.lock_fd = -1};
	struct err none = {0};
	int pid = 0, status = 1;
	bool all_known;
	if (instance_read(o, &pid, &instance, &none) < 0)
		instance = NULL;
	theirs = of_running(instance, pid, &all_known);
	struct debug d = {.ns = ns,
			  .name = name,
			  .from_ns = from[0],
			  .from_name = from[1],
			  .opt = theirs ? theirs : o,
			  .running = all_known,
			  .run_dir = instance ? json_str_or(instance, "runDir", "") : opt_str(o, OPT_RUN_DIR),
			  .root = geteuid() == 0,
			  .lines = json_array()};
	if (instance)
		d.node = json_str_or(instance, "node", "");
	else if (opt_is_set(o, OPT_NODE_NAME))
		d.node = opt_str(o, OPT_NODE_NAME);
	else
		d.node = host_identify(&host, o, NULL) == 0 ? host.node_name : "";
	if (!d.lines) {
		(void)err_nomem(e);
	} else if (tool_client_open(&c, o, instance, "minik-debug", e) < 0) {
		if (e->code == ERR_NOT_FOUND && !opt_is_set(o, OPT_RUN_DIR)) /* else it has been said */
			no_minik(o, &none, e);
	} else {
		d.client = c.client;
		if (look(&d, e) == 0) {
			bool failed = false;
			for (int i = 0; i < DEBUG_STEPS; i++)
				failed |= d.faults[i];
			print(&d, streq(opt_str(o, OPT_OUTPUT), "json"), failed);
			status = failed;
			e->code = 0;
		} else if (e->code == ERR_UNAVAILABLE || e->code == ERR_TIMEOUT) {
			no_minik(o, &none, e);
		}
	}
	debug_forget(&d);
	json_decref(d.lines);
	tool_client_close(&c);
	if (theirs)
		options_free(theirs);
	return status;
}

int cmd_debug(int argc, char **argv)
{
	struct options *o = NULL;
	char **rest = NULL, ns[254], name[254], from_ns[254], from_name[254];
	struct err e = {0};
	int status =
	    cmd_options(&o, OPT_IN_TOOL | OPT_IN_OUTPUT | OPT_IN_DEBUG | OPT_IN_FROM, false, USAGE, argc, argv, &rest);
	if (status >= 0)
		return status;
	const char *given = opt_str(o, OPT_FROM);
	if (!rest[0] || !streq(rest[0], "service") || !rest[1] || rest[2]) {
		err_set(&e, ERR_INVALID, "usage: " USAGE);
		status = cmd_usage_error(&e);
	} else if (split(rest[1], ns, name, &e) < 0 || (given && split(given, from_ns, from_name, &e) < 0)) {
		status = cmd_usage_error(&e);
	} else {
		const char *from[] = {given ? from_ns : NULL, given ? from_name : NULL};
		status = run(o, ns, name, from, &e);
		if (e.code < 0)
			status = cmd_fail(&e);
	}
	free(rest);
	options_free(o);
	return status;
}
