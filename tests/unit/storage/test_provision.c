#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "api/object.h"
#include "base/fs.h"
#include "storage/exec.h"
#include "storage/provision.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

static int answer(const char *out, const char *errout, int status, struct err *e)
{
	AUTO_JSON json_t *v = NULL;

	*e = (struct err){0};
	return exec_answer(NULL, out, strlen(out), errout, strlen(errout), status, &v, e);
}

static void test_answers(void)
{
	struct err e;

	CHECK_INT(answer("{}", "", 0, &e), 0);
	CHECK_INT(answer("", "", 0, &e), ERR_PROTO);
	CHECK_INT(answer("[]", "", 0, &e), ERR_PROTO);
	CHECK_INT(answer("{\"a\":", "", 0, &e), ERR_PROTO);
	CHECK_INT(answer("{\"error\":{}}", "", 0, &e), ERR_PROTO);
	CHECK_INT(answer("{}", "first\nlast \n\n", 7, &e), ERR_PROTO);
	CHECK(strstr(e.msg, "exit code 7") && strstr(e.msg, ": last ") == NULL && strstr(e.msg, ": last"));
	CHECK_INT(answer("{}", "", 3, &e), ERR_UNSUPPORTED);
	CHECK_INT(answer("{}", "", 137, &e), ERR_PROTO);
	CHECK(strstr(e.msg, "signal 9"));
	CHECK_INT(answer("{\"error\":{\"code\":\"RESOURCE_EXHAUSTED\",\"message\":\"no\\nroom\"}}", "", 1, &e), ERR_TOO_MANY);
	CHECK(strstr(e.msg, "RESOURCE_EXHAUSTED: room"));
	CHECK_INT(answer("{\"error\":{\"code\":\"NO_SUCH_CODE\"}}", "why", 1, &e), ERR_PROTO);
	CHECK_INT(answer("{\"error\":{\"code\":\"ABORTED\",\"message\":\"x\"}}", "", 1, &e), ERR_AGAIN);
	CHECK(plugin_unsure(exec_code("UNAVAILABLE")) && plugin_unsure(exec_code("DEADLINE_EXCEEDED")) && !plugin_unsure(exec_code("INVALID_ARGUMENT")));
}

static void test_names(void)
{
	CHECK(provisioner_name_ok("block") && provisioner_name_ok("ceph.rook.io/block") && provisioner_name_ok("a/B_c-1"));
	CHECK(!provisioner_name_ok("") && !provisioner_name_ok("/a") && !provisioner_name_ok("a/") && !provisioner_name_ok("a/b/c") && !provisioner_name_ok("..") &&
	      !provisioner_name_ok("../a") && !provisioner_name_ok("a/..") && !provisioner_name_ok("a b") && !provisioner_name_ok("a-/b") && !provisioner_name_ok("-a"));
}

static char *secret(const char *params, struct err *e)
{
	AUTO_JSON json_t *p = parse_quoted(params);
	AUTO_JSON json_t *pvc = parse_quoted("{'metadata':{'namespace':'team','name':'data','annotations':{'vault':'key-1','bad':'../x'}}}");
	AUTO_JSON json_t *ref = NULL;

	*e = (struct err){0};
	if (class_secret(&ref, p, "node-stage", pvc, "pvc-1", e) < 0)
		return str_dup("error");
	return ref ? str_fmt("%s/%s", json_str(ref, "namespace"), json_str(ref, "name")) : str_dup("none");
}
#define SECRET(name, ns) "{'csi.storage.k8s.io/node-stage-secret-name':'" name "','csi.storage.k8s.io/node-stage-secret-namespace':'" ns "'}"

static void test_secrets(void)
{
	static const struct {
		const char *params, *want;
	} cases[] = {
		{"{}", "none"},
		{"{'csi.storage.k8s.io/provisioner-secret-name':'a','csi.storage.k8s.io/provisioner-secret-namespace':'b'}", "none"},
		{SECRET("s", "n"), "n/s"},
		{SECRET("${pvc.namespace}-${pvc.name}-${pv.name}", "${pvc.namespace}"), "team/team-data-pvc-1"},
		{SECRET("${pvc.annotations[\\\\u0027vault\\\\u0027]}", "n"), "error"},
		{SECRET("${pvc.annotations[\\u0027vault\\u0027]}", "n"), "n/key-1"},
		{SECRET("${pvc.annotations[\\u0027bad\\u0027]}", "n"), "error"},
		{SECRET("${pvc.annotations[\\u0027none\\u0027]}", "n"), "error"},
		{SECRET("s", "${pvc.name}"), "error"}, /* the claim's owner does not choose the namespace */
		{SECRET("${pvc.uid}", "n"), "error"},
		{SECRET("${pvc.name", "n"), "error"},
		{SECRET("../s", "n"), "error"},
		{SECRET("", "n"), "error"},
		{"{'csi.storage.k8s.io/node-stage-secret-name':'a'}", "error"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err e;
		AUTO_FREE char *got = secret(cases[i].params, &e);
		CHECK_STR(got, cases[i].want);
	}
}

static int text(const char *data, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *o = parse_quoted("{'metadata':{'namespace':'n','name':'s'}}");

	*e = (struct err){0};
	json_object_set_new(o, "data", parse_quoted(data));
	return secret_text(ret, o, e);
}

static void test_secret_text(void)
{
	static const char *const bad[] = {"{'a':'YQ==','k':'YQBi'}", "{'k':'/w=='}", "{'k':'!'}", "{'k':1}"}; /* a 0 byte, no UTF-8, no base64, no text */
	AUTO_JSON json_t *good = NULL;
	json_t *none = NULL;
	struct err e;

	CHECK_INT(text("{'user':'YWRtaW4=','empty':''}", &good, &e), 0);
	CHECK_STR(json_str(good, "user"), "admin");
	CHECK_STR(json_str(good, "empty"), "");
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		CHECK_INT(text(bad[i], &none, &e), ERR_INVALID);
		CHECK_STR(e.msg, "Secret n/s: k is no text");
	}
	CHECK(!none);
}

static void test_topology(void)
{
	struct storage s = {0};
	struct plugin p = {.name = (char *)(uintptr_t)"p", .driver = (char *)(uintptr_t)"p"};
	AUTO_JSON json_t *sc = parse_quoted("{'allowedTopologies':[{'matchLabelExpressions':[{'key':'zone','values':['b','a']},{'key':'rack','values':['1']}]}]}");
	AUTO_JSON json_t *none = json_object();
	AUTO_JSON json_t *topology = NULL;
	AUTO_JSON json_t *nothing = NULL;
	struct err e = {0};

	CHECK_INT(topology_requirement(&topology, &s, &p, sc, NULL, "claim", &e), 0);
	CHECK_INT(json_array_size(json_object_get(topology, "requisite")), 2);
	CHECK_STR(json_str(topology, "requisite[0].zone"), "a");
	CHECK_STR(json_str(topology, "requisite[1].rack"), "1");
	CHECK_INT(json_array_size(json_object_get(topology, "preferred")), 2);
	CHECK_INT(topology_requirement(&nothing, &s, &p, none, NULL, "claim", &e), 0);
	CHECK(!nothing);
	AUTO_JSON json_t *affinity = topology_affinity(json_object_get(topology, "requisite"));
	CHECK_INT(json_array_size(json_dot(affinity, "required.nodeSelectorTerms")), 2);
	CHECK_STR(json_str(affinity, "required.nodeSelectorTerms[0].matchExpressions[0].operator"), "In");
}

static void count(void *arg, const char *volume)
{
	(void)volume;
	++*(int *)arg;
}

static void test_journal(void)
{
	char dir[] = "/tmp/minik-journal.XXXXXX";
	AUTO_JSON json_t *rec = parse_quoted("{'plugin':'p'}");
	AUTO_JSON json_t *back = NULL;
	struct err e = {0};
	int n = 0;

	CHECK(mkdtemp(dir));
	CHECK_INT(journal_init(dir, &e), 0);
	CHECK_INT(journal_write(dir, "pvc-1", rec, &e), 0);
	CHECK(journal_write(dir, "../pvc-1", rec, &e) < 0 && journal_write(dir, "pvc-../x", rec, &e) < 0);
	CHECK_INT(journal_read(dir, "pvc-1", &back, &e), 0);
	CHECK(json_equal(rec, back));
	CHECK_INT(journal_read(dir, "pvc-2", &back, &e), ERR_NOT_FOUND);
	AUTO_FREE char *half = fs_join(dir, "journal/pvc-1.tmp1234");
	CHECK_INT(fs_write(half, "x", 1, &e), 0);
	CHECK_INT(journal_each(dir, count, &n, &e), 0);
	CHECK_INT(n, 1); /* what was being written when all ended is no record */
	CHECK_INT(journal_init(dir, &e), 0);
	CHECK(!fs_exists(half));
	CHECK_INT(journal_remove(dir, "pvc-1", &e), 0);
	CHECK_INT(journal_remove(dir, "pvc-1", &e), 0);
	CHECK_INT(fs_rm_rf(dir, &e), 0);
}

static struct plugin *program(const char *path, const char *text, mode_t mode, struct err *e)
{
	struct plugin *p = NULL;

	*e = (struct err){0};
	(void)unlink(path);
	CHECK_INT(fs_write(path, text, strlen(text), e), 0);
	CHECK_INT(chmod(path, mode), 0);
	return exec_plugin_new(&p, "v/n", path, -1, e) < 0 ? NULL : p;
}

/* Programs that really run. */
static void test_programs(void)
{
	char dir[] = "/tmp/minik-exec.XXXXXX";
	struct err e = {0};

	CHECK(mkdtemp(dir));
	AUTO_FREE char *path = fs_join(dir, "p");
	CHECK(!program(path, "#!/bin/sh\nexit 3\n", 0777, &e) && e.code == ERR_UNAVAILABLE);
	CHECK(!program(path, "#!/bin/sh\nexit 3\n", 0644, &e) && e.code == ERR_UNAVAILABLE);
	CHECK_INT(exec_check(path, NULL, &e), ERR_FORBIDDEN);
	CHECK(!program(path, "#!/bin/sh\necho '{\"operations\":[\"crate\"]}'\n", 0755, &e) && strstr(e.msg, "crate"));
	CHECK(!program(path, "#!/bin/sh\necho '{\"operations\":[],\"timeoutSeconds\":601}'\n", 0755, &e));
	AUTO_PLUGIN struct plugin *p = program(path, "#!/bin/sh\nexit 3\n", 0755, &e);
	CHECK(p && p->can == (PLUGIN_CAN(PLUGIN_CREATE) | PLUGIN_CAN(PLUGIN_DELETE) | PLUGIN_CAN(PLUGIN_PUBLISH) | PLUGIN_CAN(PLUGIN_UNPUBLISH)));
	AUTO_PLUGIN struct plugin *q = program(path,
					       "#!/bin/sh\ncase $1 in capabilities) echo '{\"operations\":[\"create\",\"delete\"],\"perNode\":true}';; create) cat >/dev/null; [ \"$(pwd)\" = / ] || "
					       "exit 1; echo '{\"handle\":\"h\",\"context\":{\"a\":\"b\"}}';; *) sleep 100;; esac\n",
					       0755, &e);
	CHECK(q && q->per_node);
	AUTO_JSON json_t *req = json_object();
	AUTO_JSON json_t *ret = NULL;
	CHECK_INT(plugin_call(q, PLUGIN_CREATE, req, 5000, &ret, &e), 0);
	CHECK_STR(json_str(ret, "source.flexVolume.driver"), "v/n");
	CHECK_STR(json_str(ret, "source.flexVolume.options.volumeHandle"), "h");
	CHECK_INT(plugin_call(q, PLUGIN_EXPAND, req, 5000, NULL, &e), ERR_UNSUPPORTED);
	CHECK_INT(plugin_call(q, PLUGIN_DELETE, req, 50, NULL, &e), ERR_TIMEOUT);
	/* Read back from the volume it is what it was. */
	AUTO_JSON json_t *pv = json_pack("{s:{s:O}}", "spec", "flexVolume", json_dot(ret, "source.flexVolume"));
	CHECK(plugin_trusts(p, pv) && plugin_trusts(q, pv));
	CHECK(json_object_set_new(pv, "metadata", json_pack("{s:{s:s}}", "annotations", ANN_MADE_BY_NODE, "n1")) == 0);
	CHECK(!plugin_trusts(p, pv) && plugin_trusts(q, pv)); /* what an agent says that it made is nothing to a plug-in of all nodes */
	AUTO_JSON json_t *volume = volume_of_pv(pv);
	CHECK_STR(json_str(volume, "handle"), "h");
	CHECK_STR(json_str(volume, "context.a"), "b");
	CHECK_INT(chmod(path, 0757), 0); /* looked at again at every call */
	CHECK_INT(plugin_call(q, PLUGIN_CREATE, req, 5000, NULL, &e), ERR_UNAVAILABLE);
	CHECK_INT(fs_rm_rf(dir, &e), 0);
}

int main(void)
{
	RUN(test_answers);
	RUN(test_names);
	RUN(test_secrets);
	RUN(test_secret_text);
	RUN(test_topology);
	RUN(test_journal);
	RUN(test_programs);
	return TEST_END();
}
