/* A pod's state on disk (RUN_DIR/pods/UID): what a restarted agent needs to take the pod over. */
#include <errno.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/str.h"
#include "node/pod.h"

#define FILE_MAX_BYTES (8u << 20)

static void set_str(json_t *o, const char *k, const char *v)
{
	if (v && v[0])
		json_object_set_new(o, k, json_string(v));
}

static json_t *run_json(const struct ctr_run *r)
{
	json_t *o = json_object();

	if (!o)
		return NULL;
	set_str(o, "id", r->id);
	set_str(o, "image", r->image);
	set_str(o, "imageID", r->image_id);
	set_str(o, "imageRef", r->image_ref);
	set_str(o, "reason", r->reason);
	set_str(o, "message", r->message);
	set_str(o, "resources", r->resources);
	json_object_set_new(o, "attempt", json_integer(r->attempt));
	json_object_set_new(o, "created", json_integer(r->created));
	json_object_set_new(o, "started", json_integer(r->started));
	json_object_set_new(o, "finished", json_integer(r->finished));
	json_object_set_new(o, "pid", json_integer(r->pid));
	json_object_set_new(o, "pidStart", json_integer((json_int_t)r->pid_start));
	json_object_set_new(o, "exitCode", json_integer(r->exit_code));
	return o;
}

static int run_parse(const json_t *o, struct ctr_run *r)
{
	if (!o)
		return 0;
	str_copy(r->id, sizeof(r->id), json_str_or(o, "id", ""));
	r->image = str_dup(json_str(o, "image"));
	r->image_id = str_dup(json_str(o, "imageID"));
	r->image_ref = str_dup(json_str(o, "imageRef"));
	r->reason = str_dup(json_str(o, "reason"));
	r->message = str_dup(json_str(o, "message"));
	r->resources = str_dup(json_str(o, "resources"));
	r->attempt = (unsigned)json_int_or(o, "attempt", 0);
	r->created = json_int_or(o, "created", 0);
	r->started = json_int_or(o, "started", 0);
	r->finished = json_int_or(o, "finished", 0);
	r->pid = (pid_t)json_int_or(o, "pid", 0);
	r->pid_start = (uint64_t)json_int_or(o, "pidStart", 0);
	r->exit_code = (int)json_int_or(o, "exitCode", 0);
	return 0;
}

static json_t *ctr_json(const struct ctr *c)
{
	json_t *o = json_pack("{s:s,s:i,s:b,s:s,s:i,s:b,s:b,s:b,s:i}", "name", c->name, "kind", (int)c->kind, "sidecar", c->sidecar, "state",
			      ctr_state_name(c->state), "restarts", (int)c->restarts, "started", c->started, "ready", c->ready,
			      "hookDone", c->hook_done, "stopSignal", c->stop_signal);

	if (!o)
		return NULL;
	/* CLOCK_MONOTONIC goes on as long as run-dir lives. */
	if (c->crash.delay_ms > 0)
		json_object_set_new(o, "crash", json_pack("{s:I,s:I,s:I}", "delay", (json_int_t)c->crash.delay_ms, "at", (json_int_t)c->crash.last_update_ms, "exit",
							   (json_int_t)c->finished_ms));
	if (c->run.id[0])
		json_object_set_new(o, "run", run_json(&c->run));
	if (c->last.id[0])
		json_object_set_new(o, "last", run_json(&c->last));
	if (c->went_down)
		json_object_set_new(o, "wentDown", json_true());
	set_str(o, "waitReason", c->wait_reason);
	set_str(o, "waitMessage", c->wait_message);
	set_str(o, "stopMessage", c->stop_message);
	if (c->stop_message)
		json_object_set_new(o, "stopProbe", json_integer(c->stop_probe));
	return o;
}

int pod_save(struct pod *p, struct err *e)
{
	AUTO_FREE char *dir = pod_run_dir(p), *state_path = str_fmt("%s/state.json", dir), *manifest_path = str_fmt("%s/manifest.json", dir);
	AUTO_BYTES struct bytes *manifest = NULL;
	json_t *list;
	int r;

	if (!dir || !state_path || !manifest_path)
		return err_nomem(e);
	r = fs_mkdir_p(dir, 0755, e);
	if (r < 0)
		return r;
	pthread_mutex_lock(&p->lock);
	manifest = bytes_ref(p->manifest);
	pthread_mutex_unlock(&p->lock);
	if (manifest && manifest != p->saved_manifest) {
		AUTO_FREE char *tmp = str_fmt("%s.new", manifest_path);
		if (!tmp)
			return err_nomem(e);
		r = fs_write(tmp, manifest->data, manifest->len, e);
		if (r < 0)
			return r;
		if (rename(tmp, manifest_path) < 0)
			return err_errno(e, errno, "cannot write %s", manifest_path);
		bytes_unref(p->saved_manifest);
		p->saved_manifest = bytes_ref(manifest);
	}
	if (!p->save)
		return 0;
	AUTO_JSON json_t *o = json_pack("{s:s,s:b,s:b,s:b,s:s,s:s,s:I}", "state", pod_state_name(p->state), "initialized", p->initialized,
					"sandboxReady", p->sandbox_ready, "admitted", p->admitted, "ip", p->ips[0], "ip2", p->ips[1],
					"startTime", (json_int_t)p->start_time);
	if (!o || !(list = json_array()))
		return err_nomem(e);
	set_str(o, "failReason", p->fail_reason);
	set_str(o, "failMessage", p->fail_message);
	json_object_set(o, "conditions", p->conditions);
	if (p->volume_images)
		json_object_set(o, "volumeImages", p->volume_images);
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
		json_array_append_new(list, ctr_json(c));
	json_object_set_new(o, "containers", list);
	AUTO_BYTES struct bytes *text = json_encode(o);
	AUTO_FREE char *tmp = str_fmt("%s.new", state_path);
	if (!text || !tmp)
		return err_nomem(e);
	/* Without fsync: run-dir does not outlive a boot, and a rename is enough for a killed process. */
	r = fs_write(tmp, text->data, text->len, e);
	if (r < 0)
		return r;
	if (rename(tmp, state_path) < 0)
		return err_errno(e, errno, "cannot write %s", state_path);
	p->save = false;
	return 0;
}

static struct ctr *ctr_parse(const json_t *o)
{
	struct ctr *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	list_init(&c->link);
	c->name = str_dup(json_str_or(o, "name", ""));
	c->kind = (enum ctr_kind)json_int_or(o, "kind", CTR_KIND_MAIN);
	c->sidecar = json_bool_or(o, "sidecar", false);
	c->restarts = (unsigned)json_int_or(o, "restarts", 0);
	c->started = json_bool_or(o, "started", false);
	c->ready = json_bool_or(o, "ready", false);
	c->hook_done = json_bool_or(o, "hookDone", true);
	c->went_down = json_bool_or(o, "wentDown", false);
	c->stop_signal = (int)json_int_or(o, "stopSignal", 0);
	c->crash.delay_ms = json_int_or(o, "crash.delay", 0);
	c->crash.last_update_ms = json_int_or(o, "crash.at", 0);
	c->finished_ms = json_int_or(o, "crash.exit", 0);
	c->wait_reason = str_dup(json_str(o, "waitReason"));
	c->wait_message = str_dup(json_str(o, "waitMessage"));
	c->stop_message = str_dup(json_str(o, "stopMessage"));
	c->stop_probe = (enum probe_kind)json_int_or(o, "stopProbe", PROBE_KINDS);
	if (!c->name || c->kind > CTR_KIND_EPHEMERAL || ctr_state_parse(json_str(o, "state"), &c->state) < 0) {
		ctr_free(c);
		return NULL;
	}
	run_parse(json_object_get(o, "run"), &c->run);
	run_parse(json_object_get(o, "last"), &c->last);
	return c;
}

int pod_load(struct node *n, const char *uid, struct pod **ret, struct err *e)
{
	AUTO_FREE char *manifest_path = str_fmt("%s/pods/%s/manifest.json", n->run_dir, uid);
	AUTO_FREE char *state_path = str_fmt("%s/pods/%s/state.json", n->run_dir, uid);
	AUTO_BUF struct buf mtext = {0}, stext = {0};
	AUTO_JSON json_t *m = NULL, *s = NULL;
	const char *name;
	struct pod *p;
	json_t *o;
	size_t i;
	int r;

	if (!manifest_path || !state_path)
		return err_nomem(e);
	r = fs_read(manifest_path, FILE_MAX_BYTES, &mtext, e);
	if (r == 0)
		r = json_parse(mtext.data, mtext.len, &m, e);
	if (r == 0)
		r = fs_read(state_path, FILE_MAX_BYTES, &stext, e);
	if (r == 0)
		r = json_parse(stext.data, stext.len, &s, e);
	if (r < 0)
		return r;
	if (!streq(obj_uid(m), uid))
		return err_set(e, ERR_INVALID, "%s is not the manifest of pod %s", manifest_path, uid);
	r = pod_new(&p, n, uid, obj_namespace(m), obj_name(m), e);
	if (r < 0)
		return r;
	p->manifest = bytes_new(mtext.data, mtext.len);
	p->saved_manifest = bytes_ref(p->manifest);
	if (pod_state_parse(json_str(s, "state"), &p->state) < 0)
		p->state = POD_SETUP;
	p->initialized = json_bool_or(s, "initialized", false);
	p->sandbox_ready = json_bool_or(s, "sandboxReady", false);
	p->admitted = json_bool_or(s, "admitted", false);
	p->start_time = json_int_or(s, "startTime", 0);
	str_copy(p->ips[0], sizeof(p->ips[0]), json_str_or(s, "ip", ""));
	str_copy(p->ips[1], sizeof(p->ips[1]), json_str_or(s, "ip2", ""));
	p->fail_reason = str_dup(json_str(s, "failReason"));
	p->fail_message = str_dup(json_str(s, "failMessage"));
	if (json_is_object(json_object_get(s, "conditions"))) {
		json_decref(p->conditions);
		p->conditions = json_incref(json_object_get(s, "conditions"));
	}
	json_object_foreach(json_object_get(s, "volumeImages"), name, o)
	{
		/* A pull ended with the agent that began it. */
		if (streq(json_str(o, "state"), "mounted") && (p->volume_images || (p->volume_images = json_object())))
			json_object_set(p->volume_images, name, o);
	}
	json_array_foreach(json_object_get(s, "containers"), i, o)
	{
		struct ctr *c = ctr_parse(o);
		if (c)
			list_add_tail(&p->ctrs, &c->link);
	}
	p->adopted = true;
	*ret = p;
	return 0;
}
