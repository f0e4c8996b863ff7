/* Pulling an image: manifest, config and layers from the first endpoint that has them. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include "base/str.h"
#include "node/image_store.h"
#include "wire/cert.h"

#define ACCEPT_MANIFEST                                                                                                \
	"application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "                        \
	"application/vnd.docker.distribution.manifest.list.v2+json, "                                                  \
	"application/vnd.docker.distribution.manifest.v2+json"
#define STALLS_MAX 3 /* tries of a blob in a row that brought nothing */
#define FETCHERS   3 /* layers downloaded at once: as Docker and containerd do */

struct pull {
	const struct image_store *s;
	struct image_ref ref;
	struct registry_endpoints eps;
	struct registry_session *sessions; /* one an endpoint */
	size_t good;                       /* the endpoint that had the manifest is asked first */
	struct lease lease;
	void (*progress)(void *arg, const char *what, int64_t done, int64_t total);
	void *arg;
	int64_t total; /* bytes */

	pthread_mutex_t lock; /* guards what follows */
	const struct image_manifest *m;
	size_t next; /* layer to be fetched */
	int64_t done;
	int code; /* of the first that failed: the others stop */
	struct err err;
};
/* One line of downloads. Tokens are its own. */
struct fetcher {
	struct pull *p;
	struct registry_session *sessions;
	int64_t counted; /* bytes of the present blob that are in p->done */
};

static int on_bytes(void *arg, uint64_t bytes)
{
	struct fetcher *f = arg;
	struct pull *p = f->p;
	int stop;

	pthread_mutex_lock(&p->lock);
	p->done += (int64_t)bytes - f->counted;
	f->counted = (int64_t)bytes;
	stop = p->code;
	if (p->progress)
		p->progress(p->arg, p->ref.repo, p->done, p->total);
	pthread_mutex_unlock(&p->lock);
	return stop;
}

static void sessions_free(struct pull *p, struct registry_session *v)
{
	for (size_t i = 0; v && i < p->eps.n; i++)
		registry_session_done(&v[i]);
	free(v);
}

static struct registry_session *sessions_new(const struct pull *p, const struct image_credentials *cred)
{
	struct registry_session *v = calloc(p->eps.n, sizeof(*v));

	for (size_t i = 0; v && i < p->eps.n; i++)
		v[i] = (struct registry_session){.ep = &p->eps.v[i], .cred = cred};
	return v;
}

/* Of the reasons of all endpoints the one that says most: a refusal before "not found" before "cannot be reached". */
static int weight(int code)
{
	switch (code) {
	case ERR_UNAUTHORIZED:
	case ERR_FORBIDDEN:
	case ERR_UNSUPPORTED:
	case ERR_PROTO:
	case ERR_TOO_MANY:
		return 3;
	case ERR_NOT_FOUND:
		return 2;
	default:
		return 1;
	}
}

static void keep_worse(struct err *worst, const struct err *one)
{
	if (!worst->code || weight(one->code) >= weight(worst->code))
		*worst = *one;
}

static int get_manifest_text(struct pull *p, const char *reference, struct bytes **ret, struct err *e)
{
	AUTO_FREE char *what = str_fmt("manifests/%s", reference);
	struct err worst = {0};

	if (!what)
		return err_nomem(e);
	for (size_t k = 0; k < p->eps.n; k++) {
		const size_t i = k == 0 ? p->good : k <= p->good ? k - 1 : k;
		const struct registry_get g = {
		    .what = what, .accept = ACCEPT_MANIFEST, .fd = -1, .max = IMAGE_MANIFEST_MAX};
		AUTO_BYTES struct bytes *body = NULL;
		struct err one = {0};
		char hex[65];
		int status, r = registry_get(&p->sessions[i], &g, &status, &body, &one);

		if (r == 0 && digest_valid(reference) &&
		    (sha256_hex(body->data, body->len, hex) < 0 || !streq(hex, digest_hex(reference))))
			r = err_set(&one, ERR_PROTO, "%s: the manifest %.19s... it gives has another digest",
				    p->eps.v[i].host, reference);
		if (r == 0) {
			p->good = i;
			*ret = TAKE_PTR(body);
			return 0;
		}
		keep_worse(&worst, &one);
	}
	return err_set(e, worst.code ? worst.code : ERR_INTERNAL, "%s", worst.msg);
}

/* One try at one endpoint; goes on where fd ends. */
static int blob_try(struct fetcher *f, struct registry_session *session, const char *what, int fd, int64_t size,
		    struct err *e)
{
	struct registry_get g = {.what = what, .fd = fd, .max = size, .progress = on_bytes, .progress_arg = f};
	off_t have = lseek(fd, 0, SEEK_END);
	int status, r;

	if (have < 0)
		return err_errno(e, errno, "cannot find the end of a partial download");
	if (have == size)
		return 0;
	if (have > size && (ftruncate(fd, 0) < 0 || (have = lseek(fd, 0, SEEK_SET)) < 0))
		return err_errno(e, errno, "cannot begin a download again");
	g.offset = (uint64_t)have;
	r = registry_get(session, &g, &status, NULL, e);
	/* Who does not know ranges began at the start, which now lies behind what we had. */
	if (have > 0 && ((r == 0 && status == 200) || r == ERR_CONFLICT || r == ERR_PROTO)) {
		if (ftruncate(fd, 0) < 0 || lseek(fd, 0, SEEK_SET) < 0)
			return err_errno(e, errno, "cannot begin a download again");
		g.offset = 0;
		r = registry_get(session, &g, &status, NULL, e);
	}
	if (r < 0)
		return r;
	have = lseek(fd, 0, SEEK_END);
	if (have != size)
		return err_set(e, ERR_UNAVAILABLE, "%s: %.19s... ends after %lld of %lld bytes", session->ep->host,
			       what + 6, (long long)have, (long long)size);
	return 0;
}

static int blob_download(struct fetcher *f, const char *digest, int64_t size, int fd, const char *path, struct err *e)
{
	struct pull *p = f->p;
	AUTO_FREE char *what = str_fmt("blobs/%s", digest);
	struct err worst = {0};

	if (!what)
		return err_nomem(e);
	for (size_t k = 0; k < p->eps.n; k++) {
		const size_t i = k == 0 ? p->good : k <= p->good ? k - 1 : k;
		struct err one = {0};

		for (int stalls = 0; stalls < STALLS_MAX;) {
			off_t before = lseek(fd, 0, SEEK_END);
			int r = blob_try(f, &f->sessions[i], what, fd, size, &one);

			if (r == 0) {
				r = store_commit_blob(p->s, fd, path, digest, size, &one);
				if (r == 0)
					return 0;
				/* What an earlier try left may have been the bad part: from the start, once. */
				if (r != ERR_PROTO || ftruncate(fd, 0) < 0)
					return err_set(e, r, "%s", one.msg);
				stalls += before > 0 ? 1 : STALLS_MAX;
				continue;
			}
			if (r == ERR_CANCELED)
				return err_set(e, r, "%s", one.msg);
			/* A connection that broke is taken up again, as long as that leads on. */
			if (weight(r) > 1)
				break;
			stalls = lseek(fd, 0, SEEK_END) > before ? 0 : stalls + 1;
		}
		keep_worse(&worst, &one);
	}
	return err_set(e, worst.code ? worst.code : ERR_INTERNAL, "%s", worst.msg);
}

static int blob_get(struct fetcher *f, const char *digest, int64_t size, struct err *e)
{
	struct pull *p = f->p;
	AUTO_FREE char *path = str_fmt("%s/blob-%s", p->s->tmp, digest_hex(digest));
	AUTO_CLOSE int fd = -1;
	int r;

	if (!path)
		return err_nomem(e);
	r = lease_add(p->s, &p->lease, digest, e);
	if (r < 0)
		return r;
	if (!store_has_blob(p->s, digest, size)) {
		/* Whoever holds the lock downloads; the others wait and find it there. What was left by a kill is gone
		 * on with. */
		r = store_lock_file(path, &fd, e);
		if (r < 0)
			return r;
		if (store_has_blob(p->s, digest, size))
			(void)unlink(path);
		else
			r = blob_download(f, digest, size, fd, path, e);
		if (r < 0)
			return r;
	}
	(void)on_bytes(f, (uint64_t)size);
	f->counted = 0;
	return 0;
}

static void *fetch_layers(void *arg)
{
	struct fetcher *f = arg;
	struct pull *p = f->p;

	for (;;) {
		struct err one = {0};
		const struct image_layer *l = NULL;
		int r = 0;

		pthread_mutex_lock(&p->lock);
		if (p->code == 0 && p->next < p->m->n_layers)
			l = &p->m->layers[p->next++];
		pthread_mutex_unlock(&p->lock);
		if (!l)
			return NULL;
		r = lease_add(p->s, &p->lease, l->diff_id, &one);
		if (r == 0)
			r = blob_get(f, l->digest, l->size, &one);
		if (r == 0)
			continue;
		pthread_mutex_lock(&p->lock);
		if (p->code == 0) {
			p->code = r;
			p->err = one;
		}
		pthread_mutex_unlock(&p->lock);
	}
}

static int get_layers(struct pull *p, struct fetcher *first, struct err *e)
{
	struct fetcher more[FETCHERS - 1];
	pthread_t threads[FETCHERS - 1];
	size_t n = 0;

	/* Without threads or memory for more it goes one by one. */
	for (; n < FETCHERS - 1 && n + 1 < p->m->n_layers; n++) {
		more[n] = (struct fetcher){.p = p, .sessions = sessions_new(p, first->sessions->cred)};
		if (!more[n].sessions)
			break;
		if (pthread_create(&threads[n], NULL, fetch_layers, &more[n]) != 0) {
			sessions_free(p, more[n].sessions);
			break;
		}
	}
	(void)fetch_layers(first);
	while (n-- > 0) {
		(void)pthread_join(threads[n], NULL);
		sessions_free(p, more[n].sessions);
	}
	return p->code < 0 ? err_set(e, p->code, "%s", p->err.msg) : 0;
}

/* Follows an index to the manifest for this platform. top gets the digest of what the name stands for. */
static int resolve(struct pull *p, struct image_manifest *m, char digest[72], char top[72], struct err *e)
{
	const char *reference = p->ref.digest ? p->ref.digest : p->ref.tag;

	for (int depth = 0; depth < 3; depth++) {
		AUTO_BYTES struct bytes *text = NULL;
		AUTO_JSON json_t *index = NULL;
		bool is_index = false;
		char hex[65];
		int64_t size;
		int r = get_manifest_text(p, reference, &text, e);

		if (r < 0)
			return r;
		if (sha256_hex(text->data, text->len, hex) < 0)
			return err_set(e, ERR_INTERNAL, "cannot compute a SHA-256");
		if (depth == 0)
			snprintf(top, 72, "sha256:%s", hex);
		snprintf(digest, 72, "sha256:%s", hex);
		r = manifest_parse(text->data, text->len, &is_index, m, &index, e);
		if (r < 0)
			return r;
		if (!is_index) {
			char written[72];

			r = lease_add(p->s, &p->lease, digest, e);
			return r < 0 ? r : store_write_blob(p->s, text->data, text->len, written, e);
		}
		r = manifest_pick(index, p->s->arch, p->s->variant, digest, &size, e);
		if (r < 0)
			return r;
		reference = digest;
	}
	return err_set(e, ERR_PROTO, "indexes lead to indexes");
}

static int pull_run(struct pull *p, const char *canonical, struct err *e)
{
	CLEANUP(image_manifest_done) struct image_manifest m = {0};
	struct fetcher first = {.p = p, .sessions = p->sessions};
	AUTO_BUF struct buf config = {0};
	AUTO_FREE char *repo_digest = NULL;
	const char *names[] = {canonical, NULL};
	char digest[72], top[72];
	int r;

	r = resolve(p, &m, digest, top, e);
	if (r == 0) {
		p->total = m.size;
		r = blob_get(&first, m.config_digest, m.config_size, e);
	}
	if (r == 0)
		r = store_read_blob(p->s, m.config_digest, IMAGE_CONFIG_MAX, &config, e);
	if (r == 0)
		r = manifest_take_config(&m, config.data, config.len, NULL, e);
	p->m = &m;
	if (r == 0)
		r = get_layers(p, &first, e);
	if (r < 0)
		return r;
	repo_digest = str_fmt("%s/%s@%s", p->ref.host, p->ref.repo, top);
	if (!repo_digest)
		return err_nomem(e);
	if (p->ref.digest) /* the repo digest is the name then */
		names[0] = NULL;
	return image_add(p->s, &m, digest, names, repo_digest, p->progress, p->arg, e);
}

int image_pull(struct image_store *s, const char *ref, const struct image_credentials *cred,
	       void (*progress)(void *arg, const char *what, int64_t done, int64_t total), void *arg, struct err *e)
{
	struct pull p = {.s = s, .progress = progress, .arg = arg, .lease = {.fd = -1}};
	AUTO_FREE char *canonical = NULL;
	struct err one = {0};
	int r = image_ref_parse(ref, &p.ref, e);

	if (r < 0)
		return r;
	pthread_mutex_init(&p.lock, NULL);
	r = image_ref_canonical(ref, &canonical, &one);
	if (r == 0)
		r = registry_endpoints_find(s->registries_file, p.ref.host, p.ref.repo, &p.eps, &one);
	if (r == 0 && !(p.sessions = sessions_new(&p, cred)))
		r = err_nomem(&one);
	if (r == 0)
		r = lease_new(s, &p.lease, &one);
	if (r == 0)
		r = pull_run(&p, canonical, &one);
	if (r < 0)
		err_set(e, r, "%s: %s", canonical ? canonical : ref, one.msg);
	lease_done(&p.lease);
	sessions_free(&p, p.sessions);
	pthread_mutex_destroy(&p.lock);
	registry_endpoints_done(&p.eps);
	image_ref_done(&p.ref);
	return r;
}
