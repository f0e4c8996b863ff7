/* Certificate signing requests. pkg/apis/certificates/validation. */
#include "api/validate.h"

static bool has_condition(const json_t *csr, const char *type)
{
	const json_t *list = json_at(csr, "status", "conditions", NULL), *c;
	size_t i;
	json_array_foreach ((json_t *)(uintptr_t)list, i, c)
		if (streq(v_text(c, "type"), type))
			return true;
	return false;
}

/* Base64 of text that has a PEM block of that kind. */
static bool has_block(const json_t *o, const char *key, const char *begin)
{
	const char *text = v_text(o, key);
	AUTO_FREE void *pem = NULL;
	size_t n = 0;
	return b64_decode(text, strlen(text), false, &pem, &n) == 0 && n && memmem(pem, n, begin, strlen(begin));
}

static const char *const decisions[] = {"Approved", "Denied", "Failed"};

static void check_conditions(struct validation *v, const json_t *status)
{
	static const char *const states[] = {"False", "True", "Unknown", NULL}, *const yes[] = {"True", NULL};
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "conditions")
		V_EACH (v, json_object_get(status, "conditions"), i, c) {
			const char *type = v_text(c, "type");
			const char *const *allowed = states;
			AUTO_JSON json_t *bad = json_string(type);
			for (size_t k = 0; k < ARRAY_LEN(decisions); k++)
				if (streq(type, decisions[k]))
					allowed = yes;
			(void)v_present(v, c, "type");
			v_enum(v, c, "status", allowed, true);
			if (json_object_get(seen, type))
				v_duplicate(v, "type", bad);
			(void)json_object_set_new(seen, type, json_true());
		}
}

/* A decision stands: it is neither taken back nor made into its opposite. */
static void check_status(struct validation *v)
{
	const json_t *status = json_object_get(v->obj, "status"), *was = json_object_get(v->old, "status");
	AUTO_JSON json_t *hidden = json_string("<certificate data>");
	V_IN (v, "status") {
		if (!v_same(status, was, "conditions"))
			check_conditions(v, status);
		if (has_condition(v->obj, "Approved") && has_condition(v->obj, "Denied"))
			v_invalid(v, "conditions", json_object_get(status, "conditions"),
				  "Approved and Denied conditions are mutually exclusive");
		if (*v_text(status, "certificate") && !v_same(status, was, "certificate") &&
		    !has_block(status, "certificate", "-----BEGIN CERTIFICATE-----"))
			v_invalid(v, "certificate", hidden, "must contain at least one CERTIFICATE PEM block");
		for (size_t i = 0; i < ARRAY_LEN(decisions); i++) {
			AUTO_FREE char *text =
			    str_fmt("updates may not remove a condition of type \"%s\"", decisions[i]);
			if (text && has_condition(v->old, decisions[i]) && !has_condition(v->obj, decisions[i]))
				v_forbidden(v, "conditions", text);
		}
	}
}

/* Each label between dots; what is shown is all of them. */
static size_t check_labels(struct validation *v, const char *text, api_name_check check)
{
	AUTO_JSON json_t *bad = json_string(text);
	size_t n = 0, before = v->c->n;
	bool wrong = false;
	for (const char *at = text; at; n++) {
		const char *dot = strchr(at, '.'), *msg;
		AUTO_FREE char *label = dot ? str_ndup(at, (size_t)(dot - at)) : str_dup(at);
		for (size_t nth = 0; label && !wrong && (msg = api_check_nth(check, label, nth)); nth++)
			v_invalid(v, "signerName", bad, "validating label \"%s\": %s", label, msg);
		wrong = v->c->n > before; /* the first one is told */
		at = dot ? dot + 1 : NULL;
	}
	return n;
}

/* example.com/signer-name */
static void check_signer(struct validation *v, const json_t *spec)
{
	const char *signer = v_text(spec, "signerName"), *slash = strchr(signer, '/');
	if (!*signer) {
		v_required(v, "signerName", "");
		return;
	}
	if (!slash || strchr(slash + 1, '/')) {
		v_invalid(v, "signerName", json_object_get(spec, "signerName"),
			  "must be a fully qualified domain and path of the form 'example.com/signer-name'");
		return;
	}
	AUTO_FREE char *domain = str_ndup(signer, (size_t)(slash - signer));
	AUTO_JSON json_t *bad = json_string(domain ? domain : "");
	if (domain && strlen(domain) > 253)
		v_too_long(v, "signerName", 253);
	if (domain && check_labels(v, domain, api_check_dns1123_label) < 2)
		v_invalid(v, "signerName", bad, "should be a domain with at least two segments separated by dots");
	(void)check_labels(v, slash + 1, api_check_dns1123_subdomain);
	if (strlen(slash + 1) > 253 + 63 + 1)
		v_too_long(v, "signerName", 253 + 63 + 1);
}

static void check_usages(struct validation *v, const json_t *spec)
{
	static const char *const usages[] = {"any",
					     "cert sign",
					     "client auth",
					     "code signing",
					     "content commitment",
					     "crl sign",
					     "data encipherment",
					     "decipher only",
					     "digital signature",
					     "email protection",
					     "encipher only",
					     "ipsec end system",
					     "ipsec tunnel",
					     "ipsec user",
					     "key agreement",
					     "key encipherment",
					     "microsoft sgc",
					     "netscape sgc",
					     "ocsp signing",
					     "s/mime",
					     "server auth",
					     "signing",
					     "timestamping",
					     NULL};
	const json_t *list = json_object_get(spec, "usages");
	AUTO_JSON json_t *seen = json_object();
	if (!json_array_size(list))
		v_required(v, "usages", "");
	V_IN (v, "usages") {
		V_EACH (v, list, i, u)
			(void)v_one_of(v, "", json_string_value(u) ? json_string_value(u) : "", usages);
		V_EACH (v, list, i, u) {
			const char *s = json_string_value(u) ? json_string_value(u) : "";
			if (json_object_get(seen, s))
				v_duplicate(v, "", u);
			(void)json_object_set_new(seen, s, json_true());
		}
	}
}

static void validate_csr(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	if (v->sub) {
		if (v->old)
			check_status(v);
		return;
	}
	AUTO_JSON json_t *none = json_null();
	V_IN (v, "spec") {
		if (!has_block(spec, "request", "-----BEGIN CERTIFICATE REQUEST-----"))
			v_invalid(v, "request", v_has(spec, "request") ? json_object_get(spec, "request") : none,
				  "PEM block type must be CERTIFICATE REQUEST");
		check_usages(v, spec);
		check_signer(v, spec);
		if (v_has(spec, "expirationSeconds") && v_int(spec, "expirationSeconds", 0) < 600)
			v_invalid(v, "expirationSeconds", json_object_get(spec, "expirationSeconds"),
				  "may not specify a duration less than 600 seconds (10 minutes)");
	}
	if (v->old && !json_equal(spec, json_object_get(v->old, "spec")))
		v_invalid(v, "spec", NULL, "field is immutable");
}

const struct kind_validator csr_validators[] = {{"certificates.k8s.io", "CertificateSigningRequest", validate_csr},
						{NULL, NULL, NULL}};
