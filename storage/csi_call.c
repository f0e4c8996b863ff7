/* What the operations of CSI share: memory, capabilities of volumes, calls and what their statuses mean. */
#include <errno.h>
#include <string.h>
#include "base/str.h"
#include "storage/csi_internal.h"
#include "storage/redact.h"

#define ANSWER_MAX (1u << 20)

/* --- connections --- */

void csi_abort_init(struct csi_abort *a)
{
	pthread_mutex_init(&a->lock, NULL);
	list_init(&a->links);
	a->aborted = false;
}

void csi_abort_now(struct csi_abort *a)
{
	pthread_mutex_lock(&a->lock);
	a->aborted = true;
	LIST_FOREACH (l, &a->links, struct csi_link, peers)
		grpc_client_stop(l->client);
	pthread_mutex_unlock(&a->lock);
}

void csi_abort_done(struct csi_abort *a)
{
	pthread_mutex_destroy(&a->lock);
}

int csi_link_open(struct csi_link *l, const char *socket, struct csi_abort *a, struct err *e)
{
	struct grpc_client_config gc = {.path = socket, .max_message = ANSWER_MAX};
	bool aborted = false;

	list_init(&l->peers);
	int r = loop_new(&l->loop, e);
	if (r < 0 || (r = grpc_client_new(&l->client, l->loop, &gc, e)) < 0 ||
	    (r = loop_thread_start(&l->thread, l->loop, "csi", e)) < 0)
		return r;
	if (a) {
		pthread_mutex_lock(&a->lock);
		aborted = a->aborted;
		list_add_tail(&a->links, &l->peers);
		l->abort = a;
		pthread_mutex_unlock(&a->lock);
	}
	return aborted ? err_set(e, ERR_CANCELED, "shutting down") : 0;
}

void csi_link_keep(struct csi_link *l)
{
	if (!l->abort)
		return;
	pthread_mutex_lock(&l->abort->lock);
	list_del(&l->peers);
	pthread_mutex_unlock(&l->abort->lock);
	l->abort = NULL;
}

void csi_link_close(struct csi_link *l)
{
	csi_link_keep(l);
	if (l->client)
		grpc_client_stop(l->client);
	if (l->thread) {
		loop_quit(l->loop);
		l->thread = loop_thread_join(l->thread);
	}
	l->client = grpc_client_free(l->client);
	l->loop = loop_free(l->loop);
}

/* --- requests --- */

void csi_mem_done(struct csi_mem *m)
{
	for (size_t i = 0; i < m->n; i++)
		free(m->v[i]);
	free(m->v);
	*m = (struct csi_mem){0};
}

/* Takes p, also where it fails. */
static void *keep(struct csi_mem *m, void *p)
{
	void **v = p ? reallocarray(m->v, m->n + 1, sizeof(void *)) : NULL;

	if (!v) {
		free(p);
		if (!m->err.code)
			(void)err_nomem(&m->err);
		return NULL;
	}
	m->v = v;
	m->v[m->n++] = p;
	return p;
}

int csi_mem_failed(const struct csi_mem *m, struct err *e)
{
	return m->err.code ? err_set(e, m->err.code, "%s", m->err.msg) : 0;
}

int csi_answer(json_t **ret, json_t *o, struct err *e)
{
	if (!o)
		return err_nomem(e);
	*ret = o;
	return 0;
}

void *csi_mem_new(struct csi_mem *m, size_t size)
{
	return keep(m, calloc(1, size ? size : 1));
}

#define MESSAGE(m, type, descriptor) ((type *)message((m), sizeof(type), &(descriptor)))
static void *message(struct csi_mem *m, size_t size, const ProtobufCMessageDescriptor *d)
{
	void *p = csi_mem_new(m, size);

	if (p)
		protobuf_c_message_init(d, p);
	return p;
}

/* The messages have no const; nobody writes to what is sent. */
static char *borrowed(const char *s)
{
	return (char *)(uintptr_t)(s ? s : "");
}

char *csi_text(const json_t *req, const char *member)
{
	return borrowed(json_string_value(json_object_get(req, member)));
}

struct proto_entry **csi_map_(struct csi_mem *m, const ProtobufCMessageDescriptor *d, const json_t *o, const char *what,
			      size_t *ret_n)
{
	size_t n = json_object_size(o), i = 0;
	const char *key;
	json_t *value;

	*ret_n = 0;
	if (n == 0)
		return NULL;
	struct proto_entry **list = keep(m, proto_map_new(d, n));
	if (!list)
		return NULL;
	json_object_foreach ((json_t *)(uintptr_t)o, key, value) {
		if (!json_is_string(value)) {
			if (!m->err.code)
				(void)err_set(&m->err, ERR_INVALID, "%s: the value of %s is no string", what, key);
			return NULL;
		}
		list[i]->key = borrowed(key);
		list[i++]->value = borrowed(json_string_value(value));
	}
	*ret_n = n;
	return list;
}

/* --- capabilities --- */

typedef Csi__V1__VolumeCapability__AccessMode__Mode access_mode;
#define MODE(name) CSI__V1__VOLUME_CAPABILITY__ACCESS_MODE__MODE__##name

static access_mode mode_of(const char *s, bool multi_writer)
{
	if (streq(s, "ReadWriteOnce"))
		return multi_writer ? MODE(SINGLE_NODE_MULTI_WRITER) : MODE(SINGLE_NODE_WRITER);
	if (streq(s, "ReadWriteOncePod"))
		return multi_writer ? MODE(SINGLE_NODE_SINGLE_WRITER) : MODE(SINGLE_NODE_WRITER);
	if (streq(s, "ReadWriteMany"))
		return MODE(MULTI_NODE_MULTI_WRITER);
	if (streq(s, "ReadOnlyMany"))
		return MODE(MULTI_NODE_READER_ONLY);
	return MODE(UNKNOWN);
}

static bool has_mode(const json_t *modes, const char *mode)
{
	const json_t *m;
	size_t i;

	json_array_foreach (modes, i, m)
		if (streq(json_string_value(m), mode))
			return true;
	return false;
}

/* Source: csi-lib-utils' accessmodes for controllers; kubelet takes the first one. */
static access_mode mode_of_all(const json_t *modes, bool multi_writer, enum csi_use use)
{
	if (json_array_size(modes) == 0)
		return mode_of("ReadWriteOnce", multi_writer);
	if (use == CSI_USE_NODE)
		return mode_of(json_string_value(json_array_get(modes, 0)), multi_writer);
	if (has_mode(modes, "ReadWriteMany"))
		return MODE(MULTI_NODE_MULTI_WRITER);
	if (has_mode(modes, "ReadOnlyMany") && json_array_size(modes) > 1)
		return MODE(UNKNOWN); /* CSI has nothing for it */
	return mode_of(json_string_value(json_array_get(modes, 0)), multi_writer);
}

static Csi__V1__VolumeCapability *capability(struct csi_mem *m, const struct csi *c, const json_t *req,
					     access_mode mode, const char *word)
{
	Csi__V1__VolumeCapability *v = MESSAGE(m, Csi__V1__VolumeCapability, csi__v1__volume_capability__descriptor);
	Csi__V1__VolumeCapability__AccessMode *a =
	    MESSAGE(m, Csi__V1__VolumeCapability__AccessMode, csi__v1__volume_capability__access_mode__descriptor);
	const json_t *flags = json_object_get(req, "mountOptions"), *group = json_object_get(req, "fsGroup"), *f;
	size_t i;

	if (mode == MODE(UNKNOWN) && !m->err.code)
		(void)err_set(&m->err, ERR_INVALID, "accessModes: CSI has no mode for %s", word);
	if (!v || !a)
		return NULL;
	v->access_mode = a;
	a->mode = mode;
	if (streq(json_str(req, "volumeMode"), "Block")) {
		v->access_type_case = CSI__V1__VOLUME_CAPABILITY__ACCESS_TYPE_BLOCK;
		v->block = MESSAGE(m, Csi__V1__VolumeCapability__BlockVolume,
				   csi__v1__volume_capability__block_volume__descriptor);
		return v;
	}
	Csi__V1__VolumeCapability__MountVolume *mount =
	    MESSAGE(m, Csi__V1__VolumeCapability__MountVolume, csi__v1__volume_capability__mount_volume__descriptor);
	char **list = csi_mem_new(m, (json_array_size(flags) + 1) * sizeof(char *)), *gid = NULL;
	if (!mount || !list)
		return NULL;
	v->access_type_case = CSI__V1__VOLUME_CAPABILITY__ACCESS_TYPE_MOUNT;
	v->mount = mount;
	mount->fs_type = csi_text(req, "fsType");
	mount->mount_flags = list;
	json_array_foreach (flags, i, f)
		list[mount->n_mount_flags++] = borrowed(json_string_value(f));
	if (c->has.mount_group && json_is_integer(group) &&
	    (gid = keep(m, str_fmt("%lld", (long long)json_integer_value(group)))))
		mount->volume_mount_group = gid;
	return v;
}

Csi__V1__VolumeCapability *csi_capability(struct csi_mem *m, const struct csi *c, const json_t *req, enum csi_use use)
{
	const json_t *modes = json_object_get(req, "accessModes");
	bool multi = use == CSI_USE_NODE ? c->has.node_single_multi_writer : c->has.single_multi_writer;

	return capability(m, c, req, mode_of_all(modes, multi, use), "these together");
}

Csi__V1__VolumeCapability **csi_capabilities(struct csi_mem *m, const struct csi *c, const json_t *req, size_t *ret_n)
{
	const json_t *modes = json_object_get(req, "accessModes"), *one;
	Csi__V1__VolumeCapability **list = csi_mem_new(m, (json_array_size(modes) + 1) * sizeof(*list));
	size_t n = 0, i;

	*ret_n = 0;
	if (!list)
		return NULL;
	json_array_foreach (modes, i, one) {
		const char *word = json_string_value(one);
		if (!(list[n++] = capability(m, c, req, mode_of(word, c->has.single_multi_writer),
					     word ? word : "what is no string")))
			return NULL;
	}
	if (n == 0 && !(list[n++] = csi_capability(m, c, req, CSI_USE_CONTROLLER)))
		return NULL;
	*ret_n = n;
	return list;
}

Csi__V1__CapacityRange *csi_range(struct csi_mem *m, const json_t *req)
{
	int64_t least = json_int_or(req, "capacityBytes", 0), most = json_int_or(req, "limitBytes", 0);

	if (least == 0 && most == 0)
		return NULL;
	Csi__V1__CapacityRange *range = MESSAGE(m, Csi__V1__CapacityRange, csi__v1__capacity_range__descriptor);
	if (range) {
		range->required_bytes = least;
		range->limit_bytes = most;
	}
	return range;
}

Csi__V1__Topology *csi_topology(struct csi_mem *m, const json_t *segments)
{
	Csi__V1__Topology *t = MESSAGE(m, Csi__V1__Topology, csi__v1__topology__descriptor);

	if (t)
		CSI_MAP(m, *t, segments, csi__v1__topology__segments_entry__descriptor, segments);
	return t;
}

/* --- answers --- */

int csi_strings_(json_t **ret, size_t n, const struct proto_entry *const *entries, struct err *e)
{
	AUTO_JSON json_t *o = json_object();
	size_t bytes = 0;

	for (size_t i = 0; i < n; i++) {
		bytes += strlen(entries[i]->key) + strlen(entries[i]->value);
		if (bytes > CSI_CONTEXT_MAX)
			return err_set(e, ERR_PROTO, "the answer's map is larger than %u bytes", CSI_CONTEXT_MAX);
		if (json_object_set_new(o, entries[i]->key, json_string(entries[i]->value)) < 0)
			return err_nomem(e);
	}
	if (!o)
		return err_nomem(e);
	*ret = TAKE_PTR(o);
	return 0;
}

/*
 * Which statuses leave open whether it was done, and whether it still will be: external-provisioner's isFinalError, by
 * CSI's "Error Scheme". A status that was made here is a driver that does not speak gRPC as it should.
 */
static int code_of(const struct grpc_result *r)
{
	if (r->local)
		return r->status == GRPC_UNAVAILABLE         ? ERR_UNAVAILABLE
		       : r->status == GRPC_DEADLINE_EXCEEDED ? ERR_TIMEOUT
		       : r->status == GRPC_CANCELLED         ? ERR_CANCELED
							     : ERR_PROTO;
	switch (r->status) {
	case GRPC_CANCELLED:
		return ERR_CANCELED;
	case GRPC_INVALID_ARGUMENT:
		return ERR_INVALID;
	case GRPC_DEADLINE_EXCEEDED:
		return ERR_TIMEOUT;
	case GRPC_NOT_FOUND:
		return ERR_NOT_FOUND;
	case GRPC_ALREADY_EXISTS:
		return ERR_EXISTS;
	case GRPC_PERMISSION_DENIED:
	case GRPC_UNAUTHENTICATED:
		return ERR_FORBIDDEN;
	case GRPC_RESOURCE_EXHAUSTED:
		return ERR_TOO_MANY;
	case GRPC_FAILED_PRECONDITION:
		return -EBUSY;
	case GRPC_ABORTED:
		return ERR_AGAIN;
	case GRPC_OUT_OF_RANGE:
		return -ERANGE;
	case GRPC_UNIMPLEMENTED:
		return ERR_UNSUPPORTED;
	case GRPC_UNAVAILABLE:
		return ERR_UNAVAILABLE;
	default: /* UNKNOWN, INTERNAL, DATA_LOSS */
		return ERR_INTERNAL;
	}
}

int csi_ask(const struct csi_link *l, const ProtobufCServiceDescriptor *svc, const char *method,
	    const ProtobufCMessage *in, const json_t *req, int timeout_ms, ProtobufCMessage **ret, struct err *e)
{
	struct grpc_options o = {.timeout_ms = timeout_ms > 0 ? (unsigned)timeout_ms : CSI_CALL_MS};
	struct grpc_result r = {0};
	struct err why = {0};

	if (proto_call_wait(l->client, svc, method, in, &o, ret, &r, &why) == 0)
		return 0;
	if (r.status == GRPC_OK)
		return err_set(e, why.code, "%s", why.msg);
	redact(r.message, strlen(r.message), req); /* drivers quote what they were given */
	make_printable(r.message);
	return err_set(e, code_of(&r), "%s: %s%s%s", method, grpc_code_name(r.status), r.message[0] ? ": " : "",
		       r.message);
}
