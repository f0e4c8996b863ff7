/*
 * ComponentStatus, deprecated since 1.19 and still what `kubectl get cs` asks for: not kept, but asked anew each time.
 * Scheduler and controllers are well when they watch this server, wherever they run; the store, when it answers, as for /readyz.
 */
#include "apiserver/internal.h"
#include "base/json.h"

static const char *const names[] = {"controller-manager", "etcd-0", "scheduler"};

bool component_status_serves(const struct req *r)
{
	return !*r->group && streq(r->plural, "componentstatuses");
}

static json_t *status_of(struct req *r, const char *name)
{
	bool store = streq(name, "etcd-0");
	const char *user = streq(name, "scheduler") ? "system:kube-scheduler" : "system:kube-controller-manager";
	bool well = store ? r->fresh : watch_by_user(r->a, user);
	AUTO_FREE char *why =
	    store ? str_dup("the store does not answer") : str_fmt("nobody watches this API server as %s", user);
	json_t *c = json_pack("{s:s,s:s}", "type", "Healthy", "status", well ? "True" : "False");

	if (!c || !why || (well ? json_set_str(c, "message", "ok") : json_set_str(c, "error", why))) {
		json_decref(c);
		return NULL;
	}
	return json_pack("{s:s,s:s,s:{s:s},s:[o]}", "apiVersion", "v1", "kind", "ComponentStatus", "metadata", "name",
			 name, "conditions", c);
}

static void list(struct req *r)
{
	bool table = r->format == FMT_TABLE || r->format == FMT_TABLE_V1BETA1;
	json_t *out = table ? table_new(r, r->res, true)
			    : json_pack("{s:s,s:s,s:{},s:[]}", "kind", "ComponentStatusList", "apiVersion", "v1",
					"metadata", "items");

	for (size_t i = 0; out && i < ARRAY_LEN(names); i++) {
		AUTO_JSON json_t *o = status_of(r, names[i]);
		int rc = !o ? -ENOMEM
			 : table
			     ? table_add(r, r->res, out, o)
			     : json_array_append_new(json_object_get(out, "items"),
						     r->format == FMT_OBJECT ? json_incref(o) : partial_metadata(r, o));

		if (rc) {
			json_decref(out);
			out = NULL;
		}
	}
	req_reply_json(r, 200, out);
}

static void answer(void *arg)
{
	struct req *r = arg;

	if (r->verb == API_LIST) {
		list(r);
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (streq(r->name, names[i])) {
			req_reply_tree(r, 200, r->res, status_of(r, names[i]));
			return;
		}
	req_not_found(r, "", "componentstatus", r->name);
}

void req_component_status(struct req *r)
{
	req_ask_store(r, answer);
}
