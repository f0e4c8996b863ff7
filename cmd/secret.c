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
	if (opt_str(o, OPT_TOKEN)) {
		if (!opt_str(o, OPT_TOKEN)[0])
			return err_set(e, ERR_INVALID, "--token is empty");
		return (*ret = str_dup(opt_str(o, OPT_TOKEN))) ? 0 : err_nomem(e);
	}
	if (opt_str(o, OPT_TOKEN_FILE))
		return read_trimmed(opt_str(o, OPT_TOKEN_FILE), ret, e);
	return ERR_NOT_FOUND;
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
	return r == ERR_NOT_FOUND ? read_trimmed(path, ret, NULL) : r;
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
		return r == ERR_NOT_FOUND ? r : err_wrap(e, "token");
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
