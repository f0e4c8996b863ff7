/* Decisions of the DaemonSet and StatefulSet controllers, and what a disruption budget allows. */
#include "../test.h"
#include "base/cleanup.h"
#include "controllers/budget.h"
#include "controllers/daemon_plan.h"
#include "controllers/shared.h"
#include "controllers/stateful_claims.h"
#include "controllers/stateful_plan.h"
#include "tests/unit/json.h"

#define NOW 1800000000

/* state: r ready, n not ready, f failed, t terminating. hash: of its template. */
static json_t *pod(const char *name, const char *hash, char state)
{
	AUTO_FREE char *s = str_fmt("{\"metadata\":{\"name\":\"%s\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\",\"labels\":{\"controller-revision-hash\":\"%s\"}%s},"
				    "\"spec\":{\"nodeName\":\"x\"},\"status\":{\"phase\":\"%s\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"%s\"}]}}",
				    name, hash, state == 't' ? ",\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"" : "", state == 'f' ? "Failed" : "Running",
				    state == 'n' || state == 'f' ? "False" : "True");
	return parse(s);
}

/* --- DaemonSet --- */

struct field {
	struct daemon_node v[6];
	size_t n;
	json_t *pods[12];
	size_t n_pods;
	const json_t *pointers[6][3];
	struct daemon_plan p;
	const json_t *gone[24], *failed[24];
	const char *fresh[24];
};

/* Nodes as words: "-" none, "or" old and ready, "nr" new and ready, two pods as "or+nn"; "!" in front: it should not run there. */
static void field_init(struct field *f, const char *const *words)
{
	memset(f, 0, sizeof(*f));
	for (; words[f->n]; f->n++) {
		const char *w = words[f->n];
		struct daemon_node *d = &f->v[f->n];
		bool not = *w == '!';
		w += not;
		*d = (struct daemon_node){.name = str_fmt("node%zu", f->n), .run = !not, .keep = !not, .pods = f->pointers[f->n]};
		for (; *w && *w != '-'; w += 2 + (w[2] == '+')) {
			AUTO_FREE char *name = str_fmt("p%zu", f->n_pods);
			d->pods[d->n++] = f->pods[f->n_pods++] = pod(name, *w == 'o' ? "old" : "new", w[1]);
		}
	}
	f->p = (struct daemon_plan){f->gone, f->failed, f->fresh, 0, 0, 0};
}

static void field_done(struct field *f)
{
	for (size_t i = 0; i < f->n_pods; i++)
		json_decref(f->pods[i]);
	for (size_t i = 0; i < f->n; i++)
		free(f->v[i].name);
}

/* How the plan reads: "gone/failed/fresh" names. */
static char *plan_text(const struct field *f)
{
	AUTO_BUF struct buf b = {0};

	for (size_t i = 0; i < f->p.n_gone; i++)
		buf_addf(&b, "-%s", obj_name(f->p.gone[i]));
	for (size_t i = 0; i < f->p.n_failed; i++)
		buf_addf(&b, "x%s", obj_name(f->p.failed[i]));
	for (size_t i = 0; i < f->p.n_fresh; i++)
		buf_addf(&b, "+%s", f->p.fresh[i]);
	return str_dup(b.data ? b.data : "");
}

static void daemon_is(bool update, const struct daemon_roll *r, const char *want, const char *const *words)
{
	struct field f;

	field_init(&f, words);
	if (update)
		daemon_update(f.v, f.n, r, &f.p);
	else
		daemon_manage(f.v, f.n, r, &f.p);
	AUTO_FREE char *got = plan_text(&f);
	CHECK_STR(got, want);
	field_done(&f);
}
#define NODES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void daemon_manages(void)
{
	struct daemon_roll r = {.hash = "new", .max_unavailable = 1, .now = NOW}, surge = {.hash = "new", .max_surge = 1, .surge = true, .now = NOW};

	daemon_is(false, &r, "+node0", NODES("-", "nr", "!-"));
	daemon_is(false, &r, "-p0", NODES("!nr", "nr"));
	daemon_is(false, &r, "-p1", NODES("nr+nr"));  /* the oldest stays */
	daemon_is(false, &r, "xp0", NODES("nf", "nt")); /* one on its way out is waited for */
	daemon_is(false, &surge, "", NODES("or+nn"));
	daemon_is(false, &surge, "-p0", NODES("or+nr"));
	daemon_is(false, &surge, "-p0", NODES("on+nn"));
}

static void daemon_rolls(void)
{
	struct daemon_roll r = {.hash = "new", .max_unavailable = 1, .now = NOW}, two = {.hash = "new", .max_unavailable = 2, .now = NOW},
			   surge = {.hash = "new", .max_surge = 1, .surge = true, .now = NOW};

	daemon_is(true, &r, "-p0", NODES("or", "or", "or"));
	daemon_is(true, &two, "-p0-p1", NODES("or", "or", "or"));
	daemon_is(true, &r, "", NODES("-", "or", "or"));	/* one is missing already */
	daemon_is(true, &r, "", NODES("nn", "or", "or"));
	daemon_is(true, &r, "", NODES("ot", "or", "or"));
	daemon_is(true, &r, "-p1", NODES("nr", "or", "or"));
	daemon_is(true, &r, "-p0-p1", NODES("on", "on", "or")); /* those serve nobody: all at once */
	daemon_is(true, &r, "", NODES("nr", "nr"));
	daemon_is(true, &surge, "+node0", NODES("or", "or"));
	daemon_is(true, &surge, "", NODES("or+nn", "or"));
	daemon_is(true, &surge, "-p0+node1", NODES("or+nr", "or"));
}

static void daemon_counts_nodes(void)
{
	struct daemon_roll r = {.hash = "new", .now = NOW};
	struct daemon_counts k;
	struct field f;

	field_init(&f, NODES("nr", "or", "on", "-", "!nr"));
	daemon_count(f.v, f.n, &r, &k);
	CHECK(k.desired == 4 && k.current == 3 && k.ready == 2 && k.available == 2 && k.updated == 1 && k.misscheduled == 1);
	field_done(&f);
}

static void daemon_nodes(void)
{
	AUTO_JSON json_t *p = parse("{\"spec\":{\"nodeSelector\":{\"disk\":\"ssd\"}}}");
	static const struct {
		const char *node;
		bool run, keep;
	} t[] = {{"{\"metadata\":{\"name\":\"a\",\"labels\":{\"disk\":\"ssd\"}}}", true, true},
		 {"{\"metadata\":{\"name\":\"a\",\"labels\":{\"disk\":\"hdd\"}}}", false, false},
		 {"{\"metadata\":{\"name\":\"a\",\"labels\":{\"disk\":\"ssd\"}},\"spec\":{\"taints\":[{\"key\":\"k\",\"effect\":\"NoSchedule\"}]}}", false, true},
		 {"{\"metadata\":{\"name\":\"a\",\"labels\":{\"disk\":\"ssd\"}},\"spec\":{\"taints\":[{\"key\":\"k\",\"effect\":\"NoExecute\"}]}}", false, false},
		 {"{\"metadata\":{\"name\":\"a\",\"labels\":{\"disk\":\"ssd\"}},\"spec\":{\"taints\":[{\"key\":\"k\",\"effect\":\"PreferNoSchedule\"}]}}", true, true},
		 {"{\"metadata\":{\"name\":\"a\",\"labels\":{\"disk\":\"ssd\"}},\"spec\":{\"taints\":[{\"key\":\"node.kubernetes.io/unschedulable\",\"effect\":\"NoSchedule\"},"
		  "{\"key\":\"node.kubernetes.io/not-ready\",\"effect\":\"NoExecute\"}]}}",
		  true, true}};

	CHECK(daemon_add_tolerations(p) == 0 && daemon_add_tolerations(p) == 0);
	CHECK(json_array_size(json_dot(p, "spec.tolerations")) == 6);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_JSON json_t *node = parse(t[i].node);
		bool run, keep;
		daemon_fits(p, node, &run, &keep);
		CHECK(run == t[i].run && keep == t[i].keep);
	}
	CHECK(daemon_bind(p, "b") == 0);
	CHECK_STR(daemon_node_of(p), "b");
}

/* --- StatefulSet --- */

/* Replicas as words: "-" missing, "or", "nr"...; condemned after "|" , highest first. */
static char *stateful_text(const struct stateful_view *shape, const char *words)
{
	static const char *const acts[] = {"+", "x", "", "", "-", "u"};
	struct stateful_view v = *shape;
	struct stateful_pod replicas[8] = {{0}}, condemned[8] = {{0}};
	struct stateful_step steps[40];
	json_t *pods[16];
	size_t n_pods = 0;
	AUTO_BUF struct buf b = {0};
	bool after = false;

	for (const char *w = words; *w; w++) {
		if (*w == ' ')
			continue;
		if (*w == '|') {
			after = true;
			continue;
		}
		struct stateful_pod *p = after ? &condemned[v.n_condemned++] : &replicas[v.n++];
		p->ordinal = after ? 9 - (int64_t)v.n_condemned : (int64_t)v.n - 1;
		p->revision = "";
		if (*w == '-')
			continue;
		AUTO_FREE char *name = str_fmt("s-%lld", (long long)p->ordinal);
		pods[n_pods] = pod(name, *w == 'o' ? "old" : "new", w[1]);
		stateful_read(p, pods[n_pods++], 0, NOW);
		w++;
	}
	v.replicas = replicas;
	v.condemned = condemned;
	v.update = "new";
	size_t n = stateful_plan(&v, steps);
	for (size_t i = 0; i < n; i++)
		if (*acts[steps[i].act])
			buf_addf(&b, "%s%lld", acts[steps[i].act], (long long)steps[i].pod->ordinal);
	for (size_t i = 0; i < n_pods; i++)
		json_decref(pods[i]);
	return str_dup(b.data ? b.data : "");
}

static void stateful_is(const struct stateful_view *shape, const char *words, const char *want)
{
	AUTO_FREE char *got = stateful_text(shape, words);

	CHECK_STR(got, want);
}

static void stateful_steps(void)
{
	const struct stateful_view ordered = {.ordered = true, .max_unavailable = 1}, parallel = {.max_unavailable = 1},
				   canary = {.ordered = true, .max_unavailable = 1, .partition = 2}, two = {.ordered = true, .max_unavailable = 2},
				   manual = {.ordered = true, .max_unavailable = 1, .on_delete = true};

	stateful_is(&ordered, "- - -", "+0");
	stateful_is(&ordered, "nr - -", "+1");
	stateful_is(&ordered, "nn - -", "");   /* the one before is not ready */
	stateful_is(&ordered, "nt nr nr", ""); /* comes back when it has gone */
	stateful_is(&ordered, "nf nr nr", "x0");
	stateful_is(&ordered, "nr nr nr", "");
	stateful_is(&ordered, "or or or", "u2");
	stateful_is(&ordered, "or or nr", "u1");
	stateful_is(&ordered, "or or nn", ""); /* it waits for the updated one */
	stateful_is(&ordered, "nr | nr nr", "-8");
	stateful_is(&ordered, "nr | nt nr", "");
	stateful_is(&ordered, "nr | nr nn", "-8"); /* from the end, whatever the other does */
	stateful_is(&ordered, "nr | nn nn", ""); /* the first of the sick is 7 */
	stateful_is(&ordered, "nr | nn nr", "-8");
	stateful_is(&ordered, "nn | nr nr", "");
	stateful_is(&parallel, "- nn -", "+0+2");
	stateful_is(&parallel, "nr | nn nr nt", "-8-7");
	stateful_is(&parallel, "or or", "u1");
	stateful_is(&canary, "or or or or", "u3");
	stateful_is(&canary, "or or nr nr", "");
	stateful_is(&two, "or or or", "u2u1");
	stateful_is(&two, "or or nr", "u1u0");
	stateful_is(&manual, "or or or", "");
	CHECK(stateful_ordinal("db", "db-12") == 12 && stateful_ordinal("db", "db-012") == -1 && stateful_ordinal("db", "db-x") == -1 &&
	      stateful_ordinal("db", "dbx-1") == -1 && stateful_ordinal("db", "db-0") == 0 && stateful_ordinal("db", "db-") == -1);
}

static void claim_owners(void)
{
	static const struct {
		const char *scaled, *deleted;
		bool condemned;
		const char *want; /* kind of the owner */
	} t[] = {{"Retain", "Retain", false, NULL}, {"Retain", "Retain", true, NULL}, {"Retain", "Delete", false, "StatefulSet"}, {"Retain", "Delete", true, "StatefulSet"},
		 {"Delete", "Retain", false, NULL}, {"Delete", "Retain", true, "Pod"}, {"Delete", "Delete", false, "StatefulSet"}, {"Delete", "Delete", true, "Pod"}};
	AUTO_JSON json_t *claim = parse("{\"metadata\":{\"name\":\"c\"}}"), *p = parse("{\"metadata\":{\"name\":\"s-1\",\"uid\":\"pu\"}}");

	/* One claim through all of them: what the policy before left is taken back. */
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_JSON json_t *set = json_pack("{s:{s:s,s:s},s:{s:{s:s,s:s}}}", "metadata", "name", "s", "uid", "su", "spec", "persistentVolumeClaimRetentionPolicy",
						  "whenScaled", t[i].scaled, "whenDeleted", t[i].deleted);
		CHECK(stateful_claim_owners(claim, set, p, t[i].condemned) >= 0);
		CHECK(stateful_claim_owners(claim, set, p, t[i].condemned) == 0);
		CHECK(json_array_size(json_dot(claim, "metadata.ownerReferences")) == (t[i].want ? 1 : 0));
		CHECK(streq(json_str(claim, "metadata.ownerReferences[0].kind"), t[i].want));
		CHECK(stateful_claim_stale(claim, "s-1") == streq(t[i].want, "Pod"));
	}
}

/* --- disruption budgets --- */

static void budgets(void)
{
	static const struct {
		const char *spec;
		int64_t scale, desired, allowed; /* of three healthy pods and a sick one */
	} t[] = {{"{\"minAvailable\":2}", 99, 2, 1},	   {"{\"minAvailable\":4}", 99, 4, 0},	 {"{\"minAvailable\":0}", 99, 0, 3},
		 {"{\"minAvailable\":\"50%\"}", 5, 3, 0},   {"{\"maxUnavailable\":1}", 4, 3, 0}, {"{\"maxUnavailable\":2}", 4, 2, 1},
		 {"{\"maxUnavailable\":\"30%\"}", 4, 2, 1}, {"{\"maxUnavailable\":9}", 4, 0, 3}, {"{\"maxUnavailable\":1}", 0, 0, 0}};
	json_t *pods[] = {pod("a", "", 'r'), pod("b", "", 'r'), pod("c", "", 'r'), pod("d", "", 'n')};
	char recent[TIME_STR_MAX], old[TIME_STR_MAX];
	struct budget b;

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_JSON json_t *pdb = json_pack("{s:o}", "spec", parse(t[i].spec));
		CHECK(budget_count(&b, pdb, pods, 4, t[i].scale, NOW) == 0);
		CHECK(b.healthy == 3 && b.desired == t[i].desired && b.allowed == t[i].allowed);
		CHECK(b.expected == (budget_needs_scale(pdb) ? t[i].scale : 4));
		budget_done(&b);
	}
	/* Evicted a minute ago and still there: not counted; two and a half ago: counted again, and told. */
	time_format(NOW - 60, recent);
	time_format(NOW - 150, old);
	AUTO_JSON json_t *pdb = json_pack("{s:{s:i},s:{s:{s:s,s:s,s:s}}}", "spec", "minAvailable", 1, "status", "disruptedPods", "a", recent, "b", old, "gone", recent);
	CHECK(budget_count(&b, pdb, pods, 4, 0, NOW) == 0);
	CHECK(b.healthy == 2 && b.allowed == 1 && json_object_size(b.disrupted) == 1 && json_object_get(b.disrupted, "a") && b.recheck_s == 61);
	CHECK(json_array_size(b.not_deleted) == 1);
	CHECK_STR(json_string_value(json_array_get(b.not_deleted, 0)), "b");
	budget_done(&b);
	for (size_t i = 0; i < 4; i++)
		json_decref(pods[i]);
}

static void percentages(void)
{
	AUTO_JSON json_t *p = json_string("25%"), *n = json_integer(3), *bad = json_string("x"), *odd = json_string("5%5");

	CHECK(int_or_percent(p, 10, true, 0) == 3 && int_or_percent(p, 10, false, 0) == 2 && int_or_percent(n, 10, true, 0) == 3);
	CHECK(int_or_percent(bad, 10, true, 7) == 7 && int_or_percent(NULL, 10, true, 7) == 7 && int_or_percent(odd, 10, true, 7) == 7);
}

int main(void)
{
	RUN(daemon_manages);
	RUN(daemon_rolls);
	RUN(daemon_counts_nodes);
	RUN(daemon_nodes);
	RUN(stateful_steps);
	RUN(claim_owners);
	RUN(budgets);
	RUN(percentages);
	return TEST_END();
}
