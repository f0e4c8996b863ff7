/* Names of images, as the reference grammar of the distribution specification has them and Docker shortens them. */
#include <ctype.h>
#include <errno.h>
#include "base/str.h"
#include "node/image_store.h"

#define NAME_MAX_LEN 255
#define TAG_MAX_LEN  128

void image_ref_done(struct image_ref *r)
{
	free(r->host);
	free(r->repo);
	free(r->tag);
	free(r->digest);
	*r = (struct image_ref){0};
}

bool digest_valid(const char *d)
{
	if (!d || strncmp(d, "sha256:", 7) != 0)
		return false;
	return strlen(d + 7) == 64 && strspn(d + 7, "0123456789abcdef") == 64;
}

static bool is_lower_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
static bool is_word(char c)
{
	return is_lower_alnum(c) || (c >= 'A' && c <= 'Z') || c == '_';
}

/* path-component: alphanumerics, parted by one dot, one or two underscores or any number of dashes. */
static bool component_valid(const char *p, size_t n)
{
	size_t i = 0;

	if (n == 0 || !is_lower_alnum(p[0]) || !is_lower_alnum(p[n - 1]))
		return false;
	while (i < n) {
		size_t k = i;

		if (is_lower_alnum(p[i])) {
			i++;
			continue;
		}
		while (k < n && p[k] == p[i])
			k++;
		if ((p[i] == '.' && k - i > 1) || (p[i] == '_' && k - i > 2) || !strchr("._-", p[i]))
			return false;
		if (k < n && !is_lower_alnum(p[k]))
			return false;
		i = k;
	}
	return true;
}

static bool repo_valid(const char *p)
{
	for (;;) {
		size_t n = strcspn(p, "/");

		if (!component_valid(p, n))
			return false;
		if (!p[n])
			return true;
		p += n + 1;
	}
}

static bool host_valid(const char *h)
{
	const char *port;
	size_t n;

	if (h[0] == '[') {
		n = strspn(h + 1, "0123456789abcdefABCDEF:");
		if (n == 0 || h[1 + n] != ']')
			return false;
		n += 2;
	} else {
		n = strcspn(h, ":");
		for (size_t i = 0, label = 0; i <= n; i++) {
			if (i < n && (isalnum((unsigned char)h[i]) || h[i] == '-')) {
				if (h[i] == '-' && (label == 0 || i + 1 == n || h[i + 1] == '.'))
					return false;
				label++;
				continue;
			}
			if (label == 0 || (i < n && h[i] != '.'))
				return false;
			label = 0;
		}
	}
	port = h + n;
	if (!*port)
		return true;
	if (*port != ':')
		return false;
	n = strspn(port + 1, "0123456789");
	return n > 0 && n <= 5 && !port[1 + n];
}

static int invalid(struct err *e, const char *ref, const char *why)
{
	return err_set(e, ERR_INVALID,
		       "Failed to apply default image tag \"%.80s\": couldn't parse image reference \"%.80s\": %s", ref,
		       ref, why);
}

int image_ref_parse(const char *ref, struct image_ref *ret, struct err *e)
{
	static const char format[] = "invalid reference format";
	AUTO_REF struct image_ref r = {0};
	AUTO_FREE char *rest = NULL;
	char *at, *colon, *slash, *path;

	if (!ref || !*ref || strlen(ref) > 1024)
		return invalid(e, ref ? ref : "", format);
	if (strlen(ref) == 64 && strspn(ref, "0123456789abcdef") == 64)
		return invalid(e, ref, "invalid repository name, cannot specify 64-byte hexadecimal strings");
	rest = str_dup(ref);
	if (!rest)
		return err_nomem(e);
	at = strchr(rest, '@');
	if (at) {
		*at = '\0';
		if (!digest_valid(at + 1))
			return invalid(e, ref,
				       strncmp(at + 1, "sha256:", 7) == 0 ? "invalid checksum digest format"
									  : "unsupported digest algorithm");
		r.digest = str_dup(at + 1);
		if (!r.digest)
			return err_nomem(e);
	}
	slash = strrchr(rest, '/');
	colon = strrchr(slash ? slash : rest, ':');
	if (colon) {
		size_t n = strlen(colon + 1);

		if (n == 0 || n > TAG_MAX_LEN || !is_word(colon[1]))
			return invalid(e, ref, format);
		for (size_t i = 1; i < n; i++)
			if (!is_word(colon[1 + i]) && !strchr(".-", colon[1 + i]))
				return invalid(e, ref, format);
		*colon = '\0';
		if (!r.digest && !(r.tag = str_dup(colon + 1)))
			return err_nomem(e);
	} else if (!r.digest && !(r.tag = str_dup("latest"))) {
		return err_nomem(e);
	}

	slash = strchr(rest, '/');
	path = rest;
	if (slash) {
		bool upper = false;

		*slash = '\0';
		for (char *p = rest; *p; p++)
			upper |= *p >= 'A' && *p <= 'Z';
		if (strpbrk(rest, ".:") || upper || streq(rest, "localhost")) {
			if (!host_valid(rest))
				return invalid(e, ref, format);
			r.host = str_dup(streq(rest, "index.docker.io") ? "docker.io" : rest);
			path = slash + 1;
		} else {
			*slash = '/';
		}
	}
	if (!r.host)
		r.host = str_dup("docker.io");
	if (!r.host)
		return err_nomem(e);
	r.repo = streq(r.host, "docker.io") && !strchr(path, '/') ? str_fmt("library/%s", path) : str_dup(path);
	if (!r.repo)
		return err_nomem(e);
	if (!*path || !repo_valid(r.repo)) {
		for (char *p = r.repo; *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				return invalid(e, ref, "invalid reference format: repository name must be lowercase");
		return invalid(e, ref, format);
	}
	if (strlen(r.host) + 1 + strlen(r.repo) > NAME_MAX_LEN)
		return invalid(e, ref, "repository name must not be more than 255 characters");
	*ret = r;
	r = (struct image_ref){0};
	return 0;
}

int image_ref_canonical(const char *ref, char **ret, struct err *e)
{
	AUTO_REF struct image_ref r = {0};
	char *name;
	int rc = image_ref_parse(ref, &r, e);

	if (rc < 0)
		return rc;
	name = str_fmt("%s/%s%s%s", r.host, r.repo, r.digest ? "@" : ":", r.digest ? r.digest : r.tag);
	if (!name)
		return err_nomem(e);
	*ret = name;
	return 0;
}
