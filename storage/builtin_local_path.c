#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/str.h"
#include "storage/builtin_local.h"

#define DEFAULT_NODE "DEFAULT_PATH_FOR_NON_LISTED_NODES"
#define COMPONENTS_MAX 16
#define PATHS_MAX 64

/* --- ConfigMap local-path-config, as Rancher's --- */

static int check_paths(const json_t *paths, const char *node, struct err *e)
{
	const json_t *v;
	size_t i;

	if (!json_is_array(paths) || json_array_size(paths) > PATHS_MAX)
		return err_set(e, ERR_INVALID, "config.json: paths of node %.100s is not a list of at most %d paths", node, PATHS_MAX);
	json_array_foreach (paths, i, v) {
		const char *path = json_string_value(v);

		if (!path || path[0] != '/' || !path[strspn(path, "/")] || strlen(path) > LOCAL_PATH_MAX || strstr(path, "/../") || str_has_suffix(path, "/.."))
			return err_set(e, ERR_INVALID, "config.json: \"%.200s\" of node %.100s is not an absolute path below /", path ? path : "", node);
	}
	return 0;
}

int local_config_check(const char *text, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *c = NULL;
	const json_t *v;
	size_t i;
	int r = json_parse(text, strlen(text), &c, e);

	if (r < 0)
		return err_set(e, ERR_INVALID, "config.json: %.300s", e ? e->msg : "not JSON");
	if (json_object_get(c, "sharedFileSystemPath"))
		return err_set(e, ERR_INVALID, "config.json: sharedFileSystemPath is not supported (volumes of a shared file system: class with provisioner minik.io/nfs)");
	if (!json_is_array(json_object_get(c, "nodePathMap")))
		return err_set(e, ERR_INVALID, "config.json: nodePathMap is not a list");
	json_array_foreach (json_object_get(c, "nodePathMap"), i, v) {
		const char *node = json_str(v, "node");

		if (!node)
			return err_set(e, ERR_INVALID, "config.json: nodePathMap[%zu] has no node", i);
		if ((r = check_paths(json_object_get(v, "paths"), node, e)) < 0)
			return r;
	}
	*ret = TAKE_PTR(c);
	return 0;
}

int local_bases(const struct local_path *l, json_t **ret, struct err *e)
{
	const json_t *v, *found = NULL, *other = NULL;
	size_t i;

	if (!l->configured)
		return err_set(e, ERR_UNAVAILABLE, "ConfigMap kube-system/local-path-config has not been read yet");
	if (l->config_wrong)
		return err_set(e, ERR_INVALID, "ConfigMap kube-system/local-path-config: %s", l->config_wrong);
	json_array_foreach (json_object_get(l->config, "nodePathMap"), i, v) {
		const char *node = json_str_or(v, "node", "");

		if (streq(node, l->node))
			found = json_object_get(v, "paths");
		else if (streq(node, DEFAULT_NODE))
			other = json_object_get(v, "paths");
	}
	if (l->config && !found)
		found = other;
	if (l->config && json_array_size(found) == 0)
		return err_set(e, ERR_TOO_MANY, "ConfigMap kube-system/local-path-config gives node %s no path", l->node);
	json_t *a = l->config ? json_deep_copy(found) : json_pack("[s]", l->dir);
	if (!a)
		return err_nomem(e);
	*ret = a;
	return 0;
}

/* --- pathPattern --- */

static const char *skip_blank(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

/* The value of one {{ ... }}, which is at [p, end); borrowed. */
static const char *action_value(const char *p, const char *end, const char *name, const json_t *claim)
{
	static const struct {
		const char *text, *key;
	} fields[] = {{".PVC.Namespace", "namespace"}, {".PVC.Name", "name"}, {".PVC.UID", "uid"}, {".PVC.ObjectMeta.Namespace", "namespace"}, {".PVC.ObjectMeta.Name", "name"}};
	static const struct {
		const char *text, *key;
	} maps[] = {{".PVC.Annotations", "annotations"}, {".PVC.Labels", "labels"}};

	p = skip_blank(p);
	while (end > p && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	size_t n = (size_t)(end - p);
	if (n == strlen(".PVName") && strncmp(p, ".PVName", n) == 0)
		return name;
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (n == strlen(fields[i].text) && strncmp(p, fields[i].text, n) == 0)
			return json_str(claim, fields[i].key);
	bool index = n > 6 && strncmp(p, "index ", 6) == 0;
	if (index)
		p = skip_blank(p + 6);
	for (size_t i = 0; i < ARRAY_LEN(maps); i++) {
		size_t m = strlen(maps[i].text);
		char key[320];

		if ((size_t)(end - p) <= m || strncmp(p, maps[i].text, m) != 0)
			continue;
		const char *k = p + m, *stop = end;
		if (index) {
			k = skip_blank(k);
			if (k == p + m || stop - k < 3 || *k != '"' || stop[-1] != '"')
				return NULL;
			k++;
			stop--;
		} else if (*k++ != '.') {
			return NULL;
		}
		if (stop - k >= (ptrdiff_t)sizeof(key) || memchr(k, '"', (size_t)(stop - k)))
			return NULL;
		(void)snprintf(key, sizeof(key), "%.*s", (int)(stop - k), k);
		return json_string_value(json_object_get(json_object_get(claim, maps[i].key), key));
	}
	return NULL;
}

int local_pattern(const char *pattern, const char *name, const json_t *claim, char **ret, struct err *e)
{
	AUTO_BUF struct buf b = {0};

	for (const char *p = pattern; *p;) {
		const char *open = strstr(p, "{{"), *close = open ? strstr(open, "}}") : NULL, *value;

		if (!open) {
			buf_add(&b, p, strlen(p));
			break;
		}
		if (!close)
			return err_set(e, ERR_INVALID, "pathPattern \"%.200s\": \"{{\" without \"}}\"", pattern);
		value = action_value(open + 2, close, name, claim);
		if (!value)
			return err_set(e, ERR_INVALID, "pathPattern \"%.200s\": the claim has no %.*s", pattern, (int)(close - open - 2 > 200 ? 200 : close - open - 2), open + 2);
		buf_add(&b, p, (size_t)(open - p));
		buf_add(&b, value, strlen(value));
		p = close + 2;
		if (b.len > LOCAL_PATH_MAX)
			break;
	}
	buf_add(&b, "", 1);
	if (buf_failed(&b))
		return err_nomem(e);
	int r = local_path_check(b.data, e);
	if (r < 0) {
		(void)err_wrap(e, "pathPattern \"%.100s\"", pattern);
		return r;
	}
	char *copy = str_dup(b.data);
	if (!copy)
		return err_nomem(e);
	*ret = copy;
	return 0;
}

int local_path_check(const char *rel, struct err *e)
{
	/* What else lies in DATA_DIR/storage. */
	static const char *const taken[] = {"journal", "nfs", "ceph", "local", "csi", "volumes", "lost+found"};
	unsigned count = 0;

	if (strlen(rel) > LOCAL_PATH_MAX)
		return err_set(e, ERR_INVALID, "the path is longer than %d bytes", LOCAL_PATH_MAX);
	for (const char *p = rel;; p++) {
		size_t n = strcspn(p, "/");

		for (size_t i = 0; i < n; i++)
			if ((unsigned char)p[i] < 0x20 || p[i] == 0x7f || p[i] == '\\')
				return err_set(e, ERR_INVALID, "the path has a character that is not allowed in it");
		if (n == 0)
			return err_set(e, ERR_INVALID, "path \"%.200s\" is absolute or has an empty component", rel);
		if ((n == 1 && p[0] == '.') || (n == 2 && p[0] == '.' && p[1] == '.'))
			return err_set(e, ERR_INVALID, "path \"%.200s\" leads out of its place", rel);
		if (strncmp(p, LOCAL_PRIVATE, strlen(LOCAL_PRIVATE)) == 0 || n > 255 || ++count > COMPONENTS_MAX)
			return err_set(e, ERR_INVALID, "path \"%.200s\": a component is reserved or too long, or there are more than %d", rel, COMPONENTS_MAX);
		if (p == rel)
			for (size_t i = 0; i < ARRAY_LEN(taken); i++)
				if (strlen(taken[i]) == n && strncmp(p, taken[i], n) == 0)
					return err_set(e, ERR_INVALID, "path \"%.200s\": \"%s\" is reserved", rel, taken[i]);
		p += n;
		if (!*p)
			return 0;
	}
}

bool local_paths_touch(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);

	if (n > m) {
		const char *t = a;
		a = b;
		b = t;
		n = m;
	}
	return strncmp(a, b, n) == 0 && (b[n] == '\0' || b[n] == '/');
}

/* --- on disk --- */

static int open_base(const char *base, struct err *e)
{
	int r = fs_mkdir_p(base, 0755, e);

	if (r < 0)
		return r;
	int fd = open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? err_errno(e, errno, "%s", base) : fd;
}

int local_mkdir(const char *base, const char *rel, bool may_exist, int *ret_fd, struct err *e)
{
	AUTO_CLOSE int fd = open_base(base, e);

	if (fd < 0)
		return fd;
	for (const char *p = rel; *p;) {
		char name[256];
		size_t n = strcspn(p, "/");
		bool last = !p[n];

		if (n >= sizeof(name))
			return err_set(e, ERR_INVALID, "%s: a component is too long", rel);
		memcpy(name, p, n);
		name[n] = '\0';
		/* Closed to all but root until its limit is set. */
		if (mkdirat(fd, name, last ? 0700 : 0755) < 0 && (errno != EEXIST || (last && !may_exist)))
			return errno == EEXIST ? err_set(e, ERR_EXISTS, "directory %s/%s exists already and is not this claim's", base, rel)
			       : errno == ENOSPC || errno == EDQUOT ? err_set(e, ERR_TOO_MANY, "no space left in %s", base)
								    : err_errno(e, errno, "cannot create directory %s/%s", base, rel);
		int next = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (next < 0)
			return err_errno(e, errno, "%s/%s: \"%s\" is not a directory", base, rel, name);
		(void)close(fd);
		fd = next;
		p += n + !last;
	}
	*ret_fd = TAKE_FD(fd);
	return 0;
}

char *local_private(const char *base, const char *kind, const char *name, struct err *e)
{
	AUTO_FREE char *top = fs_join(base, LOCAL_PRIVATE), *dir = top ? fs_join(top, kind) : NULL, *path = dir ? fs_join(dir, name) : NULL;

	if (!path) {
		(void)err_nomem(e);
		return NULL;
	}
	if (mkdir(dir, 0700) < 0 && errno != EEXIST && (fs_mkdir_p(base, 0755, e) < 0 || fs_mkdir_p(dir, 0700, e) < 0))
		return NULL;
	return TAKE_PTR(path);
}

int local_split(const struct local_path *l, const char *path, char **ret_base, char **ret_rel, struct err *e)
{
	AUTO_JSON json_t *bases = NULL;
	const json_t *v;
	size_t i;

	/* Of a time before it was configured otherwise, too. */
	if (local_bases(l, &bases, NULL) < 0 && !(bases = json_array()))
		return err_nomem(e);
	if (json_array_append_new(bases, json_string(l->dir)) < 0)
		return err_nomem(e);
	json_array_foreach (bases, i, v) {
		const char *base = json_string_value(v);
		size_t n = strlen(base);

		while (n > 1 && base[n - 1] == '/')
			n--;
		if (strncmp(path, base, n) != 0 || path[n] != '/' || local_path_check(path + n + 1, NULL) < 0)
			continue;
		char *b = str_ndup(base, n), *r = str_dup(path + n + 1);
		if (!b || !r) {
			free(b);
			free(r);
			return err_nomem(e);
		}
		*ret_base = b;
		*ret_rel = r;
		return 0;
	}
	return err_set(e, ERR_FORBIDDEN, "path %s is not below a path of this node", path);
}
