/*
 * Volumes of type image: the files of an image, read-only (KEP-4639). The image is pulled as a container's is; its
 * layers are mounted below RUN_DIR/pods/UID/images, which an agent that comes back finds there. What the pod stands on
 * is remembered, so that no prune takes it away.
 */
#include <errno.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/nsthread.h"
#include "node/overlay.h"
#include "node/pull.h"
#include "node/volumes.h"

static char *images_dir(const struct pod *p)
{
	return str_fmt("%s/pods/%s/images", p->node->run_dir, p->uid);
}
char *volume_image_dir(const struct pod *p, const char *name)
{
	return str_fmt("%s/pods/%s/images/%s", p->node->run_dir, p->uid, name);
}

static int note(struct pod *p, const char *name, const char *state, const char *key, const char *value, struct err *e)
{
	json_t *s = json_pack("{s:s,s:s}", "state", state, key, value);

	if (!p->volume_images)
		p->volume_images = json_object();
	p->save = true;
	return s && p->volume_images && json_object_set_new(p->volume_images, name, s) == 0 ? 0 : err_nomem(e);
}

void volume_image_pulled(struct pod *p, const char *name, int code, const char *message)
{
	if (json_object_get(p->volume_images, name))
		(void)note(p, name, code < 0 ? "failed" : "pulled", "message", message ? message : "", NULL);
}

static int mount_here(void *arg, struct err *e)
{
	if (unshare(CLONE_FS) < 0)
		return err_errno(e, errno, "cannot leave the other threads' directory");
	return overlay_mount(arg, e);
}

static int mount_image(struct pod *p, const char *name, const struct image *img, struct err *e)
{
	AUTO_FREE char *all = images_dir(p), *target = volume_image_dir(p, name), *empty = str_fmt("%s/.empty", all);
	struct overlay o = {.layers = img->layer_dirs, .empty = empty, .target = target};
	int r;

	if (!all || !target || !empty)
		return err_nomem(e);
	r = fs_mkdir_p(empty, 0755, e);
	if (r == 0)
		r = fs_mkdir_p(target, 0755, e);
	/* Told before it is used: a prune between the two keeps it. */
	if (r == 0)
		r = note(p, name, "mounted", "imageID", img->id, e);
	if (r == 0)
		r = pod_save(p, e);
	return r < 0 ? r : ns_thread_run(mount_here, &o, e);
}

static bool is_mounted(const struct pod *p, const char *name)
{
	AUTO_FREE char *all = images_dir(p), *target = volume_image_dir(p, name);
	struct stat a, b;

	return all && target && stat(target, &a) == 0 && stat(all, &b) == 0 && a.st_dev != b.st_dev;
}

int volume_image_setup(struct pod *p, const json_t *v, struct err *e)
{
	const char *name = json_str_or(v, "name", ""), *image = json_str_or(v, "image.reference", "");
	const char *policy = json_str_or(v, "image.pullPolicy", image_is_latest(image) ? "Always" : "IfNotPresent");
	const json_t *s = json_object_get(p->volume_images, name);
	const char *state = json_str_or(s, "state", "");
	struct image img = {0};
	struct err err = {0};
	int r;

	if (is_mounted(p, name))
		return 0;
	if (streq(state, "pulling"))
		return err_set(e, ERR_AGAIN, "image \"%s\" is being pulled", image);
	if (streq(state, "failed")) {
		/* Said once; the next attempt pulls again. */
		r = err_set(e, ERR_UNAVAILABLE, "%s", json_str_or(s, "message", ""));
		(void)json_object_del(p->volume_images, name);
		return r;
	}
	r = image_lookup(p->node->images, image, &img, &err);
	if (r == 0 && (!streq(policy, "Always") || streq(state, "pulled") || streq(state, "mounted"))) {
		r = mount_image(p, name, &img, e);
		image_done(&img);
		return r;
	}
	if (r == 0)
		image_done(&img);
	else if (r != ERR_NOT_FOUND)
		return err_set(e, r, "%s", err.msg);
	if (r == ERR_NOT_FOUND && __atomic_load_n(&p->node->importing, __ATOMIC_ACQUIRE))
		return err_set(e, ERR_AGAIN, "image archives are being read"); /* kicked when all are */
	if (streq(policy, "Never"))
		return err_set(e, ERR_NOT_FOUND, "image \"%s\" is not present with pull policy of Never", image);
	r = note(p, name, "pulling", "message", "", e);
	if (r == 0 && pull_volume_start(p, name, image, streq(policy, "Always")) < 0)
		r = err_nomem(e);
	if (r < 0) {
		(void)json_object_del(p->volume_images, name);
		return r;
	}
	pod_event(p, "Normal", "Pulling", "Pulling image \"%s\"", image);
	return err_set(e, ERR_AGAIN, "image \"%s\" is being pulled", image);
}
