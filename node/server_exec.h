/* An exec or attach under way: shared by server_exec.c (the client's side) and server_command.c (the command's side)
 * only. */
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

/* server_command.c. In the pool: fill in descriptors, pid and paths. */
int exec_attach(struct exec *x, struct err *e);
int exec_spawn(struct exec *x, struct err *e);
/* Takes the terminal's descriptor from the runtime that connects to listen_fd; -EAGAIN when nobody has. */
int exec_take_terminal(int listen_fd);
void exec_kill(struct exec *x);
