#include "controllers/shared.h"
#include "base/log.h"

struct controllers {
	struct shared s;
	struct loop_thread *thread;
};

static const struct {
	const char *name;
	int (*init)(struct shared *s, struct err *e);
} table[] = {
	{"namespace", namespace_init},
	{"serviceaccount", serviceaccount_init},
	{"root-ca", rootca_init},
	{"node-ipam", node_ipam_init},
	{"node-lifecycle", node_lifecycle_init},
	{"pod-gc", podgc_init},
	{"ephemeral-volume", ephemeral_init},
	{"csr", csr_init},
	{"bootstrap-tokens", bootstrap_tokens_init},
	{"replicaset", replicaset_init},
	{"replicationcontroller", replicationcontroller_init},
	{"deployment", deployment_init},
	{"daemonset", daemonset_init},
	{"statefulset", statefulset_init},
	{"job", job_init},
	{"cronjob", cronjob_init},
	{"ttl-after-finished", job_ttl_init},
	{"disruption", disruption_init},
	{"endpoints", endpoints_init},
	{"endpointslice", endpointslice_init},
	{"endpointslicemirroring", mirror_init},
	{"servicelb", servicelb_init},
	{"unsupported", unsupported_init},
	{"garbage-collector", garbage_init},
};

static int copy(const char **p, struct err *e)
{
	if (*p && !(*p = str_dup(*p)))
		return err_nomem(e);
	return 0;
}

int controllers_new(struct controllers **ret, const struct controllers_config *c, const struct controllers_deps *d, struct err *e)
{
	struct controllers *x = calloc(1, sizeof(*x));
	size_t n = 0;

	if (!x)
		return err_nomem(e);
	list_init(&x->s.controllers);
	x->s.deps = *d;
	x->s.cfg = *c;
	x->s.cfg.disable = NULL;
	if (copy(&x->s.cfg.cluster_cidr, e) < 0 || copy(&x->s.cfg.ca_cert_pem, e) < 0 || copy(&x->s.cfg.ca_key_pem, e) < 0 ||
	    copy(&x->s.cfg.server_node, e) < 0 || copy(&x->s.cfg.server_names, e) < 0) {
		free(x);
		return -1;
	}
	while (c->disable && c->disable[n])
		n++;
	const char **list = calloc(n + 1, sizeof(*list));
	for (size_t i = 0; list && i < n; i++)
		list[i] = str_dup(c->disable[i]);
	x->s.cfg.disable = list;
	*ret = x;
	return list ? 0 : err_nomem(e);
}

static bool disabled(const struct shared *s, const char *name)
{
	for (const char *const *p = s->cfg.disable; p && *p; p++)
		if (streq(*p, name))
			return true;
	return false;
}

int controllers_start(struct controllers *x, struct err *e)
{
	const struct client_config cc = {.field_manager = "kube-controller-manager"};
	struct shared *s = &x->s;
	int r;

	if ((r = loop_new(&s->loop, e)) < 0 || (r = client_new(&s->client, s->deps.api, s->loop, &cc, e)) < 0)
		return r;
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (!disabled(s, table[i].name) && (r = table[i].init(s, e)) < 0)
			return err_wrap(e, "%s", table[i].name);
	for (size_t i = 0; i < s->n_informers; i++)
		if ((r = informer_start(s->informers[i].i, e)) < 0)
			return r;
	s->started = true;
	return loop_thread_start(&x->thread, s->loop, "controllers", e);
}

void controllers_stop(struct controllers *x)
{
	LIST_FOREACH (c, &x->s.controllers, struct controller, link)
		workqueue_stop(c->q);
}

void controllers_join(struct controllers *x)
{
	/* The loop first: calls that reconciles wait for are then answered as cancelled, and the queues end. */
	if (x->thread) {
		loop_quit(x->s.loop);
		x->thread = loop_thread_join(x->thread);
	}
	LIST_FOREACH (c, &x->s.controllers, struct controller, link)
		workqueue_join(c->q);
	LIST_FOREACH (c, &x->s.controllers, struct controller, link)
		c->q = workqueue_free(c->q);
}

struct controllers *controllers_free(struct controllers *x)
{
	if (!x)
		return NULL;
	struct shared *s = &x->s;
	controllers_join(x);
	for (size_t i = 0; i < s->n_informers; i++) {
		informer_free(s->informers[i].i);
		free(s->informers[i].group);
		free(s->informers[i].version);
		free(s->informers[i].plural);
		free(s->informers[i].field_selector);
	}
	LIST_FOREACH_SAFE (c, tmp, &s->controllers, struct controller, link) {
		list_del(&c->link);
		if (c->free_priv)
			c->free_priv(c->priv);
		for (size_t i = 0; i < c->n_watches; i++)
			free(c->watches[i]);
		free(c);
	}
	client_free(s->client);
	loop_free(s->loop);
	free((char *)s->cfg.cluster_cidr);
	free((char *)s->cfg.ca_cert_pem);
	free((char *)s->cfg.ca_key_pem);
	free((char *)s->cfg.server_node);
	free((char *)s->cfg.server_names);
	for (const char *const *p = s->cfg.disable; p && *p; p++)
		free((char *)*p);
	free((void *)s->cfg.disable);
	free(x);
	return NULL;
}
