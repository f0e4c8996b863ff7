#include "cmd/secret.h"
#include <ctype.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/str.h"
#include "wire/cert.h"

const char *secret_of_token(const char *token)
{
	const char *sep = strstr(token, "::");

	return sep ? sep + 2 : token;
}

bool secret_ca_hash(const char *token, char out[65])
{
	if (!str_has_prefix(token, "K10") || strlen(token) < 3 + 64 + 2 || strncmp(token + 67, "::", 2) != 0)
		return false;
	for (size_t i = 0; i < 64; i++)
		if (!isxdigit((unsigned char)token[3 + i]))
			return false;
	memcpy(out, token + 3, 64);
	out[64] = '\0';
	return true;
}

int secret_check_token(const char *token, struct err *e)
{
	char hash[65];
	const char *secret = secret_of_token(token);
	size_t n = strlen(token);

	if ((str_has_prefix(token, "K10") || strstr(token, "::")) && (!secret_ca_hash(token, hash) || !secret[0]))
		return err_set(e, ERR_INVALID,
			       "\"%.20s%s\" is malformed; a token is K10, the 64 hex digits of the CA's hash, :: and "
			       "the secret, as "
			       "minik token on the server prints it",
			       token, n > 20 ? "..." : "");
	for (const char *p = token; *p; p++)
		if (*p <= ' ' || *p > '~')
			return err_set(e, ERR_INVALID,
				       "the token holds a space or a character that is not ASCII; copy it anew from "
				       "minik token on the server");
	if (n == 0 || n > 512)
		return err_set(
		    e, ERR_INVALID,
		    n ? "the token is longer than 512 characters; copy it anew from minik token on the server"
		      : "the token is empty; minik token on the server prints it");
	return 0;
}

static int read_trimmed(const char *path, char **ret, struct err *e)
{
	AUTO_BUF struct buf text = {0};

	int r = fs_read(path, 4096, &text, e);
	if (r < 0)
		return r;
	while (text.len && isspace((unsigned char)text.data[text.len - 1]))
		buf_trim(&text, text.len - 1);
	if (!text.len)
		return err_set(e, ERR_INVALID, "%s: no token in it", path);
	return (*ret = buf_take(&text, NULL)) ? 0 : err_nomem(e);
}

static int given_token(char **ret, const struct options *o, struct err *e)
{
	const char *path = opt_str(o, OPT_TOKEN_FILE);

	if (opt_str(o, OPT_TOKEN))
		return (*ret = str_dup(opt_str(o, OPT_TOKEN))) ? 0 : err_nomem(e);
	if (!path)
		return ERR_NOT_FOUND;
	int r = read_trimmed(path, ret, e);
	if (r == 0 && (r = secret_check_token(*ret, e)) < 0) {
		free(TAKE_PTR(*ret));
		(void)err_wrap(e, "%.100s", path);
	}
	if (r < 0) {
		char where[OPT_WHERE_MAX];
		opt_where(o, OPT_TOKEN_FILE, where);
		(void)err_wrap(e, "%s", where);
	}
	/* A file that is named must be there: not the same as none being named. */
	return r == ERR_NOT_FOUND ? err_set(e, ERR_INVALID, "%s", e ? e->msg : "") : r;
}

int secret_check(const struct options *o, bool needed, struct err *e)
{
	AUTO_FREE char *token = NULL;
	int r = given_token(&token, o, e);

	return r == ERR_NOT_FOUND && !needed ? 0 : r == ERR_NOT_FOUND ? secret_agent_token(&token, o, e) : r;
}

int secret_agent_token(char **ret, const struct options *o, struct err *e)
{
	int r = given_token(ret, o, e);

	return r == ERR_NOT_FOUND ? err_set(e, ERR_INVALID, "--token or --token-file is needed (on the server: minik token)") : r;
}

int secret_known_token(char **ret, const struct options *o, struct err *e)
{
	AUTO_FREE char *path = fs_join(opt_str(o, OPT_DATA_DIR), "server/token");

	if (!path)
		return err_nomem(e);
	int r = given_token(ret, o, e);
	return r == ERR_NOT_FOUND ? read_trimmed(path, ret, e) : r;
}

int secret_server_token(char **ret, const struct options *o, const char *ca_pem, struct err *e)
{
	AUTO_FREE char *path = fs_join(opt_str(o, OPT_DATA_DIR), "server/token"), *token = NULL, *full = NULL;
	struct cert_info info = {0};

	if (!path)
		return err_nomem(e);
	int r = secret_known_token(&token, o, e);
	if (r == ERR_NOT_FOUND) {
		uint8_t raw[16];
		char hex[33];
		random_bytes(raw, sizeof(raw));
		hex_encode(raw, sizeof(raw), hex);
		token = str_dup(hex);
		r = token ? 0 : err_nomem(e);
	}
	if (r < 0)
		return r;
	if ((r = cert_inspect(&info, ca_pem, e)) < 0)
		return r;
	full = str_fmt("K10%s::%s", info.sha256_hex, secret_of_token(token));
	cert_info_done(&info);
	if (!full)
		return err_nomem(e);
	if ((r = fs_write_atomic(path, full, strlen(full), 0600, e)) < 0)
		return r;
	*ret = TAKE_PTR(full);
	return 0;
}
