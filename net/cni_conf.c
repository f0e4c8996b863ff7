/* Network configurations. Source: the CNI specification, section 1; which file counts: as libcni and containerd. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include "base/fs.h"
#include "base/str.h"
#include "net/cni_internal.h"

static const char *const versions[CNI_VERSIONS] = {"0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"};

const char *cni_version_text(int v)
{
	return versions[v];
}

int cni_version_find(const char *text)
{
	for (int i = 0; i < CNI_VERSIONS; i++)
		if (streq(text, versions[i]))
			return i;
	return -1;
}

void cni_conf_done(struct cni_conf *c)
{
	free(c->name);
	free(c->file);
	json_decref(c->plugins);
	*c = (struct cni_conf){0};
}

static bool alnum(char ch)
{
	return (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

/* Names become parts of paths, here and in plug-ins. */
static bool name_good(const char *s)
{
	if (!s || !alnum(s[0]) || strlen(s) > 200)
		return false;
	for (; *s; s++)
		if (!alnum(*s) && !strchr("_.-", *s))
			return false;
	return true;
}

static int plugin_check(const json_t *p, size_t i, struct err *e)
{
	const char *type = json_string_value(json_object_get(p, "type"));
	const json_t *caps = json_object_get(p, "capabilities");
	if (!type)
		return err_set(e, ERR_INVALID, "plugins[%zu] has no type", i);
	if (!name_good(type))
		return err_set(e, ERR_INVALID, "plugins[%zu]: type \"%.60s\" is not the name of a program", i, type);
	if (caps && !json_is_object(caps) && !json_is_null(caps))
		return err_set(e, ERR_INVALID, "plugins[%zu]: capabilities is not an object", i);
	return 0;
}

static int version_add(const json_t *v, struct cni_conf *c, struct err *e)
{
	int i = cni_version_find(json_string_value(v));
	if (!json_is_string(v))
		return err_set(e, ERR_INVALID, "a version is not a string");
	if (i >= 0)
		c->versions |= 1u << i;
	return 0;
}

static int versions_read(const json_t *o, struct cni_conf *c, struct err *e)
{
	const json_t *one = json_object_get(o, "cniVersion"), *more = json_object_get(o, "cniVersions"), *v;
	size_t i;
	int code = 0;
	/* Files from before there were versions. */
	if (!one && !more)
		c->versions = 1u << CNI_0_2_0;
	if (one && *(json_string_value(one) ? json_string_value(one) : "x") == 0)
		c->versions = 1u << CNI_0_2_0;
	else if (one)
		code = version_add(one, c, e);
	if (more && !json_is_array(more))
		return err_set(e, ERR_INVALID, "cniVersions is not a list");
	json_array_foreach ((json_t *)more, i, v)
		code = code < 0 ? code : version_add(v, c, e);
	if (code == 0 && !c->versions)
		code = err_set(e, ERR_INVALID, "cniVersion \"%.20s\" is not supported; 0.1.0 to 1.1.0 are",
			       json_str_or(o, "cniVersion", ""));
	for (int v_ = 0; v_ < CNI_VERSIONS; v_++)
		if (c->versions >> v_ & 1)
			c->version = v_;
	return code;
}

int cni_conf_parse(const char *text, size_t n, bool is_list, struct cni_conf *ret, struct err *e)
{
	CLEANUP(cni_conf_done) struct cni_conf c = {0};
	AUTO_JSON json_t *o = NULL;
	json_t *plugins, *p;
	size_t i;
	int code = n > CNI_TEXT_MAX ? err_set(e, ERR_TOO_LARGE, "is larger than 1 MiB") : json_parse(text, n, &o, e);
	if (code == 0 && !json_is_object(o))
		code = err_set(e, ERR_INVALID, "is not a JSON object");
	if (code < 0)
		return code;
	const char *name = json_string_value(json_object_get(o, "name"));
	if (!name_good(name))
		return err_set(e, ERR_INVALID,
			       name ? "name \"%.60s\" has characters that no file's name may have" : "has no name%.0s",
			       name ? name : "");
	if ((code = versions_read(o, &c, e)) < 0)
		return code;
	c.disable_check = json_is_true(json_object_get(o, "disableCheck")) ||
			  streq(json_string_value(json_object_get(o, "disableCheck")), "true");
	c.disable_gc = json_is_true(json_object_get(o, "disableGC"));
	c.inline_only = !is_list || json_is_true(json_object_get(o, "loadOnlyInlinedPlugins"));
	plugins = json_object_get(o, "plugins");
	if (!is_list && plugins)
		return err_set(e, ERR_INVALID, "has plugins: a list of them belongs into a file *.conflist");
	if (plugins && !json_is_array(plugins))
		return err_set(e, ERR_INVALID, "plugins is not a list");
	c.plugins = plugins ? json_incref(plugins) : json_array();
	c.name = str_dup(name);
	if (!c.plugins || !c.name || (!is_list && json_array_append(c.plugins, o) < 0))
		return err_nomem(e);
	if (json_array_size(c.plugins) > CNI_PLUGIN_MAX)
		return err_set(e, ERR_TOO_LARGE, "has more than %d plug-ins", CNI_PLUGIN_MAX);
	json_array_foreach (c.plugins, i, p)
		if ((code = plugin_check(p, i, e)) < 0)
			return code;
	*ret = c;
	c = (struct cni_conf){0};
	return 0;
}

json_t *cni_conf_json(const struct cni_conf *c)
{
	return json_pack("{s:s,s:s,s:b,s:b,s:b,s:O}", "cniVersion", versions[c->version], "name", c->name,
			 "disableCheck", c->disable_check, "disableGC", c->disable_gc, "loadOnlyInlinedPlugins", 1,
			 "plugins", c->plugins);
}

bool cni_conf_has(const struct cni_conf *c, const char *capability)
{
	json_t *p;
	size_t i;
	json_array_foreach (c->plugins, i, p)
		if (json_is_true(json_object_get(json_object_get(p, "capabilities"), capability)))
			return true;
	return false;
}

json_t *cni_conf_derive(const struct cni_conf *c, size_t i, const json_t *caps, const json_t *prev)
{
	json_t *o = json_copy(json_array_get(c->plugins, i)), *given = json_object(), *v, *has;
	const char *k;
	void *tmp;
	has = json_incref(json_object_get(o, "capabilities"));
	json_object_foreach_safe (o, tmp, k, v)
		if (str_has_prefix(k, "cni.dev/") || streq(k, "capabilities") || streq(k, "runtimeConfig") ||
		    streq(k, "prevResult"))
			json_object_del(o, k);
	json_object_foreach ((json_t *)caps, k, v)
		if (json_is_true(json_object_get(has, k)))
			json_object_set(given, k, v);
	json_decref(has);
	bool bad = !o || !given || json_object_set_new(o, "name", json_string(c->name)) < 0 ||
		   json_object_set_new(o, "cniVersion", json_string(versions[c->version])) < 0 ||
		   (json_object_size(given) && json_object_set(o, "runtimeConfig", given) < 0) ||
		   (prev && json_object_set(o, "prevResult", (json_t *)prev) < 0);
	json_decref(given);
	if (bad) {
		json_decref(o);
		return NULL;
	}
	return o;
}

/* --- files --- */

struct names {
	char **v;
	size_t n;
};
static void names_done(struct names *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i]);
	free(s->v);
}
static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_conf(const char *name, bool one_only)
{
	return str_has_suffix(name, ".conf") ||
	       (!one_only && (str_has_suffix(name, ".conflist") || str_has_suffix(name, ".json")));
}

#define FILES_MAX 1000
static int names_read(const char *dir, bool one_only, struct names *ret, struct err *e)
{
	DIR *d = opendir(dir);
	int code = 0;
	if (!d && errno == ENOENT)
		return 0;
	if (!d)
		return err_errno(e, errno, "cannot read %s", dir);
	for (struct dirent *de; code == 0 && ret->n < FILES_MAX && (de = readdir(d));) {
		if (de->d_name[0] == '.' || !is_conf(de->d_name, one_only))
			continue;
		char **v = realloc(ret->v, (ret->n + 1) * sizeof(*v));
		if (v)
			ret->v = v;
		if (!v || !(v[ret->n] = str_dup(de->d_name)))
			code = err_nomem(e);
		else
			ret->n++;
	}
	closedir(d);
	if (ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), by_name);
	return code;
}

static int file_parse(const char *path, bool is_list, struct cni_conf *ret, struct err *e)
{
	AUTO_BUF struct buf text = {0};
	int code = fs_read(path, CNI_TEXT_MAX, &text, e);
	return code < 0 ? code : cni_conf_parse(text.data ? text.data : "", text.len, is_list, ret, e);
}

/* Further plug-ins of a network lie in the folder of its name (1.1.0). */
static int siblings_load(const char *dir, struct cni_conf *c, struct err *e)
{
	CLEANUP(names_done) struct names files = {0};
	AUTO_FREE char *sub = fs_join(dir, c->name);
	if (!sub)
		return err_nomem(e);
	int code = c->inline_only || c->version < CNI_1_1_0 ? 0 : names_read(sub, true, &files, e);
	for (size_t i = 0; i < files.n && code == 0; i++) {
		AUTO_FREE char *path = fs_join(sub, files.v[i]);
		AUTO_BUF struct buf text = {0};
		AUTO_JSON json_t *p = NULL;
		code = path ? fs_read(path, CNI_TEXT_MAX, &text, e) : err_nomem(e);
		if (code == 0)
			code = json_parse(text.data ? text.data : "", text.len, &p, e);
		if (code == 0)
			code = plugin_check(p, json_array_size(c->plugins), e);
		if (code < 0)
			return err_wrap(e, "%s", files.v[i]);
		if (json_array_size(c->plugins) >= CNI_PLUGIN_MAX)
			return err_set(e, ERR_TOO_LARGE, "has more than %d plug-ins", CNI_PLUGIN_MAX);
		if (json_array_append(c->plugins, p) < 0)
			code = err_nomem(e);
	}
	return code;
}

int cni_conf_pick(const char *dir, struct cni_conf *ret, void (*fn)(void *arg, const char *fault), void *arg,
		  struct err *e)
{
	CLEANUP(names_done) struct names files = {0};
	struct err first = {0};
	int code = names_read(dir, false, &files, e);
	if (code < 0)
		return code;
	for (size_t i = 0; i < files.n; i++) {
		CLEANUP(cni_conf_done) struct cni_conf c = {0};
		AUTO_FREE char *path = fs_join(dir, files.v[i]);
		struct err why = {0};
		if (!path)
			return err_nomem(e);
		code = file_parse(path, str_has_suffix(path, ".conflist"), &c, &why);
		if (code == 0)
			code = siblings_load(dir, &c, &why);
		if (code == 0 && json_array_size(c.plugins) == 0)
			code = err_set(&why, ERR_INVALID, "has no plug-ins");
		if (code == 0) {
			c.file = str_dup(files.v[i]);
			*ret = c;
			c = (struct cni_conf){0};
			return ret->file ? 0 : err_nomem(e);
		}
		AUTO_FREE char *line = str_fmt("%s/%s: %s", dir, files.v[i], why.msg);
		if (fn && line)
			fn(arg, line);
		if (!first.code && line)
			err_set(&first, code, "%s", line);
	}
	if (first.code)
		return err_set(e, ERR_NOT_FOUND, "no valid configuration: %s", first.msg);
	return err_set(e, ERR_NOT_FOUND, "no *.conf, *.conflist or *.json in %s", dir);
}
