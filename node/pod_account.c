/* What the pods of this node ask for together, so that none is taken on that does not go with them, whoever bound it. */
#include "api/host_ports.h"
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"
#include "node/admit.h"
#include "node/pod.h"

/* account_lock */
static void count(struct pod *p)
{
	p->counted = true;
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

void pod_unaccount(struct pod *p)
{
	pthread_mutex_lock(&p->node->account_lock);
	p->counted = false;
	pthread_mutex_unlock(&p->node->account_lock);
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
	r = r < 0 ? err_nomem(e) : admit_check(p->spec, &here, p->critical, ret_reason, e);
	if (r == 0)
		count(p);
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
