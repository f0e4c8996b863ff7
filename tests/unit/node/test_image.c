/* The image store without a registry: names, manifests, registries.yaml, hostile layers, archives, prune. */
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/image_store.h"
#include "tests/unit/test.h"
#include "wire/cert.h"

static char top[64];

/* --- names --- */

static void check_name(const char *in, const char *want)
{
	AUTO_FREE char *out = NULL;
	struct err e = {0};
	int r = image_ref_canonical(in, &out, &e);

	if (want) {
		CHECK(r == 0);
		CHECK_STR(out, want);
	} else if (r != ERR_INVALID) {
		fprintf(stderr, "%s was accepted as %s\n", in, out ? out : "?");
		CHECK(r == ERR_INVALID);
	}
}

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void test_names(void)
{
	char long_name[400];

	check_name("nginx", "docker.io/library/nginx:latest");
	check_name("nginx:1.25", "docker.io/library/nginx:1.25");
	check_name("rancher/k3s:v1.2_x-y.z", "docker.io/rancher/k3s:v1.2_x-y.z");
	check_name("docker.io/library/nginx", "docker.io/library/nginx:latest");
	check_name("docker.io/nginx", "docker.io/library/nginx:latest");
	check_name("index.docker.io/nginx", "docker.io/library/nginx:latest");
	check_name("localhost/a", "localhost/a:latest");
	check_name("localhost:5000/hostnames:1.0", "localhost:5000/hostnames:1.0");
	check_name("registry.k8s.io/pause:3.9", "registry.k8s.io/pause:3.9");
	check_name("host:5000/a@sha256:" HEX, "host:5000/a@sha256:" HEX);
	check_name("host:5000/a:tag@sha256:" HEX, "host:5000/a@sha256:" HEX);
	check_name("[::1]:5000/a/b/c", "[::1]:5000/a/b/c:latest");
	check_name("Host/a", "Host/a:latest");
	check_name("a--b/c__d.e", "docker.io/a--b/c__d.e:latest");
	check_name("", NULL);
	check_name("Nginx", NULL);
	check_name("a/B", NULL);
	check_name("a:", NULL);
	check_name("a:-x", NULL);
	check_name("a/", NULL);
	check_name("/a", NULL);
	check_name("a//b", NULL);
	check_name("../a", NULL);
	check_name("host.io/../a", NULL);
	check_name("a..b", NULL);
	check_name("a___b", NULL);
	check_name("-a", NULL);
	check_name("a-", NULL);
	check_name("host:port/a", NULL);
	check_name("-host.io/a", NULL);
	check_name("a@sha256:12", NULL);
	check_name("a@md5:" HEX, NULL);
	check_name("a b", NULL);
	check_name("a\nb", NULL);
	check_name(HEX, NULL);
	memset(long_name, 'a', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	check_name(long_name, NULL);
	struct err e = {0};
	char *out;
	CHECK(image_ref_canonical("Nginx", &out, &e) == ERR_INVALID);
	CHECK(strstr(
	    e.msg,
	    "couldn't parse image reference \"Nginx\": invalid reference format: repository name must be lowercase"));
}

/* --- registries.yaml --- */

static void test_registries(void)
{
	static const char yaml[] = "mirrors:\n"
				   "  docker.io:\n"
				   "    endpoint: [\"https://mirror.example:5000\", \"http://10.0.0.1/proxy/v2/\"]\n"
				   "    rewrite: {\"^library/(.*)\": \"hub/$1-x\"}\n"
				   "  localhost:5000:\n"
				   "    endpoint: [\"http://192.168.77.1:5000\"]\n"
				   "  \"*\":\n"
				   "    endpoint: [\"any.example\"]\n"
				   "configs:\n"
				   "  mirror.example:5000:\n"
				   "    auth: {username: u, password: p}\n"
				   "    tls: {insecure_skip_verify: true}\n"
				   "  docker.io:\n"
				   "    auth: {auth: dTI6cDI=}\n";
	struct registry_endpoints r;
	struct err e = {0};

	CHECK(registry_endpoints_parse(yaml, sizeof(yaml) - 1, "docker.io", "library/nginx", &r, &e) == 0);
	CHECK(r.n == 3);
	CHECK_STR(r.v[0].base, "https://mirror.example:5000/v2");
	CHECK_STR(r.v[0].repo, "hub/nginx-x");
	CHECK_STR(r.v[0].ns, "docker.io");
	CHECK_STR(r.v[0].username, "u");
	CHECK(r.v[0].insecure_skip_verify);
	CHECK_STR(r.v[1].base, "http://10.0.0.1/proxy/v2");
	CHECK(!r.v[1].username);
	CHECK_STR(r.v[2].base, "https://registry-1.docker.io/v2");
	CHECK_STR(r.v[2].repo, "library/nginx");
	CHECK_STR(r.v[2].username, "u2");
	CHECK_STR(r.v[2].password, "p2");
	CHECK(!r.v[2].ns && r.v[2].origin);
	registry_endpoints_done(&r);

	CHECK(registry_endpoints_parse(yaml, sizeof(yaml) - 1, "localhost:5000", "a", &r, &e) == 0);
	CHECK(r.n == 2);
	CHECK_STR(r.v[0].base, "http://192.168.77.1:5000/v2");
	CHECK_STR(r.v[1].base, "http://localhost:5000/v2");
	registry_endpoints_done(&r);

	CHECK(registry_endpoints_parse(yaml, sizeof(yaml) - 1, "quay.io", "a/b", &r, &e) == 0);
	CHECK(r.n == 2);
	CHECK_STR(r.v[0].base, "https://any.example/v2");
	CHECK_STR(r.v[0].ns, "quay.io");
	CHECK_STR(r.v[1].base, "https://quay.io/v2");
	registry_endpoints_done(&r);

	CHECK(registry_endpoints_parse(NULL, 0, "quay.io", "a", &r, &e) == 0 && r.n == 1);
	registry_endpoints_done(&r);
	CHECK(registry_endpoints_parse("mirror: {}", 10, "quay.io", "a", &r, &e) == ERR_INVALID);
	CHECK(registry_endpoints_parse("mirrors: {a.b: {endpoint: [\"ftp://x\"]}}", 39, "a.b", "a", &r, &e) ==
	      ERR_INVALID);
	CHECK(registry_endpoints_parse("mirrors: {a.b: {endpoint: [\"http://u:p@x\"]}}", 44, "a.b", "a", &r, &e) ==
	      ERR_INVALID);
}

static void test_challenge(void)
{
	struct auth_challenge c;

	CHECK(auth_challenge_parse(
		  "Bearer realm=\"https://auth.example/token\",service=\"r\",scope=\"repository:a/b:pull,push\"", &c) ==
	      0);
	CHECK(c.bearer);
	CHECK_STR(c.realm, "https://auth.example/token");
	CHECK_STR(c.service, "r");
	CHECK_STR(c.scope, "repository:a/b:pull,push");
	auth_challenge_done(&c);
	CHECK(auth_challenge_parse("basic realm = \"a \\\" b\"", &c) == 0 && c.basic);
	CHECK_STR(c.realm, "a \" b");
	auth_challenge_done(&c);
	CHECK(auth_challenge_parse("Bearer realm=\"x", &c) == ERR_PROTO);
	CHECK(auth_challenge_parse("Digest realm=x", &c) == ERR_UNSUPPORTED);
	CHECK(auth_challenge_parse("Bearer =", &c) == ERR_PROTO);
}

/* --- manifests --- */

static void test_manifests(void)
{
	static const char index[] =
	    "{\"schemaVersion\":2,\"manifests\":["
	    "{\"digest\":\"sha256:" HEX
	    "\",\"size\":1,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v6\"}},"
	    "{\"digest\":\"sha256:1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"size\":2,"
	    "\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"}},"
	    "{\"digest\":\"sha256:2123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"size\":3,"
	    "\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}},"
	    "{\"digest\":\"sha256:3123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"size\":4,"
	    "\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}}]}";
	struct image_manifest m = {0};
	json_t *t = NULL;
	bool is_index;
	char digest[72];
	int64_t size;
	struct err e = {0};

	CHECK(manifest_parse(index, sizeof(index) - 1, &is_index, &m, &t, &e) == 0 && is_index);
	CHECK(manifest_pick(t, "amd64", "", digest, &size, &e) == 0 && size == 3);
	CHECK(manifest_pick(t, "arm", "v7", digest, &size, &e) == 0 && size == 2);
	CHECK(manifest_pick(t, "arm", "v6", digest, &size, &e) == 0 && size == 1);
	CHECK(manifest_pick(t, "arm", "v8", digest, &size, &e) == 0 && size == 2);
	CHECK(manifest_pick(t, "riscv64", "", digest, &size, &e) == ERR_NOT_FOUND);
	CHECK(strstr(e.msg, "no match for platform linux/riscv64"));
	json_decref(t);
#define BAD(text, code) CHECK(manifest_parse(text, strlen(text), &is_index, &m, NULL, &e) == code)
	BAD("{}", ERR_PROTO);
	BAD("[]", ERR_PROTO);
	BAD("x", ERR_BAD_REQUEST);
	BAD("{\"schemaVersion\":1}", ERR_UNSUPPORTED);
	BAD("{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}", ERR_PROTO);
	BAD("{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.cncf.helm.config.v1+json\"}}",
	    ERR_UNSUPPORTED);
#define CFG                                                                                                            \
	"\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"sha256:" HEX              \
	"\",\"size\":5}"
	BAD("{\"schemaVersion\":2," CFG ",\"layers\":[{\"mediaType\":\"application/x\"}]}", ERR_UNSUPPORTED);
	BAD("{\"schemaVersion\":2," CFG ",\"layers\":[{\"mediaType\":\"application/"
					"vnd.oci.image.layer.v1.tar\",\"digest\":\"sha256:../../x\",\"size\":1}]}",
	    ERR_PROTO);
	BAD("{\"schemaVersion\":2," CFG
	    ",\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"sha256:" HEX
	    "\",\"size\":-1}]}",
	    ERR_PROTO);
	BAD("{\"schemaVersion\":2," CFG
	    ",\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"sha256:" HEX
	    "\",\"size\":99999999999999}]}",
	    ERR_TOO_LARGE);
}

/* --- tars made by the test --- */

struct tar {
	struct archive *a;
	char *mem;
	size_t len;
};
#define TAR_MAX (4u << 20)

static void tar_begin(struct tar *t, bool gzip, bool zstd)
{
	t->a = archive_write_new();
	t->mem = malloc(TAR_MAX);
	if (!t->a || !t->mem)
		abort();
	archive_write_set_format_pax(t->a);
	if (gzip)
		archive_write_add_filter_gzip(t->a);
	if (zstd)
		archive_write_add_filter_zstd(t->a);
	archive_write_set_bytes_per_block(t->a, 0);
	if (archive_write_open_memory(t->a, t->mem, TAR_MAX, &t->len) != ARCHIVE_OK)
		abort();
}

struct put {
	const char *path, *data, *link, *hardlink;
	unsigned type, perm;
	int64_t uid;
	const char *xattr;
};
static void tar_put(struct tar *t, struct put p)
{
	struct archive_entry *ent = archive_entry_new();
	size_t n = p.data ? strlen(p.data) : 0;

	archive_entry_copy_pathname(ent, p.path);
	archive_entry_set_filetype(ent, p.type ? p.type : AE_IFREG);
	archive_entry_set_perm(ent, p.perm ? p.perm : 0644);
	archive_entry_set_uid(ent, p.uid);
	archive_entry_set_gid(ent, p.uid);
	archive_entry_set_mtime(ent, 1000000000, 0);
	if (p.link)
		archive_entry_copy_symlink(ent, p.link);
	if (p.hardlink)
		archive_entry_copy_hardlink(ent, p.hardlink);
	else
		archive_entry_set_size(ent, (la_int64_t)n);
	if (p.xattr)
		archive_entry_xattr_add_entry(ent, p.xattr, "y", 1);
	/* pax has UTF-8 names, and libarchive wants the locale to say so; the code under test must do without. */
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = uselocale(utf8);
	int rc = archive_write_header(t->a, ent);
	uselocale(before);
	freelocale(utf8);
	if (rc != ARCHIVE_OK || (n && archive_write_data(t->a, p.data, n) < 0)) {
		fprintf(stderr, "%s: %s\n", p.path, archive_error_string(t->a));
		abort();
	}
	archive_entry_free(ent);
}
static void tar_put_bytes(struct tar *t, const char *path, const void *data, size_t n)
{
	struct archive_entry *ent = archive_entry_new();

	archive_entry_copy_pathname(ent, path);
	archive_entry_set_filetype(ent, AE_IFREG);
	archive_entry_set_perm(ent, 0644);
	archive_entry_set_size(ent, (la_int64_t)n);
	if (archive_write_header(t->a, ent) != ARCHIVE_OK || archive_write_data(t->a, data, n) < 0)
		abort();
	archive_entry_free(ent);
}
static void tar_end(struct tar *t)
{
	if (archive_write_close(t->a) != ARCHIVE_OK)
		abort();
	archive_write_free(t->a);
	t->a = NULL;
}
static void tar_done(struct tar *t)
{
	free(t->mem);
}

static int mem_file(const void *p, size_t n)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/blob", top);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, p, n) != (ssize_t)n || lseek(fd, 0, SEEK_SET) != 0)
		abort();
	return fd;
}

/* Unpacks t into a fresh directory; its name in out. */
static int unpack(struct tar *t, char out[128], char diff_id[72], struct err *e)
{
	static int n;
	int fd = mem_file(t->mem, t->len), dir, r;

	snprintf(out, 128, "%s/root%d", top, n++);
	if (mkdir(out, 0755) < 0 || (dir = open(out, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		abort();
	r = layer_unpack_into(fd, dir, 1 << 20, diff_id, e);
	close(dir);
	close(fd);
	return r;
}

static void test_unpack(void)
{
	struct tar t;
	struct err e = {0};
	char dir[128], p[300], diff_id[72], value[8];
	struct stat st, st2;

	tar_begin(&t, false, false);
	tar_put(&t, (struct put){.path = "./", .type = AE_IFDIR, .perm = 0755});
	tar_put(&t, (struct put){.path = "bin", .type = AE_IFDIR, .perm = 0755});
	tar_put(&t,
		(struct put){
		    .path = "bin/sh", .data = "#!", .perm = 04755, .uid = geteuid() == 0 ? 1000 : (int64_t)geteuid()});
	tar_put(&t, (struct put){.path = "bin/bash", .hardlink = "bin/sh"});
	tar_put(&t, (struct put){.path = "lib", .type = AE_IFLNK, .link = "usr/lib"});
	tar_put(&t, (struct put){.path = "lib/deep/x", .data = "1"});
	tar_put(&t, (struct put){.path = "tmp", .type = AE_IFDIR, .perm = 01777});
	tar_put(&t, (struct put){.path = "u\xc3\xa9\xe2\x82\xac", .data = "utf8"});
	tar_put(&t, (struct put){.path = "attr", .data = "a", .xattr = "user.k"});
	tar_put(&t, (struct put){.path = "bad-attr", .data = "a", .xattr = "trusted.overlay.redirect"});
	tar_put(&t, (struct put){.path = "twice", .data = "first"});
	tar_put(&t, (struct put){.path = "twice", .data = "2"});
	tar_end(&t);
	CHECK(unpack(&t, dir, diff_id, &e) == 0);
	if (e.code)
		fprintf(stderr, "%s\n", e.msg);
	char hex[65];
	CHECK(sha256_hex(t.mem, t.len, hex) == 0);
	CHECK_STR(diff_id + 7, hex);
	snprintf(p, sizeof(p), "%s/bin/sh", dir);
	CHECK(stat(p, &st) == 0 && (st.st_mode & 07777) == 04755 && st.st_mtime == 1000000000);
	CHECK(geteuid() != 0 || st.st_uid == 1000);
	snprintf(p, sizeof(p), "%s/bin/bash", dir);
	CHECK(stat(p, &st2) == 0 && st.st_ino == st2.st_ino);
	snprintf(p, sizeof(p), "%s/lib", dir);
	CHECK(lstat(p, &st) == 0 && S_ISDIR(st.st_mode)); /* a link to nothing gave way */
	snprintf(p, sizeof(p), "%s/tmp", dir);
	CHECK(lstat(p, &st) == 0 && (st.st_mode & 07777) == 01777 && st.st_mtime == 1000000000);
	snprintf(p, sizeof(p), "%s/u\xc3\xa9\xe2\x82\xac", dir);
	CHECK(lstat(p, &st) == 0);
	snprintf(p, sizeof(p), "%s/attr", dir);
	CHECK(getxattr(p, "user.k", value, sizeof(value)) == 1 || errno == ENOTSUP);
	snprintf(p, sizeof(p), "%s/bad-attr", dir);
	CHECK(getxattr(p, "trusted.overlay.redirect", value, sizeof(value)) < 0);
	snprintf(p, sizeof(p), "%s/twice", dir);
	CHECK(lstat(p, &st) == 0 && st.st_size == 1);
	tar_done(&t);
}

/* Whatever the tar does, nothing may appear at `outside`, and what lies there stays as it is. */
static void check_hostile(const struct put *v, size_t n, int want)
{
	struct tar t;
	struct err e = {0};
	char dir[128], diff_id[72], out[128];
	struct stat st;

	snprintf(out, sizeof(out), "%s/outside", top);
	fs_mkdir_p(out, 0755, NULL);
	tar_begin(&t, false, false);
	for (size_t i = 0; i < n; i++)
		tar_put(&t, v[i]);
	tar_end(&t);
	int r = unpack(&t, dir, diff_id, &e);
	if (want != 1 && r != want)
		fprintf(stderr, "%s: %d %s\n", v[0].path, r, e.msg);
	CHECK(want == 1 || r == want);
	DIR *d = opendir(out);
	int names = 0;
	for (struct dirent *ent; d && (ent = readdir(d));)
		names++;
	closedir(d);
	CHECK(names == 2);
	CHECK(lstat(out, &st) == 0 && S_ISDIR(st.st_mode) && (st.st_mode & 07777) == 0755);
	CHECK(!fs_exists("/minik-test-escaped"));
	tar_done(&t);
}
#define HOSTILE(want, ...)                                                                                             \
	do {                                                                                                           \
		const struct put v_[] = {__VA_ARGS__};                                                                 \
		check_hostile(v_, ARRAY_LEN(v_), want);                                                                \
	} while (0)

static void test_hostile(void)
{
	char out[128], deep[5000];

	snprintf(out, sizeof(out), "%s/outside", top);
	HOSTILE(ERR_PROTO, {.path = "../outside/x", .data = "x"});
	HOSTILE(ERR_PROTO, {.path = "a/../../outside/x", .data = "x"});
	HOSTILE(0, {.path = "/minik-test-escaped", .data = "x"});
	HOSTILE(1, {.path = "l", .type = AE_IFLNK, .link = out}, {.path = "l/x", .data = "x"});
	HOSTILE(1, {.path = "l", .type = AE_IFLNK, .link = "../outside"}, {.path = "l/x", .data = "x"});
	HOSTILE(1, {.path = "l", .type = AE_IFLNK, .link = "/"}, {.path = "l/minik-test-escaped", .data = "x"});
	HOSTILE(1, {.path = "l", .type = AE_IFLNK, .link = "../outside"},
		{.path = "l", .type = AE_IFDIR, .perm = 0700});
	HOSTILE(1, {.path = "l", .type = AE_IFLNK, .link = "../outside"}, {.path = "l/.wh..wh..opq", .data = ""});
	HOSTILE(1, {.path = "l", .type = AE_IFLNK, .link = "../outside/x"}, {.path = "l", .data = "x"});
	HOSTILE(1, {.path = "a", .type = AE_IFLNK, .link = ".."}, {.path = "b", .type = AE_IFLNK, .link = "a/outside"},
		{.path = "b/x", .data = "x"});
	HOSTILE(1, {.path = "loop", .type = AE_IFLNK, .link = "loop"}, {.path = "loop/x", .data = "x"});
	HOSTILE(-ENOENT, {.path = "h", .hardlink = "/etc/passwd"});
	HOSTILE(ERR_PROTO, {.path = "h", .hardlink = "../outside"});
	HOSTILE(-EPERM, {.path = "d", .type = AE_IFDIR}, {.path = "h", .hardlink = "d"});
	HOSTILE(ERR_PROTO, {.path = ".wh...", .data = ""});
	HOSTILE(ERR_PROTO, {.path = ".wh.", .data = ""});
	HOSTILE(ERR_PROTO, {.path = "d/.wh..", .data = ""});
	memset(deep, 'a', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	HOSTILE(ERR_TOO_LARGE, {.path = deep, .data = "x"});
	deep[300] = '\0';
	HOSTILE(ERR_TOO_LARGE, {.path = deep, .data = "x"});
}

/* What is unpacked to nothing is read nevertheless: that, too, comes to an end. */
static void test_padding(void)
{
	char header[512] = ".wh..wh.plnk", dir[128], diff_id[72];
	unsigned sum = 0;
	struct err e = {0};
	int fd, at, r;

	snprintf(header + 100, 8, "0000644");
	snprintf(header + 108, 8, "0000000");
	snprintf(header + 116, 8, "0000000");
	snprintf(header + 124, 12, "%011o", 100u << 20);
	snprintf(header + 136, 12, "%011o", 0u);
	memset(header + 148, ' ', 8);
	header[156] = '0';
	memcpy(header + 257, "ustar\00000", 8);
	for (size_t i = 0; i < sizeof(header); i++)
		sum += (unsigned char)header[i];
	snprintf(header + 148, 8, "%06o", sum);
	fd = mem_file(header, sizeof(header));
	snprintf(dir, sizeof(dir), "%s/padding", top);
	if (ftruncate(fd, 512 + (100 << 20) + 1024) < 0 || mkdir(dir, 0755) < 0 || (at = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		abort();
	r = layer_unpack_into(fd, at, 1 << 20, diff_id, &e);
	CHECK(r == ERR_TOO_LARGE);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	r = layer_unpack_into(fd, at, 200 << 20, diff_id, &e);
	CHECK(r == 0);
	close(fd);
	close(at);
}

static void test_whiteouts(void)
{
	struct tar t;
	struct err e = {0};
	char dir[128], p[300], diff_id[72], value[8];
	struct stat st;

	if (geteuid() != 0) {
		fprintf(stderr, "skip: whiteouts need root\n");
		return;
	}
	tar_begin(&t, true, false);
	tar_put(&t, (struct put){.path = ".wh.gone", .data = ""});
	tar_put(&t, (struct put){.path = "d/.wh..wh..opq", .data = ""});
	tar_put(&t, (struct put){.path = "d/new", .data = "x"});
	tar_put(&t, (struct put){.path = "here", .data = "x"});
	tar_put(&t, (struct put){.path = ".wh.here", .data = ""});
	tar_put(&t, (struct put){.path = ".wh.dir", .data = ""});
	tar_put(&t, (struct put){.path = "dir", .type = AE_IFDIR, .perm = 0755});
	tar_put(&t, (struct put){.path = "e/f", .data = "x"});
	tar_put(&t, (struct put){.path = ".wh.e", .data = ""});
	tar_put(&t, (struct put){.path = ".wh..wh.plnk", .data = ""});
	tar_end(&t);
	CHECK(unpack(&t, dir, diff_id, &e) == 0);
	if (e.code)
		fprintf(stderr, "%s\n", e.msg);
	snprintf(p, sizeof(p), "%s/gone", dir);
	CHECK(lstat(p, &st) == 0 && S_ISCHR(st.st_mode) && st.st_rdev == makedev(0, 0));
	snprintf(p, sizeof(p), "%s/d", dir);
	CHECK(getxattr(p, "trusted.overlay.opaque", value, sizeof(value)) == 1 && value[0] == 'y');
	snprintf(p, sizeof(p), "%s/here", dir);
	CHECK(lstat(p, &st) == 0 && S_ISREG(st.st_mode));
	snprintf(p, sizeof(p), "%s/dir", dir);
	CHECK(getxattr(p, "trusted.overlay.opaque", value, sizeof(value)) == 1);
	snprintf(p, sizeof(p), "%s/e", dir);
	CHECK(getxattr(p, "trusted.overlay.opaque", value, sizeof(value)) == 1);
	snprintf(p, sizeof(p), "%s/.wh..wh.plnk", dir);
	CHECK(lstat(p, &st) < 0);
	tar_done(&t);
}

static void test_bad_blobs(void)
{
	struct tar t;
	struct err e = {0};
	char dir[128], diff_id[72], big[70000];

	memset(big, 'b', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	tar_begin(&t, true, false);
	for (int i = 0; i < 20; i++)
		tar_put(&t, (struct put){.path = "big", .data = big});
	tar_end(&t);
	CHECK(unpack(&t, dir, diff_id, &e) == ERR_TOO_LARGE); /* the test allows 1 MB */
	t.len /= 2;
	CHECK(unpack(&t, dir, diff_id, &e) < 0);
	tar_done(&t);

	tar_begin(&t, false, false);
	for (int i = 0; i < 5; i++)
		tar_put(&t, (struct put){.path = "f", .data = big});
	tar_end(&t);
	for (size_t cut = 1; cut < 2000; cut += 97) {
		size_t len = t.len;
		t.len -= cut * 40;
		(void)unpack(&t, dir, diff_id, &e);
		t.len = len;
	}
	t.mem[600] ^= 0x55;
	t.mem[148] ^= 0x55;
	CHECK(unpack(&t, dir, diff_id, &e) < 0);
	memset(t.mem, 'x', 3000);
	t.len = 3000;
	CHECK(unpack(&t, dir, diff_id, &e) < 0);
	tar_done(&t);
}

/* --- the store --- */

static struct image_store *store_here(const char *name)
{
	struct image_store *s = NULL;
	struct err e = {0};
	char dir[128];

	snprintf(dir, sizeof(dir), "%s/%s", top, name);
	const struct image_store_config c = {.data_dir = dir, .platform_arch = "amd64"};
	CHECK(image_store_open(&s, &c, &e) == 0);
	return s;
}

struct made { /* an image's parts */
	struct tar layer;
	char diff_id[72], layer_digest[72], config_digest[72], *config;
};
static void make_image(struct made *m, const char *content, bool gzip, bool zstd)
{
	char hex[65], dir[128];
	struct err e = {0};

	tar_begin(&m->layer, gzip, zstd);
	tar_put(&m->layer, (struct put){.path = "file", .data = content});
	tar_end(&m->layer);
	CHECK(unpack(&m->layer, dir, m->diff_id, &e) == 0);
	sha256_hex(m->layer.mem, m->layer.len, hex);
	snprintf(m->layer_digest, 72, "sha256:%s", hex);
	m->config = str_fmt("{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2026-01-01T00:00:00Z\","
			    "\"config\":{\"Cmd\":[\"%s\"]},"
			    "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}",
			    content, m->diff_id);
	sha256_hex(m->config, strlen(m->config), hex);
	snprintf(m->config_digest, 72, "sha256:%s", hex);
}
static void made_done(struct made *m)
{
	tar_done(&m->layer);
	free(m->config);
}

static void write_tar(struct tar *t, const char *name, char out[160])
{
	snprintf(out, 160, "%s/%s", top, name);
	CHECK(fs_write(out, t->mem, t->len, NULL) == 0);
	tar_done(t);
}

/* docker save's old form: links between layers, manifest last. */
static void docker_archive(const struct made *m, const char *tag, const char *name, bool gzip, char out[160])
{
	struct tar t;
	AUTO_FREE char *manifest =
	    str_fmt("[{\"Config\":\"cfg.json\",\"RepoTags\":[\"%s\"],\"Layers\":[\"a/layer.tar\"]}]", tag);

	tar_begin(&t, gzip, false);
	tar_put(&t, (struct put){.path = "a/layer.tar", .type = AE_IFLNK, .link = "../b/layer.tar"});
	tar_put_bytes(&t, "b/layer.tar", m->layer.mem, m->layer.len);
	tar_put_bytes(&t, "./cfg.json", m->config, strlen(m->config));
	tar_put_bytes(&t, "manifest.json", manifest, strlen(manifest));
	tar_end(&t);
	write_tar(&t, name, out);
}

static char seen[10][256];
static int n_seen;
static void on_name(void *arg, const char *name)
{
	(void)arg;
	if (n_seen < 10)
		str_copy(seen[n_seen++], 256, name);
}

static void test_docker_archive(void)
{
	struct image_store *s = store_here("store1");
	struct made m, m2;
	struct image img;
	struct err e = {0};
	char file[160], p[512];
	struct stat st;

	make_image(&m, "one", false, false);
	docker_archive(&m, "localhost:5000/one:1.0", "docker.tar", false, file);
	n_seen = 0;
	CHECK(image_import(s, file, on_name, NULL, &e) == 0);
	if (e.code)
		fprintf(stderr, "%s\n", e.msg);
	CHECK(n_seen == 1);
	CHECK_STR(seen[0], "localhost:5000/one:1.0");
	CHECK(image_lookup(s, "localhost:5000/one:1.0", &img, &e) == 0);
	CHECK_STR(img.id, m.config_digest);
	CHECK(!img.repo_digest);
	CHECK_STR(json_str(img.config, "config.Cmd[0]"), "one");
	CHECK(img.layer_dirs[0] && !img.layer_dirs[1]);
	snprintf(p, sizeof(p), "%s/file", img.layer_dirs[0]);
	CHECK(stat(p, &st) == 0 && st.st_size == 3);
	image_done(&img);
	CHECK(image_lookup(s, m.config_digest, &img, &e) == 0);
	CHECK_STR(img.name, "localhost:5000/one:1.0");
	image_done(&img);
	CHECK(image_lookup(s, "localhost:5000/two:1.0", &img, &e) == ERR_NOT_FOUND);
	CHECK(image_lookup(s, "BAD", &img, &e) == ERR_INVALID);

	/* gzip around it, and the name moves to another image */
	make_image(&m2, "two", true, false);
	docker_archive(&m2, "localhost:5000/one:1.0", "docker2.tar.gz", true, file);
	CHECK(image_import(s, file, NULL, NULL, &e) == 0);
	CHECK(image_lookup(s, "localhost:5000/one:1.0", &img, &e) == 0);
	CHECK_STR(img.id, m2.config_digest);
	image_done(&img);
	CHECK(image_lookup(s, m.config_digest, &img, &e) == 0); /* nameless, but a container may run from it */
	image_done(&img);

	/* prune with the first one in use */
	const char *const keep[] = {m.config_digest, NULL};
	int64_t freed = -1;
	CHECK(image_prune(s, keep, &freed, &e) == 0 && freed > 0);
	CHECK(image_lookup(s, m.config_digest, &img, &e) == 0);
	image_done(&img);
	CHECK(image_lookup(s, "localhost:5000/one:1.0", &img, &e) == ERR_NOT_FOUND);
	CHECK(!store_has_layer(s, m2.diff_id) && !store_has_blob(s, m2.layer_digest, -1));
	CHECK(store_has_layer(s, m.diff_id) && store_has_blob(s, m.layer_digest, (int64_t)m.layer.len));
	/* NULL: what has no name */
	CHECK(image_prune(s, NULL, &freed, &e) == 0);
	CHECK(image_lookup(s, m.config_digest, &img, &e) == ERR_NOT_FOUND);
	CHECK(!store_has_layer(s, m.diff_id));

	/* a broken layer is not taken */
	char saved = m.diff_id[10];
	char *at = strstr(m.config, m.diff_id);
	at[10] = saved == 'a' ? 'b' : 'a';
	docker_archive(&m, "localhost:5000/one:1.0", "docker3.tar", false, file);
	CHECK(image_import(s, file, NULL, NULL, &e) == ERR_PROTO);
	CHECK(image_lookup(s, "localhost:5000/one:1.0", &img, &e) == ERR_NOT_FOUND);
	CHECK(image_import(s, "/nonexistent.tar", NULL, NULL, &e) == ERR_NOT_FOUND);
	CHECK(image_prune(s, NULL, NULL, &e) == 0);

	const char *dirs[] = {s->blobs, s->tmp, s->leases, s->layers};
	for (size_t i = 0; i < ARRAY_LEN(dirs); i++) {
		DIR *d = opendir(dirs[i]);
		for (struct dirent *ent; d && (ent = readdir(d));)
			if (ent->d_name[0] != '.') {
				fprintf(stderr, "left: %s/%s\n", dirs[i], ent->d_name);
				CHECK(false);
			}
		closedir(d);
	}
	made_done(&m);
	made_done(&m2);
	image_store_close(s);
}

static void test_oci_archive(void)
{
	struct image_store *s = store_here("store2"), *s2 = store_here("store3");
	struct made a, b;
	struct tar t;
	struct image img;
	struct err e = {0};
	char file[160], manifest_digest[2][72], index_digest[72], hex[65], path[200];
	const struct made *m[2] = {&a, &b};
	char *manifest[2], *index, *inner;

	make_image(&a, "amd", false, true);
	make_image(&b, "arm", true, false);
	tar_begin(&t, false, true);
	for (int i = 0; i < 2; i++) {
		manifest[i] =
		    str_fmt("{\"schemaVersion\":2,\"mediaType\":\"application/"
			    "vnd.oci.image.manifest.v1+json\",\"config\":{\"mediaType\":"
			    "\"application/"
			    "vnd.oci.image.config.v1+json\",\"digest\":\"%s\",\"size\":%zu},\"layers\":[{\"mediaType\":"
			    "\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"%s\",\"size\":%zu}]}",
			    m[i]->config_digest, strlen(m[i]->config), m[i]->layer_digest, m[i]->layer.len);
		sha256_hex(manifest[i], strlen(manifest[i]), hex);
		snprintf(manifest_digest[i], 72, "sha256:%s", hex);
		snprintf(path, sizeof(path), "blobs/sha256/%s", hex);
		tar_put_bytes(&t, path, manifest[i], strlen(manifest[i]));
		if (i == 1)
			continue; /* of the other platform only the manifest is there */
		snprintf(path, sizeof(path), "blobs/sha256/%s", m[i]->config_digest + 7);
		tar_put_bytes(&t, path, m[i]->config, strlen(m[i]->config));
		snprintf(path, sizeof(path), "blobs/sha256/%s", m[i]->layer_digest + 7);
		tar_put_bytes(&t, path, m[i]->layer.mem, m[i]->layer.len);
	}
	inner = str_fmt("{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"%s\",\"size\":1,\"platform\":{\"os\":"
			"\"linux\",\"architecture\":\"arm64\"}},"
			"{\"digest\":\"%s\",\"size\":1,\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}]}",
			manifest_digest[1], manifest_digest[0]);
	sha256_hex(inner, strlen(inner), hex);
	snprintf(index_digest, 72, "sha256:%s", hex);
	snprintf(path, sizeof(path), "blobs/sha256/%s", hex);
	tar_put_bytes(&t, path, inner, strlen(inner));
	index = str_fmt("{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"%s\",\"size\":%zu,\"annotations\":{\"io."
			"containerd.image.name\":"
			"\"registry.example/"
			"multi:2\"}},{\"digest\":\"%s\",\"size\":1,\"annotations\":{\"org.opencontainers.image.ref."
			"name\":\"latest\"},"
			"\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}}]}",
			index_digest, strlen(inner), manifest_digest[1]);
	tar_put_bytes(&t, "index.json", index, strlen(index));
	tar_put_bytes(&t, "oci-layout", "{}", 2);
	tar_end(&t);
	write_tar(&t, "oci.tar.zst", file);
	n_seen = 0;
	CHECK(image_import(s, file, on_name, NULL, &e) == 0);
	if (e.code)
		fprintf(stderr, "%s\n", e.msg);
	CHECK(n_seen == 1);
	CHECK(image_lookup(s, "registry.example/multi:2", &img, &e) == 0);
	CHECK_STR(img.id, a.config_digest);
	AUTO_FREE char *want = str_fmt("registry.example/multi@%s", index_digest);
	CHECK_STR(img.repo_digest, want);
	image_done(&img);
	CHECK(image_lookup(s, want, &img, &e) == 0);
	image_done(&img);

	/* out and in again */
	char exported[200];
	snprintf(exported, sizeof(exported), "%s/exported.tar", top);
	CHECK(image_export(s, "registry.example/multi:2", exported, &e) == 0);
	if (e.code)
		fprintf(stderr, "%s\n", e.msg);
	n_seen = 0;
	CHECK(image_import(s2, exported, on_name, NULL, &e) == 0);
	if (e.code)
		fprintf(stderr, "%s\n", e.msg);
	CHECK(n_seen == 1);
	CHECK(image_lookup(s2, "registry.example/multi:2", &img, &e) == 0);
	CHECK_STR(img.id, a.config_digest);
	image_done(&img);
	CHECK(image_export(s, "registry.example/none", exported, &e) == ERR_NOT_FOUND);

	AUTO_JSON json_t *list = NULL;
	CHECK(image_list(s, &list, &e) == 0 && json_array_size(list) == 1);
	CHECK_STR(json_str(json_array_get(list, 0), "names[0]"), "registry.example/multi:2");
	CHECK(image_remove(s, "registry.example/multi:2", NULL, NULL, &e) == 0);
	CHECK(image_lookup(s, "registry.example/multi:2", &img, &e) == ERR_NOT_FOUND);
	CHECK(image_lookup(s, want, &img, &e) == ERR_NOT_FOUND);
	CHECK(image_lookup(s, a.config_digest, &img, &e) == 0);
	image_done(&img);

	/* the wrong platform */
	AUTO_FREE char *only =
	    str_fmt("{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"%s\",\"size\":1,\"platform\":{\"os\":\"linux\","
		    "\"architecture\":\"arm64\"}}]}",
		    manifest_digest[1]);
	tar_begin(&t, false, false);
	tar_put_bytes(&t, "index.json", only, strlen(only));
	tar_put_bytes(&t, "oci-layout", "{}", 2);
	tar_end(&t);
	write_tar(&t, "arm.tar", file);
	CHECK(image_import(s, file, NULL, NULL, &e) == ERR_NOT_FOUND);
	/* a blob that is not what its name says */
	tar_begin(&t, false, false);
	snprintf(path, sizeof(path), "blobs/sha256/%s", manifest_digest[0] + 7);
	tar_put_bytes(&t, path, "{}", 2);
	AUTO_FREE char *idx =
	    str_fmt("{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"%s\",\"size\":2}]}", manifest_digest[0]);
	tar_put_bytes(&t, "index.json", idx, strlen(idx));
	tar_put_bytes(&t, "oci-layout", "{}", 2);
	tar_end(&t);
	write_tar(&t, "bad.tar", file);
	CHECK(image_import(s, file, NULL, NULL, &e) == ERR_PROTO);

	for (int i = 0; i < 2; i++)
		free(manifest[i]);
	free(index);
	free(inner);
	made_done(&a);
	made_done(&b);
	image_store_close(s);
	image_store_close(s2);
}

static int n_tried, n_bad;
static void on_archive(void *arg, const char *file, const struct err *failure)
{
	(void)arg;
	(void)file;
	n_tried++;
	n_bad += failure != NULL;
}

static void test_import_dir(void)
{
	struct image_store *s = store_here("store4");
	struct made m;
	struct image img;
	struct err e = {0};
	char file[160], to[300];

	make_image(&m, "dir", false, false);
	docker_archive(&m, "dir:1", "dir.tar", false, file);
	snprintf(to, sizeof(to), "%s/dir.tar", s->dir);
	CHECK(rename(file, to) == 0);
	snprintf(to, sizeof(to), "%s/bad.tar", s->dir);
	CHECK(fs_write(to, "no tar", 6, NULL) == 0);
	CHECK(image_import_dir(s, on_archive, NULL, &e) == 0 && n_tried == 2 && n_bad == 1);
	CHECK(image_lookup(s, "dir:1", &img, &e) == 0);
	image_done(&img);
	n_tried = n_bad = 0;
	CHECK(image_import_dir(s, on_archive, NULL, &e) == 0 && n_tried == 1 &&
	      n_bad == 1); /* only the bad one again */
	const char *const none[] = {NULL};
	CHECK(image_prune(s, none, NULL, &e) == 0);
	CHECK(image_lookup(s, "dir:1", &img, &e) == ERR_NOT_FOUND);
	n_tried = 0;
	CHECK(image_import_dir(s, on_archive, NULL, &e) == 0 && n_tried == 2); /* gone from the store: again */
	CHECK(image_lookup(s, "dir:1", &img, &e) == 0);
	image_done(&img);
	made_done(&m);
	image_store_close(s);
}

int main(void)
{
	/* Not /tmp itself: overlay's attributes need a real file system on some machines. */
	snprintf(top, sizeof(top), "/tmp/minik-test-image-XXXXXX");
	if (!mkdtemp(top))
		return 1;
	RUN(test_names);
	RUN(test_registries);
	RUN(test_challenge);
	RUN(test_manifests);
	RUN(test_unpack);
	RUN(test_hostile);
	RUN(test_padding);
	RUN(test_whiteouts);
	RUN(test_bad_blobs);
	RUN(test_docker_archive);
	RUN(test_oci_archive);
	RUN(test_import_dir);
	fs_rm_rf(top, NULL);
	return TEST_END();
}
