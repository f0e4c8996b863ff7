/* Where volumes of local-path may lie: templates, the ConfigMap, paths that meet; copies of trees. All input is hostile. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>
#include "tests/unit/test.h"
#include "base/fs.h"
#include "base/str.h"
#include "storage/builtin_local.h"
#include "storage/mounts.h"

static json_t *claim(void)
{
	return json_pack("{s:s,s:s,s:s,s:{s:s,s:s,s:s},s:{s:s}}", "namespace", "ns", "name", "data", "uid", "u1", "annotations", "dir", "a/b", "up", "../x", "example.com/p",
			 "v1", "labels", "app", "db");
}

static void patterns(void)
{
	static const struct {
		const char *pattern, *want; /* NULL: refused */
	} t[] = {
		{"{{ .PVC.Namespace }}/{{ .PVC.Name }}", "ns/data"},
		{"{{.PVC.Namespace}}-{{.PVC.Name}}", "ns-data"},
		{"{{ .PVName }}", "pvc-u1"},
		{"x/{{ .PVC.Annotations.dir }}", "x/a/b"},
		{"{{ index .PVC.Annotations \"example.com/p\" }}-{{ .PVC.Labels.app }}", "v1-db"},
		{"{{ .PVC.ObjectMeta.Name }}", "data"},
		{"plain", "plain"},
		{"{{ .PVC.Annotations.up }}", NULL},
		{"a/{{ .PVC.Annotations.up }}", NULL},
		{"{{ .PVC.Annotations.none }}", NULL},
		{"{{ .PVC.Spec }}", NULL},
		{"{{ index .PVC.Annotations dir }}", NULL},
		{"{{ index .PVC.Annotations \"\" }}", NULL},
		{"{{ printf \"%s\" .PVName }}", NULL},
		{"{{ .PVName", NULL},
		{"/abs", NULL},
		{"a//b", NULL},
		{"a/", NULL},
		{"", NULL},
		{".", NULL},
		{"a/./b", NULL},
		{"..", NULL},
		{"a/../../b", NULL},
		{".minik", NULL},
		{".minik/images", NULL},
		{"a/.minik-x", NULL},
		{"journal", NULL},
		{"journal/x", NULL},
		{"journal2", "journal2"},
		{"a\nb", NULL},
		{"a\\b", NULL},
		{"1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16"},
		{"1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", NULL},
	};
	AUTO_JSON json_t *c = claim();

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_FREE char *got = NULL;
		struct err e = {0};
		int r = local_pattern(t[i].pattern, "pvc-u1", c, &got, &e);

		if (t[i].want && r == 0)
			CHECK_STR(got, t[i].want);
		else if ((r == 0) != (t[i].want != NULL))
			fprintf(stderr, "pattern \"%s\": %d %s\n", t[i].pattern, r, e.msg);
		CHECK((r == 0) == (t[i].want != NULL));
	}
	char longer[2000];
	AUTO_FREE char *got = NULL;
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	CHECK(local_pattern(longer, "pvc-u1", c, &got, NULL) == ERR_INVALID);
	longer[256] = '\0';
	CHECK(local_pattern(longer, "pvc-u1", c, &got, NULL) == ERR_INVALID);
	longer[255] = '\0';
	CHECK(local_pattern(longer, "pvc-u1", c, &got, NULL) == 0);
}

static void meeting(void)
{
	CHECK(local_paths_touch("/a/b", "/a/b"));
	CHECK(local_paths_touch("/a/b", "/a/b/c"));
	CHECK(local_paths_touch("/a/b/c", "/a/b"));
	CHECK(!local_paths_touch("/a/b", "/a/bc"));
	CHECK(!local_paths_touch("/a/bc", "/a/b"));
}

static void config(void)
{
	static const char *const bad[] = {"", "x", "[]", "{}", "{\"nodePathMap\":{}}", "{\"nodePathMap\":[],\"sharedFileSystemPath\":\"/x\"}", "{\"nodePathMap\":[{\"paths\":[\"/a\"]}]}",
					  "{\"nodePathMap\":[{\"node\":\"n\",\"paths\":[\"a\"]}]}", "{\"nodePathMap\":[{\"node\":\"n\",\"paths\":[\"/\"]}]}",
					  "{\"nodePathMap\":[{\"node\":\"n\",\"paths\":[\"/a/../b\"]}]}", "{\"nodePathMap\":[{\"node\":\"n\",\"paths\":[\"/a/..\"]}]}",
					  "{\"nodePathMap\":[{\"node\":\"n\",\"paths\":[5]}]}", "{\"nodePathMap\":[{\"node\":\"n\",\"paths\":\"/a\"}]}"};
	static const char good[] = "{\"nodePathMap\":[{\"node\":\"DEFAULT_PATH_FOR_NON_LISTED_NODES\",\"paths\":[\"/dflt\"]},{\"node\":\"n1\",\"paths\":[\"/a\",\"/b\"]},"
				   "{\"node\":\"n2\",\"paths\":[]}]}";
	struct local_path l = {.dir = (char *)"/data/storage", .node = (char *)"n1"};
	struct err e = {0};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		AUTO_JSON json_t *c = NULL;
		CHECK_INT(local_config_check(bad[i], &c, &e), ERR_INVALID);
	}
	AUTO_JSON json_t *c = NULL, *b = NULL, *d = NULL, *none = NULL;
	CHECK(local_config_check(good, &c, &e) == 0);
	CHECK(local_bases(&l, &b, &e) == ERR_UNAVAILABLE); /* not read yet */
	l.configured = true;
	CHECK(local_bases(&l, &none, &e) == 0 && json_array_size(none) == 1);
	CHECK_STR(json_str(none, "[0]"), "/data/storage");
	l.config = c;
	CHECK(local_bases(&l, &b, &e) == 0 && json_array_size(b) == 2);
	l.node = (char *)"other";
	CHECK(local_bases(&l, &d, &e) == 0 && json_array_size(d) == 1);
	CHECK_STR(json_string_value(json_array_get(d, 0)), "/dflt");
	l.node = (char *)"n2";
	AUTO_JSON json_t *n2 = NULL;
	CHECK(local_bases(&l, &n2, &e) == ERR_TOO_MANY);
	l.node = (char *)"n1";
	AUTO_FREE char *base = NULL, *rel = NULL;
	CHECK(local_split(&l, "/b/x/y", &base, &rel, &e) == 0);
	CHECK_STR(base, "/b");
	CHECK_STR(rel, "x/y");
	static const char *const outside[] = {"/etc", "/b", "/b/", "/b/../etc", "/bb/x", "/b/.minik/images/x", "", "b/x"};
	for (size_t i = 0; i < ARRAY_LEN(outside); i++) {
		char *x = NULL, *y = NULL;
		CHECK_INT(local_split(&l, outside[i], &x, &y, &e), ERR_FORBIDDEN);
	}
}

static void directories(void)
{
	char dir[] = "/tmp/minik-test-XXXXXX";
	struct err e = {0};
	int fd = -1;

	CHECK(mkdtemp(dir) != NULL);
	AUTO_FREE char *link = fs_join(dir, "link"), *sub = fs_join(dir, "sub");
	CHECK(symlink("/etc", link) == 0);
	CHECK(local_mkdir(dir, "link/x", false, &fd, &e) == -ENOTDIR || e.code == -ELOOP);
	CHECK(!fs_exists("/etc/x"));
	CHECK(local_mkdir(dir, "link", true, &fd, &e) < 0);
	CHECK(local_mkdir(dir, "sub/x", false, &fd, &e) == 0 && close(fd) == 0);
	CHECK(local_mkdir(dir, "sub/x", false, &fd, &e) == ERR_EXISTS);
	CHECK(local_mkdir(dir, "sub/x", true, &fd, &e) == 0 && close(fd) == 0);
	CHECK(local_mkdir(dir, "sub/y", false, &fd, &e) == 0 && close(fd) == 0);
	CHECK(fs_rm_rf(dir, &e) == 0);
}

static void copies(void)
{
	char dir[] = "/tmp/minik-test-XXXXXX", text[64] = "";
	struct err e = {0};
	struct stat a, b;

	CHECK(mkdtemp(dir) != NULL);
	AUTO_FREE char *from = fs_join(dir, "from"), *to = fs_join(dir, "to"), *f = fs_join(from, "d/f"), *h = fs_join(from, "h"), *l = fs_join(from, "l"),
		       *d = fs_join(from, "d"), *tf = fs_join(to, "d/f"), *th = fs_join(to, "h"), *tl = fs_join(to, "l"), *hole = fs_join(from, "hole"),
		       *thole = fs_join(to, "hole"), *pipe = fs_join(from, "pipe"), *tpipe = fs_join(to, "pipe");
	CHECK(mkdir(from, 0751) == 0 && mkdir(d, 0700) == 0 && mkdir(to, 0700) == 0);
	CHECK(fs_write(f, "hello", 5, &e) == 0 && chmod(f, 04711) == 0 && link(f, h) == 0 && symlink("/etc/passwd", l) == 0 && mkfifo(pipe, 0600) == 0);
	CHECK(fs_write(hole, "x", 1, &e) == 0 && truncate(hole, 8 << 20) == 0);
	CHECK_INT(local_copy_tree(from, to, &e), 0);
	CHECK(stat(tf, &a) == 0 && (a.st_mode & 07777) == 04711 && a.st_size == 5);
	CHECK(stat(th, &b) == 0 && a.st_ino == b.st_ino);
	CHECK(readlink(tl, text, sizeof(text) - 1) > 0);
	CHECK_STR(text, "/etc/passwd");
	CHECK(lstat(tpipe, &a) == 0 && S_ISFIFO(a.st_mode));
	CHECK(stat(thole, &a) == 0 && a.st_size == 8 << 20 && a.st_blocks < 1024);
	CHECK(stat(to, &a) == 0 && (a.st_mode & 07777) == 0751);
	CHECK(fs_rm_rf(dir, &e) == 0);
}

static void options(void)
{
	static const struct {
		const char *a, *b;
		unsigned long flags;
		const char *dir, *ext4; /* what is wrong of a folder, NULL: nothing; what ext4 gets, NULL: refused */
	} t[] = {
		{"ro", "noexec", MS_RDONLY | MS_NOEXEC, NULL, ""},
		{"nosuid,nodev", "noatime,rw,", MS_NOSUID | MS_NODEV | MS_NOATIME, NULL, ""},
		{"defaults", "exec", 0, NULL, ""},
		{"noexec", "data=journal,commit=1", MS_NOEXEC, "\"data=journal\"", "data=journal,commit=1"},
		{"sync", "discard", 0, "\"sync\"", "sync,discard"},
		{"soft", "ro", 0, "\"soft\"", NULL},
		{"errors=panic", "ro", 0, "\"errors=panic\"", NULL},
		{"data=", "ro", 0, "\"data=\"", NULL},
		{"roo", "r", 0, "\"roo\"", NULL},
		{"usrjquota=/etc/shadow", "ro", 0, "\"usrjquota=/etc/shadow\"", NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_JSON json_t *list = json_pack("[s,s]", t[i].a, t[i].b);
		AUTO_BUF struct buf ext4 = {0};
		unsigned long flags = 1UL << 31;
		struct err e = {0};

		CHECK_INT(mount_options(list, NULL, &flags, &e), t[i].dir ? ERR_INVALID : 0);
		CHECK(t[i].dir ? strstr(e.msg, t[i].dir) != NULL : flags == t[i].flags);
		CHECK_INT(mount_options(list, &ext4, &flags, &e), t[i].ext4 ? 0 : ERR_INVALID);
		if (t[i].ext4) {
			CHECK(flags == t[i].flags);
			CHECK_STR(ext4.data ? ext4.data : "", t[i].ext4);
		}
	}
	AUTO_JSON json_t *yes = json_pack("[s,s]", "noexec", "nodev,ro"), *no = json_pack("[s]", "rw");
	CHECK(mount_options_read_only(yes) && !mount_options_read_only(no) && !mount_options_read_only(NULL));
}

int main(void)
{
	RUN(options);
	RUN(patterns);
	RUN(meeting);
	RUN(config);
	RUN(directories);
	RUN(copies);
	return TEST_END();
}
