#include "node/pull.h"
#include <errno.h>
#include <stdarg.h>
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"

#define CREDENTIALS_MAX 16 /* tried for one pull */

struct pull {
	struct pool_job job;
	struct pod *pod;
	struct ctr *ctr; /* name and kind only: they do not change; NULL: for a volume */
	char *volume;	 /* its name */
	char *image;
	json_t *spec; /* own copy of the pod */
	bool always;
	int64_t asked_ms;
};

static void cred_done(char **user, char **pass)
{
	free(*user);
	if (*pass)
		explicit_bzero(*pass, strlen(*pass));
	free(*pass);
	*user = *pass = NULL;
}

/* "https://index.docker.io/v1/" and the like name the registry that an image's "docker.io/..." means. */
static bool registry_matches(const char *entry, const char *image)
{
	char host[256];
	size_t n;

	if (str_has_prefix(entry, "https://"))
		entry += 8;
	else if (str_has_prefix(entry, "http://"))
		entry += 7;
	n = strcspn(entry, "/");
	if (n >= sizeof(host))
		return false;
	memcpy(host, entry, n);
	host[n] = '\0';
	if (streq(host, "index.docker.io") || streq(host, "registry-1.docker.io"))
		str_copy(host, sizeof(host), "docker.io");
	else if (entry[n] == '/' && !str_has_prefix(entry + n, "/v1") && !str_has_prefix(entry + n, "/v2")) {
		size_t k = strlen(entry);
		return strncmp(image, entry, k) == 0 && (image[k] == '/' || image[k] == ':' || image[k] == '\0' || entry[k - 1] == '/');
	}
	n = strlen(host);
	if (strncmp(host, "*.", 2) == 0) {
		const char *dot = strchr(image, '.');
		return dot && strncmp(dot, host + 1, n - 1) == 0 && dot[n - 1] == '/';
	}
	return strncmp(image, host, n) == 0 && image[n] == '/';
}

static bool take_auth(const json_t *auth, char **user, char **pass)
{
	const char *a = json_str(auth, "auth"), *u = json_str(auth, "username"), *pw = json_str(auth, "password");
	void *data;
	size_t len;

	if (u && pw) {
		*user = str_dup(u);
		*pass = str_dup(pw);
		return *user && *pass;
	}
	if (!a || b64_decode(a, strlen(a), false, &data, &len) < 0)
		return false;
	char *colon = memchr(data, ':', len);
	if (colon) {
		*user = str_ndup(data, (size_t)(colon - (char *)data));
		*pass = str_ndup(colon + 1, len - (size_t)(colon + 1 - (char *)data));
	}
	explicit_bzero(data, len);
	free(data);
	return *user && *pass;
}

static bool secret_auth(const json_t *secret, const char *image, char **user, char **pass)
{
	const json_t *data = json_object_get(secret, "data");
	const char *v = json_string_value(json_object_get(data, ".dockerconfigjson")), *k;
	bool old = false, found = false;
	AUTO_JSON json_t *cfg = NULL;
	json_t *auth;
	void *text;
	size_t len;

	if (!v) {
		v = json_string_value(json_object_get(data, ".dockercfg"));
		old = true;
	}
	if (!v || b64_decode(v, strlen(v), false, &text, &len) < 0)
		return false;
	if (json_parse(text, len, &cfg, NULL) == 0)
		json_object_foreach(old ? cfg : json_object_get(cfg, "auths"), k, auth)
		{
			if (!found && registry_matches(k, image))
				found = take_auth(auth, user, pass);
		}
	explicit_bzero(text, len);
	free(text);
	return found;
}

/*
 * The nth pull secret that knows the registry; false when there are fewer. One that cannot be had is passed over, as kubelet does;
 * the first time that is told.
 */
static bool find_credentials(struct pull *u, const char *canonical, size_t nth, char **user, char **pass)
{
	size_t i, told = nth;
	json_t *ref;

	json_array_foreach(json_dot(u->spec, "spec.imagePullSecrets"), i, ref)
	{
		AUTO_JSON json_t *secret = NULL;
		struct err err = {0};
		const struct client_ref r = {.plural = "secrets", .ns = u->pod->ns, .name = json_str_or(ref, "name", "")};
		if (client_get_wait(u->pod->node->client, &r, &secret, &err) < 0) {
			if (told == 0)
				pod_event(u->pod, "Warning", "FailedToRetrieveImagePullSecret",
					  "Unable to retrieve some image pull secrets (%s); attempting to pull the image may not succeed.", r.name);
			continue;
		}
		if (!secret_auth(secret, canonical, user, pass))
			continue;
		if (nth-- == 0)
			return true;
		cred_done(user, pass);
	}
	return false;
}

/* With each of the pod's credentials for the registry in turn; without any where it has none. */
static int pull_with_secrets(struct pull *u, const char *canonical, struct err *e)
{
	int r = 0;

	for (size_t n = 0; n < CREDENTIALS_MAX; n++) {
		char *user = NULL, *pass = NULL;
		bool have = find_credentials(u, canonical, n, &user, &pass);
		const struct image_credentials cred = {.username = user, .password = pass};
		if (!have && n > 0)
			break;
		r = image_pull(u->pod->node->images, u->image, have ? &cred : NULL, NULL, NULL, e);
		cred_done(&user, &pass);
		if (!have || r != ERR_UNAUTHORIZED)
			break;
	}
	return r;
}

static void tell(const struct pull *u, const char *type, const char *reason, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
static void tell(const struct pull *u, const char *type, const char *reason, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (u->ctr)
		ctr_event(u->pod, u->ctr, type, reason, "%s", text);
	else
		pod_event(u->pod, type, reason, "%s", text);
}

static void pull_run(struct pool_job *j)
{
	struct pull *u = container_of(j, struct pull, job);
	struct pod *p = u->pod;
	struct image_store *images = p->node->images;
	struct image img = {0};
	struct err err = {0};
	AUTO_FREE char *canonical = NULL;
	int64_t start = node_now_ms(p->node);
	int r;

	r = image_ref_canonical(u->image, &canonical, &err);
	if (r == 0 && !u->always && image_lookup(images, u->image, &img, NULL) == 0) {
		/* Another pod's pull brought it while we waited. */
		image_done(&img);
	} else if (r == 0) {
		r = pull_with_secrets(u, canonical, &err);
	}
	if (r == 0) {
		int64_t now = node_now_ms(p->node);
		long long size = 0;
		if (image_lookup(images, u->image, &img, NULL) == 0) {
			size = (long long)img.size;
			image_done(&img);
		}
		tell(u, "Normal", "Pulled", "Successfully pulled image \"%s\" in %lldms (%lldms including waiting). Image size: %lld bytes.",
			  u->image, (long long)(now - start), (long long)(now - u->asked_ms), size);
	} else {
		tell(u, "Warning", "Failed", "Failed to pull image \"%s\": %s", u->image, err.msg);
		tell(u, "Warning", "Failed", "Error: ErrImagePull");
	}
	struct pod_msg *m = u->ctr ? pod_msg_new(MSG_PULLED, u->ctr->name, "") : pod_msg_new(MSG_VOLUME_PULLED, u->volume, "");
	if (m) {
		m->code = r;
		m->text = r < 0 ? str_dup(err.msg) : NULL;
		pod_post(p, m);
	}
}

static void pull_done(struct pool_job *j)
{
	struct pull *u = container_of(j, struct pull, job);

	pod_unref(u->pod);
	free(u->image);
	free(u->volume);
	json_decref(u->spec);
	free(u);
}

static int start(struct pod *p, struct ctr *c, const char *volume, const char *image, bool always)
{
	struct pull *u = calloc(1, sizeof(*u));

	if (!u)
		return -ENOMEM;
	u->image = str_dup(image);
	u->volume = str_dup(volume);
	u->spec = json_deep_copy(p->spec);
	if (!u->image || !u->spec || (volume && !u->volume)) {
		free(u->image);
		free(u->volume);
		json_decref(u->spec);
		free(u);
		return -ENOMEM;
	}
	u->pod = pod_ref(p);
	u->ctr = c;
	u->always = always;
	u->asked_ms = node_now_ms(p->node);
	u->job.run = pull_run;
	u->job.done = pull_done;
	snprintf(u->job.key, sizeof(u->job.key), "image-%016llx", (unsigned long long)str_hash(image, strlen(image)));
	pool_submit(p->node->pull_pool, &u->job);
	return 0;
}

int pull_start(struct pod *p, struct ctr *c, const char *image, bool always) { return start(p, c, NULL, image, always); }
int pull_volume_start(struct pod *p, const char *volume, const char *image, bool always) { return start(p, NULL, volume, image, always); }

bool image_is_latest(const char *image)
{
	const char *slash = strrchr(image, '/'), *base = slash ? slash + 1 : image;

	return !strchr(base, '@') && (!strchr(base, ':') || str_has_suffix(base, ":latest"));
}

struct import {
	struct pool_job job;
	struct node *node;
};

static void imported(void *arg, const char *file, const struct err *failure)
{
	(void)arg;
	if (failure)
		log_warning("node", file, "cannot import this image archive: %s", failure->msg);
	else
		log_info("node", file, "imported");
}

static void import_run(struct pool_job *j)
{
	struct node *n = container_of(j, struct import, job)->node;
	struct err err = {0};

	if (image_import_dir(n->images, imported, NULL, &err) < 0)
		log_warning("node", NULL, "cannot import image archives: %s", err.msg);
}

static void import_done(struct pool_job *j)
{
	struct import *i = container_of(j, struct import, job);
	struct map_iter it = MAP_ITER_INIT;

	__atomic_store_n(&i->node->importing, false, __ATOMIC_RELEASE);
	while (map_next(i->node->pods, &it))
		pod_kick(it.value);
	free(i);
}

int pull_import_archives(struct node *n, struct err *e)
{
	struct import *i = calloc(1, sizeof(*i));

	if (!i)
		return err_nomem(e);
	i->node = n;
	i->job.run = import_run;
	i->job.done = import_done;
	i->job.done_loop = n->loop;
	str_copy(i->job.key, sizeof(i->job.key), "image-import");
	n->importing = true;
	pool_submit(n->pull_pool, &i->job);
	return 0;
}
