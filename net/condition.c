#include "net/condition.h"
#include "api/object.h"
#include "base/buf.h"
#include "base/str.h"

#define TYPE        "NetworkUnavailable"
#define REASON_UP   "FlannelIsUp"
#define REASON_DOWN "FlannelIsDown"
#define REASON_CUT  "NoRouteCreated" /* the route controller's word */
#define NAMED_MAX   3

/* Of the same order as net_peers_judge. */
static bool was_before(const struct net_peer *p, int64_t created, const char *name)
{
	return p->created != created ? p->created < created : strcmp(p->name, name) < 0;
}

static bool unreachable(const struct net_peer *p)
{
	return p->why.code && p->why.code != ERR_UNAVAILABLE; /* else: not announced yet */
}

/* Not even by one family. */
static bool cut_off(const struct net_peer *p)
{
	return unreachable(p) && (p->failed || (!p->use[NET_V4] && !p->use[NET_V6]));
}

static bool judge(const json_t *node, const struct net_peer *v, size_t n, struct buf *message)
{
	struct timespec ts = {0};
	const char *name = obj_name(node);
	bool reached = false, cut = false;
	size_t bad = 0;
	if (time_parse(json_str_or(node, "metadata.creationTimestamp", ""), &ts) < 0)
		ts.tv_sec = 0;
	for (size_t i = 0; i < n; i++) {
		bool before = was_before(&v[i], ts.tv_sec, name ? name : "");
		if (unreachable(&v[i])) {
			if (bad++ < NAMED_MAX)
				buf_addf(message, "%spods of node %s cannot be reached: %s", message->len ? "; " : "",
					 v[i].name, v[i].why.msg);
		}
		cut |= before && cut_off(&v[i]);
		reached |= before && !cut_off(&v[i]) && (v[i].use[NET_V4] || v[i].use[NET_V6]);
	}
	if (bad > NAMED_MAX)
		buf_addf(message, "; and of %zu more nodes", bad - NAMED_MAX);
	return cut && !reached;
}

int net_condition_patch(const json_t *node, const struct net_peer *v, size_t n, const struct err *failed,
			const char *now, json_t **ret, struct err *e)
{
	AUTO_BUF struct buf text = {0}, message = {0};
	const json_t *have = obj_condition(node, TYPE);
	bool cut = judge(node, v, n, &text), off = failed || cut;
	const char *status = off ? "True" : "False", *reason = failed ? REASON_DOWN : cut ? REASON_CUT : REASON_UP;
	*ret = NULL;
	if (failed)
		buf_adds(&message, failed->msg);
	else if (!cut)
		buf_adds(&message, "Flannel is running on this node");
	if (!failed && text.len)
		buf_addf(&message, "%s%s", cut ? "" : "; ", text.data);
	if (buf_failed(&message) || buf_failed(&text))
		return err_nomem(e);
	if (streq(json_str(have, "status"), status) && streq(json_str(have, "reason"), reason) &&
	    streq(json_str(have, "message"), message.data))
		return 0;
	const char *since =
	    streq(json_str(have, "status"), status) ? json_str_or(have, "lastTransitionTime", now) : now;
	*ret =
	    json_pack("{s:{s:[{s:s,s:s,s:s,s:s,s:s,s:s}]}}", "status", "conditions", "type", TYPE, "status", status,
		      "reason", reason, "message", message.data, "lastHeartbeatTime", now, "lastTransitionTime", since);
	return *ret ? 0 : err_nomem(e);
}

int net_condition_forget(const json_t *node, json_t **ret, struct err *e)
{
	const char *reason = json_str(obj_condition(node, TYPE), "reason");
	*ret = NULL;
	if (!streq(reason, REASON_UP) && !streq(reason, REASON_DOWN) && !streq(reason, REASON_CUT))
		return 0;
	*ret = json_pack("{s:{s:[{s:s,s:s}]}}", "status", "conditions", "$patch", "delete", "type", TYPE);
	return *ret ? 0 : err_nomem(e);
}
