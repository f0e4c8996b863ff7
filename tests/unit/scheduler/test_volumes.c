/* What a pod's volumes ask of a node: decisions over claims, volumes and capacities that are written by hand. */
#include "tests/unit/json.h"
#include "tests/unit/test.h"
#include <string.h>
#include "api/object.h"
#include "base/str.h"
#include "scheduler/volumes.h"

static struct pod_volumes v;
static struct claim_need needs[8];
static struct informer_object *given[16]; /* all of them, until the end */
static size_t n_given;

static struct claim_need *need(const char *name, const char *size)
{
	struct claim_need *d = &needs[v.n++];

	*d = (struct claim_need){.key = str_fmt("ns/%s", name)};
	d->pvc = json_pack("{s:{s:s,s:s},s:{s:s,s:{s:{s:s}}}}", "metadata", "name", name, "namespace", "ns", "spec", "storageClassName", "c",
			   "resources", "requests", "storage", size);
	v.needs = needs;
	CHECK(claim_want_init(&d->want, d->pvc) == 0);
	return d;
}

static json_t *volume(const char *name, const char *size, const char *node)
{
	json_t *pv = json_pack("{s:{s:s},s:{s:{s:s},s:s},s:{s:s}}", "metadata", "name", name, "spec", "capacity", "storage", size, "storageClassName",
			       "c", "status", "phase", "Available");

	if (node)
		json_dot_set(pv, "spec.nodeAffinity",
			     json_pack("{s:{s:[{s:[{s:s,s:s,s:[s]}]}]}}", "required", "nodeSelectorTerms", "matchExpressions", "key", "host",
				       "operator", "In", "values", node));
	return pv;
}

static struct informer_object *offer(const json_t *pv)
{
	struct informer_object *io = calloc(1, sizeof(*io));

	CHECK(io && n_given < ARRAY_LEN(given));
	*io = (struct informer_object){.refs = 1, .rev = 1, .name = strdup(obj_name(pv)), .ns = "", .uid = "", .json = json_encode(pv)};
	given[n_given++] = io;
	if (!v.offers)
		v.offers = offers_new();
	CHECK(offers_volume(v.offers, io));
	return io;
}

static void class(struct claim_need *d, const char *text) { d->class = parse(text); }

static void done(void)
{
	for (size_t i = 0; i < v.n; i++) {
		struct claim_need *d = &needs[i];
		for (size_t k = 0; k < d->n_capacities; k++)
			json_decref(d->capacities[k]);
		claim_want_done(&d->want);
		informer_object_unref(d->choice);
		informer_object_unref(d->kept);
		json_decref(d->kept_by);
		free(d->capacities);
		free(d->key);
		json_decref(d->pvc);
		json_decref(d->pv);
		json_decref(d->class);
	}
	offers_free(v.offers);
	v = (struct pod_volumes){0};
	while (n_given > 0) {
		free((char *)(uintptr_t)given[--n_given]->name);
		informer_object_unref(given[n_given]);
	}
}

static const char *on(const char *node, const char *zone)
{
	static json_t *labels;

	if (!v.offers)
		v.offers = offers_new();
	json_decref(labels);
	labels = json_pack("{s:s,s:s}", "host", node, "zone", zone);
	const char *why = volumes_on_node(&v, node, labels);
	json_decref(labels);
	labels = NULL;
	return why ? why : "fits";
}

#define NO_VOLUME "node(s) didn't find available persistent volumes to bind"

static void test_static(void)
{
	AUTO_JSON json_t *a1 = volume("a1", "1Gi", "a"), *a2 = volume("a2", "2Gi", "a"), *b1 = volume("b1", "1Gi", "b");
	struct claim_need *x = need("x", "1Gi"), *y = need("y", "1Gi");

	offer(a1);
	offer(b1);
	offer(a2);
	CHECK_STR(on("a", "z"), "fits"); /* two claims, two volumes */
	CHECK_STR(x->choice->name, "a1");
	CHECK_STR(y->choice->name, "a2");
	CHECK_STR(on("b", "z"), NO_VOLUME); /* none twice */
	CHECK_STR(on("c", "z"), NO_VOLUME);
	y->node = "b"; /* one is being made for it there */
	class(y, "{\"provisioner\":\"p\"}");
	CHECK_STR(on("b", "z"), "fits");
	CHECK(y->choice == NULL);
	CHECK_STR(on("a", "z"), NO_VOLUME);
	done();
}

static void test_kept(void)
{
	AUTO_JSON json_t *a1 = volume("a1", "1Gi", "a");
	struct claim_need *x = need("x", "1Gi");

	x->kept = informer_object_ref(offer(a1));
	x->kept_by = json_incref(json_dot(a1, "spec.nodeAffinity.required"));
	class(x, "{\"provisioner\":\"p\"}");
	CHECK_STR(on("a", "z"), "fits");
	CHECK_STR(on("b", "z"), NO_VOLUME); /* though one could be made */
	done();
}

static void test_bound(void)
{
	struct claim_need *x = need("x", "1Gi");

	x->bound = true;
	CHECK_STR(on("a", "z"), "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
	x->pv = volume("a1", "1Gi", "a");
	CHECK_STR(on("a", "z"), "fits");
	CHECK_STR(on("b", "z"), "node(s) didn't match PersistentVolume's node affinity");
	done();
}

static void test_provision(void)
{
	struct claim_need *x = need("x", "5Gi");

	CHECK_STR(on("a", "z"), NO_VOLUME);
	class(x, "{\"provisioner\":\"kubernetes.io/no-provisioner\"}");
	CHECK_STR(on("a", "z"), NO_VOLUME);
	json_decref(x->class);
	class(x, "{\"provisioner\":\"p\",\"allowedTopologies\":[{\"matchLabelExpressions\":[{\"key\":\"zone\",\"values\":[\"z1\",\"z2\"]},"
		 "{\"key\":\"host\",\"values\":[\"a\"]}]},{\"matchLabelExpressions\":[{\"key\":\"host\",\"values\":[\"c\"]}]}]}");
	CHECK_STR(on("a", "z2"), "fits");
	CHECK_STR(on("b", "z2"), NO_VOLUME); /* all expressions of a term */
	CHECK_STR(on("a", "z3"), NO_VOLUME);
	CHECK_STR(on("c", "z3"), "fits"); /* any term */
	x->checks_capacity = true;
	CHECK_STR(on("c", "z3"), "node(s) did not have enough free storage");
	x->capacities = calloc(3, sizeof(*x->capacities));
	x->capacities[x->n_capacities++] = parse("{\"capacity\":\"9Gi\"}"); /* reaches nobody */
	x->capacities[x->n_capacities++] = parse("{\"capacity\":\"9Gi\",\"maximumVolumeSize\":\"4Gi\",\"nodeTopology\":{}}");
	CHECK_STR(on("c", "z3"), "node(s) did not have enough free storage");
	x->capacities[x->n_capacities++] = parse("{\"capacity\":\"5Gi\",\"nodeTopology\":{\"matchLabels\":{\"zone\":\"z3\"}}}");
	CHECK_STR(on("c", "z3"), "fits");
	CHECK_STR(on("c", "z4"), "node(s) did not have enough free storage");
	done();
}

static void test_zone(void)
{
	struct claim_need *x = need("x", "1Gi");
	struct sched_ctx c = {.volumes = &v};
	AUTO_JSON json_t *none = json_object(), *z2 = json_pack("{s:s}", "failure-domain.beta.kubernetes.io/zone", "z2"),
			 *z22 = json_pack("{s:s}", "topology.kubernetes.io/zone", "z22");
	struct node_info n = {.labels = z2};

	x->bound = true;
	x->pv = json_pack("{s:{s:{s:s}}}", "metadata", "labels", "topology.kubernetes.io/zone", "z1__z2");
	CHECK(filter_volume_zone(&c, &n) == NULL);
	n.labels = none;
	CHECK(filter_volume_zone(&c, &n) == NULL);
	n.labels = z22;
	CHECK_STR(filter_volume_zone(&c, &n), "node(s) had no available volume zone");
	done();
}

static void test_claims(void)
{
	AUTO_JSON json_t *pod = parse("{\"metadata\":{\"name\":\"p\",\"namespace\":\"ns\"},\"spec\":{\"volumes\":[{\"name\":\"a\",\"emptyDir\":{}},"
				      "{\"name\":\"b\",\"persistentVolumeClaim\":{\"claimName\":\"c\"}},{\"name\":\"e\",\"ephemeral\":{}}]}}");
	char **names = NULL;

	CHECK(pod_claims_of(&names, pod) == 0);
	CHECK(names_have(names, "ns/c") && names_have(names, "ns/p-e") && !names_have(names, "ns/a"));
	names_free(names);
	names = NULL;
	json_dot_set(pod, "spec.volumes", json_array());
	CHECK(pod_claims_of(&names, pod) == 0 && names == NULL);
	CHECK(!names_have(NULL, "x"));
}

int main(void)
{
	RUN(test_static);
	RUN(test_kept);
	RUN(test_bound);
	RUN(test_provision);
	RUN(test_zone);
	RUN(test_claims);
	return TEST_END();
}
