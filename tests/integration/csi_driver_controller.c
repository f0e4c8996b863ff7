/* The driver's Controller service: volumes and snapshots as records and as directories or files below STATE/data. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <time.h>
#include "base/fs.h"
#include "base/str.h"
#include "tests/integration/csi_driver.h"

static const char *const can[] = {"CREATE_DELETE_VOLUME",
				  "PUBLISH_UNPUBLISH_VOLUME",
				  "LIST_VOLUMES",
				  "GET_CAPACITY",
				  "CREATE_DELETE_SNAPSHOT",
				  "LIST_SNAPSHOTS",
				  "CLONE_VOLUME",
				  "PUBLISH_READONLY",
				  "EXPAND_VOLUME",
				  "LIST_VOLUMES_PUBLISHED_NODES",
				  "GET_VOLUME",
				  "SINGLE_NODE_MULTI_WRITER",
				  "MODIFY_VOLUME",
				  NULL};

static void get_capabilities(struct work *w)
{
	json_object_set_new(w->out, "capabilities", capabilities(w->d, can));
}

static char *id_of(const char *prefix, const char *name)
{
	return str_fmt("%s-%016llx", prefix, (unsigned long long)str_hash(name, strlen(name)));
}

static bool is_block(const json_t *capability)
{
	return json_at(capability, "block", NULL) != NULL;
}

/* What is wrong with capabilities, or NULL. Directories cannot be block devices. */
static const char *capabilities_wrong(const json_t *list, const char *kind)
{
	size_t i;
	json_t *c;

	json_array_foreach (list, i, c) {
		const char *mode = json_str(c, "access_mode.mode");

		if (!json_at(c, "mount", NULL) && !is_block(c))
			return "a capability has no access type";
		if (!mode)
			return "a capability has no access mode";
		if (is_block(c) && streq(kind, "dir"))
			return "volumes of kind dir cannot be block devices";
		if (streq(kind, "file") && str_has_prefix(mode, "MULTI_NODE") && !streq(mode, "MULTI_NODE_READER_ONLY"))
			return "volumes of kind file have one node that writes";
	}
	return NULL;
}

/* The size that a range asks for; or -1, and the work has failed. */
static int64_t size_of(struct work *w, const json_t *range, int64_t at_least)
{
	int64_t required = json_int_or(range, "required_bytes", 0), limit = json_int_or(range, "limit_bytes", 0);
	int64_t size = required > at_least ? required : at_least;

	if (required < 0 || limit < 0 || (limit && required > limit))
		work_fail(w, GRPC_INVALID_ARGUMENT, "capacity_range is none");
	else if (size > w->d->max_size || (limit && size > limit))
		work_fail(w, GRPC_OUT_OF_RANGE, "a volume has %lld to %lld bytes", (long long)at_least,
			  (long long)w->d->max_size);
	return w->code ? -1 : size;
}

static int64_t used(const struct driver *d)
{
	AUTO_JSON json_t *list = state_list(d, "volumes");
	int64_t sum = 0;
	size_t i;
	json_t *v;

	json_array_foreach (list, i, v)
		sum += json_int_or(v, "capacity_bytes", 0);
	return sum;
}

static json_t *volume_answer(const json_t *v)
{
	json_t *o = json_pack("{s:O, s:O}", "volume_id", json_at(v, "id", NULL), "capacity_bytes",
			      json_at(v, "capacity_bytes", NULL));
	static const char *const fields[] = {"volume_context", "content_source", "accessible_topology"};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (json_at(v, fields[i], NULL))
			json_object_set(o, fields[i], json_at(v, fields[i], NULL));
	return o;
}

static char *data_path(const struct driver *d, const char *id, const char *kind)
{
	return state_path(d, "data", id, streq(kind, "file") ? ".img" : "");
}

/* Data for a new volume or snapshot: of nothing, or a copy. */
static int data_make(struct work *w, const char *id, const char *kind, int64_t size, const char *source)
{
	AUTO_FREE char *path = data_path(w->d, id, kind), *dir = str_fmt("%s/data", w->d->state),
		       *part = str_fmt("%s.part", path);
	struct err e = {0};
	AUTO_CLOSE int fd = -1;

	if (fs_mkdir_p(dir, 0755, &e) < 0 || fs_rm_rf(part, &e) < 0) {
		work_fail(w, GRPC_INTERNAL, "%s", e.msg);
		return -1;
	}
	if (fs_exists(path))
		return 0;
	if (source) {
		AUTO_FREE char *from = data_path(w->d, source, kind);

		if (work_run(w, (const char *const[]){"cp", "-a", "--reflink=auto", "--sparse=always", from, part,
						      NULL}) < 0)
			return -1;
	} else if (streq(kind, "dir") && mkdir(part, 0777) < 0) {
		work_fail(w, GRPC_INTERNAL, "%s: %s", part, strerror(errno));
		return -1;
	}
	if (streq(kind, "dir"))
		(void)(source ? 0 : chmod(part, 0777));
	else if ((fd = open(part, O_RDWR | O_CREAT | O_CLOEXEC, 0600)) < 0 || (size > 0 && ftruncate(fd, size) < 0)) {
		work_fail(w, GRPC_INTERNAL, "%s: %s", part, strerror(errno));
		return -1;
	}
	/* Half a copy is never taken for a whole one. */
	if (rename(part, path) < 0) {
		work_fail(w, GRPC_INTERNAL, "%s: %s", path, strerror(errno));
		return -1;
	}
	return 0;
}

static int data_remove(struct work *w, const char *id, const char *kind)
{
	AUTO_FREE char *path = data_path(w->d, id, kind);
	struct err e = {0};
	int r = fs_rm_rf(path, &e);

	if (r < 0)
		work_fail(w, r == -EBUSY ? GRPC_FAILED_PRECONDITION : GRPC_INTERNAL, "%s", e.msg);
	return r;
}

/* The parameters that are known; others are refused, so that tests notice what is passed on. */
static bool parameters_ok(struct work *w, const json_t *params, bool of_change)
{
	const char *key;
	json_t *v;

	json_object_foreach ((json_t *)(uintptr_t)params, key, v) {
		if (of_change ? streq(key, "iops") || streq(key, "throughput")
			      : streq(key, "kind") || streq(key, "tier") || str_has_prefix(key, "csi.storage.k8s.io/"))
			continue;
		work_fail(w, GRPC_INVALID_ARGUMENT, "there is no %sparameter %s", of_change ? "mutable " : "", key);
		return false;
	}
	return true;
}

/* Where the volume shall be: the first that is preferred, else the first that will do, else where this driver is. */
static json_t *choose_topology(const struct driver *d, const json_t *req)
{
	json_t *first = json_array_get(json_at(req, "preferred", NULL), 0);

	if (!first)
		first = json_array_get(json_at(req, "requisite", NULL), 0);
	if (first)
		return json_pack("[O]", first);
	return d->topology ? json_pack("[{s:O}]", "segments", d->topology) : NULL;
}

/* Of a source that is named: the id of its data and its least size; -1: the work has failed. */
static int find_source(struct work *w, const char *kind, const char **ret_id, int64_t *ret_size, json_t **hold)
{
	const char *snap = json_str(w->in, "volume_content_source.snapshot.snapshot_id"),
		   *vol = json_str(w->in, "volume_content_source.volume.volume_id");

	if (!snap && !vol)
		return 0;
	*hold = snap ? state_get(w->d, "snapshots", snap) : state_get(w->d, "volumes", vol);
	if (!*hold) {
		work_fail(w, GRPC_NOT_FOUND, "there is no %s %s", snap ? "snapshot" : "volume", snap ? snap : vol);
		return -1;
	}
	if (!streq(json_str(*hold, "kind"), kind)) {
		work_fail(w, GRPC_INVALID_ARGUMENT, "%s is of kind %s", snap ? snap : vol, json_str(*hold, "kind"));
		return -1;
	}
	*ret_id = snap ? snap : vol;
	*ret_size = json_int_or(*hold, snap ? "size_bytes" : "capacity_bytes", 0);
	return 0;
}

/* Both may be missing. */
static bool same(const json_t *a, const json_t *b)
{
	return (!a && !b) || json_equal(a, b);
}

static void create_volume(struct work *w)
{
	const char *name = work_need(w, "name"), *kind = json_str(w->in, "parameters.kind"), *wrong, *source = NULL;
	const json_t *caps = json_at(w->in, "volume_capabilities", NULL);
	AUTO_JSON json_t *old = NULL, *from = NULL, *v = NULL, *topology = NULL;
	AUTO_FREE char *id = NULL;
	int64_t size, least = MIN_SIZE;
	STATE_LOCKED(w->d);

	if (!name)
		return;
	if (json_array_size(caps) == 0) {
		work_fail(w, GRPC_INVALID_ARGUMENT, "volume_capabilities is missing");
		return;
	}
	if (!kind)
		kind = is_block(json_array_get(caps, 0)) ? "file" : "dir";
	if (!streq(kind, "dir") && !streq(kind, "file")) {
		work_fail(w, GRPC_INVALID_ARGUMENT, "parameter kind is dir or file");
		return;
	}
	if (!parameters_ok(w, json_at(w->in, "parameters", NULL), false) ||
	    !parameters_ok(w, json_at(w->in, "mutable_parameters", NULL), true))
		return;
	wrong = capabilities_wrong(caps, kind);
	if (wrong) {
		work_fail(w, GRPC_INVALID_ARGUMENT, "%s", wrong);
		return;
	}
	if (find_source(w, kind, &source, &least, &from) < 0)
		return;
	size = size_of(w, json_at(w->in, "capacity_range", NULL),
		       json_at(w->in, "capacity_range", NULL) || source ? least : DEFAULT_SIZE);
	if (size < 0)
		return;
	id = id_of("vol", name);
	old = state_get(w->d, "volumes", id);
	if (old) {
		int64_t has = json_int_or(old, "capacity_bytes", 0),
			limit = json_int_or(w->in, "capacity_range.limit_bytes", 0);

		if (has < json_int_or(w->in, "capacity_range.required_bytes", 0) || (limit && has > limit) ||
		    !streq(kind, json_str(old, "kind")) ||
		    !same(json_at(old, "parameters", NULL), json_at(w->in, "parameters", NULL)) ||
		    !same(json_at(old, "content_source", NULL), json_at(w->in, "volume_content_source", NULL)))
			work_fail(w, GRPC_ALREADY_EXISTS, "volume %s is there and is another", name);
		else
			json_object_set_new(w->out, "volume", volume_answer(old));
		return;
	}
	if (used(w->d) + size > w->d->capacity) {
		work_fail(w, GRPC_RESOURCE_EXHAUSTED, "no %lld bytes are left", (long long)size);
		return;
	}
	if (data_make(w, id, kind, size, source) < 0)
		return;
	v = json_pack("{s:s, s:s, s:s, s:I, s:{s:s}}", "id", id, "name", name, "kind", kind, "capacity_bytes",
		      (json_int_t)size, "volume_context", "kind", kind);
	if (w->d->vendor_option) {
		const char *eq = strchr(w->d->vendor_option, '=');
		AUTO_FREE char *key = str_ndup(w->d->vendor_option,
					       eq ? (size_t)(eq - w->d->vendor_option) : strlen(w->d->vendor_option));

		json_object_set_new(json_at(v, "volume_context", NULL), key, json_string(eq ? eq + 1 : ""));
	}
	if (json_at(w->in, "parameters", NULL))
		json_object_set(v, "parameters", json_at(w->in, "parameters", NULL));
	if (json_at(w->in, "mutable_parameters", NULL))
		json_object_set(v, "mutable_parameters", json_at(w->in, "mutable_parameters", NULL));
	if (json_at(w->in, "volume_content_source", NULL))
		json_object_set(v, "content_source", json_at(w->in, "volume_content_source", NULL));
	topology = choose_topology(w->d, json_at(w->in, "accessibility_requirements", NULL));
	if (topology)
		json_object_set(v, "accessible_topology", topology);
	state_put(w->d, "volumes", id, v);
	json_object_set_new(w->out, "volume", volume_answer(v));
}

static void delete_volume(struct work *w)
{
	const char *id = work_need(w, "volume_id");
	AUTO_JSON json_t *v = NULL;
	STATE_LOCKED(w->d);

	if (!id)
		return;
	v = state_get(w->d, "volumes", id);
	if (!v)
		return;
	if (json_object_size(json_at(v, "published", NULL)) > 0) {
		work_fail(w, GRPC_FAILED_PRECONDITION, "volume %s is published", id);
		return;
	}
	if (data_remove(w, id, json_str(v, "kind")) == 0)
		state_del(w->d, "volumes", id);
}

static void publish(struct work *w)
{
	const char *node = work_need(w, "node_id"), *mode = json_str(w->in, "volume_capability.access_mode.mode"), *id,
		   *other;
	bool readonly = json_bool_or(w->in, "readonly", false);
	AUTO_JSON json_t *v = NULL, *n = NULL;
	json_t *published, *was, *x;
	STATE_LOCKED(w->d);

	if (!node || !(v = work_volume(w)))
		return;
	if (!mode) {
		work_fail(w, GRPC_INVALID_ARGUMENT, "volume_capability is missing");
		return;
	}
	id = json_str(v, "id");
	n = state_get(w->d, "nodes", node);
	if (!n) {
		work_fail(w, GRPC_NOT_FOUND, "there is no node %s", node);
		return;
	}
	published = json_at(v, "published", NULL);
	if (!published) {
		published = json_object();
		json_object_set_new(v, "published", published);
	}
	was = json_object_get(published, node);
	if (was && json_bool_or(was, "readonly", false) != readonly) {
		work_fail(w, GRPC_ALREADY_EXISTS, "volume %s is published to %s in another way", id, node);
		return;
	}
	json_object_foreach (published, other, x) {
		if (!streq(other, node) && str_has_prefix(mode, "SINGLE_NODE")) {
			work_fail(w, GRPC_FAILED_PRECONDITION, "volume %s is published to node %s", id, other);
			return;
		}
	}
	if (!was && w->d->max_volumes_per_node > 0) {
		AUTO_JSON json_t *all = state_list(w->d, "volumes");
		int64_t count = 0;
		size_t i;

		json_array_foreach (all, i, x)
			count += json_at(x, "published", node, NULL) != NULL;
		if (count >= w->d->max_volumes_per_node) {
			work_fail(w, GRPC_RESOURCE_EXHAUSTED, "node %s has %lld volumes", node, (long long)count);
			return;
		}
	}
	json_object_set_new(published, node, json_pack("{s:b}", "readonly", readonly));
	state_put(w->d, "volumes", id, v);
	json_object_set_new(w->out, "publish_context", json_pack("{s:s}", "attached-to", node));
}

static void unpublish(struct work *w)
{
	const char *id = work_need(w, "volume_id"), *node = json_str(w->in, "node_id");
	AUTO_JSON json_t *v = NULL;
	STATE_LOCKED(w->d);

	if (!id || !(v = state_get(w->d, "volumes", id)))
		return;
	if (node)
		json_object_del(json_at(v, "published", NULL), node);
	else
		json_object_del(v, "published");
	state_put(w->d, "volumes", id, v);
}

static void validate(struct work *w)
{
	const json_t *caps = json_at(w->in, "volume_capabilities", NULL);
	AUTO_JSON json_t *v = work_volume(w);
	const char *wrong;

	if (!v)
		return;
	if (json_array_size(caps) == 0) {
		work_fail(w, GRPC_INVALID_ARGUMENT, "volume_capabilities is missing");
		return;
	}
	wrong = capabilities_wrong(caps, json_str(v, "kind"));
	if (wrong)
		json_object_set_new(w->out, "message", json_string(wrong));
	else
		json_object_set_new(w->out, "confirmed", json_pack("{s:O}", "volume_capabilities", caps));
}

/* One page of a list, whose tokens are places in it. */
static void page(struct work *w, const json_t *all, json_t *(*entry)(const json_t *))
{
	const char *token = json_str(w->in, "starting_token");
	uint64_t from = 0, max = (uint64_t)json_int_or(w->in, "max_entries", 0), n = json_array_size(all);
	json_t *entries = json_array();

	json_object_set_new(w->out, "entries", entries);
	if (json_int_or(w->in, "max_entries", 0) < 0) {
		work_fail(w, GRPC_INVALID_ARGUMENT, "max_entries is negative");
		return;
	}
	if (token && str_to_u64(token, n, &from) < 0) {
		work_fail(w, GRPC_ABORTED, "%s is no token of a list", token);
		return;
	}
	for (uint64_t i = from; i < n && (max == 0 || i - from < max); i++)
		json_array_append_new(entries, entry(json_array_get(all, i)));
	if (max && from + max < n) {
		char next[24];

		(void)snprintf(next, sizeof next, "%llu", (unsigned long long)(from + max));
		json_object_set_new(w->out, "next_token", json_string(next));
	}
}

static json_t *volume_status(const json_t *v)
{
	json_t *nodes = json_array(), *x;
	const char *node;

	json_object_foreach (json_at(v, "published", NULL), node, x)
		json_array_append_new(nodes, json_string(node));
	return json_pack("{s:o}", "published_node_ids", nodes);
}

static json_t *volume_entry(const json_t *v)
{
	return json_pack("{s:o, s:o}", "volume", volume_answer(v), "status", volume_status(v));
}

static void list_volumes(struct work *w)
{
	AUTO_JSON json_t *all = state_list(w->d, "volumes");

	page(w, all, volume_entry);
}

static void get_volume(struct work *w)
{
	AUTO_JSON json_t *v = work_volume(w);

	if (!v)
		return;
	json_object_set_new(w->out, "volume", volume_answer(v));
	json_object_set_new(w->out, "status", volume_status(v));
}

static void get_capacity(struct work *w)
{
	const json_t *where = json_at(w->in, "accessible_topology", "segments", NULL);
	int64_t left = w->d->capacity - used(w->d);

	/* Elsewhere than here there is none. */
	if (where && w->d->topology && !json_equal(where, w->d->topology))
		left = 0;
	json_object_set_new(w->out, "available_capacity", json_integer(left > 0 ? left : 0));
	json_object_set_new(w->out, "maximum_volume_size", json_pack("{s:I}", "value", (json_int_t)w->d->max_size));
}

/* --- snapshots --- */

static json_t *snapshot_answer(const json_t *s)
{
	return json_pack("{s:O, s:O, s:O, s:{s:O}, s:b}", "snapshot_id", json_at(s, "id", NULL), "source_volume_id",
			 json_at(s, "source", NULL), "size_bytes", json_at(s, "size_bytes", NULL), "creation_time",
			 "seconds", json_at(s, "time", NULL), "ready_to_use", 1);
}

static json_t *snapshot_entry(const json_t *s)
{
	return json_pack("{s:o}", "snapshot", snapshot_answer(s));
}

static void create_snapshot(struct work *w)
{
	const char *name = work_need(w, "name"), *source = work_need(w, "source_volume_id");
	AUTO_JSON json_t *v = NULL, *old = NULL, *s = NULL;
	AUTO_FREE char *id = NULL;
	STATE_LOCKED(w->d);

	if (!name || !source)
		return;
	id = id_of("snap", name);
	old = state_get(w->d, "snapshots", id);
	if (old) {
		if (!streq(json_str(old, "source"), source))
			work_fail(w, GRPC_ALREADY_EXISTS, "snapshot %s is there, of volume %s", name,
				  json_str(old, "source"));
		else
			json_object_set_new(w->out, "snapshot", snapshot_answer(old));
		return;
	}
	v = state_get(w->d, "volumes", source);
	if (!v) {
		work_fail(w, GRPC_NOT_FOUND, "there is no volume %s", source);
		return;
	}
	if (data_make(w, id, json_str(v, "kind"), 0, source) < 0)
		return;
	s = json_pack("{s:s, s:s, s:s, s:O, s:O, s:I}", "id", id, "name", name, "source", source, "kind",
		      json_at(v, "kind", NULL), "size_bytes", json_at(v, "capacity_bytes", NULL), "time",
		      (json_int_t)time(NULL));
	state_put(w->d, "snapshots", id, s);
	json_object_set_new(w->out, "snapshot", snapshot_answer(s));
}

static void delete_snapshot(struct work *w)
{
	const char *id = work_need(w, "snapshot_id");
	AUTO_JSON json_t *s = NULL;
	STATE_LOCKED(w->d);

	if (id && (s = state_get(w->d, "snapshots", id)) && data_remove(w, id, json_str(s, "kind")) == 0)
		state_del(w->d, "snapshots", id);
}

static void list_snapshots(struct work *w)
{
	const char *source = json_str(w->in, "source_volume_id"), *id = json_str(w->in, "snapshot_id");
	AUTO_JSON json_t *all = state_list(w->d, "snapshots"), *some = json_array();
	size_t i;
	json_t *s;

	json_array_foreach (all, i, s)
		if ((!source || streq(source, json_str(s, "source"))) && (!id || streq(id, json_str(s, "id"))))
			json_array_append(some, s);
	page(w, some, snapshot_entry);
}

/* --- changes --- */

static void expand(struct work *w)
{
	AUTO_FREE char *path = NULL;
	AUTO_JSON json_t *v = NULL;
	int64_t size, has;
	bool file;
	STATE_LOCKED(w->d);

	if (!(v = work_volume(w)))
		return;
	if (!json_at(w->in, "capacity_range", NULL)) {
		work_fail(w, GRPC_INVALID_ARGUMENT, "capacity_range is missing");
		return;
	}
	has = json_int_or(v, "capacity_bytes", 0);
	size = size_of(w, json_at(w->in, "capacity_range", NULL), has);
	if (size < 0)
		return;
	if (used(w->d) - has + size > w->d->capacity) {
		work_fail(w, GRPC_OUT_OF_RANGE, "no %lld bytes are left", (long long)(size - has));
		return;
	}
	file = streq(json_str(v, "kind"), "file");
	path = data_path(w->d, json_str(v, "id"), json_str(v, "kind"));
	if (file && truncate(path, size) < 0) {
		work_fail(w, GRPC_INTERNAL, "%s: %s", path, strerror(errno));
		return;
	}
	json_object_set_new(v, "capacity_bytes", json_integer(size));
	state_put(w->d, "volumes", json_str(v, "id"), v);
	json_object_set_new(w->out, "capacity_bytes", json_integer(size));
	json_object_set_new(w->out, "node_expansion_required",
			    json_boolean(file && driver_can(w->d, "NODE_EXPAND_VOLUME")));
}

static void modify(struct work *w)
{
	AUTO_JSON json_t *v = NULL;
	STATE_LOCKED(w->d);

	if (!(v = work_volume(w)) || !parameters_ok(w, json_at(w->in, "mutable_parameters", NULL), true))
		return;
	json_object_set(v, "mutable_parameters", json_at(w->in, "mutable_parameters", NULL));
	state_put(w->d, "volumes", json_str(v, "id"), v);
}

work_fn controller_method(const struct driver *d, const char *name)
{
	static const struct work_method methods[] = {
	    {"ControllerGetCapabilities", get_capabilities, NULL},
	    {"CreateVolume", create_volume, "CREATE_DELETE_VOLUME"},
	    {"DeleteVolume", delete_volume, "CREATE_DELETE_VOLUME"},
	    {"ControllerPublishVolume", publish, "PUBLISH_UNPUBLISH_VOLUME"},
	    {"ControllerUnpublishVolume", unpublish, "PUBLISH_UNPUBLISH_VOLUME"},
	    {"ValidateVolumeCapabilities", validate, NULL},
	    {"ListVolumes", list_volumes, "LIST_VOLUMES"},
	    {"ControllerGetVolume", get_volume, "GET_VOLUME"},
	    {"GetCapacity", get_capacity, "GET_CAPACITY"},
	    {"CreateSnapshot", create_snapshot, "CREATE_DELETE_SNAPSHOT"},
	    {"DeleteSnapshot", delete_snapshot, "CREATE_DELETE_SNAPSHOT"},
	    {"ListSnapshots", list_snapshots, "LIST_SNAPSHOTS"},
	    {"ControllerExpandVolume", expand, "EXPAND_VOLUME"},
	    {"ControllerModifyVolume", modify, "MODIFY_VOLUME"},
	};

	return method_find(d, methods, ARRAY_LEN(methods), name);
}
