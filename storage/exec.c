#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "storage/attach.h"
#include "storage/exec.h"
#include "storage/redact.h"
#include "base/log.h"
#include "base/proc.h"
#include "base/str.h"

/*
 * A program is called as `PROGRAM OP` with the request on standard input. It gets none of our environment, and its answer is judged as that of a stranger:
 * what is not exactly an answer leaves open whether it was done.
 */

#define OUTPUT_MAX (1 << 20)
#define WORDS_MAX 65536 /* of standard error is looked at */
#define EXIT_UNSUPPORTED 3
#define WARNING_MAX 300
#define TIMEOUT_MAX_S 600

struct exec {
	struct plugin plugin; /* first */
	char *path;
	int stop_fd, timeout_ms; /* its own limit; 0: that of who asks */
};

static const struct {
	const char *name;
	int code;
} codes[] = {
	{"INVALID_ARGUMENT", ERR_INVALID},
	{"FAILED_PRECONDITION", -EBUSY},
	{"NOT_FOUND", ERR_NOT_FOUND},
	{"ALREADY_EXISTS", ERR_EXISTS},
	{"PERMISSION_DENIED", ERR_FORBIDDEN},
	{"UNAUTHENTICATED", ERR_FORBIDDEN},
	{"RESOURCE_EXHAUSTED", ERR_TOO_MANY},
	{"OUT_OF_RANGE", -ERANGE},
	{"UNIMPLEMENTED", ERR_UNSUPPORTED},
	{"INTERNAL", ERR_INTERNAL},
	{"DATA_LOSS", ERR_INTERNAL},
	{"DEADLINE_EXCEEDED", ERR_TIMEOUT},
	{"UNAVAILABLE", ERR_UNAVAILABLE},
	{"ABORTED", ERR_AGAIN},
	{"CANCELLED", ERR_CANCELED},
	{"UNKNOWN", ERR_PROTO},
};

int exec_code(const char *grpc)
{
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		if (streq(codes[i].name, grpc))
			return codes[i].code;
	return ERR_PROTO;
}

/*
 * The last line that says something; out is cut short, printable and without what is secret in the request (NULL: nothing), which is covered before anything is cut: a
 * part of it is as secret.
 */
static void last_words(const char *said, size_t n, const json_t *req, char *out, size_t cap)
{
	size_t skipped = n > WORDS_MAX ? n - WORDS_MAX : 0;
	AUTO_FREE char *s = str_ndup(said + skipped, n - skipped);

	if (!s) {
		(void)str_copy(out, cap, "what it said cannot be shown: out of memory");
		return;
	}
	n -= skipped;
	redact(s, n, req);
	while (n > 0 && (unsigned char)s[n - 1] <= ' ')
		n--;
	size_t from = n;
	while (from > 0 && s[from - 1] != '\n')
		from--;
	if (from == 0 && skipped) { /* where it begins is not known */
		(void)str_copy(out, cap, "it said a line that is too long to be shown");
		return;
	}
	size_t k = n - from < cap - 1 ? n - from : cap - 1;
	memcpy(out, s + from, k);
	out[k] = 0;
	make_printable(out);
	if (!*out)
		(void)str_copy(out, cap, "it said nothing");
}

/* How much of the parser's message says where, before it quotes a piece. */
static size_t not_quoted(const char *msg)
{
	const char *quote = strstr(msg, " near ");

	return quote ? (size_t)(quote - msg) : strlen(msg);
}

int exec_answer(const json_t *req, const char *out, size_t n, const char *errout, size_t errn, int status, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *v = NULL;
	char words[300];
	struct err bad = {0};

	last_words(errn ? errout : "", errn, req, words, sizeof(words));
	if (status == EXIT_UNSUPPORTED)
		return err_set(e, ERR_UNSUPPORTED, "not supported");
	if (status > 128)
		return err_set(e, ERR_PROTO, "it was killed by signal %d: %s", status - 128, words);
	int r = n ? json_parse(out, n, &v, &bad) : ERR_BAD_REQUEST;
	if (r == -ENOMEM)
		return err_nomem(e);
	if (status) {
		const char *code = json_str(v, "error.code"), *text = json_str(v, "error.message");
		if (!code)
			return err_set(e, ERR_PROTO, "exit code %d without an error object: %s", status, words);
		char said[300], name[41];
		last_words(text ? text : "", text ? strlen(text) : 0, req, said, sizeof(said));
		last_words(code, strlen(code), req, name, sizeof(name));
		return err_set(e, exec_code(code), "%s: %s", name, text ? said : words);
	}
	if (!n)
		return err_set(e, ERR_PROTO, "it ended well without an answer");
	if (r < 0)
		return err_set(e, ERR_PROTO, "its answer is no JSON: %.*s", (int)not_quoted(bad.msg), bad.msg);
	if (!json_is_object(v))
		return err_set(e, ERR_PROTO, "its answer is no JSON object");
	if (json_object_get(v, "error"))
		return err_set(e, ERR_PROTO, "an error with exit code 0");
	*ret = TAKE_PTR(v);
	return 0;
}

int exec_check(const char *path, struct stat *st, struct err *e)
{
	struct stat own;

	if (!st)
		st = &own;
	if (lstat(path, st) < 0)
		return errno == ENOENT ? err_set(e, ERR_NOT_FOUND, "%s is not there", path) : err_errno(e, errno, "%s", path);
	if (!S_ISREG(st->st_mode))
		return err_set(e, ERR_FORBIDDEN, "%s is neither a program nor a link to a socket", path);
	if (st->st_uid != 0 && st->st_uid != geteuid())
		return err_set(e, ERR_FORBIDDEN, "%s belongs to user %u and is not run: chown root it", path, (unsigned)st->st_uid);
	if (st->st_mode & 022)
		return err_set(e, ERR_FORBIDDEN, "%s can be written by others than its owner and is not run: chmod go-w it", path);
	if (!(st->st_mode & 0100))
		return err_set(e, ERR_FORBIDDEN, "%s is not executable: chmod +x it", path);
	return 0;
}

static int run(const struct exec *x, const char *op, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	static const char *const env[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "HOME=/", NULL};
	const char *argv[] = {x->path, op, NULL};
	AUTO_BUF struct buf out = {0}, errout = {0};
	AUTO_BYTES struct bytes *in = json_encode(req);
	int status = 0;

	if (!in)
		return err_nomem(e);
	struct err why = {0};
	int r = exec_check(x->path, NULL, &why);
	if (r < 0) /* nothing is known of what was asked before */
		return err_set(e, ERR_UNAVAILABLE, "%s", why.msg);
	const struct proc_call c = {.argv = argv,
				    .envp = env,
				    .input = in->data,
				    .input_len = in->len,
				    .out = &out,
				    .errout = &errout,
				    .max_output = OUTPUT_MAX,
				    .timeout_ms = x->timeout_ms ? x->timeout_ms : timeout_ms,
				    .strict = true,
				    .stop_fd = x->stop_fd,
				    .cwd = "/"};
	r = proc_call(&c, &status, e);
	char words[300] = "";
	if (errout.len) {
		last_words(errout.data, errout.len, req, words, sizeof(words));
		log_info("storage", x->plugin.name, "%s: %s", op, words);
	}
	/* What it complained of before we lost patience may be what explains it. */
	if (r == ERR_TIMEOUT)
		return err_set(e, r, "no answer within %d ms, it was killed%s%s", c.timeout_ms, *words ? ": " : "", words);
	if (r == ERR_TOO_LARGE)
		return err_set(e, ERR_PROTO, "it said more than %d bytes and was killed", OUTPUT_MAX);
	/* It did not start: surely nothing was done, but what hinders it (no memory, no processes) may pass. */
	if (r < 0)
		return r;
	return exec_answer(req, out.data, out.len, errout.data, errout.len, status, ret, e);
}

/* They become events. */
static int warnings(json_t *answer, const json_t *req, struct err *e)
{
	json_t *list = json_object_get(answer, "warnings"), *w;
	size_t i;

	json_array_foreach (list, i, w) {
		char words[WARNING_MAX];
		last_words(json_is_string(w) ? json_string_value(w) : "", json_string_length(w), req, words, sizeof(words));
		if (json_is_string(w) && json_array_set_new(list, i, json_string(words)) < 0)
			return err_nomem(e);
	}
	return 0;
}

static int exec_call(struct plugin *p, enum plugin_op op, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	const struct exec *x = (const struct exec *)p;
	AUTO_JSON json_t *answer = NULL;

	int r = run(x, plugin_op_name(op), req, timeout_ms, &answer, e);
	if (r < 0 || (r = warnings(answer, req, e)) < 0)
		return r;
	if (op == PLUGIN_CREATE && !json_object_get(answer, "source")) {
		/* A volume that we have nothing to call by could never be deleted again. */
		const char *handle = json_str(answer, "handle"), *k;
		AUTO_JSON json_t *options = json_pack("{s:s?}", "volumeHandle", handle);
		json_t *v;
		if (!handle || !*handle)
			return err_set(e, ERR_PROTO, "its answer has no handle");
		json_object_foreach (json_object_get(answer, "context"), k, v)
			if (json_object_set(options, k, v) < 0)
				return err_nomem(e);
		if (json_object_set_new(answer, "source", json_pack("{s:{s:s,s:O}}", "flexVolume", "driver", p->driver ? p->driver : p->name, "options", options)) < 0)
			return err_nomem(e);
	}
	*ret = TAKE_PTR(answer);
	return 0;
}

static void exec_free(struct plugin *p)
{
	free(((struct exec *)p)->path);
	free(p);
}

static int operations(struct exec *x, const json_t *answer, struct err *e)
{
	const json_t *list = json_object_get(answer, "operations"), *v;
	size_t i;

	if (!json_is_array(list))
		return err_set(e, ERR_PROTO, "capabilities: its answer has no list \"operations\"");
	json_array_foreach (list, i, v) {
		bool known = false;
		for (unsigned op = 0; op < PLUGIN_OP_COUNT; op++)
			if (streq(json_string_value(v), plugin_op_name(op))) {
				x->plugin.can |= PLUGIN_CAN(op);
				known = true;
			}
		if (!known)
			return err_set(e, ERR_PROTO, "capabilities: unknown operation \"%.60s\"", json_is_string(v) ? json_string_value(v) : "?");
	}
	int64_t seconds = json_int_or(answer, "timeoutSeconds", 0);
	if (seconds < 0 || seconds > TIMEOUT_MAX_S)
		return err_set(e, ERR_PROTO, "capabilities: timeoutSeconds is not between 1 and %d", TIMEOUT_MAX_S);
	x->timeout_ms = (int)seconds * 1000;
	x->plugin.per_node = json_bool_or(answer, "perNode", false);
	unsigned attaches = x->plugin.can & (PLUGIN_CAN(PLUGIN_ATTACH) | PLUGIN_CAN(PLUGIN_DETACH));
	if (attaches && attaches != (PLUGIN_CAN(PLUGIN_ATTACH) | PLUGIN_CAN(PLUGIN_DETACH)))
		return err_set(e, ERR_PROTO, "capabilities: of attach and detach it has only one");
	if (attaches && x->plugin.per_node)
		return err_set(e, ERR_PROTO, "capabilities: perNode: a node's own volumes are not attached");
	if (attaches && strlen(x->plugin.name) >= ATTACHER_MAX)
		return err_set(e, ERR_PROTO, "capabilities: who attaches has a name of at most %d letters", ATTACHER_MAX - 1);
	return 0;
}

int exec_plugin_new(struct plugin **ret, const char *name, const char *path, int stop_fd, struct err *e)
{
	static const struct plugin_ops ops = {exec_call, exec_free};
	CLEANUP(plugin_unref_p) struct plugin *p = NULL;
	AUTO_JSON json_t *answer = NULL;
	AUTO_JSON json_t *req = json_pack("{s:s}", "op", "capabilities");
	struct exec *x = calloc(1, sizeof(*x));

	if (!x)
		return err_nomem(e);
	p = &x->plugin;
	x->stop_fd = stop_fd;
	int r = plugin_init(p, &ops, "program", name, e);
	if (r < 0)
		return r;
	if (!req || !(x->path = str_dup(path)))
		return err_nomem(e);
	r = run(x, "capabilities", req, EXEC_ASK_MS, &answer, e);
	if (r == ERR_UNSUPPORTED)
		p->can = PLUGIN_CAN(PLUGIN_CREATE) | PLUGIN_CAN(PLUGIN_DELETE) | PLUGIN_CAN(PLUGIN_PUBLISH) | PLUGIN_CAN(PLUGIN_UNPUBLISH);
	else if (r < 0)
		return err_wrap(e, "capabilities");
	else if ((r = operations(x, answer, e)) < 0)
		return r;
	*ret = TAKE_PTR(p);
	return 0;
}
