/*
 * Annotations of nginx.ingress.kubernetes.io: what has a meaning here, what has none yet, and what never will. Names
 * and meanings are those of the ingress-nginx documentation (annotations.md).
 */
#include <errno.h>
#include "base/buf.h"
#include "base/str.h"
#include "ingress/records.h"

enum fate { UNKNOWN, USED, SNIPPET, RESTRICTS, CANARY };

/* Ignoring these would let in whom the owner of the Ingress keeps out. */
static const char *const restricting[] = {"auth-",
					  "whitelist-source-range",
					  "allowlist-source-range",
					  "denylist-source-range",
					  "enable-modsecurity",
					  "enable-global-auth",
					  "satisfy"};

static enum fate fate_of(const char *name)
{
	if (str_has_suffix(name, "-snippet") || str_has_suffix(name, "-snippets"))
		return SNIPPET;
	if (streq(name, "ssl-redirect") || streq(name, "force-ssl-redirect") || streq(name, "backend-protocol"))
		return USED;
	for (size_t i = 0; i < ARRAY_LEN(restricting); i++)
		if (str_has_prefix(name, restricting[i]))
			return RESTRICTS;
	if (streq(name, "canary"))
		return CANARY;
	return UNKNOWN;
}

static int bool_value(struct rec_ingress *r, const char *name, const char *value, bool *ret)
{
	if (streq(value, "true") || streq(value, "false")) {
		*ret = streq(value, "true");
		return 0;
	}
	return rec_fault(r, "InvalidAnnotation",
			 "annotation " INGRESS_ANNOTATION "%s must be \"true\" or \"false\"; it is ignored", name);
}

static int use(struct rec_ingress *r, const char *name, const char *value)
{
	if (streq(name, "ssl-redirect"))
		return bool_value(r, name, value, &r->redirect);
	if (streq(name, "force-ssl-redirect"))
		return bool_value(r, name, value, &r->force_redirect);
	if (streq(value, "HTTP"))
		return 0;
	/* A backend that speaks TLS or gRPC answers nothing useful to plain HTTP, but it does no harm either. */
	return rec_fault(r, "UnsupportedAnnotation",
			 "annotation " INGRESS_ANNOTATION "backend-protocol: only HTTP is supported yet");
}

static void add_name(struct buf *b, const char *name)
{
	if (b->len > 700) /* an event's message has a bound */
		return;
	buf_addf(b, "%s%.100s", b->len ? ", " : "", name);
}

int rec_annotations(struct rec_ingress *r, const json_t *o)
{
	AUTO_BUF struct buf unknown = {0};
	AUTO_BUF struct buf snippets = {0};
	AUTO_BUF struct buf limits = {0};
	const size_t skip = strlen(INGRESS_ANNOTATION);
	const char *key;
	json_t *v;
	int code = 0;

	r->redirect = true;
	json_object_foreach(json_at(o, "metadata", "annotations", NULL), key, v)
	{
		const char *name = key + skip, *value = json_string_value(v);
		if (!str_has_prefix(key, INGRESS_ANNOTATION) || !value)
			continue;
		switch (fate_of(name)) {
		case USED:
			code = code ? code : use(r, name, value);
			break;
		case SNIPPET:
			add_name(&snippets, name);
			break;
		case RESTRICTS:
			add_name(&limits, name);
			break;
		case CANARY:
			r->skipped = r->skipped || streq(value, "true");
			add_name(&unknown, name);
			break;
		case UNKNOWN:
			add_name(&unknown, name);
			break;
		}
	}
	if (buf_failed(&unknown) || buf_failed(&snippets) || buf_failed(&limits))
		return -ENOMEM;
	if (!code && snippets.len)
		code = rec_fault(r, "SnippetRefused",
				 "%s: configuration snippets are never taken over, they would let the owner of an "
				 "Ingress change the whole server",
				 snippets.data);
	if (!code && limits.len) {
		r->refused = true;
		code = rec_fault(r, "UnsupportedAnnotation",
				 "%s: not supported yet; without it everybody could come in, so this Ingress answers "
				 "503 until it is removed",
				 limits.data);
	}
	if (!code && r->skipped)
		code = rec_fault(r, "UnsupportedAnnotation",
				 "canary Ingresses are not supported yet; this one serves nothing");
	else if (!code && unknown.len)
		code = rec_fault(r, "UnsupportedAnnotation", "not supported yet and without effect: %s", unknown.data);
	return code;
}
