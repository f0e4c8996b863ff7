/*
 * Built-in admission: a table of plug-ins, run in order. A plug-in that needs something from disk asks to be called again
 * where waiting is allowed; the rest of the chain then runs on the pool.
 */
#include <stdarg.h>
#include "api/object.h"
#include "apiserver/auth_internal.h"

enum { OP_CREATE = 1 << ADMIT_CREATE, OP_UPDATE = 1 << ADMIT_UPDATE, OP_DELETE = 1 << ADMIT_DELETE };

static const struct {
	const char *group, *plural; /* NULL: any */
	unsigned ops;
	admit_fn fn;
} table[] = {
	{"", "namespaces", OP_DELETE, admit_namespace_delete},
	{NULL, NULL, OP_CREATE | OP_UPDATE | OP_DELETE, admit_node},
	{"", "pods", OP_CREATE, admit_limit_ranger},
	{"", "persistentvolumeclaims", OP_CREATE | OP_UPDATE, admit_limit_ranger},
	{"", "pods", OP_CREATE, admit_service_account},
	{"", "nodes", OP_CREATE, admit_node_taint},
	{"", "namespaces", OP_CREATE | OP_UPDATE, admit_security_labels},
	{"", "pods", OP_CREATE | OP_UPDATE, admit_security},
	{"", "podtemplates", OP_CREATE | OP_UPDATE, admit_security},
	{"", "replicationcontrollers", OP_CREATE | OP_UPDATE, admit_security},
	{"apps", "deployments", OP_CREATE | OP_UPDATE, admit_security},
	{"apps", "replicasets", OP_CREATE | OP_UPDATE, admit_security},
	{"apps", "statefulsets", OP_CREATE | OP_UPDATE, admit_security},
	{"apps", "daemonsets", OP_CREATE | OP_UPDATE, admit_security},
	{"batch", NULL, OP_CREATE | OP_UPDATE, admit_security},
	{"", "pods", OP_CREATE, admit_priority},
	{"scheduling.k8s.io", "priorityclasses", OP_CREATE | OP_UPDATE, admit_priority_class},
	{"", "pods", OP_CREATE | OP_UPDATE, admit_tolerations},
	{"", "persistentvolumeclaims", OP_CREATE, admit_default_storage_class},
	{"", "persistentvolumeclaims", OP_CREATE, admit_storage_finalizer},
	{"", "persistentvolumes", OP_CREATE, admit_storage_finalizer},
	{"storage.k8s.io", "volumeattributesclasses", OP_CREATE, admit_storage_finalizer},
	{"", "persistentvolumeclaims", OP_UPDATE, admit_claim_resize},
	{"certificates.k8s.io", "certificatesigningrequests", OP_CREATE | OP_UPDATE, admit_csr},
	{"", "pods", OP_CREATE, admit_runtime_class},
	{"networking.k8s.io", "ingresses", OP_CREATE, admit_default_ingress_class},
	{"rbac.authorization.k8s.io", NULL, OP_CREATE | OP_UPDATE, admit_escalation},
	/* Last: everything is filled in, and whoever is refused has used nothing. */
	{NULL, NULL, OP_CREATE | OP_UPDATE, admit_quota},
};

bool admit_is(const struct admit *c, const char *group, const char *plural)
{
	return streq(c->adm->res->plural, plural) && streq(c->adm->res->group, group);
}

int admit_deny(struct admit *c, struct err *e, const char *fmt, ...)
{
	const struct api_resource *res = c->adm->res;
	AUTO_BUF struct buf b = {0};
	va_list ap;
	json_t *s;

	buf_addf(&b, "%s%s%s \"%s\" is forbidden: ", res->plural, *res->group ? "." : "", res->group, c->adm->name);
	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	s = status_new(403, "Forbidden", buf_failed(&b) ? "forbidden" : b.data);
	if (s)
		(void)status_set_details(s, res->group, res->plural, c->adm->name, NULL);
	json_decref(c->adm->status);
	c->adm->status = s;
	return err_set(e, ERR_FORBIDDEN, "%.200s", buf_failed(&b) ? "forbidden" : b.data);
}

void admit_warn(struct admit *c, const char *fmt, ...)
{
	AUTO_BUF struct buf b = {0};
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	if (!c->adm->warnings)
		c->adm->warnings = json_array();
	if (!buf_failed(&b))
		(void)json_array_append_new(c->adm->warnings, json_stringn(b.data ? b.data : "", b.len));
}

/* Most both fill in and check. Order and parts: Kubernetes pkg/kubeapiserver/options/plugins.go. */
static unsigned phases_of(admit_fn fn)
{
	static const admit_fn fills[] = {admit_node_taint, admit_tolerations, admit_default_storage_class, admit_storage_finalizer,
					 admit_default_ingress_class},
			      checks[] = {admit_security, admit_security_labels, admit_priority_class, admit_claim_resize, admit_csr, admit_escalation};

	if (fn == admit_quota)
		return ADMIT_PHASE_QUOTA;
	for (size_t i = 0; i < ARRAY_LEN(fills); i++)
		if (fn == fills[i])
			return ADMIT_PHASE_MUTATE;
	for (size_t i = 0; i < ARRAY_LEN(checks); i++)
		if (fn == checks[i])
			return ADMIT_PHASE_CHECK;
	return ADMIT_PHASE_MUTATE | ADMIT_PHASE_CHECK;
}

struct chain {
	struct admit c;
	size_t next;
	admission_done_fn done;
	void *arg;
};

/* ERR_AGAIN: go on elsewhere, from next. */
static int chain_run(struct chain *ch, struct err *e)
{
	const struct admission *adm = ch->c.adm;

	for (; ch->next < ARRAY_LEN(table); ch->next++) {
		int r;

		if (!(table[ch->next].ops & (1u << adm->op)) || (table[ch->next].plural && !streq(table[ch->next].plural, adm->res->plural)) ||
		    (table[ch->next].group && !streq(table[ch->next].group, adm->res->group)))
			continue;
		if (adm->phases != ADMIT_PHASE_ALL && !(adm->phases & phases_of(table[ch->next].fn)))
			continue;
		r = table[ch->next].fn(&ch->c, e);
		if (r)
			return r;
	}
	return 0;
}

static void chain_end(struct chain *ch, int r, struct err *e)
{
	if (r && !e->code)
		(void)err_set(e, r, "%s", err_name(r));
	e->code = r;
	ch->done(ch->arg, r, e);
}

static void chain_blocking(struct auth *au, void *arg)
{
	struct chain *ch = arg;
	struct err e = {0};

	(void)au;
	ch->c.block = true;
	chain_end(ch, chain_run(ch, &e), &e);
	ch->done = NULL;
}

static void chain_free(void *arg)
{
	struct chain *ch = arg;
	struct err e = {0};

	if (ch->done) { /* never ran: the server stops */
		(void)err_set(&e, ERR_UNAVAILABLE, "the server is stopping");
		chain_end(ch, ERR_UNAVAILABLE, &e);
	}
	free(ch);
}

void admission_run(struct auth *au, struct admission *adm, admission_done_fn done, void *arg)
{
	struct chain ch = {.c = {.au = au, .adm = adm, .main = !*adm->subresource}, .done = done, .arg = arg};
	struct chain *copy;
	struct err e = {0};
	int r = chain_run(&ch, &e);

	if (r != ERR_AGAIN) {
		chain_end(&ch, r, &e);
		return;
	}
	copy = malloc(sizeof(*copy));
	if (!copy) {
		chain_end(&ch, err_nomem(&e), &e);
		return;
	}
	*copy = ch;
	auth_job(au, chain_blocking, copy, chain_free);
}
