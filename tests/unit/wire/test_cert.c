#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "base/fs.h"
#include "base/str.h"
#include "tests/unit/test.h"
#include "wire/cert.h"
#include "wire/https_probe.h"

static char dir[] = "/tmp/minik-cert-XXXXXX";

static char *save(const char *name, const char *text)
{
	char *path = fs_join(dir, name);

	CHECK(path && fs_write(path, text, strlen(text), NULL) == 0);
	return path;
}

/* Runs openssl quietly; -1 where it is not installed. */
static int openssl(const char *const *args)
{
	const char *argv[16] = {"openssl"};
	posix_spawn_file_actions_t fa;
	pid_t pid;
	int status, rc;

	for (size_t i = 0; args[i] && i < 14; i++)
		argv[i + 1] = args[i];
	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_addopen(&fa, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&fa, 2, "/dev/null", O_WRONLY, 0);
	rc = posix_spawnp(&pid, "openssl", &fa, NULL, (char *const *)(uintptr_t)argv, environ);
	posix_spawn_file_actions_destroy(&fa);
	if (rc != 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static bool have_openssl(void)
{
	return openssl((const char *const[]){"version", NULL}) == 0;
}

static struct cert_pair ca;

static void test_chain(void)
{
	struct cert_pair p = {0};
	struct cert_info info;
	struct err e = {0};
	time_t now = time(NULL);
	struct cert_request r = {.cn = "minik",
				 .orgs = (const char *const[]){"system:masters", "second org", NULL},
				 .dns_names = (const char *const[]){"localhost", "kubernetes.default.svc", NULL},
				 .ip_addrs = (const char *const[]){"127.0.0.1", "10.43.0.1", "::1", NULL},
				 .server = true,
				 .client = true,
				 .not_before = now - 60,
				 .not_after = now + 86400};

	CHECK(cert_ca_new(&ca, "minik-ca", now - 60, now + 864000, &e) == 0);
	CHECK(cert_inspect(&info, ca.cert_pem, &e) == 0);
	CHECK(info.is_ca);
	CHECK_STR(info.cn, "minik-ca");
	CHECK(info.not_after == now + 864000);
	cert_info_done(&info);
	CHECK(cert_issue(&p, &ca, &r, &e) == 0);
	CHECK(cert_inspect(&info, p.cert_pem, &e) == 0);
	CHECK_STR(info.cn, "minik");
	CHECK_STR(info.orgs, "system:masters\nsecond org");
	CHECK_STR(info.sans, "DNS:localhost\nDNS:kubernetes.default.svc\nIP:127.0.0.1\nIP:10.43.0.1\nIP:::1");
	CHECK(!info.is_ca);
	CHECK(strlen(info.sha256_hex) == 64);
	cert_info_done(&info);
	CHECK(cert_key_matches(p.cert_pem, p.key_pem));
	CHECK(!cert_key_matches(p.cert_pem, ca.key_pem));
	if (have_openssl()) {
		char *a = save("ca.pem", ca.cert_pem), *b = save("crt.pem", p.cert_pem);

		CHECK(openssl((const char *const[]){"verify", "-x509_strict", "-purpose", "sslserver", "-verify_ip",
						    "127.0.0.1", "-verify_hostname", "localhost", "-CAfile", a, b,
						    NULL}) == 0);
		CHECK(openssl((const char *const[]){"verify", "-purpose", "sslclient", "-CAfile", a, b, NULL}) == 0);
		free(a);
		free(b);
	}
	r.ip_addrs = (const char *const[]){"nonsense", NULL};
	cert_pair_done(&p);
	CHECK(cert_issue(&p, &ca, &r, &e) == ERR_INVALID);
	CHECK(cert_inspect(&info, "not a certificate", &e) < 0);
}

static void check_pair(const char *crt, const char *key, const char *want)
{
	char *wrong = cert_pair_wrong(crt, strlen(crt), key, strlen(key));

	CHECK_STR(wrong ? wrong : "", want);
	free(wrong);
}

/* Words of Go's crypto/tls. */
static void test_pair(void)
{
	struct cert_pair a = {0}, b = {0};
	struct err e = {0};
	time_t now = time(NULL);

	CHECK(cert_ca_new(&a, "a", now, now + 3600, &e) == 0 && cert_ca_new(&b, "b", now, now + 3600, &e) == 0);
	check_pair(a.cert_pem, a.key_pem, "");
	check_pair(a.cert_pem, b.key_pem, "tls: private key does not match public key");
	check_pair("x", a.key_pem, "tls: failed to find any PEM data in certificate input");
	check_pair(a.cert_pem, "-----BEGIN X", "tls: failed to find any PEM data in key input");
	check_pair(a.key_pem, a.cert_pem, "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched");
	check_pair(a.cert_pem, a.cert_pem, "tls: found a certificate rather than a key in the PEM for the private key");
	check_pair("-----BEGIN A-----\nAA==\n-----END A-----\n-----BEGIN B-----\nAA==\n-----END B-----\n", a.key_pem,
		   "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the following types: [A B]");
	check_pair(a.cert_pem, "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n", "tls: failed to parse private key");
	cert_pair_done(&a);
	cert_pair_done(&b);
}

static void test_csr(void)
{
	char *key = NULL, *csr = NULL, *crt = NULL;
	struct cert_info info;
	struct err e = {0};
	time_t now = time(NULL);
	struct cert_request r = {.cn = "system:node:n1",
				 .orgs = (const char *const[]){"system:nodes", NULL},
				 .ip_addrs = (const char *const[]){"10.0.0.1", NULL}};
	struct cert_request sign = {.client = true, .not_before = now, .not_after = now + 3600};

	CHECK(cert_key_new(&key, &e) == 0);
	CHECK(cert_csr_new(&csr, key, &r, &e) == 0);
	CHECK(!strncmp(csr, "-----BEGIN CERTIFICATE REQUEST-----\n", 36) && strstr(csr, "\n-----END CERTIFICATE REQUEST-----"));
	CHECK(cert_sign_csr(&crt, &ca, csr, &sign, &e) == 0);
	CHECK(cert_inspect(&info, crt, &e) == 0);
	CHECK_STR(info.cn, "system:node:n1");
	CHECK_STR(info.orgs, "system:nodes");
	CHECK_STR(info.sans, "");
	cert_info_done(&info);
	CHECK(cert_key_matches(crt, key));
	free(crt);
	sign.cn = "other";
	CHECK(cert_sign_csr(&crt, &ca, csr, &sign, &e) == 0);
	CHECK(cert_inspect(&info, crt, &e) == 0);
	CHECK_STR(info.cn, "other");
	CHECK_STR(info.orgs, "");
	cert_info_done(&info);
	free(crt);
	CHECK(cert_sign_csr(&crt, &ca, "garbage", &sign, &e) == ERR_BAD_REQUEST);
	if (have_openssl()) {
		char *path = save("csr.pem", csr);

		CHECK(openssl((const char *const[]){"req", "-verify", "-noout", "-in", path, NULL}) == 0);
		free(path);
	}
	free(key);
	free(csr);
}

static void test_jwt(void)
{
	static const char claims[] =
	    "{\"iss\":\"https://kubernetes.default.svc\",\"sub\":\"system:serviceaccount:a:b\"}";
	char *key = NULL, *other = NULL, *tok = NULL, *got = NULL, *set = NULL, *bad;
	struct err e = {0};

	CHECK(cert_key_new(&key, &e) == 0 && cert_key_new(&other, &e) == 0);
	for (int i = 0; i < 50; i++) { /* R or S with leading zeros comes up once in 128 */
		CHECK(jwt_sign(&tok, key, claims, &e) == 0);
		CHECK(jwt_verify(&got, tok, (const char *const[]){other, key, NULL}, &e) == 0);
		CHECK_STR(got, claims);
		free(got);
		got = NULL;
		if (i < 49)
			free(tok);
	}
	CHECK(jwt_verify(&got, tok, (const char *const[]){other, NULL}, &e) == ERR_UNAUTHORIZED);
	bad = str_dup(tok);
	bad[strlen(bad) / 2] ^= 1;
	CHECK(jwt_verify(&got, bad, (const char *const[]){key, NULL}, &e) == ERR_UNAUTHORIZED);
	free(bad);
	CHECK(jwt_verify(&got, "a.b", (const char *const[]){key, NULL}, &e) == ERR_UNAUTHORIZED);
	CHECK(jwt_verify(&got, "..", (const char *const[]){key, NULL}, &e) == ERR_UNAUTHORIZED);
	CHECK(jwt_verify(&got, "eyJhbGciOiJub25lIn0.e30.", (const char *const[]){key, NULL}, &e) == ERR_UNAUTHORIZED);
	CHECK(jwk_set(&set, (const char *const[]){key, other, NULL}, &e) == 0);
	CHECK(set && strstr(set, "\"kty\":\"EC\"") && strstr(set, "\"crv\":\"P-256\""));
	free(set);
	if (have_openssl()) {
		char *path = save("key.pem", key), *pub = fs_join(dir, "pub.pem"), *rsa = fs_join(dir, "rsa.pem");
		struct buf b = {0};

		/* A public key alone verifies. */
		CHECK(openssl((const char *const[]){"ec", "-in", path, "-pubout", "-out", pub, NULL}) == 0);
		CHECK(fs_read(pub, 1 << 16, &b, &e) == 0);
		CHECK(jwt_verify(&got, tok, (const char *const[]){b.data, NULL}, &e) == 0);
		free(got);
		buf_done(&b);
		/* RS256, and a set that holds both kinds. */
		CHECK(openssl((const char *const[]){"genrsa", "-out", rsa, "2048", NULL}) == 0);
		CHECK(fs_read(rsa, 1 << 16, &b, &e) == 0);
		free(tok);
		CHECK(jwt_sign(&tok, b.data, claims, &e) == 0);
		CHECK(jwt_verify(&got, tok, (const char *const[]){key, b.data, NULL}, &e) == 0);
		CHECK_STR(got, claims);
		free(got);
		CHECK(jwt_verify(&got, tok, (const char *const[]){key, NULL}, &e) == ERR_UNAUTHORIZED);
		CHECK(jwk_set(&set, (const char *const[]){key, b.data, NULL}, &e) == 0);
		CHECK(strstr(set, "\"kty\":\"RSA\"") && strstr(set, "\"e\":\"AQAB\""));
		free(set);
		buf_done(&b);
		free(path);
		free(pub);
		free(rsa);
	}
	free(tok);
	free(key);
	free(other);
}

/* RFC 7515, HS256 as kubeadm checks it; the signature by an independent program. */
static void test_jws(void)
{
	AUTO_FREE char *jws = NULL;
	struct err e = {0};

	CHECK(jws_detached(&jws, "0123456789abcdef", "abcdef", "kind: Config\n", &e) == 0);
	CHECK_STR(jws, "eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..3ZR7IfHD4V0NLYjj9trDyCFIZSwMzkyMpnxx9vCiSPI");
}

/* Which certificate, request and key belong together. */
static void test_match(void)
{
	static const char *const orgs[] = {"system:nodes", NULL};
	const struct cert_request r = {.cn = "system:node:n", .orgs = orgs, .client = true, .not_before = 1000, .not_after = 2000};
	struct cert_pair own = {0}, other = {0}, old = {0};
	AUTO_FREE char *csr = NULL, *key = NULL, *csr2 = NULL;
	struct err e = {0};
	char a[65], b[65];

	CHECK(cert_ca_new(&own, "ca", 1000, 2000, &e) == 0 && cert_ca_new(&other, "ca", 1000, 2000, &e) == 0);
	CHECK(cert_issue(&old, &own, &r, &e) == 0);
	CHECK(cert_signed_by(old.cert_pem, own.cert_pem)); /* long expired */
	CHECK(!cert_signed_by(old.cert_pem, other.cert_pem) && !cert_signed_by("x", own.cert_pem));
	CHECK(cert_csr_new(&csr, old.key_pem, &r, &e) == 0 && cert_csr_proves_key(csr) && !cert_csr_proves_key("x"));
	CHECK(cert_key_id(csr, a, &e) == 0 && cert_key_id(old.cert_pem, b, &e) == 0);
	CHECK_STR(a, b);
	CHECK(cert_key_new(&key, &e) == 0 && cert_key_usable(key) && !cert_key_usable(csr) && !cert_key_usable(""));
	CHECK(cert_csr_new(&csr2, key, &r, &e) == 0 && cert_key_id(csr2, b, &e) == 0 && !streq(a, b));
	CHECK(cert_key_id("x", a, &e) < 0);
	cert_pair_done(&own);
	cert_pair_done(&other);
	cert_pair_done(&old);
}

static void test_dates(void)
{
	CHECK(http_date_parse("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777);
	CHECK(http_date_parse("Sun, 06 Nov 1994 08:49:37 CET") == 0 && http_date_parse("") == 0 && http_date_parse("yesterday") == 0);
}

static void test_sha256(void)
{
	char hex[65];
	struct sha256 *h = sha256_new();

	CHECK(sha256_hex("abc", 3, hex) == 0);
	CHECK_STR(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	sha256_add(h, "a", 1);
	sha256_add(h, "bc", 2);
	sha256_end(h, hex);
	CHECK_STR(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
	CHECK(mkdtemp(dir) != NULL);
	RUN(test_chain);
	RUN(test_pair);
	RUN(test_csr);
	RUN(test_jwt);
	RUN(test_jws);
	RUN(test_match);
	RUN(test_dates);
	RUN(test_sha256);
	cert_pair_done(&ca);
	fs_rm_rf(dir, NULL);
	return TEST_END();
}
