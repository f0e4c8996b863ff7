/* Resources of containers and pods: names, quantities, what goes with what. core/validation
 * validateResourceRequirements. */
#include "api/quantity.h"
#include "api/validate.h"

static bool huge(const char *name)
{
	return str_has_prefix(name, "hugepages-");
}

static bool native(const char *name)
{
	return !strchr(name, '/') || strstr(name, "kubernetes.io/");
}

static bool extended(const char *name)
{
	AUTO_FREE char *quota = str_fmt("requests.%s", name);
	return !native(name) && !str_has_prefix(name, "requests.") && quota && !api_check_label_key(quota);
}

static bool in_list(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (streq(*list, name))
			return true;
	return false;
}

/* Things that are counted, in quotas and limits. */
static const char *const counted[] =
    {"pods",       "resourcequotas",         "services",           "replicationcontrollers", "secrets",
     "configmaps", "persistentvolumeclaims", "services.nodeports", "services.loadbalancers", NULL},
			 *const standard[] = {"cpu",          "memory",           "ephemeral-storage",
					      "requests.cpu", "requests.memory",  "requests.ephemeral-storage",
					      "limits.cpu",   "limits.memory",    "limits.ephemeral-storage",
					      "storage",      "requests.storage", NULL};

/* What a quota may count. */
bool validate_resource_of_quota(const char *name)
{
	return (in_list(name, standard) && !streq(name, "storage")) || in_list(name, counted) || huge(name) ||
	       str_has_prefix(name, "requests.hugepages-");
}

void validate_resource_name(struct validation *v, const char *name, bool container)
{
	AUTO_JSON json_t *bad = json_string(name);
	bool fine = v_words(v, "", name, api_check_label_key);
	if (fine && !strchr(name, '/') && !in_list(name, standard) && !in_list(name, counted) && !huge(name) &&
	    !str_has_prefix(name, "requests.hugepages-"))
		v_invalid(v, "", bad, "must be a standard resource type or fully qualified");
	if (!container)
		return;
	if (!strchr(name, '/')) {
		if (!streq(name, "cpu") && !streq(name, "memory") && !streq(name, "ephemeral-storage") && !huge(name))
			v_invalid(v, "", bad, "must be a standard resource for containers");
	} else if (!native(name) && !extended(name)) {
		v_invalid(v, "", bad, "doesn't follow extended resource name standard");
	}
}

bool validate_resource_is_whole(const char *name)
{
	return in_list(name, counted) || extended(name);
}

void validate_resource_value(struct validation *v, const char *name, const json_t *x)
{
	struct quantity q;
	if (!json_is_string(x) || quantity_parse(json_string_value(x), &q) < 0)
		return;
	if (q.nano < 0)
		v_invalid(v, "", x, "must be greater than or equal to 0");
	if (validate_resource_is_whole(name) && quantity_milli(&q) % 1000 != 0)
		v_invalid(v, "", x, "must be an integer");
}

static void check_huge(struct validation *v, const char *name, const json_t *x)
{
	struct quantity size, q;
	const char *text = json_string_value(x);
	if (!huge(name) || !text || quantity_parse(name + strlen("hugepages-"), &size) < 0 ||
	    quantity_parse(text, &q) < 0)
		return;
	if (size.nano <= 0 || q.nano % size.nano != 0)
		v_invalid(v, "", x, "%s is not positive integer multiple of %s", text, name);
}

static void check_name(struct validation *v, const char *name, bool of_pod)
{
	static const char *const pod_level[] = {"cpu", "hugepages-", "memory", NULL};
	if (!of_pod) {
		validate_resource_name(v, name, true);
		return;
	}
	size_t before = v->c->n;
	validate_resource_name(v, name, false);
	if (v->c->n == before && !streq(name, "cpu") && !streq(name, "memory") && !huge(name))
		api_not_supported(v->c, path_text(&v->path), name, pod_level);
}

static void check_claims(struct validation *v, const json_t *list, const json_t *claims)
{
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "claims")
		V_EACH (v, list, i, c) {
			const char *name = v_text(c, "name"), *request = v_text(c, "request");
			if (!*name) {
				v_required(v, "", "");
			} else {
				AUTO_FREE char *key = *request ? str_fmt("%s/%s", name, request) : str_dup(name);
				AUTO_JSON json_t *bad = json_string(key ? key : ""), *plain = json_string(name);
				v_name(v, c, "request", api_check_dns1123_label, false);
				if (json_object_get(seen, name))
					v_duplicate(v, "", plain);
				else if (key && json_object_get(seen, key))
					v_duplicate(v, "", bad);
				else if (key)
					(void)json_object_set_new(seen, key, json_true());
				bool found = false;
				struct buf all AUTO_BUF = {0};
				for (size_t k = 0; k < json_array_size(claims); k++) {
					const char *have = v_text(json_array_get(claims, k), "name");
					found |= streq(have, name);
					buf_addf(&all, "%s%s", all.len ? ", " : ": ", have);
				}
				if (!found)
					api_cause_add(
					    v->c, "FieldValueNotFound", path_text(&v->path),
					    "Not found: \"%s\": must be one of the names in pod.spec.resourceClaims%s",
					    name, all.len ? all.data : " which is empty");
			}
		}
}

void validate_resources(struct validation *v, const json_t *res, const json_t *claims, bool of_pod)
{
	json_t *limits = json_object_get(res, "limits"), *requests = json_object_get(res, "requests"), *x;
	const char *name;
	bool compute = false, pages = false;
	V_IN (v, "limits")
		json_object_foreach (limits, name, x) {
			size_t was = path_map_key(&v->path, name);
			check_name(v, name, of_pod);
			validate_resource_value(v, name, x);
			check_huge(v, name, x);
			path_pop(&v->path, was);
			compute |= streq(name, "cpu") || streq(name, "memory");
			pages |= huge(name);
		}
	json_object_foreach (requests, name, x) {
		const char *lim = json_string_value(json_object_get(limits, name)), *req = json_string_value(x);
		struct quantity r = {0}, l = {0};
		bool overcommit = native(name) && !huge(name);
		V_IN (v, "requests") {
			size_t was = path_map_key(&v->path, name);
			check_name(v, name, of_pod);
			validate_resource_value(v, name, x);
			path_pop(&v->path, was);
		}
		if (lim && req && quantity_parse(req, &r) == 0 && quantity_parse(lim, &l) == 0) {
			if (r.nano != l.nano && !overcommit)
				v_invalid(v, "requests", x, "must be equal to %s limit of %s", name, lim);
			else if (r.nano > l.nano)
				v_invalid(v, "requests", x, "must be less than or equal to %s limit of %s", name, lim);
		} else if (!lim && !overcommit) {
			v_required(v, "limits", "Limit must be set for non overcommitable resources");
		}
		V_IN (v, "requests") {
			size_t was = path_map_key(&v->path, name);
			check_huge(v, name, x);
			path_pop(&v->path, was);
		}
		compute |= streq(name, "cpu") || streq(name, "memory");
		pages |= huge(name);
	}
	if (pages && !compute)
		v_forbidden(v, "", "HugePages require cpu or memory");
	if (!of_pod)
		check_claims(v, json_object_get(res, "claims"), claims);
}

/* Adds what a container asks for of a resource; false: nothing. */
static bool ask(const json_t *c, const char *name, struct quantity *sum)
{
	const char *text = json_string_value(json_at(c, "resources", "requests", name, NULL));
	struct quantity q;
	if (!text || quantity_parse(text, &q) < 0)
		return false;
	q.nano += sum->nano;
	*sum = q;
	return true;
}

void validate_pod_requests(struct validation *v, const json_t *spec)
{
	const json_t *inits = json_object_get(spec, "initContainers"),
		     *containers = json_object_get(spec, "containers");
	json_t *requests = json_at(spec, "resources", "requests", NULL), *x;
	const char *name;
	json_object_foreach (requests, name, x) {
		struct quantity all = {0}, sidecars = {0}, most = {0}, asked;
		char text[64];
		bool any = false;
		for (size_t i = 0; i < json_array_size(inits); i++) {
			const json_t *c = json_array_get(inits, i);
			struct quantity own = sidecars;
			any |= ask(c, name, &own);
			if (streq(v_text(c, "restartPolicy"), "Always"))
				sidecars = own;
			else if (own.nano > most.nano)
				most = own;
		}
		all = sidecars;
		for (size_t i = 0; i < json_array_size(containers); i++)
			any |= ask(json_array_get(containers, i), name, &all);
		if (most.nano > all.nano)
			all = most;
		if (!any || !json_is_string(x) || quantity_parse(json_string_value(x), &asked) < 0 ||
		    asked.nano >= all.nano)
			continue;
		quantity_format(&all, text, sizeof text);
		V_IN (v, "requests") {
			size_t was = path_map_key(&v->path, name);
			v_invalid(v, "", x, "must be greater than or equal to aggregate container requests of %s",
				  text);
			path_pop(&v->path, was);
		}
	}
}
