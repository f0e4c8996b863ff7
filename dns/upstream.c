#include "dns/upstream.h"
#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/fs_watch.h"
#include "base/str.h"

#define RESOLV_CONF_SIZE 65536
#define EVENTS                                                                                                         \
	(IN_CLOSE_WRITE | IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_MOVE_SELF |             \
	 IN_DELETE_SELF)

/* ---- groups ---- */

struct upstreams *upstreams_new(void)
{
	struct upstreams *g = calloc(1, sizeof(*g));
	if (g)
		g->refs = 1;
	return g;
}

struct upstreams *upstreams_ref(struct upstreams *g)
{
	g->refs++;
	return g;
}

struct upstreams *upstreams_unref(struct upstreams *g)
{
	if (g && --g->refs == 0)
		free(g);
	return NULL;
}

static int bad(struct err *e, const char *text)
{
	return err_set(
	    e, -EINVAL,
	    "\"%.80s\" is not the address of a name server; write 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53", text);
}

int upstreams_add(struct upstreams *g, const char *text, uint16_t port, struct err *e)
{
	char host[80];
	int64_t n;
	if (g->n == UPSTREAMS_MAX)
		return err_set(e, ERR_TOO_MANY, "more than %d name servers", UPSTREAMS_MAX);
	const char *rest;
	size_t len;
	if (text[0] == '[') {
		const char *close = strchr(++text, ']');
		if (!close)
			return bad(e, text - 1);
		len = (size_t)(close - text);
		rest = close + 1;
	} else {
		len = strcspn(text, "#");
		const char *colon = strchr(text, ':');
		if (colon && !strchr(colon + 1, ':')) /* one colon: a port; more: IPv6 */
			len = (size_t)(colon - text);
		rest = text + len;
	}
	if (len >= sizeof(host) || (*rest && *rest != ':' && *rest != '#'))
		return bad(e, text);
	memcpy(host, text, len);
	host[len] = 0;
	if (*rest) {
		if (str_to_i64(rest + 1, 1, 65535, &n) < 0)
			return bad(e, text);
		port = (uint16_t)n;
	}
	struct upstream u = {0};
	struct sockaddr_in *v4 = (struct sockaddr_in *)&u.addr;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&u.addr;
	char *scope = strchr(host, '%');
	if (scope)
		*scope++ = 0;
	if (!scope && inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(port);
		u.len = sizeof(*v4);
		(void)snprintf(u.text, sizeof(u.text), "%s:%u", host, port);
	} else if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(port);
		if (scope)
			v6->sin6_scope_id =
			    str_to_i64(scope, 1, INT32_MAX, &n) == 0 ? (uint32_t)n : if_nametoindex(scope);
		u.len = sizeof(*v6);
		(void)snprintf(u.text, sizeof(u.text), "[%s]:%u", host, port);
	} else {
		return bad(e, text);
	}
	g->v[g->n++] = u;
	return 0;
}

unsigned upstreams_leave_out(struct upstreams *g, const char *const *own, uint16_t own_port)
{
	unsigned n = 0, before = g->n;
	for (unsigned i = 0; i < g->n; i++) {
		bool ours = false;
		for (const char *const *p = own; p && *p; p++) {
			struct upstreams one = {0};
			if (upstreams_add(&one, *p, own_port, NULL) == 0)
				ours |= one.v[0].len == g->v[i].len &&
					memcmp(&one.v[0].addr, &g->v[i].addr, g->v[i].len) == 0;
		}
		if (!ours)
			g->v[n++] = g->v[i];
	}
	g->n = n;
	g->good = 0;
	return before - n;
}

void upstream_quirk_seen(struct upstream_quirk *q, bool so, int64_t now_ms)
{
	q->seen = !so ? 0 : q->seen < UPSTREAM_QUIRK_SURE ? q->seen + 1 : q->seen;
	if (q->seen == UPSTREAM_QUIRK_SURE)
		q->until_ms = now_ms + UPSTREAM_QUIRK_MS;
}

bool upstreams_down(const struct upstreams *g, int64_t now_ms)
{
	for (unsigned i = 0; i < g->n; i++)
		if (now_ms >= g->v[i].down_until_ms)
			return false;
	return true;
}

/* ---- resolv.conf ---- */

void resolv_conf_done(struct resolv_conf *c)
{
	c->servers = upstreams_unref(c->servers);
	for (unsigned i = 0; i < c->n_search; i++)
		free(c->search[i]);
	c->n_search = 0;
}

static int search_line(struct resolv_conf *c, const char *p)
{
	for (unsigned i = 0; i < c->n_search; i++)
		free(c->search[i]);
	c->n_search = 0;
	for (;;) {
		p += strspn(p, " \t\r");
		size_t n = strcspn(p, " \t\r");
		if (!n || c->n_search == SEARCH_MAX)
			return 0;
		if (!(c->search[c->n_search] = str_ndup(p, n)))
			return -ENOMEM;
		c->n_search++;
		p += n;
	}
}

int resolv_conf_parse(struct resolv_conf *ret, const char *text, uint16_t port)
{
	struct resolv_conf c = {.servers = upstreams_new()};
	int code = c.servers ? 0 : -ENOMEM;
	for (const char *p = text; code == 0 && *p;) {
		size_t n = strcspn(p, "\n");
		AUTO_FREE char *line = str_ndup(p, n);
		p += n + (p[n] == '\n');
		if (!line) {
			code = -ENOMEM;
			break;
		}
		size_t word = strcspn(line, " \t");
		char *value = line + word + strspn(line + word, " \t");
		if (word == 10 && strncmp(line, "nameserver", 10) == 0) {
			value[strcspn(value, " \t\r;")] = 0;
			(void)upstreams_add(c.servers, value, port,
					    NULL); /* libc, too, passes over what it cannot read */
		} else if (word == 6 && (strncmp(line, "search", 6) == 0 || strncmp(line, "domain", 6) == 0)) {
			code = search_line(&c, value);
		}
	}
	if (code < 0) {
		resolv_conf_done(&c);
		return code;
	}
	*ret = c;
	return 0;
}

static bool is_stub(const struct resolv_conf *c)
{
	for (unsigned i = 0; i < c->servers->n; i++)
		if (!str_has_prefix(c->servers->v[i].text, "127.0.0.53:") &&
		    !str_has_prefix(c->servers->v[i].text, "127.0.0.54:"))
			return false;
	return c->servers->n > 0;
}

int resolv_conf_read(struct resolv_conf *ret, const char *path, struct err *e)
{
	AUTO_BUF struct buf b = {0}, real = {0};
	int code = fs_read(path, RESOLV_CONF_SIZE, &b, e);
	if (code < 0 && code != ERR_NOT_FOUND)
		return code;
	if (resolv_conf_parse(ret, b.data ? b.data : "", 53) < 0)
		return err_nomem(e);
	if (!is_stub(ret) || fs_read(RESOLVED_CONF, RESOLV_CONF_SIZE, &real, NULL) < 0 || !real.data)
		return 0;
	resolv_conf_done(ret);
	return resolv_conf_parse(ret, real.data, 53) < 0 ? err_nomem(e) : 0;
}

/* ---- following it ---- */

struct resolv_watch {
	char *path;
	struct fs_watch *files;
	void (*changed)(void *arg);
	void *arg;
};

static void watch_parent(struct resolv_watch *w, const char *path)
{
	char dir[PATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 0;
	if (!slash || n >= sizeof(dir))
		return;
	memcpy(dir, path, n);
	dir[n] = 0;
	(void)fs_watch_add(w->files, n ? dir : "/", EVENTS | IN_ONLYDIR);
}

/*
 * The file, for writes through another name (bind mounts); its folder, for what replaces it; the folder of what it
 * links to; resolved's, whose file may be read in its place. Adding what is watched already changes nothing.
 */
static void watch_arm(struct resolv_watch *w)
{
	char real[PATH_MAX];
	(void)fs_watch_add(w->files, w->path, EVENTS);
	watch_parent(w, w->path);
	if (realpath(w->path, real))
		watch_parent(w, real);
	watch_parent(w, RESOLVED_CONF);
}

/* Which of the names in these folders it was does not matter: the file is small, and read again. But not for every
 * change in /etc: those of other names there are passed over. */
static bool concerns(void *arg, uint32_t mask UNUSED, const char *event)
{
	const struct resolv_watch *w = arg;
	const char *name = strrchr(w->path, '/');
	char real[PATH_MAX];
	if (!*event || streq(event, name ? name + 1 : w->path) || streq(event, "resolv.conf"))
		return true;
	const char *base = realpath(w->path, real) ? strrchr(real, '/') : NULL;
	return base && streq(event, base + 1);
}

static void watch_settled(void *arg)
{
	struct resolv_watch *w = arg;
	watch_arm(w);
	w->changed(w->arg);
}

static const struct fs_watch_ops watch_ops = {concerns, watch_settled};

int resolv_watch_new(struct resolv_watch **ret, struct loop *l, const char *path, void (*changed)(void *arg), void *arg,
		     struct err *e)
{
	struct resolv_watch *w = calloc(1, sizeof(*w));
	if (!w)
		return err_nomem(e);
	w->changed = changed;
	w->arg = arg;
	w->path = str_dup(path);
	int code = w->path ? fs_watch_new(&w->files, l, RESOLV_SETTLE_MS, &watch_ops, w, e) : err_nomem(e);
	if (code < 0) {
		(void)err_wrap(e, "cannot watch %s", path);
		resolv_watch_free(w);
		return code;
	}
	watch_arm(w);
	*ret = w;
	return 0;
}

struct resolv_watch *resolv_watch_free(struct resolv_watch *w)
{
	if (!w)
		return NULL;
	fs_watch_free(w->files);
	free(w->path);
	free(w);
	return NULL;
}
