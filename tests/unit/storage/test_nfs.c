/* What classes and objects may say of volumes on NFS: everything in it is taken for hostile. */
#include "tests/unit/test.h"
#include "base/str.h"
#include "storage/builtin_nfs.h"

static void test_server(void)
{
	static const char *const good[] = {"nfs.example", "10.0.0.1", "fd00::1", "[fd00::1]", "a-b"};
	static const char *const bad[] = {"",    "-o",   "a b", "a/b", "a,b", "a:/x",    "a\n",
					  "[x]", "::/0", ".a",  "a#b", "[]",  "[fd00::1"};

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		CHECK_INT(nfs_check_server(good[i], NULL), 0);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK_INT(nfs_check_server(bad[i], NULL), ERR_INVALID);
	CHECK_INT(nfs_check_server(NULL, NULL), ERR_INVALID);
}

static void test_paths(void)
{
	static const char *const good[] = {"a", "a/b", "a..b", "...", "a,b", "\xc3\xa4/x"};
	static const char *const bad[] = {"",           "/",    "/a",   "a/",     "a//b",  ".",
					  "..",         "a/..", "../a", "a/../b", "a/./b", ".minik",
					  "a/.minik-x", "a b",  "a\nb", "a#b",    "a\\b",  "a\x7f"};
	char longer[1100];

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		CHECK_INT(nfs_check_sub(good[i], NULL), 0);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK_INT(nfs_check_sub(bad[i], NULL), ERR_INVALID);
	memset(longer, 'a', sizeof(longer) - 1);
	longer[256] = 0;
	CHECK_INT(nfs_check_sub(longer, NULL), ERR_INVALID);
	longer[255] = 0;
	CHECK_INT(nfs_check_sub(longer, NULL), 0);
	longer[255] = longer[256] = '/';
	longer[sizeof(longer) - 1] = 0;
	CHECK_INT(nfs_check_sub(longer, NULL), ERR_INVALID);
	CHECK_INT(nfs_check_share("/", NULL), 0);
	CHECK_INT(nfs_check_share("/srv/x", NULL), 0);
	CHECK_INT(nfs_check_share("srv", NULL), ERR_INVALID);
	CHECK_INT(nfs_check_share("/srv/../etc", NULL), ERR_INVALID);
	CHECK_INT(nfs_check_share("/srv/", NULL), ERR_INVALID);
	CHECK_INT(nfs_check_share(NULL, NULL), ERR_INVALID);
}

static int sub_of(const char *pattern, char **ret)
{
	AUTO_JSON json_t *claim = json_pack("{s:s,s:s}", "name", "data", "namespace", "shop");

	free(*ret);
	*ret = NULL;
	return nfs_sub(pattern, "pvc-1", claim, ret, NULL);
}

static void test_pattern(void)
{
	AUTO_FREE char *s = NULL;
	AUTO_JSON json_t *evil = json_pack("{s:s,s:s}", "name", "../../etc", "namespace", "..");

	CHECK_INT(sub_of(NULL, &s), 0);
	CHECK_STR(s, "pvc-1");
	CHECK_INT(sub_of("${pvc.metadata.namespace}/${pvc.metadata.name}-${pv.metadata.name}", &s), 0);
	CHECK_STR(s, "shop/data-pvc-1");
	CHECK_INT(sub_of("$x", &s), 0);
	CHECK_INT(sub_of("${pvc.metadata.uid}", &s), ERR_INVALID);
	CHECK_INT(sub_of("../${pvc.metadata.name}", &s), ERR_INVALID);
	CHECK_INT(sub_of("/${pvc.metadata.name}", &s), ERR_INVALID);
	CHECK_INT(sub_of("${pvc.metadata.name", &s), ERR_INVALID);
	CHECK_INT(nfs_sub("${pvc.metadata.name}", "v", evil, &s, NULL), ERR_INVALID);
	CHECK_INT(nfs_sub("${pvc.metadata.namespace}", "v", evil, &s, NULL), ERR_INVALID);
	CHECK_INT(nfs_sub("${pvc.metadata.name}", "v", NULL, &s, NULL), ERR_INVALID);
}

static void test_options(void)
{
	static const char *const bad[] = {"a,b", "a b", "", "x\n", "a\"b", "a;b", "$(x)"};
	AUTO_JSON json_t *good = json_pack("[s,s]", "nfsvers=4.1", "hard");
	AUTO_FREE char *s = NULL;

	CHECK_INT(nfs_options(good, &s, NULL), 0);
	CHECK(s && str_has_prefix(s, "nfsvers=4.1,hard,") && strstr(s, ",nosuid,nodev,noexec"));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		AUTO_JSON json_t *list = json_pack("[s]", bad[i]);
		AUTO_FREE char *t = NULL;
		CHECK_INT(nfs_options(list, &t, NULL), ERR_INVALID);
	}
	AUTO_JSON json_t *number = json_pack("[i]", 1);
	AUTO_FREE char *t = NULL;
	CHECK_INT(nfs_options(number, &t, NULL), ERR_INVALID);
}

static json_t *create_request(void)
{
	return json_pack("{s:s,s:I,s:[s],s:{s:s,s:s},s:{s:s,s:s,s:s}}", "name", "pvc-1", "capacityBytes",
			 (json_int_t)1000, "mountOptions", "nfsvers=4.2", "parameters", "server", "nfs.example",
			 "share", "/srv", "claim", "name", "data", "namespace", "shop", "uid", "u");
}

static int create_with(const char *key, const char *value)
{
	AUTO_JSON json_t *req = create_request(), *w = NULL;

	json_set_str(req, key, value);
	return nfs_work_create(req, &w, NULL);
}

static void test_create(void)
{
	AUTO_JSON json_t *req = create_request(), *w = NULL;

	CHECK_INT(nfs_work_create(req, &w, NULL), 0);
	CHECK_STR(json_str_or(w, "subDir", ""), "pvc-1");
	CHECK_INT(json_int_or(w, "mode", 0), 0777);
	CHECK_STR(json_str_or(w, "onDelete", ""), "delete");
	CHECK_INT(create_with("parameters.mountPermissions", "0750"), 0);
	CHECK_INT(create_with("parameters.mountPermissions", "0789"), ERR_INVALID);
	CHECK_INT(create_with("parameters.mountPermissions", "-1"), ERR_INVALID);
	CHECK_INT(create_with("parameters.onDelete", "perhaps"), ERR_INVALID);
	CHECK_INT(create_with("parameters.path", "/srv"), 0);
	CHECK_INT(create_with("parameters.path", "/other"), ERR_INVALID);
	CHECK_INT(create_with("parameters.Server", "x"), ERR_INVALID);
	CHECK_INT(create_with("parameters.server", "-h"), ERR_INVALID);
	CHECK_INT(create_with("volumeMode", "Block"), ERR_INVALID);
	CHECK_INT(create_with("from.snapshot", "x"), ERR_UNSUPPORTED);
	CHECK_INT(create_with("from.volume", "nfs.example#/srv#other"), 0);
	CHECK_INT(create_with("from.volume", "nfs.example#/srv#../x"), ERR_INVALID);
	CHECK_INT(create_with("from.volume", "nfs.example#/srv#.minik/marks"), ERR_INVALID);
	CHECK_INT(create_with("from.volume", "another#/srv#x"), ERR_INVALID);
	CHECK_INT(create_with("from.volume", "x"), ERR_INVALID);
	CHECK_INT(create_with("name", "../x"), ERR_INVALID);
}

static int delete_of(const char *handle, const char *on_delete, const char *options)
{
	AUTO_JSON json_t *w = NULL;
	AUTO_JSON json_t *req = json_pack("{s:s,s:s,s:{s:s,s:s}}", "name", "pvc-1", "handle", handle, "context",
					  "onDelete", on_delete, "mountOptions", options);

	return nfs_work_delete(req, &w, NULL);
}

static void test_delete(void)
{
	CHECK_INT(delete_of("nfs.example#/srv#pvc-1", "delete", "hard,nfsvers=4.1"), 0);
	CHECK_INT(delete_of("nfs.example#/srv#pvc-1", "retain", ""), 0);
	CHECK_INT(delete_of("nfs.example#/srv#pvc-1", "", ""),
		  ERR_INVALID); /* an annotation that was lost removes nothing */
	CHECK_INT(delete_of("nfs.example#/srv#", "delete", ""), ERR_INVALID);
	CHECK_INT(delete_of("nfs.example#/srv#..", "delete", ""), ERR_INVALID);
	CHECK_INT(delete_of("nfs.example#/srv#a/../..", "delete", ""), ERR_INVALID);
	CHECK_INT(delete_of("nfs.example#/srv", "delete", ""), ERR_INVALID);
	CHECK_INT(delete_of("", "delete", ""), ERR_INVALID);
	CHECK_INT(delete_of("nfs.example#/srv#pvc-1", "delete", "a b"), ERR_INVALID);
}

int main(void)
{
	RUN(test_server);
	RUN(test_paths);
	RUN(test_pattern);
	RUN(test_options);
	RUN(test_create);
	RUN(test_delete);
	return TEST_END();
}
