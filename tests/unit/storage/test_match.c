/* The binder's rules: what a claim that names its volume may have, and which of several is taken for one that does not. */
#include "tests/unit/test.h"
#include <errno.h>
#include <string.h>
#include "api/object.h"
#include "base/str.h"
#include "storage/internal.h"
#include "storage/waiting.h"

static json_t *volume(const char *name, const char *size, const char *class, const char *mode)
{
	return json_pack("{s:{s:s},s:{s:{s:s},s:s,s:[s]},s:{s:s}}", "metadata", "name", name, "spec", "capacity", "storage", size, "storageClassName", class,
			 "accessModes", mode, "status", "phase", "Available");
}

static json_t *claim(const char *size, const char *class, const char *mode)
{
	json_t *c = json_pack("{s:{s:s,s:s,s:s},s:{s:{s:{s:s}},s:[s]}}", "metadata", "name", "c", "namespace", "d", "uid", "u1", "spec", "resources",
			      "requests", "storage", size, "accessModes", mode);
	if (class)
		json_set_str(c, "spec.storageClassName", class);
	return c;
}

static void test_mismatch(void)
{
	AUTO_JSON json_t *pv = volume("v", "2Gi", "fast", "ReadWriteOnce"), *ok = claim("1Gi", "fast", "ReadWriteOnce"),
			 *big = claim("3Gi", "fast", "ReadWriteOnce"), *other = claim("1Gi", "slow", "ReadWriteOnce"),
			 *mode = claim("1Gi", "fast", "ReadWriteMany"), *unset = claim("1Gi", NULL, "ReadWriteOnce"),
			 *plain = volume("p", "1Gi", "", "ReadWriteOnce");

	CHECK(!volume_mismatch(pv, ok));
	CHECK_STR(volume_mismatch(pv, big), "requested PV is too small");
	CHECK_STR(volume_mismatch(pv, other), "storageClassName does not match");
	CHECK_STR(volume_mismatch(pv, mode), "incompatible accessMode");
	CHECK_STR(volume_mismatch(pv, unset), "storageClassName does not match");
	CHECK(!volume_mismatch(plain, unset)); /* both empty counts as equal */
	json_dot_set(ok, "spec.selector", json_pack("{s:{s:s}}", "matchLabels", "tier", "gold"));
	CHECK(!volume_mismatch(pv, ok)); /* who names the volume has chosen */
	json_set_str(ok, "spec.volumeAttributesClassName", "silver");
	CHECK_STR(volume_mismatch(pv, ok), "volumeAttributesClassName does not match");
	json_set_str(pv, "spec.volumeAttributesClassName", "silver");
	json_set_str(ok, "spec.volumeMode", "Block");
	CHECK_STR(volume_mismatch(pv, ok), "incompatible volumeMode");
	json_set_str(pv, "metadata.deletionTimestamp", "2027-01-15T08:00:00Z");
	CHECK_STR(volume_mismatch(pv, ok), "the volume is marked for deletion");
}

/* --- offers --- */

static int64_t revision = 1;
static struct informer_object *given[64]; /* all of them, until the end: offers have references of their own */
static size_t n_given;

static bool offer(struct offers *o, const json_t *pv)
{
	struct informer_object *io = calloc(1, sizeof(*io));

	CHECK(io && n_given < ARRAY_LEN(given));
	io->refs = 1;
	io->rev = revision++;
	io->name = strdup(obj_name(pv));
	io->ns = io->uid = "";
	io->json = json_encode(pv);
	given[n_given++] = io;
	return offers_volume(o, io);
}

static void offered_done(void)
{
	while (n_given > 0) {
		free((char *)(uintptr_t)given[--n_given]->name);
		informer_object_unref(given[n_given]);
	}
}

/* The name of what it is given, or "-". */
static const char *take(struct offers *o, const json_t *pvc, bool named_only)
{
	AUTO_OBJECT struct informer_object *v = NULL;
	struct claim_want w;

	CHECK(claim_want_init(&w, pvc) == 0 && offers_take(o, &w, named_only, &v) == 0);
	claim_want_done(&w);
	return v ? v->name : "-"; /* of given[] */
}

static void settle(struct offers *o, const char *volume, const json_t *pvc, int64_t rev)
{
	AUTO_FREE char *key = obj_key(pvc);

	offers_settle(o, volume, key, obj_uid(pvc), rev);
}

static void test_order(void)
{
	struct offers *o = offers_new();
	AUTO_JSON json_t *a = volume("a", "5Gi", "", "ReadWriteOnce"), *b = volume("b", "2Gi", "", "ReadWriteOnce"), *c = volume("c", "2Gi", "", "ReadWriteOnce"),
			 *m = volume("m", "1Gi", "", "ReadWriteOnce"), *want = claim("1Gi", "", "ReadWriteOnce"), *huge = claim("99Gi", "", "ReadWriteOnce"),
			 *other = claim("1Gi", NULL, "ReadWriteOnce");

	json_array_append_new(json_dot(m, "spec.accessModes"), json_string("ReadWriteMany"));
	json_set_str(other, "metadata.uid", "u2");
	CHECK(offer(o, a) && offer(o, c) && offer(o, b) && offer(o, m));
	CHECK_STR(take(o, huge, false), "-");
	CHECK_STR(take(o, want, true), "-");
	CHECK_STR(take(o, want, false), "b"); /* the smallest of those with the fewest modes, by name among equals */
	CHECK_STR(take(o, want, false), "b"); /* held for it */
	CHECK_STR(take(o, other, false), "c");
	settle(o, "b", want, 0);
	settle(o, "c", other, 0);
	CHECK_STR(take(o, other, false), "b");
	settle(o, "b", other, revision++); /* written: nobody else has it, also before the informer knows */
	CHECK_STR(take(o, want, false), "c");
	CHECK_STR(take(o, other, true), "b");
	json_set_str(want, "metadata.uid", "u3");
	CHECK_STR(take(o, want, false), "a");
	json_set_str(want, "metadata.uid", "u4");
	CHECK_STR(take(o, want, false), "m");
	json_set_str(want, "metadata.uid", "u5");
	CHECK_STR(take(o, want, false), "-");
	offers_free(o);
}

static void test_fit(void)
{
	struct offers *o = offers_new();
	AUTO_JSON json_t *v = volume("v", "2Gi", "fast", "ReadWriteOnce"), *c = claim("1Gi", "fast", "ReadWriteOnce"), *none = claim("1Gi", NULL, "ReadWriteOnce");

	offer(o, v);
	CHECK_STR(take(o, none, false), "-");
	json_dot_set(c, "spec.selector", json_pack("{s:{s:s}}", "matchLabels", "tier", "gold"));
	CHECK_STR(take(o, c, false), "-");
	json_dot_set(v, "metadata.labels", json_pack("{s:s}", "tier", "gold"));
	offer(o, v);
	CHECK_STR(take(o, c, false), "v");
	settle(o, "v", c, 0);
	json_set_str(c, "spec.volumeAttributesClassName", "silver");
	CHECK_STR(take(o, c, false), "-");
	json_set_str(v, "spec.volumeAttributesClassName", "silver");
	offer(o, v);
	CHECK_STR(take(o, c, false), "v");
	settle(o, "v", c, 0);
	json_set_str(c, "spec.volumeMode", "Block");
	CHECK_STR(take(o, c, false), "-");
	json_set_str(c, "spec.volumeMode", "Filesystem");
	json_set_str(v, "status.phase", "Released");
	CHECK(!offer(o, v));
	CHECK_STR(take(o, c, false), "-");
	json_set_str(v, "status.phase", "Available");
	json_set_str(v, "metadata.deletionTimestamp", "2027-01-15T08:00:00Z");
	CHECK(!offer(o, v));
	CHECK_STR(take(o, c, false), "-");
	offers_free(o);
}

static void test_named(void)
{
	struct offers *o = offers_new();
	AUTO_JSON json_t *a = volume("a", "1Gi", "", "ReadWriteOnce"), *kept = volume("kept", "9Gi", "other", "ReadWriteOnce"),
			 *c = claim("1Gi", "", "ReadWriteOnce"), *big = claim("10Gi", "", "ReadWriteOnce");

	json_dot_set(kept, "spec.claimRef", json_pack("{s:s,s:s}", "namespace", "d", "name", "c"));
	CHECK(offer(o, a));
	CHECK(!offer(o, kept));
	CHECK_STR(take(o, big, false), "-");
	CHECK_STR(take(o, c, true), "kept"); /* of whatever class, and before a smaller one */
	CHECK_STR(take(o, c, false), "kept");
	json_set_str(kept, "spec.claimRef.uid", "another");
	offer(o, kept);
	CHECK_STR(take(o, c, false), "a");
	json_set_str(kept, "spec.claimRef.uid", "u1");
	offer(o, kept);
	CHECK_STR(take(o, c, false), "kept");
	json_set_str(kept, "spec.claimRef.name", "somebody");
	offer(o, kept);
	CHECK_STR(take(o, c, false), "a");
	offers_free(o);
}

/* --- by node --- */

static json_t *local(const char *name, const char *size, const char *zone)
{
	json_t *v = volume(name, size, "c", "ReadWriteOnce");

	json_dot_set(v, "spec.nodeAffinity",
		     json_pack("{s:{s:[{s:[{s:s,s:s,s:[s]}]}]}}", "required", "nodeSelectorTerms", "matchExpressions", "key", "zone", "operator", "In",
			       "values", zone));
	return v;
}

static bool is_x(void *arg, const char *volume)
{
	(void)arg;
	return streq(volume, "x");
}

/* The name of what is found, or "-". */
static const char *found(struct offers *o, const json_t *pvc, const char *zone, bool any_modes)
{
	AUTO_OBJECT struct informer_object *v = NULL;
	AUTO_JSON json_t *labels = json_pack("{s:s}", "zone", zone);
	const struct offers_query q = {.any_modes = any_modes, .node = "n", .labels = labels, .skip = is_x};
	struct claim_want w;

	CHECK(claim_want_init(&w, pvc) == 0);
	offers_find(o, &w, &q, &v);
	claim_want_done(&w);
	return v ? v->name : "-"; /* of given[] */
}

static void test_node(void)
{
	struct offers *o = offers_new();
	AUTO_JSON json_t *a3 = local("a3", "3Gi", "a"), *a5 = local("a5", "5Gi", "a"), *b2 = local("b2", "2Gi", "b"), *x = local("x", "1Gi", "b"),
			 *every = volume("every", "4Gi", "c", "ReadWriteOnce"), *c = claim("1Gi", "c", "ReadWriteOnce"), *big = claim("4Gi", "c", "ReadWriteOnce");

	CHECK(offer(o, a5) && offer(o, a3) && offer(o, b2) && offer(o, x));
	CHECK_STR(found(o, c, "a", true), "a3");
	CHECK_STR(found(o, big, "a", true), "a5");
	CHECK_STR(found(o, c, "b", true), "b2"); /* the smaller one is passed over */
	CHECK_STR(found(o, big, "b", true), "-");
	CHECK_STR(found(o, c, "c", true), "-");
	offer(o, every);
	CHECK_STR(found(o, c, "c", true), "every");
	CHECK_STR(found(o, big, "a", true), "every");
	CHECK_STR(found(o, c, "a", true), "a3");
	json_array_append_new(json_dot(a3, "spec.accessModes"), json_string("ReadOnlyMany"));
	offer(o, a3);
	CHECK_STR(found(o, c, "a", true), "a3");
	CHECK_STR(found(o, c, "a", false), "every"); /* fewer modes are better than small */
	CHECK(offers_hold(o, "a3", "d/other", "u9") == 0 && offers_hold(o, "nothere", "d/other", "u9") == -ENOENT);
	CHECK_STR(found(o, c, "a", true), "every");
	CHECK(!offer(o, a3)); /* held over what the informer says of it */
	offers_settle(o, "a3", "d/other", "another", 0);
	CHECK_STR(found(o, c, "a", true), "every");
	offers_settle(o, "a3", "d/other", "u9", 0);
	CHECK_STR(found(o, c, "a", true), "a3");
	json_dot_set(a3, "spec.nodeAffinity", json_null());
	offer(o, a3);
	CHECK_STR(found(o, c, "z", true), "a3");
	offers_free(o);
}

static char woken[256];

static void note(void *arg, const char *key)
{
	(void)arg;
	snprintf(woken + strlen(woken), sizeof(woken) - strlen(woken), "%s ", key);
}

static const char *wake(struct waiting *q, enum waiting_why why, const char *name)
{
	woken[0] = '\0';
	waiting_wake(q, why, name, note, NULL);
	return woken;
}

static void test_waiting(void)
{
	struct offers *o = offers_new();
	struct waiting *q = waiting_new(o);
	AUTO_JSON json_t *v = volume("v", "2Gi", "fast", "ReadWriteOnce"), *fast = claim("1Gi", "fast", "ReadWriteOnce"), *big = claim("3Gi", "fast", "ReadWriteOnce"),
			 *open = claim("1Gi", NULL, "ReadWriteOnce"), *byname = claim("3Gi", "slow", "ReadWriteOnce"),
			 *plain = volume("plain", "2Gi", "", "ReadWriteOnce");

	json_set_str(fast, "metadata.name", "fast");
	json_set_str(big, "metadata.name", "big");
	json_set_str(open, "metadata.name", "open");
	json_set_str(byname, "metadata.name", "byname");
	json_set_str(byname, "spec.volumeName", "v");
	CHECK(waiting_add(q, fast, false) == 0 && waiting_add(q, big, true) == 0 && waiting_add(q, open, false) == 0 &&
	      waiting_add(q, byname, false) == 0);
	CHECK(waiting_has(q, "d/big") && waiting_need_node(q));
	CHECK(waiting_add(q, fast, false) == 0); /* keeps its place */
	offer(o, v);
	offer(o, plain);
	CHECK_STR(wake(q, WAKE_VOLUME, "v"), "d/fast d/byname ");
	CHECK_STR(wake(q, WAKE_VOLUME, "plain"), "d/open ");
	CHECK_STR(wake(q, WAKE_CLASS, "fast"), "d/fast d/big d/open ");
	CHECK_STR(wake(q, WAKE_NODE, ""), "d/big ");
	CHECK_STR(wake(q, WAKE_ALL, ""), "d/fast d/big d/open d/byname ");
	waiting_served(q, "d/big");
	waiting_served(q, "d/nobody");
	CHECK(!waiting_has(q, "d/big") && !waiting_need_node(q));
	json_dot_set(v, "spec.claimRef", json_pack("{s:s,s:s}", "namespace", "d", "name", "fast"));
	offer(o, v);
	CHECK_STR(wake(q, WAKE_VOLUME, "v"), "d/fast d/byname ");
	woken[0] = '\0';
	offers_named(o, "d/fast", note, NULL);
	CHECK_STR(woken, "v ");
	waiting_free(q);
	offers_free(o);
}

static void test_sizes(void)
{
	CHECK_STR(SIZE_TEXT(10LL << 40), "10Ti");
	CHECK_STR(SIZE_TEXT(10000000000000), "10T");
	CHECK_STR(SIZE_TEXT(1), "1");
	CHECK_STR(SIZE_TEXT(1025), "1025");
	CHECK_STR(SIZE_TEXT(0), "0");
	CHECK_STR(SIZE_TEXT(INT64_MAX), "9223372036854775807");
}

int main(void)
{
	RUN(test_sizes);
	RUN(test_mismatch);
	RUN(test_order);
	RUN(test_fit);
	RUN(test_named);
	RUN(test_node);
	RUN(test_waiting);
	offered_done();
	return TEST_END();
}
