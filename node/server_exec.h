/*
 * An exec or attach under way; included by these only:
 *   server_exec.c          the request, the protocol, its life
 *   server_exec_client.c   what goes to the client
 *   server_exec_process.c  what comes from the process and goes to it
 *   server_command.c       starting the command, or finding the container's own
 * All but the last on the loop's thread.
 */
#pragma once
#include <sys/ioctl.h>
#include "node/server_internal.h"

enum { CH_STDIN, CH_STDOUT, CH_STDERR, CH_ERROR, CH_RESIZE, CH_N };

struct source { /* of stdout or stderr */
	struct exec *x;
	int fd;
	struct loop_io *io;
	int channel;
	struct buf hold; /* read, and not yet taken by the client */
	bool dry;        /* had nothing when last looked at */
};
struct exec {
	struct session session;
	struct session_job job;
	struct tunnel *t;
	enum tunnel_kind kind;
	bool attach, tty, base64, status_json, v5;
	bool want[CH_N], open[CH_N], fin[CH_N];
	uint32_t id[CH_N]; /* SPDY */
	bool started, finishing;
	struct buf last; /* of the status: not yet taken by the client */
	struct loop_timer *timer, *resize_timer;
	struct winsize size;
	bool size_waits;

	struct node_container_info info;
	char **argv;

	/* Made by the job. */
	int in_fd, out_fd[2], listen_fd;
	pid_t pid;
	char *console_path, *pid_path;
	int code;
	struct err err;

	struct source out[2];
	struct loop_io *in_io, *listen_io;
	struct buf in; /* for the process */
	bool in_eof, paused;
	size_t in_taken; /* SPDY bytes to be given back once written */
	struct loop_child *child;
	bool exited;
	int wait_status;
};

/* server_exec_client.c */
size_t exec_room(const struct exec *x, int ch);                    /* bytes that may be sent now */
size_t exec_send(struct exec *x, int ch, const void *p, size_t n); /* the bytes taken */
void exec_fin(struct exec *x, int ch);                             /* nothing follows on that channel */
void exec_send_last(struct exec *x);                               /* what is left of the status, then the goodbye */
/* Ends it with a Status; message NULL: success. Once. */
void exec_finish(struct exec *x, const char *reason, const char *message, int exit_code);
void exec_fail(struct exec *x, const char *what); /* with x->err; what may be NULL */

/* server_exec_process.c */
int exec_source_open(struct exec *x, int i, int fd, int channel); /* x->out[i] reads fd */
void exec_source_close(struct source *s);
void exec_pump(struct exec *x); /* there is room again */
void exec_exited(void *arg, pid_t pid, int status);
void exec_console_ready(void *arg, int fd, uint32_t events);
void exec_take_console(struct exec *x);
void exec_set_size(struct exec *x);
void exec_resize_later(void *arg);                                             /* x->resize_timer */
void exec_input(struct exec *x, int ch, const uint8_t *p, size_t n, bool fin); /* from the client */
void exec_write_in(struct exec *x);
void exec_hold_client(struct exec *x);
void exec_close_in(struct exec *x);

/* server_command.c. In the pool: fill in descriptors, pid and paths. */
int exec_attach(struct exec *x, struct err *e);
int exec_spawn(struct exec *x, struct err *e);
/* Takes the terminal's descriptor from the runtime that connects to listen_fd; -EAGAIN when nobody has. */
int exec_take_terminal(int listen_fd);
void exec_kill(struct exec *x);
