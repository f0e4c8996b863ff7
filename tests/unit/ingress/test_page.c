/* The directory that nginx looks into: tables published, slots kept, what nginx' user may do to the page, metrics. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"
#include "ingress/live_page.h"
#include "ingress/metrics.h"
#include "tests/unit/test.h"

static char dir[] = "/tmp/minik-test-page-XXXXXX";
static char live_dir[200], page[200], table[200], names[200];
static struct live *live;

/* --- tables of owners alone --- */

static void fill(struct ing_table *t, const char *const *owners, size_t n)
{
	*t = (struct ing_table){.policies = calloc(n + 1, sizeof(*t->policies)), .n_policies = n};
	for (size_t i = 0; i < n; i++)
		t->policies[i].owner = str_dup(owners[i]);
}

static int publish(const char *const *owners, size_t n, struct err *e)
{
	struct ing_table t;
	fill(&t, owners, n);
	int r = live_publish(live, &t, e);
	ing_table_done(&t);
	return r;
}
#define PUBLISH(...)                                                                                                   \
	publish((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), NULL)

static void *read_table(size_t *ret_size)
{
	AUTO_BUF struct buf b = {0};
	void *map = NULL;
	if (fs_read(table, 1 << 30, &b, NULL) < 0 || posix_memalign(&map, 8, b.len + 1))
		return NULL;
	memcpy(map, b.data, b.len);
	*ret_size = b.len;
	return map;
}

/* The slot of an owner by the table's file; -1: none. */
static int slot_of(const char *owner)
{
	size_t size = 0;
	const char *why;
	AUTO_FREE void *map = read_table(&size);
	if (!map || !table_file_check(map, size, &why))
		return -1;
	const struct tf_policy *p = tf_at(map, TF_POLICIES);
	for (uint32_t i = 0; i < tf_head(map)->sections[TF_POLICIES].n; i++)
		if (streq(tf_text(map, p[i].owner), owner))
			return (int)p[i].stat;
	return -1;
}

static uint64_t number(off_t at)
{
	AUTO_CLOSE int fd = open(page, O_RDONLY | O_CLOEXEC);
	uint64_t v = 0;
	CHECK(pread(fd, &v, sizeof(v), at) == sizeof(v));
	return v;
}
static void set_number(off_t at, uint64_t v)
{
	AUTO_CLOSE int fd = open(page, O_WRONLY | O_CLOEXEC);
	CHECK(pwrite(fd, &v, sizeof(v), at) == sizeof(v));
}
#define GENERATION number(offsetof(struct live_page, generation))
#define STAT(slot, field)                                                                                              \
	((off_t)(offsetof(struct live_page, stats) + (size_t)(slot) * sizeof(struct live_stat) +                       \
		 offsetof(struct live_stat, field)))

static void again(void) /* as a restart of minik */
{
	struct err e = {0};
	live = live_free(live);
	CHECK(live_new(&live, live_dir, (gid_t)-1, &e) == 0);
	CHECK_STR(e.msg, "");
}

/* --- tests --- */

static void made(void)
{
	struct stat st;
	CHECK(live_new(&live, live_dir, getgid(), NULL) == 0);
	CHECK(stat(live_dir, &st) == 0 && (st.st_mode & 07777) == 0750);
	CHECK(stat(page, &st) == 0 && (st.st_mode & 07777) == 0660 && st.st_size == sizeof(struct live_page));
	CHECK(st.st_blocks * 512 < 100000); /* sparse */
	CHECK(number(0) == LIVE_MAGIC && GENERATION == 0 && access(table, F_OK) < 0);
	CHECK(PUBLISH("d/a", "d/a", "d/b") == 0);
	CHECK(GENERATION == 1 && stat(table, &st) == 0 && (st.st_mode & 07777) == 0640);
	CHECK(slot_of("d/a") == 1 && slot_of("d/b") == 2);
}

static void unchanged(void)
{
	struct stat a, b;
	CHECK(stat(table, &a) == 0);
	CHECK(PUBLISH("d/a", "d/a", "d/b") == 0);
	CHECK(GENERATION == 1 && stat(table, &b) == 0 && a.st_ino == b.st_ino);
	again();
	CHECK(PUBLISH("d/a", "d/a", "d/b") == 0);
	CHECK(GENERATION == 1 && stat(table, &b) == 0 && a.st_ino == b.st_ino);
	/* Killed between the rename and the number: workers have not heard of it yet. */
	set_number(offsetof(struct live_page, generation), 0);
	again();
	CHECK(PUBLISH("d/a", "d/a", "d/b") == 0 && GENERATION == 1);
	set_number(offsetof(struct live_page, generation), 77);
	CHECK(PUBLISH("d/a", "d/a", "d/b") == 0 && GENERATION == 78);
}

static void slots(void)
{
	set_number(STAT(2, bytes_in), 5);
	CHECK(PUBLISH("d/a") == 0 && slot_of("d/b") == -1);
	CHECK(PUBLISH("d/a", "d/c") == 0 && slot_of("d/c") == 3); /* b's is kept for it */
	CHECK(PUBLISH("d/a", "d/b", "d/c") == 0 && slot_of("d/b") == 2 && number(STAT(2, bytes_in)) == 5);
	again();
	CHECK(PUBLISH("d/a", "d/b", "d/c", "d/d") == 0);
	CHECK(slot_of("d/a") == 1 && slot_of("d/b") == 2 && slot_of("d/c") == 3 && slot_of("d/d") == 4);
	/* What nobody can read back is no name: counted with the rest. */
	CHECK(PUBLISH("d/a", "d/b\n9 0 x/y", "d/c") == 0 && slot_of("d/b\n9 0 x/y") == 0 && slot_of("d/c") == 3);
	again();
	CHECK(PUBLISH("d/a", "d/b", "d/c") == 0 && slot_of("d/b") == 2);
}

static void names_broken(void)
{
	static const char *const texts[] = {"",
					    "junk\n",
					    "minik ingress slots 1\n1 0 d/z",
					    "minik ingress slots 1\n0 0 d/z\n",
					    "minik ingress slots 1\n16384 0 d/z\n",
					    "minik ingress slots 1\n1 0 d/z\n1 0 d/y\n",
					    "minik ingress slots 1\n1 0 d/z\n2 0 d/z\n",
					    "minik ingress slots 1\n1 0 \n",
					    "minik ingress slots 1\n1 d/z\n",
					    "minik ingress slots 1\n-1 0 d/z\n"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		set_number(STAT(1, bytes_in), 5);
		CHECK(fs_write(names, texts[i], strlen(texts[i]), NULL) == 0);
		again();
		CHECK(PUBLISH("d/q") == 0 && slot_of("d/q") == 1);
		CHECK(number(STAT(1, bytes_in)) == 0); /* whose it was is not known */
	}
}

static void full(void)
{
	static char text[LIVE_SLOTS + 10][16];
	static const char *owners[LIVE_SLOTS + 10];
	struct live_totals t = {0};

	CHECK(unlink(names) == 0);
	again();
	for (size_t i = 0; i < ARRAY_LEN(owners); i++) {
		snprintf(text[i], sizeof(text[i]), "d/%05zu", i);
		owners[i] = text[i];
	}
	CHECK(publish(owners, LIVE_SLOTS - 1, NULL) == 0);
	CHECK(slot_of("d/00000") == 1 && slot_of("d/16382") == LIVE_SLOTS - 1);
	CHECK(live_read(live, &t, NULL, NULL, NULL) == 0 && t.sharing == 0);
	CHECK(publish(owners, LIVE_SLOTS + 3, NULL) == 0);
	CHECK(slot_of("d/16382") == LIVE_SLOTS - 1 && slot_of("d/16383") == 0 && slot_of("d/16386") == 0);
	CHECK(live_read(live, &t, NULL, NULL, NULL) == 0 && t.sharing == 4);
	/* Who has been gone longest gives way, and leaves nothing. */
	set_number(STAT(11, status[2]), 9);
	set_number(STAT(12, status[2]), 9);
	owners[11] = "d/00010";
	CHECK(publish(owners, LIVE_SLOTS - 1, NULL) == 0); /* 00011 is gone */
	owners[10] = owners[11] = "d/00012";
	CHECK(publish(owners, LIVE_SLOTS - 1, NULL) == 0); /* then 00010 */
	owners[LIVE_SLOTS - 1] = "d/new";
	CHECK(publish(owners, LIVE_SLOTS, NULL) == 0 && slot_of("d/new") == 12);
	CHECK(number(STAT(12, status[2])) == 0 && number(STAT(11, status[2])) == 9);
	again();
	owners[LIVE_SLOTS] = "d/newer";
	CHECK(publish(owners, LIVE_SLOTS + 1, NULL) == 0 && slot_of("d/newer") == 11 && slot_of("d/new") == 12);
	CHECK(number(STAT(11, status[2])) == 0);
}

static void hostile_page(void)
{
	struct live_totals t = {0};
	struct err e = {0};
	struct stat st;
	AUTO_BUF struct buf b = {0};

	CHECK(truncate(page, 100) == 0);
	CHECK(ing_metrics_text(live, &b, &e) == ERR_UNAVAILABLE && strstr(e.msg, "cut short"));
	CHECK(PUBLISH("d/a") == 0);
	CHECK(stat(page, &st) == 0 && st.st_size == sizeof(struct live_page) && number(0) == LIVE_MAGIC);
	CHECK(truncate(page, 0) == 0 && PUBLISH("d/b") == 0 && number(0) == LIVE_MAGIC && GENERATION > 0);
	set_number(offsetof(struct live_page, connections), UINT64_MAX);
	CHECK(live_read(live, &t, NULL, NULL, NULL) == 0 && t.connections == 0);
	/* Another version's page, and what is no file at all. */
	live = live_free(live);
	set_number(0, 1);
	CHECK(live_new(&live, live_dir, (gid_t)-1, NULL) == 0 && number(0) == LIVE_MAGIC);
	live = live_free(live);
	CHECK(unlink(page) == 0 && symlink("/etc/hostname", page) == 0);
	CHECK(live_new(&live, live_dir, (gid_t)-1, NULL) == 0 && lstat(page, &st) == 0 && S_ISREG(st.st_mode));
	CHECK(PUBLISH("d/b") == 0 && slot_of("d/b") > 0);
}

static void no_room(void)
{
	struct rlimit old, tight;
	struct err e = {0};
	struct stat a, b;
	AUTO_FREE char *left = str_fmt("%s.new", table);

	CHECK(PUBLISH("d/b", "d/c") == 0 && PUBLISH("d/b") == 0);
	uint64_t generation = GENERATION;
	CHECK(stat(table, &a) == 0 && getrlimit(RLIMIT_FSIZE, &old) == 0);
	tight = old;
	tight.rlim_cur = (rlim_t)a.st_size; /* the fields of the page that matter are before */
	CHECK(setrlimit(RLIMIT_FSIZE, &tight) == 0);
	CHECK(publish((const char *const[]){"d/b", "d/c"}, 2, &e) < 0);
	CHECK(setrlimit(RLIMIT_FSIZE, &old) == 0);
	CHECK(strstr(e.msg, "table.new") && access(left, F_OK) < 0);
	CHECK(stat(table, &b) == 0 && a.st_ino == b.st_ino && GENERATION == generation);
	CHECK(PUBLISH("d/b", "d/c") == 0 && GENERATION == generation + 1);
}

static void metrics(void)
{
	AUTO_BUF struct buf b = {0};
	struct err e = {0};
	int slot = 0;

	CHECK(PUBLISH("d/a", "httproute/d/r") == 0 && (slot = slot_of("httproute/d/r")) > 0);
	set_number(STAT(slot, status[0]), 1);
	set_number(STAT(slot, status[2]), 41);
	set_number(STAT(slot, status[5]), 3);
	set_number(STAT(slot, buckets[0]), 40);
	set_number(STAT(slot, buckets[3]), 4);
	set_number(STAT(slot, buckets[13]), 1);
	set_number(STAT(slot, time_us), 12000345);
	set_number(STAT(slot, bytes_in), 1000);
	set_number(STAT(slot, bytes_out), 2000);
	set_number(STAT(slot, retries), 2);
	set_number(STAT(0, status[4]), 6);
	set_number(offsetof(struct live_page, connections), 12);
	CHECK(ing_metrics_text(live, &b, &e) == 0);
	buf_addc(&b, '\0');
#define HAS(line) CHECK(b.data &&strstr(b.data, line "\n"))
	HAS("minik_ingress_requests_total{ingress=\"httproute/d/r\",status=\"none\"} 1");
	HAS("minik_ingress_requests_total{ingress=\"httproute/d/r\",status=\"2xx\"} 41");
	HAS("minik_ingress_requests_total{ingress=\"httproute/d/r\",status=\"5xx\"} 3");
	HAS("minik_ingress_requests_total{ingress=\"\",status=\"4xx\"} 6");
	HAS("minik_ingress_request_duration_seconds_bucket{ingress=\"httproute/d/r\",le=\"0.001\"} 40");
	HAS("minik_ingress_request_duration_seconds_bucket{ingress=\"httproute/d/r\",le=\"0.01\"} 44");
	HAS("minik_ingress_request_duration_seconds_bucket{ingress=\"httproute/d/r\",le=\"10\"} 44");
	HAS("minik_ingress_request_duration_seconds_bucket{ingress=\"httproute/d/r\",le=\"+Inf\"} 45");
	HAS("minik_ingress_request_duration_seconds_sum{ingress=\"httproute/d/r\"} 12.000345");
	HAS("minik_ingress_request_duration_seconds_count{ingress=\"httproute/d/r\"} 45");
	HAS("minik_ingress_request_bytes_total{ingress=\"httproute/d/r\"} 1000");
	HAS("minik_ingress_response_bytes_total{ingress=\"httproute/d/r\"} 2000");
	HAS("minik_ingress_backend_retries_total{ingress=\"httproute/d/r\"} 2");
	HAS("minik_ingress_connections 12");
	HAS("# TYPE minik_ingress_request_duration_seconds histogram");
	CHECK(b.data && !strstr(b.data, "\"d/a\"")); /* no request yet */
	CHECK(b.data && !strstr(b.data, "\"d/b\"")); /* not in the table any more */
}

int main(void)
{
	(void)signal(SIGXFSZ, SIG_IGN);
	if (!mkdtemp(dir))
		return 99;
	snprintf(live_dir, sizeof(live_dir), "%s/live", dir);
	snprintf(page, sizeof(page), "%s/live/page", dir);
	snprintf(table, sizeof(table), "%s/live/table", dir);
	snprintf(names, sizeof(names), "%s/live.slots", dir);
	RUN(made);
	RUN(unchanged);
	RUN(slots);
	RUN(no_room);
	RUN(names_broken);
	RUN(full);
	RUN(hostile_page);
	RUN(metrics);
	live_free(live);
	(void)fs_rm_rf(dir, NULL);
	return TEST_END();
}
