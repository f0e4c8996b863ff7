/* PodSecurity admission: labels of a namespace say which standard its pods are held to, and of which they are warned. */
#include "api/object.h"
#include "api/selector.h"
#include "apiserver/auth_internal.h"
#include "apiserver/pod_security.h"

#define LABEL "pod-security.kubernetes.io/"

struct mode {
	enum pod_security_level level;
	char name[16], version[24];
};

static void mode_of(struct mode *m, const struct bytes *index, const char *level_label, const char *version_label)
{
	const char *l = index ? api_index_label(index, level_label) : NULL, *v = index ? api_index_label(index, version_label) : NULL;

	*m = (struct mode){.level = POD_PRIVILEGED};
	if (!l)
		return;
	/* Labels are checked when they are written; a wrong one that came another way is the strictest. */
	if (pod_security_level(l, &m->level))
		m->level = POD_RESTRICTED;
	(void)str_copy(m->name, sizeof(m->name), m->level == POD_RESTRICTED ? "restricted" : l);
	(void)str_copy(m->version, sizeof(m->version), v && *v ? v : "latest");
}

/* The pod in a workload's template, or NULL. */
static const json_t *pod_of(const struct admit *c)
{
	const json_t *o = c->adm->obj;

	if (admit_is(c, "", "pods"))
		return o;
	if (admit_is(c, "", "podtemplates"))
		return json_object_get(o, "template");
	if (admit_is(c, "batch", "cronjobs"))
		return json_dot(o, "spec.jobTemplate.spec.template");
	return json_dot(o, "spec.template");
}

int admit_security(struct admit *c, struct err *e)
{
	bool pod = admit_is(c, "", "pods");
	const json_t *p = pod_of(c), *spec = json_object_get(p, "spec");
	AUTO_BUF struct buf text = {0};
	struct mode enforce, warn;
	struct store_item ns;
	int r;

	if ((!c->main && !streq(c->adm->subresource, "ephemeralcontainers")) || !json_is_object(spec))
		return 0;
	if (pod && c->adm->op == ADMIT_UPDATE && json_equal(spec, json_object_get(c->adm->old, "spec")))
		return 0;
	r = auth_get(c->au, c->block, "", "namespaces", NULL, c->adm->ns, &ns);
	if (r)
		return r == ERR_AGAIN ? r : r == ERR_NOT_FOUND ? 0 : err_set(e, r, "reading namespace %s: %s", c->adm->ns, err_name(r));
	mode_of(&enforce, ns.index, LABEL "enforce", LABEL "enforce-version");
	mode_of(&warn, ns.index, LABEL "warn", LABEL "warn-version");
	store_item_done(&ns);
	if (pod && pod_security_check(enforce.level, json_object_get(p, "metadata"), spec, &text))
		return admit_deny(c, e, "violates PodSecurity \"%s:%s\": %s", enforce.name, enforce.version, buf_failed(&text) ? "" : text.data);
	if (pod_security_check(warn.level, json_object_get(p, "metadata"), spec, &text))
		admit_warn(c, "would violate PodSecurity \"%s:%s\": %s", warn.name, warn.version, buf_failed(&text) ? "" : text.data);
	return 0;
}

/* 422 with its cause. */
static int label_invalid(struct admit *c, const char *label, const char *value, const char *why, struct err *e)
{
	AUTO_FREE char *field = str_fmt("metadata.labels[%s]", label);
	AUTO_FREE char *detail = str_fmt("Invalid value: \"%s\": %s", value, why);
	AUTO_FREE char *message = field && detail ? str_fmt("Namespace \"%s\" is invalid: %s: %s", c->adm->name, field, detail) : NULL;
	json_t *s = message ? status_new(422, "Invalid", message) : NULL;

	if (!s || status_set_details(s, "", "Namespace", c->adm->name, NULL) || status_add_cause(s, "FieldValueInvalid", detail, field)) {
		json_decref(s);
		return err_nomem(e);
	}
	json_decref(c->adm->status);
	c->adm->status = s;
	return err_set(e, ERR_INVALID, "%.200s", message);
}

/* A namespace's labels name levels and versions that there are. */
int admit_security_labels(struct admit *c, struct err *e)
{
	static const char *const modes[] = {"enforce", "audit", "warn"};

	for (size_t i = 0; c->main && i < ARRAY_LEN(modes); i++) {
		char label[80];
		const char *level, *version;
		enum pod_security_level l;

		(void)snprintf(label, sizeof(label), LABEL "%s", modes[i]);
		level = obj_label(c->adm->obj, label);
		if (level && pod_security_level(level, &l))
			return label_invalid(c, label, level, "must be one of privileged, baseline, restricted", e);
		(void)snprintf(label, sizeof(label), LABEL "%s-version", modes[i]);
		version = obj_label(c->adm->obj, label);
		if (version && !streq(version, "latest") && strncmp(version, "v1.", 3))
			return label_invalid(c, label, version, "must be \"latest\" or \"v1.x\"", e);
	}
	return 0;
}
