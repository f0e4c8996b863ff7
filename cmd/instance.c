#include "cmd/instance.h"
#include <poll.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/str.h"
#include "cmd/host.h"

#define START_MS 10000
#define LOOK_MS  1000 /* one that dies meanwhile announces nothing */

static char *path_of(const struct options *o)
{
	return fs_join(opt_str(o, OPT_RUN_DIR), "minik.json");
}

int instance_publish(const struct options *o, const char *kind, const char *node, const char *server, unsigned mask,
		     struct err *e)
{
	AUTO_FREE char *path = path_of(o);
	json_t *parts = json_object();
	char now[TIME_STR_MAX];
	bool is_server = streq(kind, "server");

	time_format(time(NULL), now);
	AUTO_JSON json_t *v =
	    json_pack("{s:s,s:s,s:i,s:s,s:s,s:s,s:s,s:s,s:o}", "kind", kind, "version", MINIK_VERSION, "pid",
		      (int)getpid(), "started", now, "dataDir", opt_str(o, OPT_DATA_DIR), "runDir",
		      opt_str(o, OPT_RUN_DIR), "node", node, "server", server, "components", parts);
	if (!v || !path)
		return err_nomem(e);
	if (is_server) {
		json_object_set_new(v, "kubeconfig", json_string(opt_str(o, OPT_WRITE_KUBECONFIG)));
		json_object_set_new(parts, "apiserver", json_string("running"));
	}
	for (int i = 0; i < PART_COUNT; i++) {
		if (i == PART_BINDER) /* told of as storage */
			continue;
		if (is_server || (mask & (1u << i)) || opt_list_has(o, OPT_DISABLE, part_name((enum part_id)i)))
			json_object_set_new(parts, part_name((enum part_id)i),
					    json_string(mask & (1u << i) ? "running" : "disabled"));
	}
	AUTO_BYTES struct bytes *text = json_encode(v);
	return text ? fs_write_atomic(path, text->data, text->len, 0644, e) : err_nomem(e);
}

void instance_withdraw(const struct options *o)
{
	AUTO_FREE char *path = path_of(o);

	if (path)
		(void)unlink(path);
}

int instance_read(const struct options *o, int *ret_pid, json_t **ret, struct err *e)
{
	AUTO_FREE char *path = path_of(o);
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *v = NULL;
	int pid = host_running_pid(opt_str(o, OPT_RUN_DIR)), r;

	if (!path)
		return err_nomem(e);
	if (pid <= 0)
		return err_set(e, ERR_NOT_FOUND, "no minik runs on this machine with --run-dir %s",
			       opt_str(o, OPT_RUN_DIR));
	r = fs_read(path, 1 << 16, &text, e);
	if (r == 0)
		r = json_parse(text.data ? text.data : "", text.len, &v, e);
	if (r < 0 && r != ERR_NOT_FOUND)
		return err_wrap(e, "%s", path);
	/* Another process's record: that of a minik that was killed. */
	if (r == ERR_NOT_FOUND || json_int_or(v, "pid", 0) != pid)
		return err_set(e, ERR_UNAVAILABLE, "minik (pid %d) is still starting; its log tells what it waits for",
			       pid);
	*ret_pid = pid;
	*ret = TAKE_PTR(v);
	return 0;
}

int instance_find(const struct options *o, json_t **ret, struct err *e)
{
	AUTO_CLOSE int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	int64_t until = clock_mono_ms(clock_real()) + START_MS, left;
	int pid, r;

	/* The record is renamed to its place. Without inotify it is looked for every second. */
	if (fd >= 0)
		(void)inotify_add_watch(fd, opt_str(o, OPT_RUN_DIR), IN_MOVED_TO);
	while ((r = instance_read(o, &pid, ret, e)) == ERR_UNAVAILABLE &&
	       (left = until - clock_mono_ms(clock_real())) > 0) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		char events[4096];

		if (poll(&p, 1, (int)(left < LOOK_MS ? left : LOOK_MS)) > 0)
			(void)!read(fd, events, sizeof(events));
	}
	if (r != ERR_NOT_FOUND)
		return r;
	*ret = NULL;
	return 0;
}

int instance_data_dir(const struct options *o, json_t **ret, const char **ret_dir, struct err *e)
{
	int r;

	*ret_dir = opt_str(o, OPT_DATA_DIR);
	if (opt_is_set(o, OPT_DATA_DIR)) {
		*ret = NULL;
		return 0;
	}
	if ((r = instance_find(o, ret, e)) < 0)
		return r;
	if (*ret)
		*ret_dir = json_str_or(*ret, "dataDir", *ret_dir);
	else if (opt_is_set(o, OPT_RUN_DIR))
		return err_set(e, ERR_NOT_FOUND,
			       "no minik runs on this machine with --run-dir %s: start it first, or say where its data is "
			       "with --data-dir",
			       opt_str(o, OPT_RUN_DIR));
	return 0;
}
