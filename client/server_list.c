#include "client/server_list.h"
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/str.h"

/* One that was left is not asked again so soon: where nobody answers, callers wait as they do with a single server. */
#define REST_MS 1000

struct server_list {
	atomic_uint refs;
	pthread_mutex_t lock; /* guards all that follows */
	char *urls[SERVER_LIST_MAX];
	int64_t left_ms[SERVER_LIST_MAX]; /* when it last did not answer; 0: never */
	size_t n, at;
	unsigned turn;
	char why[160];
	struct list listeners;
};

static void urls_free(char **v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(v[i]);
}

/* "https://host:6443/" and "https://host:6443" mean the same; what comes twice is kept once. */
static int urls_copy(char **out, size_t *ret_n, const char *const *urls, struct err *e)
{
	size_t n = 0;

	for (size_t i = 0; urls && urls[i] && n < SERVER_LIST_MAX; i++) {
		bool twice = false;

		if (!str_has_prefix(urls[i], "https://") && !str_has_prefix(urls[i], "http://")) {
			urls_free(out, n);
			return err_set(e, -EINVAL, "API server \"%.120s\" is no http or https URL", urls[i]);
		}
		out[n] = str_dup(urls[i]);
		if (!out[n]) {
			urls_free(out, n);
			return err_nomem(e);
		}
		for (size_t len = strlen(out[n]); len && out[n][len - 1] == '/';)
			out[n][--len] = '\0';
		for (size_t k = 0; k < n && !twice; k++)
			twice = streq(out[k], out[n]);
		if (twice)
			free(out[n]);
		else
			n++;
	}
	if (!n)
		return err_set(e, -EINVAL, "no API server is given");
	*ret_n = n;
	return 0;
}

int server_list_new(struct server_list **ret, const char *const *urls, struct err *e)
{
	struct server_list *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		return err_nomem(e);
	if ((r = urls_copy(s->urls, &s->n, urls, e)) < 0) {
		free(s);
		return r;
	}
	s->refs = 1;
	s->turn = 1;
	pthread_mutex_init(&s->lock, NULL);
	list_init(&s->listeners);
	*ret = s;
	return 0;
}

struct server_list *server_list_ref(struct server_list *s)
{
	atomic_fetch_add(&s->refs, 1);
	return s;
}

struct server_list *server_list_unref(struct server_list *s)
{
	if (s && atomic_fetch_sub(&s->refs, 1) == 1) {
		urls_free(s->urls, s->n);
		pthread_mutex_destroy(&s->lock);
		free(s);
	}
	return NULL;
}

/* Lock held. */
static void tell(struct server_list *s)
{
	LIST_FOREACH_SAFE (l, next, &s->listeners, struct server_list_listener, link)
		l->fn(l);
}

int server_list_set(struct server_list *s, const char *const *urls, bool *ret_changed, struct err *e)
{
	char *fresh[SERVER_LIST_MAX], *old[SERVER_LIST_MAX];
	int64_t left_ms[SERVER_LIST_MAX] = {0};
	size_t n = 0, n_old, at = 0;
	bool same, kept = false;
	int r = urls_copy(fresh, &n, urls, e);

	if (r < 0)
		return r;
	pthread_mutex_lock(&s->lock);
	same = n == s->n;
	for (size_t i = 0; i < n; i++) {
		same = same && streq(fresh[i], s->urls[i]);
		for (size_t k = 0; k < s->n; k++)
			if (streq(fresh[i], s->urls[k]))
				left_ms[i] = s->left_ms[k];
		if (streq(fresh[i], s->urls[s->at])) {
			at = i;
			kept = true;
		}
	}
	memcpy(old, s->urls, sizeof(old));
	n_old = s->n;
	memcpy(s->urls, fresh, sizeof(fresh[0]) * n);
	memcpy(s->left_ms, left_ms, sizeof(left_ms));
	s->n = n;
	s->at = at;
	if (!kept) {
		s->turn++;
		(void)str_copy(s->why, sizeof(s->why), "it is no server of the cluster any more");
	}
	if (!same)
		tell(s);
	pthread_mutex_unlock(&s->lock);
	urls_free(old, n_old);
	if (ret_changed)
		*ret_changed = !same;
	return 0;
}

size_t server_list_count(struct server_list *s)
{
	size_t n;

	pthread_mutex_lock(&s->lock);
	n = s->n;
	pthread_mutex_unlock(&s->lock);
	return n;
}

char *server_list_current(struct server_list *s, unsigned *ret_turn)
{
	char *url;

	pthread_mutex_lock(&s->lock);
	url = str_dup(s->urls[s->at]);
	if (ret_turn)
		*ret_turn = s->turn;
	pthread_mutex_unlock(&s->lock);
	return url;
}

bool server_list_failed(struct server_list *s, unsigned turn, const char *why)
{
	int64_t now = clock_mono_ms(clock_real());
	size_t next;
	bool moved;

	pthread_mutex_lock(&s->lock);
	for (next = (s->at + 1) % s->n; next != s->at; next = (next + 1) % s->n)
		if (!s->left_ms[next] || now - s->left_ms[next] >= REST_MS)
			break;
	moved = next != s->at && s->turn == turn;
	if (moved) {
		s->left_ms[s->at] = now;
		s->at = next;
		s->turn++;
		(void)snprintf(s->why, sizeof(s->why), "%s", why ? why : "");
		tell(s);
	}
	pthread_mutex_unlock(&s->lock);
	return moved;
}

void server_list_again(struct server_list *s, unsigned turn, const char *why)
{
	pthread_mutex_lock(&s->lock);
	if (s->turn == turn) {
		s->turn++;
		(void)snprintf(s->why, sizeof(s->why), "%s", why ? why : "");
		tell(s);
	}
	pthread_mutex_unlock(&s->lock);
}

void server_list_why(struct server_list *s, char *out, size_t n)
{
	pthread_mutex_lock(&s->lock);
	(void)snprintf(out, n, "%s", s->why);
	pthread_mutex_unlock(&s->lock);
}

void server_list_listen(struct server_list *s, struct server_list_listener *l)
{
	pthread_mutex_lock(&s->lock);
	list_add_tail(&s->listeners, &l->link);
	pthread_mutex_unlock(&s->lock);
}

void server_list_unlisten(struct server_list *s, struct server_list_listener *l)
{
	pthread_mutex_lock(&s->lock);
	if (l->link.next)
		list_del(&l->link);
	pthread_mutex_unlock(&s->lock);
}
