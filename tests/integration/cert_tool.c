/* cert_tool CA-DIR DIR NAME BEFORE AFTER: issues DIR/NAME.crt and .key anew, for the same names, as a certificate that
   began BEFORE seconds ago and ends in AFTER seconds. */
#include <stdio.h>
#include <time.h>
#include "base/fs.h"
#include "base/str.h"
#include "wire/cert.h"

static char *text_of(const char *dir, const char *name, const char *ext)
{
	AUTO_FREE char *path = str_fmt("%s/%s.%s", dir, name, ext);
	AUTO_BUF struct buf b = {0};
	struct err e = {0};

	if (!path || fs_read(path, 1 << 20, &b, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		exit(1);
	}
	return buf_take(&b, NULL);
}

static void put(const char *dir, const char *name, const char *ext, const char *text)
{
	AUTO_FREE char *path = str_fmt("%s/%s.%s", dir, name, ext);
	struct err e = {0};

	if (!path || fs_write_atomic(path, text, strlen(text), 0600, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	struct cert_pair ca, fresh = {0};
	struct cert_info info = {0};
	struct err e = {0};
	const char *dns[32] = {NULL}, *ips[32] = {NULL}, *orgs[32] = {NULL};
	size_t n_dns = 0, n_ips = 0, n_orgs = 0;
	int64_t before, after;
	char *save = NULL;

	if (argc != 6 || str_to_i64(argv[4], 0, 1 << 30, &before) < 0 || str_to_i64(argv[5], 0, 1 << 30, &after) < 0)
		return 2;
	ca.cert_pem = text_of(argv[1], "ca", "crt");
	ca.key_pem = text_of(argv[1], "ca", "key");
	AUTO_FREE char *old = text_of(argv[2], argv[3], "crt");
	if (cert_inspect(&info, old, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		return 1;
	}
	for (char *s = strtok_r(info.sans, "\n", &save); s; s = strtok_r(NULL, "\n", &save)) {
		if (str_has_prefix(s, "DNS:") && n_dns < 31)
			dns[n_dns++] = s + 4;
		else if (str_has_prefix(s, "IP:") && n_ips < 31)
			ips[n_ips++] = s + 3;
	}
	for (char *s = strtok_r(info.orgs, "\n", &save); s && n_orgs < 31; s = strtok_r(NULL, "\n", &save))
		orgs[n_orgs++] = s;
	bool server = n_dns + n_ips > 0;
	struct cert_request r = {.cn = info.cn,
				 .orgs = orgs,
				 .dns_names = dns,
				 .ip_addrs = ips,
				 .server = server,
				 .client = !server,
				 .not_before = time(NULL) - before,
				 .not_after = time(NULL) + after};
	if (cert_issue(&fresh, &ca, &r, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		return 1;
	}
	put(argv[2], argv[3], "key", fresh.key_pem);
	put(argv[2], argv[3], "crt", fresh.cert_pem);
	cert_pair_done(&ca);
	cert_pair_done(&fresh);
	cert_info_done(&info);
	return 0;
}
