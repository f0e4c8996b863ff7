/* What the pods of this node ask for together, so that none is taken on that does not go with them, whoever bound it. */
#include <errno.h>
#include "api/host_ports.h"
#include "api/object.h"
#include "api/quantity.h"
#include "base/log.h"
#include "base/str.h"
#include "node/admit.h"
#include "node/pod.h"

/* account_lock */
static void count(struct pod *p)
{
	const char *qos = pod_qos(p->spec);

	p->counted = true;
	p->priority = json_int_or(p->spec, "spec.priority", 0);
	p->qos = streq(qos, "Guaranteed") ? ADMIT_GUARANTEED : streq(qos, "Burstable") ? ADMIT_BURSTABLE : ADMIT_BEST_EFFORT;
	resources_done(&p->req);
	resources_of_pod(&p->req, p->spec);
	json_decref(p->host_ports);
	p->host_ports = host_ports_of(json_object_get(p->spec, "spec"));
}

void pod_account(struct pod *p)
{
	pthread_mutex_lock(&p->node->account_lock);
	count(p);
	pthread_mutex_unlock(&p->node->account_lock);
}

/* Who waits for room looks again. */
static void tell_waiting(struct node *n)
{
	struct map_iter it = MAP_ITER_INIT;

	pthread_rwlock_rdlock(&n->pods_lock);
	pthread_mutex_lock(&n->account_lock);
	while (map_next(n->pods, &it)) {
		struct pod *o = it.value;
		if (o->waits_room)
			pod_kick(o);
	}
	pthread_mutex_unlock(&n->account_lock);
	pthread_rwlock_unlock(&n->pods_lock);
}

void pod_unaccount(struct pod *p)
{
	pthread_mutex_lock(&p->node->account_lock);
	bool had = p->counted;
	p->counted = p->waits_room = false;
	pthread_mutex_unlock(&p->node->account_lock);
	if (had)
		tell_waiting(p->node);
}

bool pod_preempted(struct pod *p)
{
	pthread_mutex_lock(&p->node->account_lock);
	bool yes = p->preempted;
	pthread_mutex_unlock(&p->node->account_lock);
	return yes;
}

/* cpu, memory and storage are what this agent last told of itself; what others gave the Node stands in the object. */
static void node_room(struct node *n, const json_t *node, struct resources *ret)
{
	AUTO_JSON json_t *own = node_allocatable(n), *as_node = own ? json_pack("{s:{s:O}}", "status", "allocatable", own) : NULL;
	struct resources other;

	resources_of_node(ret, as_node);
	if (!own)
		ret->milli_cpu = ret->memory = ret->ephemeral = INT64_MAX;
	resources_of_node(&other, node);
	json_decref(ret->extended);
	ret->extended = TAKE_PTR(other.extended);
	resources_done(&other);
	ret->pods = n->max_pods;
}

/* Whoever deleted it without any grace has its place given to others at once. */
static bool deleted(struct pod *p)
{
	pthread_mutex_lock(&p->lock);
	bool gone = p->gone;
	pthread_mutex_unlock(&p->lock);
	return gone;
}

/* kubelet's Preemptable. */
static bool may_put_out(const struct pod *critical, const struct pod *o)
{
	return o->priority < PRIORITY_CRITICAL || json_int_or(critical->spec, "spec.priority", 0) > o->priority;
}

/*
 * Locks held. Room is made where there is none: 0, it is there; ERR_AGAIN, somebody goes for it, the room is kept, and p is kicked
 * when it is there; ERR_FORBIDDEN.
 */
static int make_room(struct pod *p, const struct admit_node *here, char **ret_reason, struct err *e)
{
	struct node *n = p->node;
	CLEANUP(admit_needs_done) struct admit_needs needs = {0};
	AUTO_FREE struct admit_victim *v = calloc(map_len(n->pods) + 1, sizeof(*v));
	struct map_iter it = MAP_ITER_INIT;
	size_t n_v = 0;
	int r = v ? admit_missing(p->spec, here, &needs) : -ENOMEM;

	if (r < 0)
		return err_nomem(e);
	if (needs.n == 0)
		return 0;
	while (map_next(n->pods, &it)) {
		struct pod *o = it.value;
		if (o == p || !o->counted || deleted(o))
			continue;
		if (o->preempted)
			admit_needs_give(&needs, &o->req); /* is on its way */
		else if (may_put_out(p, o) && !o->waits_room)
			v[n_v++] = (struct admit_victim){.req = &o->req, .qos = o->qos, .arg = o};
	}
	r = admit_choose(&needs, v, n_v, e);
	if (r == ERR_NOT_FOUND) {
		*ret_reason = str_dup("UnexpectedAdmissionError");
		err_wrap(e, "Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt");
		return e->code = ERR_FORBIDDEN;
	}
	if (r < 0)
		return r;
	for (size_t i = 0; i < n_v; i++) {
		struct pod *o = v[i].arg;
		if (!v[i].chosen)
			continue;
		o->preempted = true;
		log_info("node", o->key, "put out for the critical pod %s", p->key);
		pod_kick(o);
	}
	return err_set(e, ERR_AGAIN, "waiting for pods that make room");
}

/* Decides and counts in one step: no two pods are given the same room. */
static int check(struct pod *p, const json_t *node, char **ret_reason, struct err *e)
{
	struct node *n = p->node;
	struct admit_node here = {.name = n->name, .labels = json_dot(node, "metadata.labels"), .taints = json_dot(node, "spec.taints")};
	struct map_iter it = MAP_ITER_INIT;
	int r = 0;

	node_room(n, node, &here.alloc);
	pthread_rwlock_rdlock(&n->pods_lock);
	pthread_mutex_lock(&n->account_lock);
	while (r == 0 && map_next(n->pods, &it)) {
		struct pod *o = it.value;
		if (o != p && o->counted && !deleted(o))
			r = admit_node_add(&here, &o->req, o->host_ports);
	}
	if (r < 0)
		r = err_nomem(e);
	else if (!p->critical)
		r = admit_check(p->spec, &here, ret_reason, e);
	else if ((r = admit_check_others(p->spec, &here, ret_reason, e)) == 0)
		r = make_room(p, &here, ret_reason, e);
	p->waits_room = r == ERR_AGAIN;
	if (r == 0 || r == ERR_AGAIN)
		count(p);
	else
		p->counted = false;
	pthread_mutex_unlock(&n->account_lock);
	pthread_rwlock_unlock(&n->pods_lock);
	admit_node_done(&here);
	return r;
}

int pod_admit_node(struct pod *p, char **ret_reason, struct err *e)
{
	AUTO_JSON json_t *node = node_object_known(p->node);
	const struct client_ref ref = {.plural = "nodes", .name = p->node->name};
	int r;

	if (node) {
		AUTO_FREE char *reason = NULL;
		r = check(p, node, &reason, e);
		if (r != ERR_FORBIDDEN)
			return r;
	}
	/* A refusal is for good: whoever bound the pod may know more of the Node (a label of this moment) than what has come here. */
	json_decref(TAKE_PTR(node));
	r = client_get_wait(p->node->client, &ref, &node, e);
	return r < 0 ? err_wrap(e, "cannot see whether the pod may be on this node") : check(p, node, ret_reason, e);
}
