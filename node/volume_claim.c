/*
 * Volumes that others mount: those of claims, and those of a pod's own that plug-ins make (csi, nfs, iscsi...). What is published is remembered as a link in
 * RUN_DIR/pods/UID/pvc, with a file beside it: words of how it is to be used. Who publishes them keeps records of his own.
 */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "node/objects.h"
#include "node/volumes.h"

#define PVCS "persistentvolumeclaims"
#define REPUBLISH_MS 60000 /* kubelet's own time between two looks at a pod */

static char *link_of(const struct pod *p, const char *name) { return str_fmt("%s/pods/%s/pvc/%s", p->node->run_dir, p->uid, name); }

/* "NAME [ro] [block] [republish]" */
static bool words_have(const struct buf *b, const char *word)
{
	const char *s = b->data ? strstr(b->data, word) : NULL;

	return s && s > b->data && s[-1] == ' ' && (s[strlen(word)] == ' ' || s[strlen(word)] == '\0');
}

static int remember(struct pod *p, const char *volume, const char *name, const struct node_volume_result *res, struct err *e)
{
	AUTO_FREE char *link = link_of(p, volume), *dir = str_fmt("%s/pods/%s/pvc", p->node->run_dir, p->uid), *record = str_fmt("%s.pv", link),
		       *words = str_fmt("%s%s%s%s ", name, res->read_only ? " ro" : "", res->block ? " block" : "", res->republish ? " republish" : "");

	if (!link || !dir || !record || !words)
		return err_nomem(e);
	int r = fs_mkdir_p(dir, 0755, e);
	if (r == 0)
		r = fs_write(record, words, strlen(words), e);
	if (r < 0)
		return r;
	(void)unlink(link);
	return symlink(res->path, link) < 0 ? err_errno(e, errno, "cannot make %s", link) : 0;
}

static int publish(struct pod *p, const json_t *v, const json_t *pv, const json_t *pvc, bool read_only, bool again, struct err *e)
{
	const char *name = json_str_or(v, "name", "");
	bool if_differs = streq(json_str(p->spec, "spec.securityContext.fsGroupChangePolicy"), "OnRootMismatch");
	const struct node_volume_request req = {.pod_uid = p->uid, .volume_name = name, .pod = p->spec, .volume = v, .pv = pv, .pvc = pvc, .read_only = read_only,
						.fs_group = json_int_or(p->spec, "spec.securityContext.fsGroup", -1), .fs_group_if_differs = if_differs};
	struct node_volume_result res = {0};

	if (!p->node->d.volumes)
		return err_set(e, ERR_UNSUPPORTED, "volumes of plug-ins are disabled on this node");
	int r = p->node->d.volumes->publish(p->node->d.volumes_impl, &req, &res, e);
	AUTO_FREE char *path = res.path;
	if (r < 0)
		return r;
	if (res.republish) {
		int64_t at = node_now_ms(p->node) + REPUBLISH_MS;
		p->republish_ms = p->republish_ms && p->republish_ms < at ? p->republish_ms : at;
	}
	if (again)
		return 0;
	r = remember(p, name, pv ? obj_name(pv) : name, &res, e);
	if (r == 0 && res.chgrp)
		r = volume_chgrp(path, req.fs_group, if_differs, e);
	return r;
}

/* --- claims --- */

/* As the scheduler sees it, which looks at the annotation: the phase is written a moment later. What the volume says decides. */
static bool is_bound(const json_t *pvc)
{
	const char *phase = json_str_or(pvc, "status.phase", "");
	const json_t *annotations = json_dot(pvc, "metadata.annotations");

	if (!*json_str_or(pvc, "spec.volumeName", ""))
		return false;
	return streq(phase, "Bound") || (!streq(phase, "Lost") && json_object_get(annotations, "pv.kubernetes.io/bind-completed"));
}

/* The claim is followed: the pod is kicked when it changes. */
static int read_claim(struct pod *p, const char *claim, json_t **ret_pvc, json_t **ret_pv, struct err *e)
{
	AUTO_JSON json_t *pvc = NULL;
	AUTO_JSON json_t *pv = NULL;
	struct client_ref ref = {.plural = "persistentvolumes"};
	int r = objects_get(p->node->objects, p, PVCS, p->ns, claim, &pvc, e);

	if (r == ERR_NOT_FOUND)
		return err_set(e, r, "persistentvolumeclaim \"%s\" not found", claim);
	if (r < 0)
		return r;
	ref.name = json_str_or(pvc, "spec.volumeName", "");
	if (!is_bound(pvc))
		return err_set(e, ERR_UNAVAILABLE, "persistentvolumeclaim \"%s\" is not bound", claim);
	if ((r = client_get_wait(p->node->client, &ref, &pv, e)) < 0)
		return r;
	if (!streq(json_str(pv, "spec.claimRef.uid"), obj_uid(pvc)))
		return err_set(e, ERR_CONFLICT, "persistentvolume %s is bound to another claim", ref.name);
	*ret_pvc = TAKE_PTR(pvc);
	*ret_pv = TAKE_PTR(pv);
	return 0;
}

int volume_claim_setup(struct pod *p, const json_t *v, const char *claim, bool read_only, struct err *e)
{
	AUTO_JSON json_t *pvc = NULL;
	AUTO_JSON json_t *pv = NULL;
	int r = read_claim(p, claim, &pvc, &pv, e);

	if (r == 0)
		r = publish(p, v, pv, pvc, read_only, false, e);
	if (r == 0)
		r = volume_grow(p, v, pv, pvc, true, e);
	return r;
}

int volume_own_setup(struct pod *p, const json_t *v, struct err *e) { return publish(p, v, NULL, NULL, false, false, e); }

static bool wants_again(struct pod *p, const char *name)
{
	AUTO_FREE char *record = str_fmt("%s/pods/%s/pvc/%s.pv", p->node->run_dir, p->uid, name);
	AUTO_BUF struct buf b = {0};

	return record && fs_read(record, 1024, &b, NULL) == 0 && words_have(&b, "republish");
}

static int refresh_one(struct pod *p, const json_t *v, bool changed, bool again, struct err *e)
{
	const char *name = json_str_or(v, "name", "");
	AUTO_FREE char *claim = NULL;
	AUTO_JSON json_t *pvc = NULL;
	AUTO_JSON json_t *pv = NULL;
	int r = pod_volume_claim(p->spec, v, &claim);

	again = again && wants_again(p, name);
	if (r < 0)
		return err_nomem(e);
	if (r == 0) /* the pod's own */
		return again ? publish(p, v, NULL, NULL, false, true, e) : 0;
	if (!again && !changed)
		return 0;
	if ((r = objects_get(p->node->objects, p, PVCS, p->ns, claim, &pvc, e)) < 0) {
		if (r == ERR_NOT_FOUND)
			(void)json_object_del(p->growths, name);
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	bool pending = volume_grow_pending(pvc);
	if (!pending)
		(void)json_object_del(p->growths, name);
	if (!again && !pending)
		return 0;
	json_decref(TAKE_PTR(pvc));
	if ((r = read_claim(p, claim, &pvc, &pv, e)) < 0)
		return r;
	if (again)
		r = publish(p, v, pv, pvc, json_bool_or(v, "persistentVolumeClaim.readOnly", false), true, e);
	return r == 0 && pending ? volume_grow(p, v, pv, pvc, false, e) : r;
}

int volume_claims_refresh(struct pod *p, bool changed, struct err *e)
{
	int64_t now = node_now_ms(p->node);
	bool again = p->republish_ms != 0 && now >= p->republish_ms;
	int result = 0;
	json_t *v;
	size_t i;

	changed = changed || volume_grow_due(p);
	if (!p->node->d.volumes || (!changed && !again)) {
		if (p->republish_ms)
			pod_wake_in(p, p->republish_ms > now ? p->republish_ms - now : 0);
		volume_grow_arm(p);
		return 0;
	}
	if (again)
		p->republish_ms = now + REPUBLISH_MS; /* also when it fails: the old tokens may do a while */
	json_array_foreach (json_at(p->spec, "spec", "volumes", NULL), i, v) {
		struct err one = {0};
		int r = refresh_one(p, v, changed, again, &one);
		if (r < 0 && result == 0) {
			result = err_set(e, r, "volume \"%s\": %s", json_str_or(v, "name", ""), one.msg);
			log_warning("node", p->key, "volume %s: %s", json_str_or(v, "name", ""), one.msg);
		}
	}
	if (p->republish_ms)
		pod_wake_in(p, p->republish_ms - now);
	volume_grow_arm(p);
	return result;
}

/* After an agent came back: whether anything is to be published again is in the files. */
void volume_claims_adopt(struct pod *p)
{
	json_t *v;
	size_t i;

	json_array_foreach (json_at(p->spec, "spec", "volumes", NULL), i, v)
		if (wants_again(p, json_str_or(v, "name", "")))
			p->republish_ms = node_now_ms(p->node) + 1;
}

/* --- what containers get, and the way back --- */

int volume_claim_path(struct pod *p, const char *name, bool block, char **ret, bool *ret_read_only, struct err *e)
{
	AUTO_FREE char *link = link_of(p, name), *record = str_fmt("%s.pv", link);
	AUTO_BUF struct buf b = {0};
	char path[PATH_MAX];

	if (!link || !record)
		return err_nomem(e);
	/* Not by realpath: nobody looks at what a dead server may hold. */
	ssize_t n = readlink(link, path, sizeof(path) - 1);
	if (n < 0 || fs_read(record, 1024, &b, NULL) < 0)
		return err_set(e, ERR_UNAVAILABLE, "volume \"%s\" is not published", name);
	if (words_have(&b, "block") != block)
		return err_set(e, ERR_INVALID, "volume \"%s\" has volumeMode %s and cannot be used in %s", name, block ? "Filesystem" : "Block",
			       block ? "volumeDevices" : "volumeMounts");
	path[n] = '\0';
	*ret_read_only = words_have(&b, "ro");
	*ret = str_dup(path);
	return *ret ? 0 : err_nomem(e);
}

int volume_claims_release(struct pod *p, struct err *e)
{
	AUTO_FREE char *dir = str_fmt("%s/pods/%s/pvc", p->node->run_dir, p->uid);

	if (!dir)
		return err_nomem(e);
	int r = p->node->d.volumes ? p->node->d.volumes->unpublish(p->node->d.volumes_impl, p->uid, NULL, e) : 0;
	if (r == 0)
		r = fs_rm_rf(dir, e); /* links and words */
	p->republish_ms = 0;
	return r;
}

/* --- numbers, in kubelet's words --- */

static json_t *one_stats(struct node *n, const json_t *pod, const json_t *v, const char *now)
{
	AUTO_FREE char *claim = NULL;
	const char *name = json_str_or(v, "name", "");
	struct node_volume_stats s;

	if (n->d.volumes->stats(n->d.volumes_impl, obj_uid(pod), name, &s, NULL) < 0)
		return NULL;
	json_t *o = json_pack("{s:s,s:s}", "time", now, "name", name);
	const struct {
		const char *name;
		int64_t value;
	} all[] = {{"availableBytes", s.available}, {"capacityBytes", s.total}, {"usedBytes", s.used}, {"inodesFree", s.inodes_free}, {"inodes", s.inodes}, {"inodesUsed", s.inodes_used}};
	for (size_t i = 0; o && i < ARRAY_LEN(all); i++)
		if (all[i].value >= 0)
			json_object_set_new(o, all[i].name, json_integer(all[i].value));
	if (o && pod_volume_claim(pod, v, &claim) == 1)
		json_object_set_new(o, "pvcRef", json_pack("{s:s,s:s}", "name", claim, "namespace", obj_namespace(pod)));
	return o;
}

json_t *volume_claims_stats(struct node *n, const json_t *pod, const char *now)
{
	json_t *list = json_array(), *v;
	size_t i;

	json_array_foreach (json_at(pod, "spec", "volumes", NULL), i, v) {
		json_t *o = n->d.volumes ? one_stats(n, pod, v, now) : NULL;
		if (o)
			json_array_append_new(list, o);
	}
	return list;
}
