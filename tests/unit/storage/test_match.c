/* The binder's rules: which volume satisfies a claim, and which of several is taken. */
#include "tests/unit/test.h"
#include "base/str.h"
#include "storage/internal.h"

static json_t *volume(const char *name, const char *size, const char *class, const char *mode)
{
	return json_pack("{s:{s:s},s:{s:{s:s},s:s,s:[s]}}", "metadata", "name", name, "spec", "capacity", "storage", size, "storageClassName", class,
			 "accessModes", mode);
}

static json_t *claim(const char *size, const char *class, const char *mode)
{
	json_t *c = json_pack("{s:{s:s,s:s,s:s},s:{s:{s:{s:s}},s:[s]}}", "metadata", "name", "c", "namespace", "d", "uid", "u1", "spec", "resources",
			      "requests", "storage", size, "accessModes", mode);
	if (class)
		json_set_str(c, "spec.storageClassName", class);
	return c;
}

static void test_satisfies(void)
{
	AUTO_JSON json_t *pv = volume("v", "2Gi", "fast", "ReadWriteOnce"), *ok = claim("1Gi", "fast", "ReadWriteOnce"),
			 *big = claim("3Gi", "fast", "ReadWriteOnce"), *other = claim("1Gi", "slow", "ReadWriteOnce"),
			 *mode = claim("1Gi", "fast", "ReadWriteMany"), *unset = claim("1Gi", NULL, "ReadWriteOnce"),
			 *plain = volume("p", "1Gi", "", "ReadWriteOnce");

	CHECK(volume_satisfies(pv, ok, NULL));
	CHECK(!volume_satisfies(pv, big, NULL));
	CHECK(!volume_satisfies(pv, other, NULL));
	CHECK(!volume_satisfies(pv, mode, NULL));
	CHECK(!volume_satisfies(pv, unset, NULL));
	CHECK(volume_satisfies(plain, unset, NULL)); /* both empty counts as equal */
	json_set_str(ok, "spec.volumeMode", "Block");
	CHECK(!volume_satisfies(pv, ok, NULL));
}

static void test_selector(void)
{
	AUTO_JSON json_t *pv = volume("v", "2Gi", "", "ReadWriteOnce"), *c = claim("1Gi", "", "ReadWriteOnce");

	json_dot_set(c, "spec.selector", json_pack("{s:{s:s}}", "matchLabels", "tier", "gold"));
	CHECK(!volume_satisfies(pv, c, NULL));
	json_dot_set(pv, "metadata.labels", json_pack("{s:s}", "tier", "gold"));
	CHECK(volume_satisfies(pv, c, NULL));
}

static void test_choose(void)
{
	json_t *v[] = {volume("a", "5Gi", "", "ReadWriteOnce"), volume("b", "2Gi", "", "ReadWriteOnce"), volume("c", "2Gi", "", "ReadWriteOnce"),
		       volume("d", "9Gi", "", "ReadWriteOnce")};
	AUTO_JSON json_t *c = claim("1Gi", "", "ReadWriteOnce"), *huge = claim("99Gi", "", "ReadWriteOnce");

	CHECK(volume_choose(v, 4, c, NULL, NULL) == 1); /* the smallest; by name among equals */
	CHECK(volume_choose(v, 4, huge, NULL, NULL) == -1);
	json_dot_set(v[3], "spec.claimRef", json_pack("{s:s,s:s}", "namespace", "d", "name", "c"));
	CHECK(volume_choose(v, 4, c, NULL, NULL) == 3); /* kept for it */
	json_set_str(v[3], "spec.claimRef.uid", "another");
	CHECK(volume_choose(v, 4, c, NULL, NULL) == 1);
	json_dot_set(v[1], "spec.claimRef", json_pack("{s:s,s:s}", "namespace", "d", "name", "somebody"));
	CHECK(volume_choose(v, 4, c, NULL, NULL) == 2);
	for (size_t i = 0; i < 4; i++)
		json_decref(v[i]);
}

static void test_node(void)
{
	AUTO_JSON json_t *pv = volume("v", "1Gi", "", "ReadWriteOnce"), *here = json_pack("{s:s}", "kubernetes.io/hostname", "n1"),
			 *there = json_pack("{s:s}", "kubernetes.io/hostname", "n2");

	CHECK(volume_fits_node(pv, "n1", here));
	json_dot_set(pv, "spec.nodeAffinity.required.nodeSelectorTerms",
		     json_pack("[{s:[{s:s,s:s,s:[s]}]}]", "matchExpressions", "key", "kubernetes.io/hostname", "operator", "In", "values", "n1"));
	CHECK(volume_fits_node(pv, "n1", here));
	CHECK(!volume_fits_node(pv, "n2", there));
	CHECK(!volume_fits_node(pv, NULL, NULL));
}

int main(void)
{
	RUN(test_satisfies);
	RUN(test_selector);
	RUN(test_choose);
	RUN(test_node);
	return TEST_END();
}
