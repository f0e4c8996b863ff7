/* This machine as a Node object, and its Lease. On the loop; what may block is gathered on the work pool. */
#include <errno.h>
#include "api/object.h"
#include "api/own_ports.h"
#include "base/log.h"
#include "base/str.h"
#include "node/internal.h"

#define LEASE_MS 10000
#define LEASE_SECONDS 40
#define REPORT_MS 300000 /* unchanged status is repeated this often */
#define NOT_READY_FIRST_MS 100
#define IMAGES_MAX 50
#define PROVIDED_IPS "alpha.kubernetes.io/provided-node-ip"
#define TAINT_CLOUD "node.cloudprovider.kubernetes.io/uninitialized"

struct node_status {
	struct node *n;
	struct loop_timer *lease_timer, *timer;
	struct pool_job job;
	bool gathering, again, registered, sending, lease_known, lease_sending;
	bool anew;	  /* report although nothing has changed here */
	bool annotate;	  /* its annotations are to be written */
	int64_t lease_ms; /* renewed last */
	int64_t sent_ms, retry_ms, not_ready_ms;
	json_t *gathered;    /* by the job: status without times */
	json_t *sent;	     /* the last gathered that the API took */
	json_t *times;	     /* condition -> {"status","time"} */
	char *uid;
	bool warned;
	bool has_addresses; /* the Node, as it was last answered */
};

static void gather_soon(struct node_status *s);

static json_t *cond(const char *type, bool on, const char *reason, const char *message)
{
	return json_pack("{s:s,s:s,s:s,s:s}", "type", type, "status", on ? "True" : "False", "reason", reason, "message", message);
}

/* The largest first, as kubelet lists them. */
static json_t *image_names(struct node *n)
{
	AUTO_JSON json_t *list = NULL;
	json_t *out = json_array();

	if (!out || image_list(n->images, &list, NULL) < 0)
		return out;
	while (json_array_size(list) > 0 && json_array_size(out) < IMAGES_MAX) {
		size_t best = 0, i;
		json_t *v;
		json_array_foreach(list, i, v) if (json_int_or(v, "size", 0) > json_int_or(json_array_get(list, best), "size", 0)) best = i;
		v = json_array_get(list, best);
		if (json_array_size(json_object_get(v, "names")) > 0)
			json_array_append_new(out, json_pack("{s:O,s:I}", "names", json_object_get(v, "names"), "sizeBytes", (json_int_t)json_int_or(v, "size", 0)));
		json_array_remove(list, best);
	}
	return out;
}

/* Worker. */
static void gather(struct pool_job *j)
{
	struct node_status *s = container_of(j, struct node_status, job);
	struct node *n = s->n;
	struct sysinfo_pressure pr;
	struct err err = {0}, why = {0};
	json_t *cap = NULL, *info = NULL, *addr = json_array(), *conds = json_array(), *status = json_object();
	bool net = true;

	if (sysinfo_capacity(n, &cap, &err) < 0 || sysinfo_node_info(n, &info, &err) < 0 || !addr || !conds || !status) {
		log_warning("node", n->name, "cannot describe this machine: %s", err.msg);
		json_decref(cap);
		json_decref(info);
		json_decref(addr);
		json_decref(conds);
		json_decref(status);
		return;
	}
	sysinfo_pressure(n, &pr);
	if (n->d.network && n->d.network->ready)
		net = n->d.network->ready(n->d.network_impl, &why);
	for (char **ip = n->ips; *ip; ip++)
		json_array_append_new(addr, json_pack("{s:s,s:s}", "type", "InternalIP", "address", *ip));
	json_array_append_new(addr, json_pack("{s:s,s:s}", "type", "Hostname", "address", n->name));
	json_array_append_new(conds, cond("MemoryPressure", pr.memory, pr.memory ? "KubeletHasInsufficientMemory" : "KubeletHasSufficientMemory",
					  pr.memory ? "kubelet has insufficient memory available" : "kubelet has sufficient memory available"));
	json_array_append_new(conds, cond("DiskPressure", pr.disk, pr.disk ? "KubeletHasDiskPressure" : "KubeletHasNoDiskPressure",
					  pr.disk ? "kubelet has disk pressure" : "kubelet has no disk pressure"));
	json_array_append_new(conds, cond("PIDPressure", pr.pid, pr.pid ? "KubeletHasInsufficientPID" : "KubeletHasSufficientPID",
					  pr.pid ? "kubelet has insufficient PID available" : "kubelet has sufficient PID available"));
	bool down = node_down_end(n, false) != 0, ready = net && !down;
	AUTO_FREE char *not_ready = down ? str_dup("node is shutting down") : net ? NULL : str_fmt("container runtime network not ready: %s", why.msg);
	json_array_append_new(conds, cond("Ready", ready, ready ? "KubeletReady" : "KubeletNotReady", ready ? "kubelet is posting ready status" : not_ready ? not_ready : ""));
	json_object_set_new(status, "capacity", cap);
	json_object_set(status, "allocatable", cap);
	json_object_set_new(status, "addresses", addr);
	json_object_set_new(status, "nodeInfo", info);
	json_object_set_new(status, "conditions", conds);
	json_object_set_new(status, "daemonEndpoints", json_pack("{s:{s:i}}", "kubeletEndpoint", "Port", (int)n->port));
	json_object_set_new(status, "images", image_names(n));
	s->gathered = status;
}

static void stamp(struct node_status *s, json_t *status)
{
	char now_text[TIME_STR_MAX];
	json_t *c, *t;
	size_t i;

	time_format(clock_wall(s->n->d.clock), now_text);
	json_array_foreach(json_object_get(status, "conditions"), i, c)
	{
		const char *type = json_str_or(c, "type", "");
		t = json_object_get(s->times, type);
		if (!t || !streq(json_str(t, "status"), json_str(c, "status"))) {
			json_object_set_new(s->times, type, json_pack("{s:s,s:s}", "status", json_str_or(c, "status", ""), "time", now_text));
			t = json_object_get(s->times, type);
		}
		json_object_set_new(c, "lastHeartbeatTime", json_string(now_text));
		json_object_set_new(c, "lastTransitionTime", json_string(json_str_or(t, "time", now_text)));
	}
}

static json_t *labels(const struct node *n, const json_t *info)
{
	const char *arch = json_str_or(info, "architecture", "");
	json_t *l = json_pack("{s:s,s:s,s:s,s:s,s:s}", "beta.kubernetes.io/arch", arch, "beta.kubernetes.io/os", "linux", "kubernetes.io/arch", arch,
			      "kubernetes.io/hostname", n->name, "kubernetes.io/os", "linux");

	for (char **v = n->labels; l && *v; v++) {
		const char *eq = strchr(*v, '=');
		AUTO_FREE char *k = eq ? str_ndup(*v, (size_t)(eq - *v)) : str_dup(*v);
		if (k)
			json_object_set_new(l, k, json_string(eq ? eq + 1 : ""));
	}
	return l;
}

/* shape: what is not so is null, which a patch removes, or is not there. */
static json_t *annotations(const struct node *n, const char *shape)
{
	AUTO_BUF struct buf ips = {0};

	for (char **ip = n->ips; n->cloud_external && n->ips_given && *ip; ip++)
		buf_addf(&ips, "%s%s", ip == n->ips ? "" : ",", *ip);
	return json_pack(shape, OWN_PORTS, n->own_ports, OWN_PORTS_NO_INGRESS, n->no_ingress, PROVIDED_IPS, ips.len ? ips.data : NULL);
}

/* What the cloud's controller says of addresses stands; what we know is a guess for as long as it says nothing. */
static void leave_addresses(const struct node_status *s, json_t *status)
{
	if (s->n->cloud_external && (s->has_addresses || !s->n->ips_given))
		(void)json_object_del(status, "addresses");
}

static void node_answered(struct node_status *s, const json_t *o)
{
	s->has_addresses = json_array_size(json_dot(o, "status.addresses")) > 0;
}

static json_t *taints(const struct node *n)
{
	json_t *a = json_array();

	if (n->cloud_external)
		json_array_append_new(a, json_pack("{s:s,s:s,s:s}", "key", TAINT_CLOUD, "value", "true", "effect", "NoSchedule"));

	for (char **v = n->taints; a && *v; v++) {
		const char *colon = strrchr(*v, ':'), *eq = strchr(*v, '=');
		if (!colon)
			continue;
		if (eq && eq > colon)
			eq = NULL;
		AUTO_FREE char *k = str_ndup(*v, (size_t)((eq ? eq : colon) - *v)), *val = eq ? str_ndup(eq + 1, (size_t)(colon - eq - 1)) : str_dup("");
		json_t *t = json_pack("{s:s,s:s}", "key", k ? k : "", "effect", colon + 1);
		if (val && val[0])
			json_object_set_new(t, "value", json_string(val));
		json_array_append_new(a, t);
	}
	return a;
}

static void retry(struct node_status *s, const char *what, const struct client_result *r)
{
	s->retry_ms = s->retry_ms ? s->retry_ms * 2 : 100;
	if (s->retry_ms > LEASE_MS)
		s->retry_ms = LEASE_MS;
	if (!s->warned)
		log_warning("node", s->n->name, "cannot %s: %s", what, r->err.msg);
	s->warned = s->retry_ms >= LEASE_MS;
	loop_timer_set(s->timer, s->retry_ms);
}

static void taken(struct node_status *s, const struct client_result *r)
{
	AUTO_JSON json_t *o = NULL;

	s->registered = true;
	s->retry_ms = 0;
	s->warned = false;
	s->sent_ms = clock_mono_ms(s->n->d.clock);
	if (client_result_json(r, &o, NULL) == 0) {
		if (!streq(s->uid, obj_uid(o)) && s->n->d.volumes)
			s->n->d.volumes->registered(s->n->d.volumes_impl);
		(void)str_replace(&s->uid, obj_uid(o));
		node_answered(s, o);
	}
	pthread_mutex_lock(&s->n->info_lock);
	json_decref(s->n->allocatable);
	s->n->allocatable = json_incref(json_object_get(s->sent, "allocatable"));
	pthread_mutex_unlock(&s->n->info_lock);
}

static void send_status(struct node_status *s);

static void status_done(void *arg, const struct client_result *r)
{
	struct node_status *s = arg;

	s->sending = false;
	if (r->code == 0) {
		taken(s, r);
		if (s->again)
			gather_soon(s);
		return;
	}
	json_decref(s->sent);
	s->sent = NULL;
	s->registered = false; /* look again from the start: it may have been deleted */
	retry(s, "report this node's status", r);
}

static void created(void *arg, const struct client_result *r)
{
	struct node_status *s = arg;

	s->sending = false;
	if (r->code < 0 && r->code != ERR_EXISTS) {
		retry(s, "register this node", r);
		return;
	}
	if (r->code == 0)
		log_info("node", s->n->name, "registered");
	s->registered = true;
	send_status(s); /* a real API server drops status on create */
}

static void create(struct node_status *s)
{
	struct node *n = s->n;
	const struct client_ref ref = {.plural = "nodes"};
	AUTO_JSON json_t *status = json_deep_copy(s->gathered);
	AUTO_JSON json_t *o = NULL;
	json_t *l = labels(n, json_object_get(s->gathered, "nodeInfo")), *t = taints(n);

	s->has_addresses = false;
	stamp(s, status);
	leave_addresses(s, status);
	o = json_pack("{s:s,s:s,s:{s:s,s:o,s:o},s:{s:s*},s:O}", "kind", "Node", "apiVersion", "v1", "metadata", "name", n->name, "labels", l, "annotations",
		      annotations(n, "{s:s*,s:s*,s:s*}"), "spec", "providerID", n->provider_id, "status", status);
	if (!o)
		return;
	if (json_array_size(t) > 0)
		json_dot_set(o, "spec.taints", t);
	else
		json_decref(t);
	s->sending = client_create(n->client, &ref, o, created, s) == 0;
}

static void labelled(void *arg, const struct client_result *r);

/* A Node that was registered without one. true: it is being sent, and the answer comes to labelled. */
static bool send_provider_id(struct node_status *s, const json_t *node)
{
	const struct node *n = s->n;
	const struct client_ref ref = {.plural = "nodes", .name = n->name};
	const char *has = json_str_or(node, "spec.providerID", "");

	if (!n->provider_id || streq(has, n->provider_id))
		return false;
	if (*has) {
		log_warning("node", n->name, "its Node has the provider id \"%s\" for good, not \"%s\"; delete the Node to register it anew", has, n->provider_id);
		return false;
	}
	AUTO_JSON json_t *patch = json_pack("{s:{s:s}}", "spec", "providerID", n->provider_id);
	return s->sending = patch && client_patch(n->client, &ref, CLIENT_MERGE_PATCH, patch, labelled, s) == 0;
}

static void labelled(void *arg, const struct client_result *r)
{
	struct node_status *s = arg;

	s->sending = false;
	if (r->code == ERR_NOT_FOUND) {
		create(s);
	} else if (r->code < 0) {
		s->registered = false;
		retry(s, "label this node", r);
	} else {
		AUTO_JSON json_t *o = NULL;
		json_t *c;
		size_t i;
		s->registered = true;
		/* An agent that comes back does not pretend that conditions changed. */
		if (client_result_json(r, &o, NULL) == 0) {
			node_answered(s, o);
			json_array_foreach(json_dot(o, "status.conditions"), i, c)
				if (!json_object_get(s->times, json_str_or(c, "type", "")))
					json_object_set_new(s->times, json_str_or(c, "type", ""),
							    json_pack("{s:s,s:s}", "status", json_str_or(c, "status", ""), "time", json_str_or(c, "lastTransitionTime", "")));
			if (send_provider_id(s, o))
				return;
		}
		send_status(s);
	}
}

static void send_status(struct node_status *s)
{
	struct node *n = s->n;
	int64_t now = clock_mono_ms(n->d.clock);
	struct client_ref ref = {.plural = "nodes", .name = n->name};

	if (s->sending || !s->gathered || n->stopping)
		return;
	if (!s->registered || s->annotate) {
		s->annotate = false;
		AUTO_JSON json_t *patch = json_pack("{s:{s:o,s:o}}", "metadata", "labels", labels(n, json_object_get(s->gathered, "nodeInfo")), "annotations",
						    annotations(n, "{s:s?,s:s?,s:s?}"));
		s->sending = patch && client_patch(n->client, &ref, CLIENT_MERGE_PATCH, patch, labelled, s) == 0;
		return;
	}
	if (!s->anew && s->sent && json_equal(s->sent, s->gathered) && now - s->sent_ms < REPORT_MS)
		return;
	AUTO_JSON json_t *status = json_deep_copy(s->gathered);
	if (!status)
		return;
	stamp(s, status);
	leave_addresses(s, status);
	/* Addresses merge by their type, which two of them may share: as kubelet does, the list is replaced as a whole. */
	json_t *addresses = json_object_get(status, "addresses");
	if (addresses && json_array_append_new(addresses, json_pack("{s:s}", "$patch", "replace")) < 0)
		return;
	AUTO_JSON json_t *patch = json_pack("{s:O}", "status", status);
	ref.subresource = "status";
	s->anew = false;
	json_decref(s->sent);
	s->sent = json_incref(s->gathered);
	s->sending = patch && client_patch(n->client, &ref, CLIENT_STRATEGIC_PATCH, patch, status_done, s) == 0;
}

static void gathered(struct pool_job *j)
{
	struct node_status *s = container_of(j, struct node_status, job);
	json_t *c;
	size_t i;
	bool ready = false;

	s->gathering = false;
	if (s->n->stopping)
		return;
	json_array_foreach(json_object_get(s->gathered, "conditions"), i, c) if (streq(json_str(c, "type"), "Ready")) ready = streq(json_str(c, "status"), "True");
	/* Not every network tells when it is ready: asked often at first, then with every Lease. */
	if (!ready) {
		s->not_ready_ms = s->not_ready_ms ? s->not_ready_ms * 2 : NOT_READY_FIRST_MS;
		if (s->not_ready_ms > LEASE_MS)
			s->not_ready_ms = LEASE_MS;
		loop_timer_set(s->timer, s->not_ready_ms);
	} else {
		s->not_ready_ms = 0;
	}
	send_status(s);
	if (s->again && !s->sending)
		gather_soon(s);
}

static void gather_soon(struct node_status *s)
{
	if (s->gathering || s->sending) {
		s->again = true;
		return;
	}
	s->again = false;
	s->gathering = true;
	json_decref(s->gathered);
	s->gathered = NULL;
	pool_submit(s->n->work_pool, &s->job);
}

static void timer_fn(void *arg) { gather_soon(arg); }

void node_status_poke(struct node_status *s)
{
	if (s && !s->n->stopping) {
		/* A Node that was deleted is made again. */
		s->registered = s->registered && informer_count(s->n->node_informer) > 0;
		gather_soon(s);
	}
}

void node_status_annotate(struct node_status *s)
{
	if (!s || s->n->stopping)
		return;
	s->annotate = true;
	gather_soon(s);
}

static void report_anew(struct node_status *s)
{
	s->anew = true;
	gather_soon(s);
}

void node_status_seen(struct node_status *s, const json_t *node)
{
	const json_t *c;
	size_t i;
	bool unknown = false;

	/* The node controller says so of a node that it does not hear; what this one said last is not true any more then. */
	json_array_foreach(json_dot(node, "status.conditions"), i, c)
		if (streq(json_str(c, "status"), "Unknown")) {
			unknown = true;
			json_object_del(s->times, json_str_or(c, "type", "")); /* it changes once more now */
		}
	if (unknown && !s->n->stopping)
		report_anew(s);
}

/* --- Lease --- */

static void lease_tick(void *arg);

static void lease_created(void *arg, const struct client_result *r)
{
	struct node_status *s = arg;

	s->lease_sending = false;
	s->lease_known = r->code == 0 || r->code == ERR_EXISTS;
	if (!s->lease_known)
		loop_timer_set(s->lease_timer, 1000);
}

static void lease_patched(void *arg, const struct client_result *r)
{
	struct node_status *s = arg;
	char now[TIME_STR_MAX];
	struct timespec ts;

	s->lease_sending = false;
	if (r->code == 0) {
		int64_t ms = clock_mono_ms(s->n->d.clock);

		/* Others may have given up this node meanwhile, and the watch that would tell may be older than the gap. */
		if (s->lease_known && ms - s->lease_ms > 2 * LEASE_MS)
			report_anew(s);
		s->lease_ms = ms;
		s->lease_known = true;
		return;
	}
	if (r->code != ERR_NOT_FOUND) {
		log_debug("node", s->n->name, "cannot renew the lease: %s", r->err.msg);
		loop_timer_set(s->lease_timer, s->lease_known ? 5000 : 500);
		return;
	}
	s->n->d.clock->wall(s->n->d.clock, &ts);
	time_format_micro(&ts, now);
	const struct client_ref ref = {.group = "coordination.k8s.io", .plural = "leases", .ns = "kube-node-lease"};
	AUTO_JSON json_t *o = json_pack("{s:s,s:s,s:{s:s,s:s},s:{s:s,s:i,s:s}}", "kind", "Lease", "apiVersion", "coordination.k8s.io/v1", "metadata", "name",
					s->n->name, "namespace", "kube-node-lease", "spec", "holderIdentity", s->n->name, "leaseDurationSeconds",
					LEASE_SECONDS, "renewTime", now);
	if (o && s->uid && s->uid[0])
		json_dot_append(o, "metadata.ownerReferences", json_pack("{s:s,s:s,s:s,s:s}", "apiVersion", "v1", "kind", "Node", "name", s->n->name, "uid", s->uid));
	s->lease_sending = o && client_create(s->n->client, &ref, o, lease_created, s) == 0;
}

static void lease_tick(void *arg)
{
	struct node_status *s = arg;
	char now[TIME_STR_MAX];
	struct timespec ts;

	if (s->n->stopping)
		return;
	loop_timer_set(s->lease_timer, LEASE_MS);
	gather_soon(s);
	if (s->lease_sending)
		return;
	s->n->d.clock->wall(s->n->d.clock, &ts);
	time_format_micro(&ts, now);
	const struct client_ref ref = {.group = "coordination.k8s.io", .plural = "leases", .ns = "kube-node-lease", .name = s->n->name};
	AUTO_JSON json_t *patch = json_pack("{s:{s:s,s:i,s:s}}", "spec", "holderIdentity", s->n->name, "leaseDurationSeconds", LEASE_SECONDS, "renewTime", now);
	s->lease_sending = patch && client_patch(s->n->client, &ref, CLIENT_MERGE_PATCH, patch, lease_patched, s) == 0;
}

int node_status_new(struct node_status **ret, struct node *n, struct err *e)
{
	struct node_status *s = calloc(1, sizeof(*s));

	if (!s)
		return err_nomem(e);
	s->n = n;
	s->times = json_object();
	s->job.run = gather;
	s->job.done = gathered;
	s->job.done_loop = n->loop;
	str_copy(s->job.key, sizeof(s->job.key), "node-status");
	if (!s->times || loop_timer_new(&s->lease_timer, n->loop, lease_tick, s) < 0 || loop_timer_new(&s->timer, n->loop, timer_fn, s) < 0) {
		node_status_free(s);
		return err_nomem(e);
	}
	loop_timer_set(s->lease_timer, 0);
	*ret = s;
	return 0;
}

struct node_status *node_status_free(struct node_status *s)
{
	if (!s)
		return NULL;
	loop_timer_free(s->lease_timer);
	loop_timer_free(s->timer);
	json_decref(s->gathered);
	json_decref(s->sent);
	json_decref(s->times);
	free(s->uid);
	free(s);
	return NULL;
}
