/*
 * An API server alone, for tests: apiserver_main DIR [PORT [TOKEN]]. Data lies in DIR; DIR/admin.kubeconfig is an administrator's.
 * MINIK_TEST_ETCD=URL,...: it lies in etcd instead. MINIK_TEST_STORE=SECONDS,EVENTS,BYTES: history that is kept, and free
 * space that is given back, so that compaction has always something to do. Prints "ready PORT" when it answers; ends at SIGTERM or SIGINT.
 */
#include <signal.h>
#include "apiserver/apiserver.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"

static int kubeconfig(const char *path, struct pki *p, unsigned port, struct err *e)
{
	static const char *const masters[] = {"system:masters", NULL};
	struct cert_pair c = {0};
	AUTO_FREE char *ca = NULL;
	AUTO_FREE char *crt = NULL;
	AUTO_FREE char *key = NULL;
	AUTO_BUF struct buf b = {0};
	int r = pki_issue_client(&c, p, "admin", masters, e);

	if (r)
		return r;
	if (b64_encode(pki_ca_cert(p), strlen(pki_ca_cert(p)), false, &ca) || b64_encode(c.cert_pem, strlen(c.cert_pem), false, &crt) ||
	    b64_encode(c.key_pem, strlen(c.key_pem), false, &key)) {
		cert_pair_done(&c);
		return err_nomem(e);
	}
	buf_addf(&b,
		 "apiVersion: v1\nkind: Config\nclusters:\n- name: minik\n  cluster:\n    server: https://127.0.0.1:%u\n"
		 "    certificate-authority-data: %s\nusers:\n- name: admin\n  user:\n    client-certificate-data: %s\n"
		 "    client-key-data: %s\ncontexts:\n- name: minik\n  context:\n    cluster: minik\n    user: admin\ncurrent-context: minik\n",
		 port, ca, crt, key);
	r = fs_write_atomic(path, b.data, b.len, 0600, e);
	cert_pair_done(&c);
	return r;
}

int main(int argc, char **argv)
{
	static const char *const sans[] = {"127.0.0.1", "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "10.43.0.1", NULL};
	struct err e = {0};
	struct store *s = NULL;
	struct pki *p = NULL;
	struct apiserver *a = NULL;
	AUTO_FREE char *db = NULL;
	AUTO_FREE char *tls = NULL;
	AUTO_FREE char *kc = NULL;
	struct store_config sc = {0};
	const char *tuned = getenv("MINIK_TEST_STORE");
	struct pki_config pc = {0};
	struct apiserver_config ac = {0};
	struct apiserver_deps ad = {0};
	int64_t port = 0;
	sigset_t set;
	int sig, r;

	if (argc < 2 || (argc > 2 && str_to_i64(argv[2], 0, 65535, &port))) {
		fprintf(stderr, "usage: apiserver_main DIR [PORT [TOKEN]]\n");
		return 2;
	}
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	log_setup(LOG_LEVEL_INFO, false);
	db = str_fmt("%s/state.db", argv[1]);
	tls = str_fmt("%s/tls", argv[1]);
	kc = str_fmt("%s/admin.kubeconfig", argv[1]);
	sc.path = db;
	sc.endpoints = getenv("MINIK_TEST_ETCD");
	if (tuned && sscanf(tuned, "%u,%u,%zu", &sc.history_s, &sc.history_events, &sc.shrink_bytes) != 3) {
		fprintf(stderr, "apiserver_main: MINIK_TEST_STORE=SECONDS,EVENTS,BYTES\n");
		return 2;
	}
	pc = (struct pki_config){.dir = tls, .sans = sans};
	r = fs_mkdir_p(argv[1], 0700, &e);
	if (!r)
		r = store_open(&s, &sc, &e);
	if (!r)
		r = pki_open(&p, &pc, &e);
	ac = (struct apiserver_config){.bind_address = "127.0.0.1",
				       .port = (uint16_t)port,
				       .advertise_address = "127.0.0.1",
				       .service_cidr = "10.43.0.0/16",
				       .cluster_dns = "10.43.0.10",
				       .token = argc > 3 ? argv[3] : NULL};
	ad = (struct apiserver_deps){.store = s, .pki = p};
	if (!r)
		r = apiserver_new(&a, &ac, &ad, &e);
	if (!r)
		r = apiserver_start(a, &e);
	if (!r)
		r = kubeconfig(kc, p, apiserver_port(a), &e);
	if (!r) {
		printf("ready %u\n", apiserver_port(a));
		fflush(stdout);
		(void)sigwait(&set, &sig);
	} else {
		fprintf(stderr, "apiserver_main: %s\n", e.msg);
	}
	apiserver_stop(a);
	apiserver_join(a);
	(void)apiserver_free(a);
	(void)pki_free(p);
	if (s) {
		store_stop(s);
		(void)store_free(s);
	}
	return r ? 1 : 0;
}
