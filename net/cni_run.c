/* Chains of plug-ins. Source: the CNI specification, section 3. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "base/fs.h"
#include "base/str.h"
#include "net/cni_internal.h"

#define VERSION_MS             10000
#define CODE_UNKNOWN_CONTAINER 3 /* nothing to clean up */

/* --- what plug-ins speak: asked once for each file --- */

struct asked {
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec mtime;
	unsigned versions;
};

static bool same_file(const struct asked *a, const struct stat *st)
{
	return a && a->dev == st->st_dev && a->ino == st->st_ino && a->size == st->st_size &&
	       a->mtime.tv_sec == st->st_mtim.tv_sec && a->mtime.tv_nsec == st->st_mtim.tv_nsec;
}

static void remember(struct cni *c, const char *file, const struct stat *st, unsigned versions)
{
	pthread_mutex_lock(&c->lock);
	struct asked *a = map_get(c->asked, file);
	if (!a && (a = calloc(1, sizeof(*a))) && map_put(c->asked, file, a) < 0) {
		free(a);
		a = NULL;
	}
	/* Without memory it is asked again. */
	if (a)
		*a = (struct asked){st->st_dev, st->st_ino, st->st_size, st->st_mtim, versions};
	pthread_mutex_unlock(&c->lock);
}

static int supported(struct cni *c, const char *type, unsigned *ret, struct err *e)
{
	AUTO_FREE char *file = NULL;
	AUTO_BUF struct buf out = {0};
	AUTO_JSON json_t *input = json_pack("{s:s}", "cniVersion", cni_version_text(CNI_VERSIONS - 1));
	struct stat st;
	long code;
	int r = input ? cni_find(c->bin_dirs, type, &file, e) : err_nomem(e);
	if (r < 0)
		return r;
	if (stat(file, &st) < 0)
		return err_errno(e, errno, "%s", file);
	pthread_mutex_lock(&c->lock);
	const struct asked *a = map_get(c->asked, file);
	bool known = same_file(a, &st);
	if (known)
		*ret = a->versions;
	pthread_mutex_unlock(&c->lock);
	if (known)
		return 0;
	const struct cni_call call = {.command = "VERSION",
				      .type = type,
				      .path = c->bin_dirs,
				      .input = input,
				      .timeout_ms = c->timeout_ms < VERSION_MS ? c->timeout_ms : VERSION_MS};
	r = cni_exec(&call, &out, &code, e);
	if (r == 0 && (r = cni_supported_parse(out.data, out.len, ret, e)) < 0)
		(void)err_wrap(e, "plug-in %s (VERSION)", type);
	if (r == 0)
		remember(c, file, &st, *ret);
	return r;
}

int cni_chain_settle(struct cni *c, struct cni_conf *conf, struct err *e)
{
	unsigned left = conf->versions;
	json_t *p;
	size_t i;
	json_array_foreach (conf->plugins, i, p) {
		const char *type = json_string_value(json_object_get(p, "type"));
		unsigned speaks = 0;
		int r = supported(c, type, &speaks, e);
		if (r < 0)
			return r;
		if (!(left & speaks)) {
			AUTO_BUF struct buf list = {0};
			for (int v = 0; v < CNI_VERSIONS; v++)
				if (speaks >> v & 1)
					buf_addf(&list, "%s%s", list.len ? ", " : "", cni_version_text(v));
			return err_set(
			    e, ERR_UNSUPPORTED,
			    "plug-in %s does not speak CNI %s, which the configuration asks for; it speaks %s", type,
			    cni_version_text(conf->version), list.data ? list.data : "none");
		}
		left &= speaks;
	}
	for (int v = 0; v < CNI_VERSIONS; v++)
		if (left >> v & 1)
			conf->version = v;
	return 0;
}

/* --- attachments --- */

/* netns: "" when it is gone already. */
static int step(struct cni *c, const struct cni_record *r, const char *command, size_t i, const json_t *prev,
		int keep_fd, const char *netns, struct buf *out, long *ret_code, struct err *e)
{
	AUTO_JSON json_t *input = cni_conf_derive(&r->conf, i, r->caps, prev);
	const struct cni_call call = {
	    .command = command,
	    .type = json_string_value(json_object_get(json_array_get(r->conf.plugins, i), "type")),
	    .path = r->path,
	    .id = r->uid,
	    .netns = netns,
	    .args = r->args,
	    .input = input,
	    .keep_fd = keep_fd,
	    .timeout_ms = c->timeout_ms};
	return input ? cni_exec(&call, out, ret_code, e) : err_nomem(e);
}

static const char *type_of(const struct cni_conf *conf, size_t i)
{
	return json_string_value(json_object_get(json_array_get(conf->plugins, i), "type"));
}

int cni_chain_add(struct cni *c, const struct cni_record *r, int keep_fd, json_t **ret_result, struct err *e)
{
	AUTO_JSON json_t *result = NULL;
	long code;
	for (size_t i = 0; i < json_array_size(r->conf.plugins); i++) {
		AUTO_BUF struct buf out = {0};
		json_t *next = NULL;
		int rc = step(c, r, "ADD", i, result, keep_fd, r->netns, &out, &code, e);
		if (rc == 0 && (rc = cni_result_parse(out.data, out.len, r->conf.version, &next, e)) < 0)
			(void)err_wrap(e, "plug-in %s (ADD)", type_of(&r->conf, i));
		if (rc < 0)
			return rc;
		json_decref(result);
		result = next;
	}
	*ret_result = TAKE_PTR(result);
	return 0;
}

int cni_chain_del(struct cni *c, const struct cni_record *r, int keep_fd, struct err *e)
{
	/* Another namespace may be at its path meanwhile: none of this attachment's business. */
	AUTO_FREE char *now = cni_netns_id(r->netns);
	const char *netns = now && *now && streq(now, r->netns_id) ? r->netns : "";
	const json_t *prev = r->conf.version >= CNI_0_4_0 ? r->result : NULL;
	if (!now)
		return err_nomem(e);
	for (size_t i = json_array_size(r->conf.plugins); i-- > 0;) {
		AUTO_BUF struct buf out = {0};
		long code = 0;
		int rc = step(c, r, "DEL", i, prev, keep_fd, netns, &out, &code, e);
		if (rc < 0 && code != CODE_UNKNOWN_CONTAINER)
			return rc;
	}
	return 0;
}

int cni_chain_check(struct cni *c, const struct cni_record *r, int keep_fd, struct err *e)
{
	if (r->conf.disable_check || r->conf.version < CNI_0_4_0)
		return 0;
	for (size_t i = 0; i < json_array_size(r->conf.plugins); i++) {
		AUTO_BUF struct buf out = {0};
		long code;
		int rc = step(c, r, "CHECK", i, r->result, keep_fd, r->netns, &out, &code, e);
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* --- the network as a whole --- */

int cni_chain_status(struct cni *c, const struct cni_conf *conf, struct err *e)
{
	for (size_t i = 0; conf->version >= CNI_1_1_0 && i < json_array_size(conf->plugins); i++) {
		AUTO_JSON json_t *input = cni_conf_derive(conf, i, NULL, NULL);
		AUTO_BUF struct buf out = {0};
		const struct cni_call call = {.command = "STATUS",
					      .type = type_of(conf, i),
					      .path = c->bin_dirs,
					      .input = input,
					      .timeout_ms = c->timeout_ms};
		long code;
		int r = input ? cni_exec(&call, &out, &code, e) : err_nomem(e);
		if (r < 0)
			return r;
	}
	return 0;
}

int cni_chain_gc(struct cni *c, const struct cni_conf *conf, char *const *uids, struct err *e)
{
	AUTO_JSON json_t *valid = json_array();
	int first = 0;
	if (conf->version < CNI_1_1_0 || conf->disable_gc)
		return 0;
	for (; valid && *uids; uids++)
		if (json_array_append_new(valid, json_pack("{s:s,s:s}", "containerID", *uids, "ifname", CNI_IFNAME)) <
		    0)
			return err_nomem(e);
	for (size_t i = 0; i < json_array_size(conf->plugins); i++) {
		AUTO_JSON json_t *input = cni_conf_derive(conf, i, NULL, NULL);
		AUTO_BUF struct buf out = {0};
		struct err why = {0};
		long code;
		if (!valid || !input || json_object_set(input, "cni.dev/valid-attachments", valid) < 0)
			return err_nomem(e);
		const struct cni_call call = {.command = "GC",
					      .type = type_of(conf, i),
					      .path = c->bin_dirs,
					      .input = input,
					      .timeout_ms = c->timeout_ms};
		int r = cni_exec(&call, &out, &code, &why);
		if (r < 0 && first == 0)
			first = err_set(e, r, "%s", why.msg);
	}
	return first;
}
