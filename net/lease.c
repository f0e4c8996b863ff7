#include "net/lease.h"
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/file.h>
#include <sys/stat.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/inet.h"
#include "base/map.h"
#include "base/str.h"

#define LEASE_SPAN_MAX 65536u /* addresses looked at in one CIDR; a /64 needs no more */

struct lease_dir {
	char *path, *lock;
	uint32_t last[2]; /* host part handed out last, by family; under the lock */
};

static void dir_close(DIR **d)
{
	if (*d)
		closedir(*d);
}
static void map_free_p(struct map **m)
{
	if (*m)
		map_free(*m);
}

/* The address at host part n of the prefix. */
static void addr_at(const struct lease_cidr *c, uint32_t n, char out[48])
{
	unsigned char a[16];
	memcpy(a, c->net, 16);
	size_t len = c->family == AF_INET ? 4 : 16;
	for (size_t i = 0; i < 4; i++)
		a[len - 1 - i] = (unsigned char)(a[len - 1 - i] | (n >> (8 * i) & 255));
	(void)inet_ntop(c->family, a, out, 48);
}

int lease_cidr_parse(struct lease_cidr *ret, const char *cidr, struct err *e)
{
	char host[64];
	const char *slash = strchr(cidr, '/');
	int64_t bits;
	struct lease_cidr c = {0};
	if (!slash || (size_t)(slash - cidr) >= sizeof(host))
		return err_set(e, -EINVAL, "\"%s\" is not a CIDR such as 10.42.0.0/24", cidr);
	memcpy(host, cidr, (size_t)(slash - cidr));
	host[slash - cidr] = 0;
	c.family = strchr(host, ':') ? AF_INET6 : AF_INET;
	size_t len = c.family == AF_INET ? 4 : 16;
	if (inet_pton(c.family, host, c.net) != 1 || str_to_i64(slash + 1, 1, (int64_t)len * 8 - 2, &bits) < 0)
		return err_set(e, -EINVAL, "\"%s\" is not a CIDR such as 10.42.0.0/24", cidr);
	c.bits = (unsigned)bits;
	for (size_t i = 0; i < len * 8; i++)
		if (i >= c.bits)
			c.net[i / 8] = (unsigned char)(c.net[i / 8] & ~(0x80u >> (i % 8)));
	addr_at(&c, 1, c.gateway);
	(void)snprintf(c.gateway_prefix, sizeof(c.gateway_prefix), "%s/%u", c.gateway, c.bits);
	*ret = c;
	return 0;
}

int lease_dir_new(struct lease_dir **ret, const char *run_dir, struct err *e)
{
	struct lease_dir *d = calloc(1, sizeof(*d));
	if (!d)
		return err_nomem(e);
	d->path = str_fmt("%s/net/leases", run_dir);
	d->lock = str_fmt("%s/net/lock", run_dir);
	int code = d->path && d->lock ? fs_mkdir_p(d->path, 0755, e) : err_nomem(e);
	if (code < 0) {
		lease_dir_free(d);
		return code;
	}
	*ret = d;
	return 0;
}

struct lease_dir *lease_dir_free(struct lease_dir *d)
{
	if (!d)
		return NULL;
	free(d->path);
	free(d->lock);
	free(d);
	return NULL;
}

int lease_lock(struct lease_dir *d, int *ret_fd, struct err *e)
{
	AUTO_CLOSE int fd = open(d->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_errno(e, errno, "cannot open %s", d->lock);
	while (flock(fd, LOCK_EX) < 0)
		if (errno != EINTR)
			return err_errno(e, errno, "cannot lock %s", d->lock);
	*ret_fd = TAKE_FD(fd);
	return 0;
}

int lease_each(struct lease_dir *d, int (*fn)(void *arg, const char *ip, const char *uid), void *arg, struct err *e)
{
	CLEANUP(dir_close) DIR *dir = opendir(d->path);
	if (!dir)
		return err_errno(e, errno, "cannot read %s", d->path);
	for (struct dirent *de; (de = readdir(dir));) {
		char *at = strchr(de->d_name, '@');
		if (!at)
			continue;
		*at = 0;
		int r = fn(arg, de->d_name, at + 1);
		if (r)
			return r;
	}
	return 0;
}

struct taken {
	const struct lease_cidr *c;
	const char *uid;
	struct map *ips;
	char found[48];
};

static bool cidr_has(const struct lease_cidr *c, const char *ip)
{
	unsigned char a[16];
	return inet_pton(c->family, ip, a) == 1 && inet_bits_equal(a, c->net, c->bits);
}

static int taken_add(void *arg, const char *ip, const char *uid)
{
	struct taken *t = arg;
	if (!cidr_has(t->c, ip))
		return 0;
	if (streq(uid, t->uid)) {
		(void)str_copy(t->found, sizeof(t->found), ip);
		return 1;
	}
	return map_put(t->ips, ip, t);
}

int lease_get(struct lease_dir *d, const struct lease_cidr *c, const char *uid, char ret_ip[48], struct err *e)
{
	if (strchr(uid, '/') || strchr(uid, '@') || strlen(uid) > 128 || !uid[0])
		return err_set(e, -EINVAL, "\"%s\" cannot name an address lease", uid);
	CLEANUP(map_free_p) struct map *ips = map_new(NULL);
	if (!ips)
		return err_nomem(e);
	struct taken t = {.c = c, .uid = uid, .ips = ips};
	int code = lease_each(d, taken_add, &t, e);
	if (code < 0)
		return code == -ENOMEM ? err_nomem(e) : code;
	if (code == 1) {
		memcpy(ret_ip, t.found, 48);
		return 0;
	}
	unsigned host_bits = (c->family == AF_INET ? 32 : 128) - c->bits;
	uint32_t span = host_bits >= 16 ? LEASE_SPAN_MAX : 1u << host_bits;
	uint32_t *last = &d->last[c->family == AF_INET ? 0 : 1];
	/* 0 is the network, 1 the gateway, the last one broadcast. */
	uint32_t usable = span - 3;
	for (uint32_t i = 0; i < usable; i++) {
		uint32_t n = 2 + (*last + i) % usable;
		char ip[48];
		addr_at(c, n, ip);
		if (map_has(ips, ip))
			continue;
		AUTO_FREE char *file = str_fmt("%s/%s@%s", d->path, ip, uid);
		if (!file)
			return err_nomem(e);
		AUTO_CLOSE int fd = open(file, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
		if (fd < 0)
			return err_errno(e, errno, "cannot write the address lease %s", file);
		*last = (n - 2 + 1) % usable;
		memcpy(ret_ip, ip, 48);
		return 0;
	}
	return err_set(e, ERR_TOO_MANY, "all %u addresses of %s are in use by pods", usable, c->gateway_prefix);
}

struct release {
	struct lease_dir *d;
	const char *uid;
	struct err *e;
};

static int release_one(void *arg, const char *ip, const char *uid)
{
	struct release *r = arg;
	if (!streq(uid, r->uid))
		return 0;
	AUTO_FREE char *file = str_fmt("%s/%s@%s", r->d->path, ip, uid);
	if (!file)
		return err_nomem(r->e);
	if (unlink(file) < 0 && errno != ENOENT)
		return err_errno(r->e, errno, "cannot remove the address lease %s", file);
	return 0;
}

int lease_release(struct lease_dir *d, const char *uid, struct err *e)
{
	struct release r = {d, uid, e};
	return lease_each(d, release_one, &r, e);
}
