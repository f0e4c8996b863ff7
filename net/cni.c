/* Attachments of pods: what is recorded, what is there, one brought in line with the other by plug-ins. */
#include "net/cni.h"
#include <errno.h>
#include <stdlib.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "net/cni_internal.h"

#define TIMEOUT_S     60
#define STATUS_TTL_MS 60000

int cni_new(struct cni **ret, const struct cni_config *c, struct err *e)
{
	struct cni *n = calloc(1, sizeof(*n));
	if (!n)
		return err_nomem(e);
	pthread_rwlock_init(&n->gc_lock, NULL);
	pthread_mutex_init(&n->lock, NULL);
	n->timeout_ms = (int)(c->timeout_s ? c->timeout_s : TIMEOUT_S) * 1000;
	n->data_dir = str_dup(c->data_dir);
	n->run_dir = str_dup(c->run_dir);
	n->conf_dir = str_dup(c->conf_dir);
	n->bin_dirs = str_dup(c->bin_dirs);
	n->dns = str_dup(c->cluster_dns);
	n->domain = str_dup(c->cluster_domain);
	n->asked = map_new(free);
	n->attached = map_new(NULL);
	if (!n->data_dir || !n->run_dir || !n->conf_dir || !n->bin_dirs || !n->asked || !n->attached ||
	    (c->cluster_dns && !n->dns) || (c->cluster_domain && !n->domain)) {
		cni_free(n);
		return err_nomem(e);
	}
	*ret = n;
	return 0;
}

void cni_hurry(struct cni *c)
{
	c->hurry = true;
}

struct cni *cni_free(struct cni *c)
{
	if (!c)
		return NULL;
	map_free(c->asked);
	map_free(c->attached);
	free(c->data_dir);
	free(c->run_dir);
	free(c->conf_dir);
	free(c->bin_dirs);
	free(c->dns);
	free(c->domain);
	free(c->status_of);
	free(c->told);
	pthread_rwlock_destroy(&c->gc_lock);
	pthread_mutex_destroy(&c->lock);
	free(c);
	return NULL;
}

/* --- ADD and DEL with their record --- */

static int undo(struct cni *c, const struct cni_record *r, int lock, struct err *e)
{
	int code = cni_chain_del(c, r, lock, e);
	return code < 0 ? code : cni_record_remove(c->data_dir, r->uid, e);
}

static int record_make(struct cni *c, const struct cni_pod *p, struct cni_record *r, struct err *e)
{
	struct err why = {0};
	if (strpbrk(p->ns, ";=") || strpbrk(p->name, ";="))
		return err_set(e, ERR_INVALID, "namespace or name of the pod does not go into CNI_ARGS");
	int code = cni_conf_pick(c->conf_dir, &r->conf, NULL, NULL, &why);
	if (code == ERR_NOT_FOUND)
		return err_set(e, ERR_UNAVAILABLE, "cni config uninitialized: %.200s", why.msg);
	if (code < 0)
		return err_set(e, code, "%s", why.msg);
	if ((code = cni_chain_settle(c, &r->conf, e)) < 0)
		return code;
	r->uid = str_dup(p->uid);
	r->netns = str_dup(p->netns_path);
	r->netns_id = cni_netns_id(p->netns_path);
	r->path = str_dup(c->bin_dirs);
	r->args =
	    str_fmt("IgnoreUnknown=1;K8S_POD_NAMESPACE=%s;K8S_POD_NAME=%s;K8S_POD_INFRA_CONTAINER_ID=%s;K8S_POD_UID=%s",
		    p->ns, p->name, p->uid, p->uid);
	r->caps = cni_caps(c, p);
	if (!r->uid || !r->netns || !r->netns_id || !r->path || !r->args || !r->caps)
		return err_nomem(e);
	return 0;
}

static int add(struct cni *c, struct cni_record *r, int lock, char ret_ips[2][48], struct err *e)
{
	struct err why = {0};
	int code = cni_record_save(c->data_dir, r, e);
	if (code < 0)
		return code;
	code = cni_chain_add(c, r, lock, &r->result, &why);
	if (code == 0)
		code = cni_result_ips(r->result, ret_ips, &why);
	if (code == 0)
		code = cni_record_save(c->data_dir, r, &why);
	if (code == 0)
		return 0;
	/* Half an attachment is taken back at once; what does not go now goes with the pod, or before the next attempt.
	 */
	(void)undo(c, r, lock, NULL);
	return err_set(e, code, "%s", why.msg);
}

static int attach_locked(struct cni *c, const struct cni_pod *p, int lock, char ret_ips[2][48], bool *ret_unshaped,
			 struct err *e)
{
	CLEANUP(cni_record_done) struct cni_record old = {0}, r = {0};
	struct err why = {0};
	int code = cni_record_load(c->data_dir, p->uid, &old, &why);
	if (code < 0 && code != ERR_NOT_FOUND)
		return err_set(e, code, "%s", why.msg);
	if (code == 0) {
		AUTO_FREE char *now = cni_netns_id(p->netns_path);
		bool same = now && *now && streq(now, old.netns_id) && old.result;
		if (same && cni_chain_check(c, &old, lock, NULL) == 0 &&
		    cni_result_ips(old.result, ret_ips, NULL) == 0) {
			*ret_unshaped = (p->ingress_bits || p->egress_bits) && !cni_conf_has(&old.conf, "bandwidth");
			return 0;
		}
		if ((code = undo(c, &old, lock, e)) < 0)
			return err_wrap(e, "cannot undo an earlier attachment");
	}
	code = record_make(c, p, &r, e);
	if (code == 0)
		code = add(c, &r, lock, ret_ips, e);
	if (code == 0)
		*ret_unshaped = (p->ingress_bits || p->egress_bits) && !cni_conf_has(&r.conf, "bandwidth");
	return code;
}

int cni_attach(struct cni *c, const struct cni_pod *p, char ret_ips[2][48], bool *ret_unshaped, struct err *e)
{
	AUTO_CLOSE int lock = -1;
	if (!cni_uid_good(p->uid))
		return err_set(e, ERR_INVALID, "the pod's uid \"%.63s\" is no container ID of CNI", p->uid);
	pthread_mutex_lock(&c->lock);
	int code = map_put(c->attached, p->uid, c);
	pthread_mutex_unlock(&c->lock);
	if (code < 0)
		return err_nomem(e);
	pthread_rwlock_rdlock(&c->gc_lock);
	code = cni_lock(c, p->uid, &lock, e);
	if (code == 0)
		code = attach_locked(c, p, lock, ret_ips, ret_unshaped, e);
	pthread_rwlock_unlock(&c->gc_lock);
	return code;
}

int cni_detach(struct cni *c, const char *uid, struct err *e)
{
	CLEANUP(cni_record_done) struct cni_record r = {0};
	AUTO_CLOSE int lock = -1;
	struct err why = {0};
	int code = cni_record_load(c->data_dir, uid, &r, &why);
	if (code == ERR_NOT_FOUND) {
		code = 0;
	} else if (code < 0) {
		return err_set(e, code, "%s", why.msg);
	} else {
		pthread_rwlock_rdlock(&c->gc_lock);
		code = cni_lock(c, uid, &lock, e);
		if (code == 0)
			code = undo(c, &r, lock, e);
		pthread_rwlock_unlock(&c->gc_lock);
		if (code == 0)
			cni_lock_remove(c, uid);
	}
	if (code == 0) {
		pthread_mutex_lock(&c->lock);
		(void)map_del(c->attached, uid);
		pthread_mutex_unlock(&c->lock);
	}
	return code;
}

bool cni_owns(const struct cni *c, const char *uid)
{
	AUTO_FREE char *path = cni_uid_good(uid) ? str_fmt("%s/cni/%s.json", c->data_dir, uid) : NULL;
	return path && fs_exists(path);
}

/* --- garbage --- */

static bool wanted(struct cni *c, const char *const *live, const char *uid)
{
	for (; *live; live++)
		if (streq(*live, uid))
			return true;
	pthread_mutex_lock(&c->lock);
	bool mine = map_has(c->attached, uid);
	pthread_mutex_unlock(&c->lock);
	return mine;
}

/* Nobody adds or deletes meanwhile, as the specification wants it. */
static int gc_plugins(struct cni *c, struct err *e)
{
	CLEANUP(cni_conf_done) struct cni_conf conf = {0};
	char **uids = NULL;
	/* Without a configuration there is nobody to be told. */
	if (cni_conf_pick(c->conf_dir, &conf, NULL, NULL, NULL) < 0 || !(conf.versions >> CNI_1_1_0))
		return 0;
	/* What is wrong with it is said where it matters: the node is not Ready. */
	if (cni_chain_settle(c, &conf, NULL) < 0)
		return 0;
	pthread_rwlock_wrlock(&c->gc_lock);
	int code = cni_record_list(c->data_dir, &uids, e);
	if (code == 0)
		code = cni_chain_gc(c, &conf, uids, e);
	pthread_rwlock_unlock(&c->gc_lock);
	cni_uids_free(uids);
	return code;
}

int cni_gc(struct cni *c, const char *const *live, struct err *e)
{
	char **uids = NULL;
	int first = cni_record_list(c->data_dir, &uids, e);
	for (char **u = uids; u && *u; u++) {
		struct err why = {0};
		int code = wanted(c, live, *u) ? 0 : cni_detach(c, *u, &why);
		if (code < 0 && first == 0)
			first = err_set(e, code, "pod %s: %.180s", *u, why.msg);
	}
	cni_uids_free(uids);
	return first < 0 ? first : gc_plugins(c, e);
}

/* --- readiness --- */

static bool status_known(struct cni *c, const char *network)
{
	pthread_mutex_lock(&c->lock);
	bool fresh = streq(c->status_of, network) && clock_mono_ms(clock_real()) - c->status_ms < STATUS_TTL_MS;
	pthread_mutex_unlock(&c->lock);
	return fresh;
}

static void status_note(struct cni *c, const char *network, bool ok)
{
	pthread_mutex_lock(&c->lock);
	free(c->status_of);
	c->status_of = ok ? str_dup(network) : NULL;
	c->status_ms = clock_mono_ms(clock_real());
	pthread_mutex_unlock(&c->lock);
}

static void fault_keep(void *arg, const char *text)
{
	buf_addf(arg, "%spassed over: %s", ((struct buf *)arg)->len ? "; " : "", text);
}

/* In the log once, for as long as it stays the same. */
static void faults_tell(struct cni *c, const char *text)
{
	pthread_mutex_lock(&c->lock);
	bool same = streq(c->told ? c->told : "", text);
	if (!same) {
		free(c->told);
		c->told = str_dup(text);
	}
	pthread_mutex_unlock(&c->lock);
	if (!same && *text)
		log_warning("net", NULL, "CNI configuration: %s", text);
}

static int ready_check(struct cni *c, char **ret_network, struct err *e)
{
	CLEANUP(cni_conf_done) struct cni_conf conf = {0};
	struct err why = {0};
	json_t *p;
	size_t i;
	AUTO_BUF struct buf faults = {0};
	int code = cni_conf_pick(c->conf_dir, &conf, fault_keep, &faults, &why);
	if (!buf_failed(&faults))
		faults_tell(c, faults.len ? faults.data : code < 0 ? why.msg : "");
	if (code < 0)
		return err_set(e, code, "cni config uninitialized: %.220s", why.msg);
	AUTO_FREE char *network = str_fmt("%s (%s/%s)", conf.name, c->conf_dir, conf.file);
	if (!network)
		return err_nomem(e);
	json_array_foreach (conf.plugins, i, p) {
		AUTO_FREE char *file = NULL;
		if ((code = cni_find(c->bin_dirs, json_string_value(json_object_get(p, "type")), &file, e)) < 0)
			return code;
	}
	/* Its versions are settled, and pods get to hear of what is wrong with them, when one is attached. */
	if (conf.versions >> CNI_1_1_0 && !status_known(c, network)) {
		code = cni_chain_settle(c, &conf, e);
		if (code == 0)
			code = cni_chain_status(c, &conf, e);
		status_note(c, network, code == 0);
	}
	if (code == 0 && ret_network)
		*ret_network = TAKE_PTR(network);
	return code;
}

bool cni_ready(struct cni *c, char **ret_network, struct err *why)
{
	return ready_check(c, ret_network, why) == 0;
}

struct inspect {
	void (*fn)(void *arg, enum cni_says says, const char *line);
	void *arg;
};

static void fault(void *arg, const char *text)
{
	const struct inspect *x = arg;
	AUTO_FREE char *line = str_fmt("CNI configuration is passed over: %s", text);
	x->fn(x->arg, CNI_SAYS_WARNING, line ? line : text);
}

void cni_inspect(const struct cni_config *c, void (*fn)(void *arg, enum cni_says says, const char *line), void *arg)
{
	CLEANUP(cni_conf_done) struct cni_conf conf = {0};
	struct inspect x = {fn, arg};
	struct err why = {0};
	json_t *p;
	size_t i;
	if (cni_conf_pick(c->conf_dir, &conf, fault, &x, &why) < 0) {
		/* It may be what a DaemonSet writes later. */
		AUTO_FREE char *line = str_fmt("no CNI configuration yet (%s): pods wait for one", why.msg);
		fn(arg, CNI_SAYS_WARNING, line ? line : why.msg);
		return;
	}
	AUTO_FREE char *line = str_fmt("CNI network %s of %s/%s", conf.name, c->conf_dir, conf.file);
	fn(arg, CNI_SAYS_OK, line ? line : conf.name);
	json_array_foreach (conf.plugins, i, p) {
		const char *type = json_string_value(json_object_get(p, "type"));
		AUTO_FREE char *file = NULL;
		int code = cni_find(c->bin_dirs, type, &file, &why);
		AUTO_FREE char *found = str_fmt("CNI plug-in %s", file ? file : type);
		fn(arg, code == 0 ? CNI_SAYS_OK : CNI_SAYS_FAULT, code < 0 ? why.msg : found ? found : type);
	}
}
