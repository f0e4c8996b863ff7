#include "tests/unit/test.h"
#include <sys/stat.h>
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"
#include "client/kubeconfig.h"

static char dir[] = "/tmp/minik-test-XXXXXX";
static char *path;

static int load(const char *text, struct err *e)
{
	struct connector *c = NULL;
	int r;

	CHECK(fs_write_atomic(path, text, strlen(text), 0600, e) == 0);
	r = kubeconfig_connector(&c, path, "test", e);
	(void)connector_free(c);
	return r;
}

#define HEAD                                                                                                           \
	"apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts:\n- name: c\n  context: {cluster: k, user: u}\n"
#define CLUSTER "clusters:\n- name: k\n  cluster: {server: 'https://h:6443'}\n"

static void bad(const char *text, int code, const char *why)
{
	struct err e = {0};

	CHECK(load(text, &e) == code);
	if (!strstr(e.msg, why))
		CHECK_STR(e.msg, why);
}

static void written(void)
{
	struct kubeconfig_spec s = {.server = "https://127.0.0.1:6443",
				    .ca_pem = "CA\n",
				    .cert_pem = "CERT\n",
				    .key_pem = "KEY\n",
				    .token = "yes",
				    .name = "default"};
	AUTO_JSON json_t *v = NULL;
	AUTO_BUF struct buf b = {0};
	struct connector *c = NULL;
	struct err e = {0};
	struct stat st;

	CHECK(kubeconfig_write(path, 0600, &s, &e) == 0);
	CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
	CHECK(fs_read(path, 1 << 20, &b, &e) == 0 && yaml_parse(b.data, b.len, &v, &e) == 0);
	CHECK_STR(json_str(v, "clusters[0].cluster.certificate-authority-data"), "Q0EK");
	CHECK_STR(json_str(v, "users[0].user.client-key-data"), "S0VZCg==");
	CHECK_STR(json_str(v, "users[0].user.token"), "yes");
	CHECK_STR(json_str(v, "contexts[0].context.cluster"), "default");
	CHECK(kubeconfig_connector(&c, path, NULL, &e) == 0);
	(void)connector_free(c);
	c = NULL;
	CHECK(setenv("KUBECONFIG", "/nonexistent/one", 1) == 0);
	CHECK(kubeconfig_connector(&c, NULL, NULL, &e) == ERR_NOT_FOUND);
	{
		AUTO_FREE char *list = str_fmt("/nonexistent/one:%s", path);

		CHECK(setenv("KUBECONFIG", list, 1) == 0);
	}
	CHECK(kubeconfig_connector(&c, NULL, NULL, &e) == 0);
	(void)connector_free(c);
}

static void read_variants(void)
{
	struct err e = {0};
	AUTO_FREE char *pem = fs_join(dir, "cert.pem");

	CHECK(fs_write(pem, "PEM", 3, &e) == 0);
	CHECK(load(HEAD CLUSTER
		   "users:\n- name: u\n  user: {client-certificate: cert.pem, client-key-data: S0VZCg==}\n",
		   &e) == 0);
	CHECK(load(HEAD CLUSTER "users:\n- name: u\n  user: {token: t, exec: null}\n", &e) == 0);
	bad(HEAD CLUSTER "users:\n- name: u\n  user: {exec: {command: x}}\n", ERR_UNSUPPORTED, "\"exec\"");
	bad(HEAD CLUSTER "users:\n- name: u\n  user: {username: a, password: b}\n", ERR_UNSUPPORTED, "\"username\"");
	bad(HEAD CLUSTER "users:\n- name: u\n  user: {client-certificate-data: S0VZCg==}\n", ERR_INVALID, "no key");
	bad(HEAD CLUSTER "users:\n- name: u\n  user: {client-certificate-data: '*'}\n", ERR_INVALID, "base64");
	bad(HEAD CLUSTER "users:\n- name: u\n  user: {client-certificate: none.pem}\n", ERR_NOT_FOUND, "none.pem");
	bad(HEAD CLUSTER, ERR_INVALID, "does not exist");
	bad(HEAD "users: []\n", ERR_INVALID, "cluster");
	bad("apiVersion: v1\n", ERR_INVALID, "current-context");
	bad("- a\n", ERR_INVALID, "no kubeconfig");
	bad("a: [", ERR_BAD_REQUEST, "YAML");
	bad(HEAD "users:\n- name: u\n  user: {}\nclusters:\n- name: k\n  cluster: {server: 'ftp://x'}\n", -22,
	    "no http");
	bad(HEAD "users:\n- name: u\n  user: {}\nclusters:\n- name: k\n  cluster: {server: 'https://x', proxy-url: "
		 "'http://p'}\n",
	    ERR_UNSUPPORTED, "proxy-url");
}

int main(void)
{
	struct err e = {0};

	CHECK(mkdtemp(dir));
	path = fs_join(dir, "config");
	RUN(written);
	RUN(read_variants);
	CHECK(fs_rm_rf(dir, &e) == 0);
	free(path);
	return TEST_END();
}
