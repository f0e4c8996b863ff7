/* One call of one plug-in. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "net/cni_internal.h"

int cni_find(const char *path, const char *type, char **ret, struct err *e)
{
	for (const char *p = path; *p;) {
		size_t n = strcspn(p, ":");
		AUTO_FREE char *file = str_fmt("%.*s/%s", (int)n, p, type);
		struct stat st;
		if (!file)
			return err_nomem(e);
		if (n && stat(file, &st) == 0 && S_ISREG(st.st_mode) && access(file, X_OK) == 0) {
			*ret = TAKE_PTR(file);
			return 0;
		}
		p += n + (p[n] == ':');
	}
	return err_set(e, ERR_NOT_FOUND, "plug-in %s is not in %.120s", type, path);
}

struct vars {
	char **v;
	size_t n, cap;
};
static void vars_done(struct vars *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i]);
	free(s->v);
}
/* Takes text, NULL too. */
static int vars_add(struct vars *s, char *text)
{
	if (s->n + 1 >= s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 64;
		char **v = realloc(s->v, cap * sizeof(*v));
		if (!v) {
			free(text);
			return -ENOMEM;
		}
		s->v = v;
		s->cap = cap;
	}
	if (!text)
		return -ENOMEM;
	s->v[s->n++] = text;
	s->v[s->n] = NULL;
	return 0;
}

/* Ours, less what is not a plug-in's business: tokens among it. */
static int vars_make(struct vars *s, const struct cni_call *c)
{
	int r = 0;
	for (char **p = environ; *p && r == 0; p++)
		if (!str_has_prefix(*p, "CNI_") && !str_has_prefix(*p, "MINIK_") &&
		    !str_has_prefix(*p, "NOTIFY_SOCKET="))
			r = vars_add(s, str_dup(*p));
	if (r == 0 && !getenv("PATH"))
		r = vars_add(s, str_dup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
	r = r < 0 ? r : vars_add(s, str_fmt("CNI_COMMAND=%s", c->command));
	r = r < 0 ? r : vars_add(s, str_fmt("CNI_PATH=%s", c->path));
	if (r < 0 || !c->id)
		return r;
	r = vars_add(s, str_fmt("CNI_CONTAINERID=%s", c->id));
	r = r < 0 ? r : vars_add(s, str_fmt("CNI_NETNS=%s", c->netns));
	r = r < 0 ? r : vars_add(s, str_dup("CNI_IFNAME=" CNI_IFNAME));
	return r < 0 ? r : vars_add(s, str_fmt("CNI_ARGS=%s", c->args));
}

int cni_exec(const struct cni_call *c, struct buf *out, long *ret_code, struct err *e)
{
	CLEANUP(vars_done) struct vars env = {0};
	AUTO_FREE char *file = NULL;
	AUTO_BUF struct buf input = {0}, errout = {0};
	struct err why = {0};
	char text[200];
	int status = 0;
	*ret_code = 0;
	int r = cni_find(c->path, c->type, &file, e);
	if (r < 0)
		return r;
	json_encode_buf(c->input, &input);
	if (buf_failed(&input) || vars_make(&env, c) < 0)
		return err_nomem(e);
	const char *argv[] = {file, NULL};
	const struct proc_call p = {.argv = argv,
				    .envp = (const char *const *)env.v,
				    .input = input.data,
				    .input_len = input.len,
				    .out = out,
				    .errout = &errout,
				    .max_output = CNI_TEXT_MAX,
				    .timeout_ms = c->timeout_ms,
				    .strict = true,
				    .keep_fd = c->keep_fd};
	r = proc_call(&p, &status, &why);
	if (r == ERR_TIMEOUT)
		return err_set(e, r, "plug-in %s (%s) did not end within %d s and was killed", c->type, c->command,
			       c->timeout_ms / 1000);
	if (r == ERR_TOO_LARGE)
		return err_set(e, ERR_PROTO, "plug-in %s (%s) printed more than 1 MiB and was killed", c->type,
			       c->command);
	if (r < 0)
		return err_set(e, r, "plug-in %s (%s): %.150s", c->type, c->command, why.msg);
	if (status == 0)
		return 0;
	*ret_code = cni_error_parse(out->data, out->len, errout.data, errout.len, text, sizeof(text));
	if (*ret_code)
		return err_set(e, -EIO, "plug-in %s (%s) failed with code %ld: %s", c->type, c->command, *ret_code,
			       text);
	if (status > 128)
		return err_set(e, -EIO, "plug-in %s (%s) was killed by signal %d%s%s", c->type, c->command,
			       status - 128, text[0] ? ": " : "", text);
	return err_set(e, -EIO, "plug-in %s (%s) failed with exit code %d: %s", c->type, c->command, status,
		       text[0] ? text : "it did not say why");
}
