#include "node/overlay.h"
#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/str.h"

/* Length of the directory that all layers share, so that they can be named relative to it. */
static size_t common_dir(char *const *layers)
{
	size_t n = strlen(layers[0]);

	for (size_t i = 0; layers[i]; i++) {
		size_t k = 0;
		while (k < n && layers[i][k] && layers[i][k] == layers[0][k])
			k++;
		n = k;
	}
	while (n > 0 && layers[0][n - 1] != '/')
		n--;
	return n;
}

static void add_path(struct buf *o, const char *path)
{
	for (const char *p = path; *p; p++) {
		if (*p == ':' || *p == '\\' || *p == ',')
			buf_addc(o, '\\');
		buf_addc(o, *p);
	}
}

/*
 * mount(2) takes one page of options, and colons and backslashes in names are escaped. Standing in the layers'
 * directory we can name them relatively: some hundred layers fit.
 */
int overlay_mount(const struct overlay *v, struct err *e)
{
	char *const *layers = v->layers;
	AUTO_BUF struct buf o = {0};
	size_t n_layers = 0, common;

	while (layers && layers[n_layers])
		n_layers++;
	if (n_layers == 0)
		return err_set(e, ERR_INVALID, "image has no layers");
	common = common_dir(layers);
	AUTO_FREE char *dir = str_ndup(layers[0], common);
	if (!dir)
		return err_nomem(e);
	if (common > 0 && chdir(dir) < 0)
		return err_errno(e, errno, "cannot enter the layers' directory %s", dir);
	buf_adds(&o, "lowerdir=");
	for (size_t i = n_layers; i-- > 0;) {
		add_path(&o, layers[i] + common);
		if (i > 0)
			buf_addc(&o, ':');
	}
	if (v->upper) {
		buf_addf(&o, ",upperdir=%s,workdir=%s", v->upper, v->work);
	} else {
		buf_addc(&o, ':');
		add_path(&o, v->empty);
	}
	if (buf_failed(&o))
		return err_nomem(e);
	if (o.len >= 4096)
		return err_set(e, ERR_TOO_LARGE, "image has %zu layers, too many for one overlay mount", n_layers);
	if (mount("overlay", v->target, "overlay", v->upper ? 0 : MS_RDONLY, o.data) < 0)
		return err_errno(
		    e, errno, "cannot mount overlayfs at %s (does the file system of the data directory support it?)",
		    v->target);
	return 0;
}
