/* What policies do, in words. */
#include <inttypes.h>
#include <stdio.h>
#include "ingress/show_internal.h"

static const char *number(char text[64], const char *before, int64_t n, const char *behind)
{
	(void)snprintf(text, 64, "%s %" PRId64 "%s", before, n, behind);
	return text;
}

static const char *seconds(char text[64], const char *what, int64_t ms)
{
	(void)snprintf(text, 64, "%s %g s", what, (double)ms / 1e3);
	return text;
}

static const char *size_word(char text[64], int64_t n)
{
	bool mega = n % (1 << 20) == 0, kilo = n % 1024 == 0;

	if (!n)
		return "body of any size";
	(void)snprintf(text, 64, "body up to %" PRId64 "%s", mega ? n >> 20 : kilo ? n >> 10 : n, mega ? "m" : kilo ? "k" : "");
	return text;
}

void show_policy_text(struct buf *b, const struct ing_policy *p)
{
	bool allow = false, deny = false, mirror = false, codes = false;
	char text[64];

	for (size_t i = 0; i < p->n_options; i++) {
		const struct ing_option *o = &p->options[i];
		const char *word = NULL, *what = NULL;
		switch (o->opt) {
		case OPT_REFUSED:
			word = "refused (503)";
			break;
		case OPT_HTTPS_REDIRECT:
			word = "http to https";
			break;
		case OPT_REDIRECT:
		case OPT_REDIRECT_TO:
			word = "redirect ";
			what = o->a;
			break;
		case OPT_REDIRECT_PARTS:
			word = "redirect";
			break;
		case OPT_APP_ROOT:
			word = "/ to ";
			what = o->a;
			break;
		case OPT_ALLOW:
			word = allow ? NULL : "allow list";
			allow = true;
			break;
		case OPT_DENY:
			word = deny ? NULL : "deny list";
			deny = true;
			break;
		case OPT_BASIC:
			word = "password";
			break;
		case OPT_AUTH_URL:
			word = "asks ";
			what = o->a;
			break;
		case OPT_CLIENT_CERT:
			word = o->num == ING_VERIFY_OFF ? NULL : "client certificate";
			break;
		case OPT_PROTOCOL: {
			static const char *const names[] = {NULL, "HTTPS backend", "gRPC backend",
							    "gRPC over TLS backend"};
			word = o->num >= 0 && (size_t)o->num < ARRAY_LEN(names) ? names[o->num] : NULL;
			break;
		}
		case OPT_REWRITE:
		case OPT_REWRITE_PATH:
		case OPT_REWRITE_PREFIX:
			word = "rewritten to ";
			what = o->a;
			break;
		case OPT_COOKIE:
			word = "sticky by cookie ";
			what = o->a;
			break;
		case OPT_HASH:
			word = o->num > 1 ? number(text, "hashed to", o->num, " by ") : "hashed by ";
			what = o->a;
			break;
		case OPT_LIMIT_RPS:
			word = number(text, "limit", o->num, "/s");
			break;
		case OPT_LIMIT_RPM:
			word = number(text, "limit", o->num, "/min");
			break;
		case OPT_LIMIT_CONNECTIONS:
			word = number(text, "limit", o->num, " connections");
			break;
		case OPT_BODY_MAX:
			/* routes have no limit, and that refuses nothing */
			word = !o->num && str_has_prefix(p->owner, "httproute/") ? NULL : size_word(text, o->num);
			break;
		case OPT_READ_TIMEOUT:
			word = seconds(text, "read timeout", o->num);
			break;
		case OPT_REQUEST_TIMEOUT:
			word = seconds(text, "request timeout", o->num);
			break;
		case OPT_SATISFY_ANY:
			word = "one of these is enough";
			break;
		case OPT_CORS:
			word = "CORS";
			break;
		case OPT_ERROR_CODE:
			word = codes ? NULL : number(text, "exchanges errors", o->num, "");
			if (codes)
				buf_addf(b, " %" PRId64, o->num);
			codes = true;
			break;
		case OPT_ERROR_KEEP:
			word = "the backend's own errors stay";
			break;
		case OPT_MIRROR:
			word = mirror ? NULL : "mirrored";
			mirror = true;
			break;
		default:
			break;
		}
		if (!word)
			continue;
		buf_addf(b, "%s%s", b->len ? ", " : "", word);
		if (what)
			ing_show_safe(b, what);
	}
}

static bool answers(const struct ing_policy *p)
{
	static const enum ing_opt all[] = {OPT_REFUSED, OPT_REDIRECT, OPT_REDIRECT_TO, OPT_REDIRECT_PARTS};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (ing_policy_find(p, all[i]))
			return true;
	return false;
}

const char *show_failure(const struct ing_table *t, const struct ing_host *h, const struct ing_rule *r, const struct ing_target *g)
{
	bool route = h->scope && !r->guest;
	uint64_t sum = 0;

	for (size_t i = 0; i < r->n_targets; i++)
		sum += r->targets[i].weight;
	if ((r->policy < t->n_policies && answers(&t->policies[r->policy])) || (g && g->policy < t->n_policies && answers(&t->policies[g->policy])))
		return NULL;
	if (g && g->backend < t->n_backends && (sum || !route))
		return NULL;
	return route ? "answers 500" : "answers 503";
}
