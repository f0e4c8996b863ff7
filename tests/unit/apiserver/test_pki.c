/* Certificates: made once, renewed by the clock when less than a third of their life is left, and shown by a server
 * that runs. */
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include "tests/unit/apiserver/world.h"

#define DAY 86400

struct test_clock {
	struct clock base;
	time_t now;
};

static int64_t mono_ns(struct clock *c)
{
	return (int64_t)((struct test_clock *)c)->now * 1000000000;
}
static void wall(struct clock *c, struct timespec *ret)
{
	*ret = (struct timespec){.tv_sec = ((struct test_clock *)c)->now};
}

static struct cert_info inspect(const struct cert_pair *p)
{
	struct cert_info i = {0};
	struct err e = {0};

	CHECK(p->cert_pem && !cert_inspect(&i, p->cert_pem, &e));
	CHECK(p->cert_pem && cert_key_matches(p->cert_pem, p->key_pem));
	struct cert_info copy = i; /* the numbers, the name and the hash */
	copy.orgs = copy.sans = NULL;
	cert_info_done(&i);
	return copy;
}

static const char *const sans[] = {"127.0.0.1", "box.example", NULL}, *const node_sans[] = {"box", "127.0.0.1", NULL};

static void renewal_by_the_clock(void)
{
	char dir[] = "/tmp/minik-test-pki-XXXXXX";
	struct test_clock clock = {.base = {mono_ns, wall}, .now = 2000000000};
	struct pki_config c = {
	    .sans = sans, .node_user = "system:node:box", .node_sans = node_sans, .clock = &clock.base};
	struct pki *p = NULL;
	struct err e = {0};

	CHECK(mkdtemp(dir) != NULL);
	c.dir = dir;
	CHECK(!pki_open(&p, &c, &e));
	struct cert_info serving = inspect(pki_serving(p)), client = inspect(pki_kubelet_client(p)),
			 node = inspect(pki_kubelet_serving(p)), ca = inspect(pki_ca(p));
	CHECK_STR(node.cn, "system:node:box");
	CHECK(serving.not_after == clock.now + 365 * DAY);
	/* A third of a year and an hour. */
	CHECK(pki_due(p) > clock.now + 243 * DAY && pki_due(p) < clock.now + 244 * DAY);

	/* A second before, nothing happens, neither at run time nor at a start. */
	clock.now = pki_due(p) - 1;
	CHECK(!pki_renew(p, &e));
	CHECK_STR(inspect(pki_serving(p)).sha256_hex, serving.sha256_hex);
	p = pki_free(p);
	CHECK(!pki_open(&p, &c, &e));
	CHECK_STR(inspect(pki_serving(p)).sha256_hex, serving.sha256_hex);
	CHECK_STR(inspect(pki_kubelet_serving(p)).sha256_hex, node.sha256_hex);

	/* Then all of them are, by the same CA, for another year. */
	clock.now += 1;
	CHECK(!pki_renew(p, &e));
	CHECK(strcmp(inspect(pki_serving(p)).sha256_hex, serving.sha256_hex) != 0);
	CHECK(strcmp(inspect(pki_kubelet_client(p)).sha256_hex, client.sha256_hex) != 0);
	CHECK(strcmp(inspect(pki_kubelet_serving(p)).sha256_hex, node.sha256_hex) != 0);
	CHECK_STR(inspect(pki_ca(p)).sha256_hex, ca.sha256_hex);
	serving = inspect(pki_serving(p));
	CHECK(serving.not_after == clock.now + 365 * DAY);
	CHECK(pki_due(p) > clock.now + 243 * DAY);

	/* What was renewed is on disk, and one that is due is renewed by a start as well. */
	p = pki_free(p);
	CHECK(!pki_open(&p, &c, &e));
	CHECK_STR(inspect(pki_serving(p)).sha256_hex, serving.sha256_hex);
	clock.now = pki_due(p);
	p = pki_free(p);
	CHECK(!pki_open(&p, &c, &e));
	CHECK(inspect(pki_serving(p)).not_after == clock.now + 365 * DAY);

	/* A failure leaves the former one in place and in use. */
	serving = inspect(pki_serving(p));
	clock.now = pki_due(p);
	CHECK(!fs_rm_rf(dir, &e));
	CHECK(pki_renew(p, &e) < 0);
	CHECK(strstr(e.msg, "certificate apiserver") != NULL);
	CHECK_STR(inspect(pki_serving(p)).sha256_hex, serving.sha256_hex);
	CHECK(pki_due(p) == clock.now);
	CHECK(!mkdir(dir, 0700) && !pki_renew(p, &e));
	CHECK(pki_due(p) > clock.now);
	p = pki_free(p);
	(void)fs_rm_rf(dir, NULL);
}

/* The hash of the certificate that a new connection is shown. */
static void shown(uint16_t port, char out[65])
{
	gnutls_session_t s;
	gnutls_certificate_credentials_t cred;
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), r;
	unsigned n = 0;

	out[0] = '\0';
	CHECK(connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0);
	gnutls_certificate_allocate_credentials(&cred);
	gnutls_init(&s, GNUTLS_CLIENT);
	gnutls_set_default_priority(s);
	gnutls_credentials_set(s, GNUTLS_CRD_CERTIFICATE, cred);
	gnutls_transport_set_int(s, fd);
	do
		r = gnutls_handshake(s);
	while (r < 0 && !gnutls_error_is_fatal(r));
	CHECK(r == 0);
	const gnutls_datum_t *d = gnutls_certificate_get_peers(s, &n);
	CHECK(d && n > 0 && sha256_hex(d[0].data, d[0].size, out) == 0);
	(void)gnutls_bye(s, GNUTLS_SHUT_WR);
	gnutls_deinit(s);
	gnutls_certificate_free_credentials(cred);
	close(fd);
}

static void a_running_server_shows_the_new_one(void)
{
	static const char *const masters[] = {"system:masters", NULL};
	struct test_clock clock = {.base = {mono_ns, wall}, .now = time(NULL)};
	struct world w = {.clock = &clock.base};
	struct err e = {0};
	char hash[65];

	world_open(&w, "admin", masters);
	struct cert_info before = inspect(pki_serving(w.pki));
	shown(apiserver_port(w.a), hash);
	CHECK_STR(hash, before.sha256_hex);
	clock.now = pki_due(w.pki);
	CHECK(!pki_renew(w.pki, &e));
	struct cert_info after = inspect(pki_serving(w.pki));
	CHECK(strcmp(after.sha256_hex, before.sha256_hex) != 0);
	shown(apiserver_port(w.a), hash);
	CHECK_STR(hash, before.sha256_hex); /* not yet told */
	CHECK(!apiserver_use_certificates(w.a, &e));
	shown(apiserver_port(w.a), hash);
	CHECK_STR(hash, after.sha256_hex);
	CHECK(call(&w, "GET", "/api/v1/namespaces/default", NULL, NULL) == 200); /* the same process serves on */
	world_close(&w, false);
}

int main(void)
{
	RUN(renewal_by_the_clock);
	RUN(a_running_server_shows_the_new_one);
	return TEST_END();
}
