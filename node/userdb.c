#include "node/userdb.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "base/buf.h"
#include "base/str.h"

#define DB_MAX (1u << 20)

static bool number(const char *p, size_t n, uint32_t *ret)
{
	uint64_t v = 0;

	if (n == 0 || n > 10)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return false;
		v = v * 10 + (uint64_t)(p[i] - '0');
	}
	if (v > UINT32_MAX)
		return false;
	*ret = (uint32_t)v;
	return true;
}

struct field {
	const char *p;
	size_t n;
};

/* Splits a line at colons; returns how many there are. */
static size_t split(const char *line, const char *end, struct field *f, size_t max)
{
	size_t n = 0;

	while (n < max) {
		const char *q = memchr(line, ':', (size_t)(end - line));
		if (!q || n == max - 1)
			q = end;
		f[n++] = (struct field){line, (size_t)(q - line)};
		if (q >= end)
			break;
		line = q + 1;
	}
	return n;
}

static bool same(const struct field *f, const char *s, size_t n) { return f->n == n && memcmp(f->p, s, n) == 0; }

static bool listed(const struct field *members, const char *name, size_t n)
{
	for (const char *p = members->p, *end = p + members->n; p < end;) {
		const char *q = memchr(p, ',', (size_t)(end - p));
		if (!q)
			q = end;
		if ((size_t)(q - p) == n && memcmp(p, name, n) == 0)
			return true;
		p = q + 1;
	}
	return false;
}

int user_parse(const char *passwd, const char *group, const char *spec, struct user *ret, struct err *e)
{
	struct user u = {0};
	struct field f[7];
	char name[256] = "";
	const char *colon = strchr(spec, ':');
	size_t n = colon ? (size_t)(colon - spec) : strlen(spec), gn = colon ? strlen(colon + 1) : 0;
	uint32_t id;
	bool numeric = n == 0 || number(spec, n, &u.uid), found = false, gfound = false;

	for (const char *p = passwd ? passwd : ""; *p && !found;) {
		const char *end = strchrnul(p, '\n');
		if (split(p, end, f, 7) >= 4 && number(f[2].p, f[2].n, &id) && (numeric ? id == u.uid : same(&f[0], spec, n))) {
			found = true;
			u.uid = id;
			if (number(f[3].p, f[3].n, &id))
				u.gid = id;
			if (f[0].n < sizeof(name)) {
				memcpy(name, f[0].p, f[0].n);
				name[f[0].n] = '\0';
			}
			if (split(p, end, f, 7) >= 6 && f[5].n < sizeof(u.home)) {
				memcpy(u.home, f[5].p, f[5].n);
				u.home[f[5].n] = '\0';
			}
		}
		p = *end ? end + 1 : end;
	}
	if (!numeric && !found)
		return err_set(e, ERR_INVALID, "unable to find user %.*s: no matching entries in passwd file", (int)n, spec);
	bool gnumeric = colon && number(colon + 1, gn, &u.gid);
	for (const char *p = group ? group : ""; *p;) {
		const char *end = strchrnul(p, '\n');
		size_t k = split(p, end, f, 4);
		if (k >= 3 && number(f[2].p, f[2].n, &id)) {
			if (colon && !gnumeric && same(&f[0], colon + 1, gn)) {
				u.gid = id;
				gfound = true;
			}
			if (!colon && k == 4 && name[0] && listed(&f[3], name, strlen(name)) && u.n_groups < USER_MAX_GROUPS && id != u.gid)
				u.groups[u.n_groups++] = id;
		}
		p = *end ? end + 1 : end;
	}
	if (colon && !gnumeric && !gfound)
		return err_set(e, ERR_INVALID, "unable to find group %s: no matching entries in group file", colon + 1);
	*ret = u;
	return 0;
}

/* The file as the overlay would show it. An image may hold any symbolic link: nothing outside the layer is followed. */
static int layered_read(char *const *layers, const char *rel, struct buf *out)
{
	size_t n = 0;

	while (layers[n])
		n++;
	while (n-- > 0) {
		struct open_how how = {.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK, .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
		struct stat st;
		AUTO_CLOSE int dir = open(layers[n], O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (dir < 0)
			return -errno;
		if (fstatat(dir, rel, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISCHR(st.st_mode))
			return 1; /* whiteout */
		AUTO_CLOSE int fd = (int)syscall(SYS_openat2, dir, rel, &how, sizeof(how));
		if (fd < 0)
			continue;
		if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
			return 1;
		for (;;) {
			char chunk[4096];
			ssize_t k = read(fd, chunk, sizeof(chunk));
			if (k < 0)
				return -errno;
			if (k == 0)
				return 0;
			if (out->len + (size_t)k > DB_MAX)
				return ERR_TOO_LARGE;
			buf_add(out, chunk, (size_t)k);
		}
	}
	return 1;
}

int user_lookup(char *const *layers, const char *spec, struct user *ret, struct err *e)
{
	AUTO_BUF struct buf passwd = {0}, group = {0};
	int r = layered_read(layers, "etc/passwd", &passwd);

	if (r >= 0)
		r = layered_read(layers, "etc/group", &group);
	if (r < 0)
		return err_set(e, r, "cannot read the image's /etc/passwd and group: %s", err_name(r));
	return user_parse(passwd.data, group.data, spec, ret, e);
}
