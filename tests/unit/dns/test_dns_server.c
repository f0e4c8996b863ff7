/* The responder's UDP queues over the loopback device: watched while they are calm, looked at by the clock while busy.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <semaphore.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/json.h"
#include "dns/server_internal.h"
#include "tests/unit/test.h"

#define AT_ONCE 32

static struct dns_metrics counts;
static struct side {
	struct loop *loop;
	struct loop_thread *thread;
	struct zone *zone;
	struct cache *cache;
	struct forward *forward;
	struct resolver *resolver;
	struct server *server;
	uint16_t port;
} side;

/* A port of the loopback device that is free for TCP, and so for the responder. */
static uint16_t port_free(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(at);
	AUTO_CLOSE int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0);
	CHECK(getsockname(fd, (struct sockaddr *)&at, &len) == 0);
	return ntohs(at.sin_port);
}

static void side_open(unsigned pace_from)
{
	static const char *cidrs[] = {"10.43.0.0/16", NULL};
	static const char text[] = "{\"metadata\":{\"namespace\":\"default\",\"name\":\"web\"},"
				   "\"spec\":{\"clusterIP\":\"10.43.0.7\",\"ports\":[{\"port\":80}]}}";
	struct clock *clock = clock_real();
	struct err e = {0};
	AUTO_JSON json_t *o = NULL;
	CHECK(json_parse(text, strlen(text), &o, &e) == 0);
	CHECK(loop_new(&side.loop, &e) == 0);
	CHECK(zone_new(&side.zone, &(struct zone_config){"cluster.local", "10.43.0.10", cidrs}, &e) == 0);
	CHECK(zone_service(side.zone, "default", "web", o) == 0);
	CHECK(cache_new(&side.cache, &(struct cache_config){64, 65536, 16}, &e) == 0);
	CHECK(forward_new(&side.forward, side.loop, clock, &counts, &(struct forward_config){.timeout_ms = 100}, &e) ==
	      0);
	struct resolver_deps rd = {side.loop, clock, side.cache, side.forward, &counts};
	CHECK(resolver_new(&side.resolver, &rd, &e) == 0);
	side.port = port_free();
	struct server_config c = {.address = "127.0.0.1", .port = side.port};
	struct server_deps d = {
	    .loop = side.loop, .clock = clock, .zone = side.zone, .resolver = side.resolver, .metrics = &counts};
	CHECK(server_new(&side.server, &c, &d, &e) == 0);
	side.server->pace_from = pace_from;
	CHECK(loop_thread_start(&side.thread, side.loop, "dns", &e) == 0);
}

static void side_close(void)
{
	loop_quit(side.loop);
	side.thread = loop_thread_join(side.thread);
	side.server = server_free(side.server);
	side.resolver = resolver_free(side.resolver);
	side.forward = forward_free(side.forward);
	side.cache = cache_free(side.cache);
	side.zone = zone_free(side.zone);
	side.loop = loop_free(side.loop);
}

static int client(const char *address)
{
	struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET, .sin_port = htons(side.port)};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	CHECK(inet_pton(AF_INET, address, &from.sin_addr) == 1 && inet_pton(AF_INET, "127.0.0.1", &to.sin_addr) == 1);
	CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&from, sizeof(from)) == 0);
	CHECK(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
	return fd;
}

static size_t question(uint8_t q[512])
{
	struct dns_name name;
	memset(q, 0, 512);
	CHECK(dns_name_parse("web.default.svc.cluster.local", &name));
	dns_put16(q + 4, 1);
	memcpy(q + DNS_HEADER, name.w, name.len);
	size_t len = (size_t)DNS_HEADER + name.len;
	dns_put16(q + len, DNS_A);
	dns_put16(q + len + 2, DNS_IN);
	return len + 4;
}

/* Asks n times at once; how many were answered. */
static unsigned ask(int fd, unsigned n)
{
	static uint16_t id;
	uint8_t q[512], a[512];
	unsigned good = 0;
	size_t len = question(q);
	for (unsigned i = 0; i < n; i++) {
		dns_put16(q, ++id);
		if (send(fd, q, len, 0) < 0)
			return 0;
	}
	for (unsigned i = 0; i < n; i++) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		if (poll(&p, 1, 5000) != 1)
			break;
		ssize_t got = recv(fd, a, sizeof(a), 0);
		good += got > DNS_HEADER && dns_get16(a) == (uint16_t)(id - n + 1 + i) && dns_get16(a + 6) == 1 &&
			(dns_get16(a + 2) & (DNS_F_QR | 15)) == DNS_F_QR;
	}
	return good;
}

static bool seen_within(unsigned queues, int64_t ms)
{
	int64_t until = clock_mono_ms(clock_real()) + ms;
	const struct timespec tick = {.tv_nsec = 1000000};
	while (metrics_get(&counts.paced) != queues && clock_mono_ms(clock_real()) < until)
		(void)nanosleep(&tick, NULL);
	return metrics_get(&counts.paced) == queues;
}

/* Asks until as many queues are looked at by the clock; every one of the questions is answered. */
static bool busy_until(int fd, int other, unsigned queues)
{
	int64_t until = clock_mono_ms(clock_real()) + 10000;
	while (metrics_get(&counts.paced) != queues && clock_mono_ms(clock_real()) < until)
		if (ask(fd, AT_ONCE) != AT_ONCE || (other >= 0 && ask(other, AT_ONCE) != AT_ONCE))
			return false;
	return metrics_get(&counts.paced) == queues;
}

static void pace(void)
{
	side_open(2000);
	AUTO_CLOSE int one = client("127.0.0.1"), two = client("127.0.0.2"), three = client("127.0.0.3");
	CHECK_INT(ask(one, 1), 1);
	CHECK_INT(metrics_get(&counts.paced), 0);
	for (int i = 0; i < 3; i++) {
		CHECK(busy_until(one, -1, 1));
		/* Whose queue is calm is answered as ever, and nothing is lost of either. */
		for (int k = 0; k < 50; k++) {
			CHECK_INT(ask(one, AT_ONCE), AT_ONCE);
			CHECK_INT(ask(two, 1), 1);
		}
		CHECK(busy_until(one, three, 2));
		/* Who only asks now and then is waited for. */
		CHECK(seen_within(0, 10000));
		CHECK_INT(ask(one, AT_ONCE), AT_ONCE);
		CHECK_INT(ask(three, AT_ONCE), AT_ONCE);
		CHECK(seen_within(0, 10000));
	}
	side_close();
}

struct stop {
	sem_t stopped, go;
};

static void stand_still(void *arg)
{
	struct stop *s = arg;
	(void)sem_post(&s->stopped);
	while (sem_wait(&s->go) < 0 && errno == EINTR)
		;
}

/* The responder stands still while one client sends far more than a queue holds: a client of another queue loses
 * nothing, whether the first's queue is watched or looked at by the clock. */
static void flood(bool paced)
{
	enum { FLOOD = 20000 };
	uint8_t q[512], a[512];
	struct stop s;
	side_open(paced ? 2000 : 1000000000);
	AUTO_CLOSE int one = client("127.0.0.1"), two = client("127.0.0.2");
	CHECK(!paced || busy_until(one, -1, 1));
	(void)sem_init(&s.stopped, 0, 0);
	(void)sem_init(&s.go, 0, 0);
	CHECK(loop_call(side.loop, stand_still, &s) == 0);
	while (sem_wait(&s.stopped) < 0 && errno == EINTR)
		;
	size_t len = question(q);
	for (int i = 0; i < FLOOD; i++)
		CHECK(send(one, q, len, 0) == (ssize_t)len);
	CHECK(send(two, q, len, 0) == (ssize_t)len);
	(void)sem_post(&s.go);
	struct pollfd p = {.fd = two, .events = POLLIN};
	CHECK(poll(&p, 1, 5000) == 1);
	CHECK(recv(two, a, sizeof(a), 0) > DNS_HEADER && (a[3] & 15) == 0);
	for (int i = 0; i < 100; i++) /* and while the rest is worked off */
		CHECK_INT(ask(two, 1), 1);
	CHECK(seen_within(0, 10000));
	int answered = 0;
	while (recv(one, a, sizeof(a), MSG_DONTWAIT) > 0)
		answered++;
	CHECK(answered > 0 && answered < FLOOD / 2);
	CHECK_INT(ask(one, 1), 1);
	side_close();
	(void)sem_destroy(&s.stopped);
	(void)sem_destroy(&s.go);
}

static void flood_watched(void)
{
	flood(false);
}

static void flood_paced(void)
{
	flood(true);
}

/* What is closed while it is busy leaves nothing behind. */
static void close_busy(void)
{
	side_open(2000);
	int fd = client("127.0.0.1");
	CHECK(busy_until(fd, -1, 1));
	side_close();
	close(fd);
	CHECK_INT(metrics_get(&counts.paced), 0);
	CHECK(side.server == NULL && side.loop == NULL);
}

static void never_busy(void)
{
	side_open(1000000000);
	AUTO_CLOSE int fd = client("127.0.0.1");
	for (int i = 0; i < 200; i++)
		CHECK_INT(ask(fd, AT_ONCE), AT_ONCE);
	CHECK_INT(metrics_get(&counts.paced), 0);
	side_close();
}

int main(void)
{
	RUN(pace);
	RUN(flood_watched);
	RUN(flood_paced);
	RUN(close_busy);
	RUN(never_busy);
	return TEST_END();
}
