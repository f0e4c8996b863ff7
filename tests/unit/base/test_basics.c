#include "tests/unit/test.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/bytes.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/str.h"

static void errors(void)
{
	struct err e = {0};

	CHECK(err_set(&e, ERR_NOT_FOUND, "pod %s", "a") == ERR_NOT_FOUND);
	CHECK(err_wrap(&e, "node %d", 1) == ERR_NOT_FOUND);
	CHECK_STR(e.msg, "node 1: pod a");
	CHECK(err_errno(&e, ENOENT, "open") == -ENOENT);
	CHECK_STR(e.msg, "open: No such file or directory");
	CHECK(err_set(NULL, -EIO, "x") == -EIO);
	CHECK_STR(err_name(ERR_GONE), "gone");
	CHECK_STR(err_name(ERR_MEDIA_TYPE), "unsupported media type");
	CHECK_STR(err_name(ERR_TOO_NEW), "revision too new");
	CHECK_STR(err_name(-5000), "unknown error");
}

static void buffers(void)
{
	AUTO_BUF struct buf b = {0};
	struct bytes *by;
	size_t n;
	char *p;

	p = buf_take(&b, &n);
	CHECK(n == 0);
	CHECK_STR(p, "");
	free(p);
	for (int i = 0; i < 1000; i++)
		buf_addf(&b, "%d,", i);
	CHECK(b.len == 3890);
	buf_consume(&b, 3886);
	CHECK_STR(b.data, "999,");
	buf_trim(&b, 3);
	CHECK_STR(b.data, "999");
	buf_reserve(&b, SIZE_MAX / 2);
	CHECK(buf_failed(&b));
	buf_adds(&b, "x");
	CHECK(buf_take(&b, NULL) == NULL);
	buf_add_json_str(&b, "a\"\\\n\x01\xc3\xa9\xff\xed\xa0\x80/", 12);
	CHECK_STR(b.data, "\"a\\\"\\\\\\n\\u0001\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd/\"");
	n = b.len;
	by = buf_take_bytes(&b);
	CHECK(by && by->len == n && by->data[n] == '\0');
	CHECK(bytes_ref(by) == by);
	CHECK(bytes_unref(by) == NULL);
	bytes_unref(by);
}

static void numbers(void)
{
	int64_t i = 7;
	uint64_t u;

	CHECK(str_to_i64("-9223372036854775808", INT64_MIN, INT64_MAX, &i) == 0 && i == INT64_MIN);
	CHECK(str_to_i64("9223372036854775807", INT64_MIN, INT64_MAX, &i) == 0 && i == INT64_MAX);
	CHECK(str_to_i64("9223372036854775808", INT64_MIN, INT64_MAX, &i) == -ERANGE);
	CHECK(str_to_i64("", 0, 9, &i) < 0 && str_to_i64("-", -9, 9, &i) < 0 && str_to_i64("+1", 0, 9, &i) < 0);
	CHECK(str_to_i64(" 1", 0, 9, &i) < 0 && str_to_i64("1 ", 0, 9, &i) < 0 && str_to_i64(NULL, 0, 9, &i) < 0);
	CHECK(str_to_i64("10", 0, 9, &i) == -ERANGE);
	CHECK(str_to_u64("18446744073709551615", UINT64_MAX, &u) == 0 && u == UINT64_MAX);
	CHECK(str_to_u64("18446744073709551616", UINT64_MAX, &u) == -ERANGE);
	CHECK(str_to_u64("-1", UINT64_MAX, &u) < 0);
}

static void encodings(void)
{
	static const char *const plain[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
	static const char *const coded[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
	static const char *const bad[] = {"Z", "Zg", "Zg=", "Zg===", "Z*==", "Zg==Zg==", "Zm8==", "====", "Zm9v="};
	char *s, hex[9];
	void *p;
	size_t n;

	for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
		CHECK(b64_encode(plain[i], strlen(plain[i]), false, &s) == 0);
		CHECK_STR(s, coded[i]);
		free(s);
		CHECK(b64_decode(coded[i], strlen(coded[i]), false, &p, &n) == 0 && n == strlen(plain[i]) &&
		      memcmp(p, plain[i], n) == 0);
		free(p);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK(b64_decode(bad[i], strlen(bad[i]), false, &p, &n) == -EINVAL);
	CHECK(b64_encode("\xfb\xff", 2, true, &s) == 0);
	CHECK_STR(s, "-_8");
	CHECK(b64_decode(s, strlen(s), true, &p, &n) == 0 && n == 2 && memcmp(p, "\xfb\xff", 2) == 0);
	free(p);
	free(s);
	CHECK(b64_decode("Zm9v\nYmFy\n", 10, false, &p, &n) == 0 && n == 6);
	free(p);
	hex_encode("\x01\xab\xff\x00", 4, hex);
	CHECK_STR(hex, "01abff00");
	s = url_encode("a b/\xc3\xa9~");
	CHECK_STR(s, "a%20b%2F%C3%A9~");
	p = url_decode(s, strlen(s), false);
	CHECK_STR(p, "a b/\xc3\xa9~");
	free(p);
	free(s);
	CHECK(!url_decode("%2", 2, false) && !url_decode("%zz", 3, false) && !url_decode("%00", 3, false));
	p = url_decode("a+%41", 5, true);
	CHECK_STR(p, "a A");
	free(p);
}

static void times(void)
{
	static const char *const bad[] = {"2026-02-29T00:00:00Z",
					  "2026-01-01T00:00:00",
					  "2026-13-01T00:00:00Z",
					  "2026-01-01T24:00:00Z",
					  "2026-01-01T00:00:00.Z",
					  "2026-01-01T00:00:00Zx",
					  "2026-01-01T00:00:00.1234567890Z",
					  "",
					  "2026-01-01"};
	struct timespec ts;
	char out[40];

	CHECK(time_parse("2026-01-02T03:04:05Z", &ts) == 0 && ts.tv_sec == 1767323045 && ts.tv_nsec == 0);
	time_format(ts.tv_sec, out);
	CHECK_STR(out, "2026-01-02T03:04:05Z");
	CHECK(time_parse("2026-01-02T05:04:05.25+02:00", &ts) == 0 && ts.tv_sec == 1767323045 &&
	      ts.tv_nsec == 250000000);
	time_format_micro(&ts, out);
	CHECK_STR(out, "2026-01-02T03:04:05.250000Z");
	time_format_nano(&ts, out);
	CHECK_STR(out, "2026-01-02T03:04:05.250000000Z");
	CHECK(time_parse("2024-02-29T23:59:60Z", &ts) == 0);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK(time_parse(bad[i], &ts) == -EINVAL);
	CHECK(time_parse(NULL, &ts) == -EINVAL);
}

static void durations(void)
{
	static const struct {
		const char *text;
		double ms;
	} good[] = {{"1h30m", 5400000}, {"90s", 90000}, {"1.5s", 1500}, {"1001ms", 1001},
		    {"1m0.5s", 60500},  {"5000us", 5},  {"0s", 0}};
	static const char *const bad[] = {"",    "5",   "s",    "1.2.3h", "1d",
					  "-1s", "1s ", "1e3s", "1hour",  "111111111111111111111111111s"};
	double s;

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		CHECK(duration_parse(good[i].text, &s) == 0 && s * 1000 > good[i].ms - 0.001 &&
		      s * 1000 < good[i].ms + 0.001);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK(duration_parse(bad[i], &s) == -EINVAL);
}

static void strings(void)
{
	char small[4], uuid[37], suffix[11];
	char *s = NULL;

	CHECK(str_copy(small, sizeof small, "abc") && !str_copy(small, sizeof small, "abcd"));
	CHECK_STR(small, "abc");
	CHECK(str_has_prefix("abc", "ab") && !str_has_prefix("a", "ab") && str_has_suffix("abc", "bc"));
	CHECK(str_replace(&s, "x") == 0);
	CHECK_STR(s, "x");
	CHECK(str_replace(&s, NULL) == 0 && !s);
	char text[] = "a\xc3\xa9\xff\xe2\x82\xac \xed\xa0\x80 \xc0\xaf \xf4\x90\x80\x80 \xe2\x82";
	str_make_utf8(text);
	CHECK_STR(text, "a\xc3\xa9?\xe2\x82\xac ??? ?? ???? ??");
	uuid_new(uuid);
	CHECK(strlen(uuid) == 36 && uuid[14] == '4' && strchr("89ab", uuid[19]));
	for (int i = 0; i < 100; i++) { /* asked for several at once, given out once */
		char other[37];
		uuid_new(other);
		CHECK(strcmp(uuid, other) != 0);
		memcpy(uuid, other, sizeof(uuid));
	}
	random_suffix(suffix, 10);
	CHECK(strlen(suffix) == 10 && strspn(suffix, "bcdfghjklmnpqrstvwxz2456789") == 10);
	CHECK(str_hash("foobar", 6) == 0x85944171f73967e8u); /* the FNV-1a test vector */
}

static void maps(void)
{
	struct map *m = map_new(free);
	struct map_iter it = MAP_ITER_INIT;
	size_t seen = 0;
	char key[16];
	char *v;

	CHECK(!map_get(m, "a") && !map_del(m, "a") && map_len(m) == 0);
	for (int i = 0; i < 5000; i++) {
		(void)snprintf(key, sizeof key, "k%d", i);
		CHECK(map_put(m, key, str_dup(key)) == 0);
	}
	CHECK(map_len(m) == 5000);
	for (int i = 0; i < 5000; i += 7) { /* nothing but time depends on it */
		(void)snprintf(key, sizeof key, "k%d", i);
		map_prefetch_value(m, map_prefetch(m, key, strlen(key)));
	}
	map_prefetch_value(m, (size_t)-1);
	CHECK(map_put(m, "k7", str_dup("other")) == 0 && map_len(m) == 5000);
	CHECK_STR(map_get(m, "k7"), "other");
	v = map_take(m, "k8");
	CHECK_STR(v, "k8");
	free(v);
	CHECK(!map_has(m, "k8"));
	while (map_next(m, &it)) {
		seen++;
		if (it.key[1] != '4') {
			AUTO_FREE char *copy = str_dup(it.key);

			CHECK(map_del(m, copy));
		}
	}
	CHECK(seen == 4999 && map_len(m) == 1111);
	/* Tombstones are recycled: many puts and deletions do not grow it for ever. */
	for (int i = 0; i < 100000; i++) {
		(void)snprintf(key, sizeof key, "t%d", i);
		if (map_put(m, key, NULL) < 0 || !map_del(m, key))
			CHECK(false);
	}
	CHECK(map_len(m) == 1111 && map_has(m, "k4"));
	map_clear(m);
	CHECK(map_len(m) == 0 && !map_get(m, "k4") && map_put(m, "k4", NULL) == 0 && map_has(m, "k4"));
	CHECK(map_free(m) == NULL && map_free(NULL) == NULL);
}

static void files(void)
{
	char dir[] = "/tmp/minik-test-XXXXXX";
	AUTO_BUF struct buf b = {0};
	struct err e = {0};
	struct stat st;
	char *p, *q;
	int fd, fd2, top;

	CHECK(mkdtemp(dir));
	p = fs_join(dir, "a/b/c");
	CHECK(fs_mkdir_p(p, 0755, &e) == 0 && fs_mkdir_p(p, 0755, &e) == 0 && fs_exists(p));
	q = fs_join(p, "/f");
	CHECK(fs_read(q, 10, &b, &e) == ERR_NOT_FOUND);
	CHECK(fs_write_atomic(q, "hello", 5, 0600, &e) == 0);
	CHECK(stat(q, &st) == 0 && (st.st_mode & 07777) == 0600);
	CHECK(fs_read(q, 5, &b, &e) == 0 && b.len == 5);
	CHECK_STR(b.data, "hello");
	buf_done(&b);
	CHECK(fs_read(q, 4, &b, &e) == ERR_TOO_LARGE);
	CHECK(fs_mkdir_p(q, 0755, &e) == -ENOTDIR);
	CHECK(fs_write(q, "x", 1, &e) == 0 && stat(q, &st) == 0 && st.st_size == 1);
	CHECK(symlink("/etc", "/tmp/minik-none") < 0 || unlink("/tmp/minik-none") == 0);
	free(q);
	/* A tree much deeper than the path limit, with a link out of it. */
	top = open(p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fd = dup(top);
	for (int i = 0; i < 3000; i++) {
		CHECK(mkdirat(fd, "deep", 0755) == 0);
		fd2 = openat(fd, "deep", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		close(fd);
		fd = fd2;
	}
	CHECK(symlinkat(dir, fd, "loop") == 0);
	CHECK(mkdirat(top, ".minik-rm-0", 0755) == 0);
	close(fd);
	close(top);
	CHECK(fs_rm_rf(dir, &e) == 0);
	CHECK(!fs_exists(dir) && fs_rm_rf(dir, &e) == 0);
	if (e.code)
		fprintf(stderr, "last error: %s\n", e.msg);
	free(p);
}

/* Makes entries until their folder has gone. */
static void *litter(void *arg)
{
	AUTO_FREE char *sub = fs_join(arg, "sub"), *file = fs_join(sub, "file");
	int fd;

	do {
		(void)mkdir(sub, 0755);
		fd = open(file, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
		if (fd >= 0)
			close(fd);
		usleep(100);
	} while (fs_exists(arg));
	return NULL;
}

static void littered(void)
{
	char dir[] = "/tmp/minik-test-XXXXXX";
	struct err e = {0};
	pthread_t t;

	for (int i = 0; i < 20; i++) {
		memcpy(dir + sizeof(dir) - 7, "XXXXXX", 6);
		CHECK(mkdtemp(dir));
		CHECK(pthread_create(&t, NULL, litter, dir) == 0);
		usleep(1000);
		CHECK(fs_rm_rf(dir, &e) == 0);
		pthread_join(t, NULL);
		CHECK(!fs_exists(dir));
	}
	if (e.code)
		fprintf(stderr, "last error: %s\n", e.msg);
}

int main(void)
{
	RUN(errors);
	RUN(buffers);
	RUN(numbers);
	RUN(encodings);
	RUN(times);
	RUN(durations);
	RUN(strings);
	RUN(maps);
	RUN(files);
	RUN(littered);
	return TEST_END();
}
