/* The binder's rules: what a claim that names its volume may have, and which of several is taken for one that does not. */
#include "tests/unit/test.h"
#include <string.h>
#include "api/object.h"
#include "base/str.h"
#include "storage/internal.h"
#include "storage/offers.h"

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

	CHECK(offers_take(o, pvc, named_only, &v) == 0);
	return v ? v->name : "-"; /* of given[] */
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
	offers_settle(o, "b", want, 0);
	offers_settle(o, "c", other, 0);
	CHECK_STR(take(o, other, false), "b");
	offers_settle(o, "b", other, revision++); /* written: nobody else has it, also before the informer knows */
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
	offers_settle(o, "v", c, 0);
	json_set_str(c, "spec.volumeAttributesClassName", "silver");
	CHECK_STR(take(o, c, false), "-");
	json_set_str(v, "spec.volumeAttributesClassName", "silver");
	offer(o, v);
	CHECK_STR(take(o, c, false), "v");
	offers_settle(o, "v", c, 0);
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

static char woken[256];

static void note(void *arg, const char *key)
{
	(void)arg;
	snprintf(woken + strlen(woken), sizeof(woken) - strlen(woken), "%s ", key);
}

static const char *wake(struct offers *o, enum offers_why why, const char *name)
{
	woken[0] = '\0';
	offers_wake(o, why, name, note, NULL);
	return woken;
}

static void test_waiting(void)
{
	struct offers *o = offers_new();
	AUTO_JSON json_t *v = volume("v", "2Gi", "fast", "ReadWriteOnce"), *fast = claim("1Gi", "fast", "ReadWriteOnce"), *big = claim("3Gi", "fast", "ReadWriteOnce"),
			 *open = claim("1Gi", NULL, "ReadWriteOnce"), *byname = claim("3Gi", "slow", "ReadWriteOnce"),
			 *plain = volume("plain", "2Gi", "", "ReadWriteOnce");

	json_set_str(byname, "spec.volumeName", "v");
	CHECK(offers_wait(o, "d/fast", fast, false) == 0 && offers_wait(o, "d/big", big, true) == 0 && offers_wait(o, "d/open", open, false) == 0 &&
	      offers_wait(o, "d/byname", byname, false) == 0);
	CHECK(offers_waits(o, "d/big") && offers_need_node(o));
	CHECK(offers_wait(o, "d/fast", fast, false) == 0); /* keeps its place */
	offer(o, v);
	offer(o, plain);
	CHECK_STR(wake(o, OFFERS_VOLUME, "v"), "d/fast d/byname ");
	CHECK_STR(wake(o, OFFERS_VOLUME, "plain"), "d/open ");
	CHECK_STR(wake(o, OFFERS_CLASS, "fast"), "d/fast d/big d/open ");
	CHECK_STR(wake(o, OFFERS_NODE, ""), "d/big ");
	CHECK_STR(wake(o, OFFERS_ALL, ""), "d/fast d/big d/open d/byname ");
	offers_served(o, "d/big");
	offers_served(o, "d/nobody");
	CHECK(!offers_waits(o, "d/big") && !offers_need_node(o));
	json_dot_set(v, "spec.claimRef", json_pack("{s:s,s:s}", "namespace", "d", "name", "fast"));
	offer(o, v);
	CHECK_STR(wake(o, OFFERS_VOLUME, "v"), "d/fast d/byname ");
	woken[0] = '\0';
	offers_named(o, "d/fast", note, NULL);
	CHECK_STR(woken, "v ");
	offers_free(o);
}

int main(void)
{
	RUN(test_mismatch);
	RUN(test_order);
	RUN(test_fit);
	RUN(test_named);
	RUN(test_waiting);
	offered_done();
	return TEST_END();
}
