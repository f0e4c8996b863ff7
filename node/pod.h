/*
 * One pod of this node.
 *
 * Threads. Work on a pod is done by pod_sync on a worker, never twice at a time (base/pool.h, keyed by uid): the fields marked
 * "sync" belong to it, and between two syncs to the loop's thread (sync jobs are submitted by it and end on it). Everyone else
 * (exits, probes, pulls, hooks, API events) leaves a message or an object under `lock` and kicks the pod. Level-triggered: a kick says
 * only "look again".
 */
#pragma once
#include "api/pod_resources.h"
#include "base/list.h"
#include "node/internal.h"
#include "node/pod_state.h"

enum probe_kind { PROBE_STARTUP, PROBE_LIVENESS, PROBE_READINESS, PROBE_KINDS };
enum ctr_kind { CTR_KIND_INIT, CTR_KIND_MAIN, CTR_KIND_EPHEMERAL };

/* One OCI container: a run of a container. */
struct ctr_run {
	char id[65]; /* "" : none */
	unsigned attempt;
	char *image, *image_id, *image_ref; /* as in the spec; "sha256:..."; what status.imageID shows */
	int64_t created, started, finished; /* wall clock, seconds; 0: not yet */
	pid_t pid;
	uint64_t pid_start;
	int exit_code;
	char *reason, *message; /* once exited */
	char *resources;	/* what its cgroup was given: spec.resources as ctr_resources_text has it */
};
struct ctr {
	char *name;
	enum ctr_kind kind;
	bool sidecar; /* init container with restartPolicy Always */
	enum ctr_state state;
	struct ctr_run run, last; /* last: the run before, id "" if none */
	bool went_down; /* ended because the machine went down: comes back whatever its exit code */
	unsigned restarts;
	char *wait_reason, *wait_message; /* while waiting */
	char *image_user; /* of the image of this run, for nothing but messages */
	bool started;	/* startup probe passed, or none and hook done */
	bool ready;	/* readiness probe passed, or none */
	bool hook_done; /* postStart ended (or there is none) */
	struct backoff crash, pull_backoff;
	int64_t finished_ms; /* monotonic, of the last exit */
	char *resize_error;  /* told last; not persisted */

	/* pull (not persisted) */
	bool pulling, pulled;
	int pull_code;
	char *pull_error;
	int64_t pull_failed_ms;
	bool pull_checked; /* the image was found or pulled for the coming run */

	/* stopping (kill_* not persisted: a restarted agent begins the grace period anew) */
	char *stop_message;    /* why, for the event; also tells that a stop is wanted */
	enum probe_kind stop_probe; /* whose failure it was; PROBE_KINDS: none's */
	bool prestop_running, prestop_done, term_sent;
	int64_t kill_at_ms;    /* monotonic; 0: unset */
	int stop_signal;

	/* loop: its first process' pidfd. conmon tells of exits; this tells of those that conmon did not live to see. */
	struct loop_io *watch;
	struct pod *pod; /* of the watch */
	int watch_fd;
	char watched[65]; /* id of the run */
	struct list link;
};

enum pod_msg_type { MSG_PULLED, MSG_VOLUME_PULLED, MSG_PROBE, MSG_POST_START, MSG_PRE_STOP };
struct pod_msg {
	enum pod_msg_type type;
	struct list link;
	char container[254]; /* or the volume */
	char cid[65];
	enum probe_kind probe;
	bool ok;
	int code;
	char *text;
};

struct pod {
	uint32_t refs; /* atomic */
	struct node *node;
	char *uid, *ns, *name; /* immutable */
	char *key;	       /* "ns/name" for logs */

	pthread_mutex_t lock;
	/* lock: */
	struct informer_object *obj; /* newest from the API; NULL when only known from disk */
	struct bytes *manifest;	     /* newest known object */
	bool gone;		     /* no longer in the API */
	struct list inbox;
	bool objects_changed; /* a ConfigMap or Secret it refers to */
	json_t *snapshot;     /* for the server: name -> container facts; replaced as a whole */
	char ip[48];
	bool host_network;

	/* node.account_lock: */
	bool counted; /* among the pods that take up room */
	bool preempted;	 /* has to go, for a critical pod */
	bool waits_room; /* critical: others go for it; its room is counted already */
	int64_t priority;
	unsigned qos; /* enum admit_qos */
	struct resources req;
	json_t *host_ports;

	/* loop: */
	struct loop_task kick;
	bool kicked; /* atomic: kick is posted */
	struct pool_job job;
	bool running, dirty;
	struct loop_timer *timer;
	struct bytes *status_sent; /* what the API has of ours */
	bool status_doubt;	   /* somebody else wrote while ours was on its way */
	bool status_sending, delete_sent;
	unsigned calls; /* API calls under way; each holds a reference */
	int64_t status_retry_ms;
	struct probes *probes;

	/* sync: */
	enum pod_state state;
	json_t *spec;	     /* the object of this sync; only during a sync */
	struct list ctrs;    /* struct ctr in order of the spec: init, main, ephemeral */
	bool initialized;    /* init containers are through */
	bool sandbox_ready, volumes_ready, admitted;
	char ips[2][48];
	int64_t start_time;  /* wall: acknowledged by this node */
	json_t *conditions;  /* type -> {"status","time","reason","message"} */
	char *fail_reason, *fail_message; /* Evicted, DeadlineExceeded, OutOfcpu... : phase Failed */
	int64_t grace_ms;    /* of the termination; -1: from the object */
	int64_t term_start_ms;
	int64_t setup_retry_ms, setup_delay_ms;
	char *setup_error;
	json_t *volume_images; /* volumes of type image: name -> {"state":"pulling|pulled|failed|mounted","message","imageID"} */
	int64_t next_ms;     /* relative delay of the next sync by timer; -1: none */
	bool save;	     /* state.json is out of date */
	struct bytes *saved_manifest; /* what lies on disk */
	struct bytes *status_want; /* computed last; read by the loop between syncs */
	bool delete_wanted;  /* everything is stopped and the API object may go */
	bool removed;	     /* files are gone, drop the struct */
	int64_t volumes_retry_ms; /* monotonic: volumes are not renewed before */
	int64_t republish_ms; /* monotonic time when volumes of plug-ins are to be published again; 0 none */
	json_t *growths;      /* volumes that could not grow: name -> {"bytes", "wish" (of the claim), "at" (monotonic ms: not before), "delay", "final", "why", "idle": not our turn} */
	int64_t token_refresh_ms; /* monotonic time when a token volume must be renewed; 0 none */
	bool adopted;
	bool critical; /* by its priority: goes down last */
	bool is_down;  /* the machine goes down, and nothing of the pod runs any more */
};

/* pod.c; loop's thread unless said otherwise. */
int pod_new(struct pod **ret, struct node *n, const char *uid, const char *ns, const char *name, struct err *e);
struct pod *pod_ref(struct pod *p);   /* any thread */
struct pod *pod_unref(struct pod *p); /* any thread */
void pod_kick(struct pod *p);	      /* any thread */
/* Loop's thread: this pod as the API has it now. The node controller takes Ready away from pods of a node that it does not hear. */
void pod_status_seen(struct pod *p, const json_t *obj);
void pod_post(struct pod *p, struct pod_msg *m); /* any thread; takes m; kicks */
struct pod_msg *pod_msg_new(enum pod_msg_type type, const char *container, const char *cid);
void pod_set_object(struct pod *p, struct informer_object *o); /* any thread */
void pod_set_gone(struct pod *p);
struct pod *node_pod_by_uid(struct node *n, const char *uid); /* any thread; a reference or NULL */
void pod_event(struct pod *p, const char *type, const char *reason, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* With involvedObject.fieldPath spec.containers{NAME}. */
void ctr_event(struct pod *p, const struct ctr *c, const char *type, const char *reason, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
int64_t node_now_ms(const struct node *n); /* monotonic */
void pod_wake_in(struct pod *p, int64_t ms); /* during a sync: sync again after ms at the latest */

/* pod_sync.c; worker. */
void pod_sync(struct pod *p);
void pod_set_state(struct pod *p, enum pod_state s);
void ctr_set_state(struct pod *p, struct ctr *c, enum ctr_state s);
struct ctr *pod_ctr(struct pod *p, const char *name);
const json_t *ctr_spec(const struct pod *p, const struct ctr *c);
void ctr_wait(struct pod *p, struct ctr *c, const char *reason, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
bool ctr_wants_restart(const struct pod *p, const struct ctr *c); /* after an exit, as its policy has it */
void ctr_free(struct ctr *c);
void ctr_unwatch(struct ctr *c); /* loop's thread, or when it has ended */
void ctr_run_done(struct ctr_run *r);
/* pod_setup.c: admission, sandbox, network, volumes; 0 when all is ready. */
int pod_setup(struct pod *p, struct err *e);
int pod_teardown(struct pod *p, struct err *e); /* the reverse; all containers are gone */
int pod_admit(struct pod *p, char **ret_reason, struct err *e); /* ERR_FORBIDDEN: the pod fails with *ret_reason */
struct cgroup_limits;
void pod_limits(const struct pod *p, struct cgroup_limits *ret); /* of the pod's own cgroup */
/* pod_account.c */
/* As pod_admit; from then on the pod counts. ERR_AGAIN: a critical pod for which others go; it is kicked when they have. */
int pod_admit_node(struct pod *p, char **ret_reason, struct err *e);
bool pod_preempted(struct pod *p); /* it has to go for a critical pod */
#define PRIORITY_CRITICAL 2000000000 /* system-cluster-critical and above */
#define POD_PREEMPTED_REASON "Preempting"
#define POD_PREEMPTED_MESSAGE "Preempted in order to admit critical pod"
void pod_account(struct pod *p); /* it counts already, or its requests have changed */
void pod_unaccount(struct pod *p); /* it takes up no room any more */
/* pod_resize.c */
void ctr_resize(struct pod *p, struct ctr *c); /* gives a running container the resources that its spec has now */
char *ctr_resources_text(const json_t *spec);  /* malloc'ed; NULL without memory */
/* pod_start.c: brings one container up, or as far as it gets without waiting. */
void ctr_start(struct pod *p, struct ctr *c);
/* pod_stop.c */
void ctr_stop(struct pod *p, struct ctr *c, int64_t grace_ms, const char *why); /* starts or continues a stop */
void ctr_check(struct pod *p, struct ctr *c); /* notices an exit */
void ctr_cleanup(struct pod *p, struct ctr *c); /* removes what the runtime keeps of an exited container */
void pod_terminate(struct pod *p); /* one step of stopping everything */
void pod_go_down(struct pod *p, int64_t end_ms); /* the same for when the machine goes down: the pod is not over, and comes back at the next start */
/* shutdown.c */
struct down *node_down_free(struct down *d);
void node_down_check(struct node *n); /* loop's thread, between syncs: something came nearer to its end */
/* pod_store.c: RUN_DIR/pods/UID/{manifest,state}.json */
int pod_save(struct pod *p, struct err *e);
int pod_load(struct node *n, const char *uid, struct pod **ret, struct err *e);
/* pod_status.c: pure in the pod's fields. New tree of status. */
json_t *pod_status_compute(struct pod *p, int64_t now);
const char *pod_phase(const struct pod *p);
/* probes.c; loop's thread. */
void probes_reconcile(struct pod *p, const json_t *spec);
struct probes *probes_free(struct probes *x);
/* hooks.c: runs a lifecycle handler off this thread; the answer is a message. */
void hook_run(struct pod *p, struct ctr *c, const json_t *handler, enum pod_msg_type answer, int64_t timeout_ms);
void hooks_drop(struct node *n); /* the loop has ended: nobody waits for what sleeps */
/* A handler's HTTP URL or TCP address: host and port resolved from numbers or named ports. */
int handler_target(struct pod *p, const json_t *spec, const json_t *ctr_spec, const json_t *handler, const char *default_host, char **ret_host,
		   uint16_t *ret_port, struct err *e);
/* Of an httpGet: its URL, malloc'ed, and "Name: value" lines, to be freed with strv_free. NULL without memory. */
char *handler_url(const json_t *get, const char *host, uint16_t port);
char **handler_headers(const json_t *get);
/* paths; malloc'ed */
char *pod_run_dir(const struct pod *p);	 /* RUN_DIR/pods/UID */
char *pod_data_dir(const struct pod *p); /* DATA_DIR/pods/UID */
char *pod_log_dir(const struct pod *p);	 /* DATA_DIR/logs/pods/NS_NAME_UID */
char *ctr_log_path(const struct pod *p, const char *container, unsigned attempt);
