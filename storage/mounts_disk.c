/* File systems on devices, and loop devices: by the tools of the system, which know the formats. */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "storage/mounts.h"

#define PROBE_MS 30000
#define FORMAT_MS 600000
#define OUTPUT_MAX 65536

static int run(const char *const *argv, struct buf *out, int *ret_exit, struct err *e)
{
	AUTO_BUF struct buf errs = {0};
	int r = proc_run(argv, NULL, 0, out, &errs, OUTPUT_MAX, PROBE_MS, ret_exit, e);

	if (r == -ENOENT)
		return err_set(e, r, "%s is not installed on this machine", argv[0]);
	return r;
}

int mounts_fs_type(const char *device, char *out, size_t cap, struct err *e)
{
	const char *argv[] = {"blkid", "-p", "-s", "TYPE", "-s", "PTTYPE", "-o", "export", device, NULL};
	AUTO_BUF struct buf b = {0};
	struct stat st;
	int code, r;

	if (stat(device, &st) < 0 || !S_ISBLK(st.st_mode))
		return err_set(e, -ENXIO, "%s is not a block device", device);
	AUTO_CLOSE int fd = open(device, O_RDONLY | O_CLOEXEC);
	if (fd < 0) /* blkid says the same of one that cannot be read as of one that is empty */
		return err_errno(e, errno, "cannot read %s", device);
	if ((r = run(argv, &b, &code, e)) < 0)
		return r;
	if (code != 0 && code != 2)
		return err_set(e, ERR_INVALID, "cannot tell what is on %s (blkid: exit status %d)", device, code);
	*out = '\0';
	const char *type = b.data ? strstr(b.data, "\nTYPE=") : NULL;
	if (type || (b.data && str_has_prefix(b.data, "TYPE="))) {
		type = type ? type + 6 : b.data + 5;
		if (strcspn(type, "\n") >= cap)
			return err_set(e, ERR_INVALID, "%s holds a file system of a strange name", device);
		memcpy(out, type, strcspn(type, "\n"));
		out[strcspn(type, "\n")] = '\0';
	} else if (b.data && strstr(b.data, "PTTYPE=")) {
		str_copy(out, cap, "a partition table");
	}
	return 0;
}

int mounts_format(const char *device, const char *fs_type, bool read_only, struct err *e)
{
	static const char *const known[] = {"ext2", "ext3", "ext4", "xfs", "btrfs"};
	const char *want = fs_type && *fs_type ? fs_type : "ext4", *type = NULL;
	char has[64];
	int r = mounts_fs_type(device, has, sizeof(has), e);

	if (r < 0 || streq(has, want))
		return r;
	/* Nothing asked for: what is there is as good. */
	if (*has && !(fs_type && *fs_type) && !streq(has, "a partition table"))
		return 0;
	if (*has)
		return err_set(e, ERR_INVALID, "%s holds %s, not %s: it is not formatted over", device, has, want);
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (streq(known[i], want))
			type = known[i];
	if (!type)
		return err_set(e, ERR_UNSUPPORTED, "%s is empty, and formatting it as %.32s is not supported (ext2, ext3, ext4, xfs, btrfs)", device, want);
	if (read_only)
		return err_set(e, ERR_INVALID, "%s is empty, and read-only: it cannot be formatted", device);
	AUTO_FREE char *mkfs = str_fmt("mkfs.%s", type);
	const char *ext[] = {mkfs, "-q", "-F", "-m0", device, NULL}, *other[] = {mkfs, "-q", "-f", device, NULL};
	if (!mkfs)
		return err_nomem(e);
	r = proc_check(str_has_prefix(type, "ext") ? ext : other, FORMAT_MS, e);
	return r < 0 ? err_wrap(e, "cannot format %s", device) : 0;
}

/* The type of the last mount there, by the mount table. */
static int mounted_type(const char *path, char *out, size_t cap, struct err *e)
{
	const char *argv[] = {"findmnt", "-n", "-o", "FSTYPE", "--mountpoint", path, NULL};
	AUTO_BUF struct buf b = {0};
	int code, r = run(argv, &b, &code, e);

	if (r < 0)
		return r;
	char *last = b.data;
	for (char *p = b.data; p && *p; p++)
		if (*p == '\n' && p[1])
			last = p + 1;
	if (code != 0 || !last)
		return err_set(e, ERR_NOT_FOUND, "nothing is mounted at %s", path);
	last[strcspn(last, "\n")] = '\0';
	str_copy(out, cap, last);
	return 0;
}

int mounts_grow(const char *device, const char *at, struct err *e)
{
	char type[64];
	int r = mounted_type(at, type, sizeof(type), e);

	if (r < 0)
		return r;
	const char *ext[] = {"resize2fs", device, NULL}, *xfs[] = {"xfs_growfs", at, NULL}, *btrfs[] = {"btrfs", "filesystem", "resize", "max", at, NULL};
	const char *const *argv = str_has_prefix(type, "ext") ? ext : streq(type, "xfs") ? xfs : streq(type, "btrfs") ? btrfs : NULL;
	if (!argv)
		return err_set(e, ERR_UNSUPPORTED, "a file system of type %s cannot be grown", type);
	r = proc_check(argv, FORMAT_MS, e);
	return r < 0 ? err_wrap(e, "cannot grow the file system of %s", device) : 0;
}

int mounts_device_size(const char *device, int64_t *ret, struct err *e)
{
	AUTO_CLOSE int fd = open(device, O_RDONLY | O_CLOEXEC);
	uint64_t n;

	if (fd < 0 || ioctl(fd, BLKGETSIZE64, &n) < 0)
		return err_errno(e, errno, "cannot tell the size of %s", device);
	*ret = (int64_t)n;
	return 0;
}

/* --- loop devices --- */

static int loops_of(const char *file, struct buf *out, struct err *e)
{
	const char *argv[] = {"losetup", "-n", "-O", "NAME", "-j", file, NULL};
	int code, r = run(argv, out, &code, e);

	if (r == 0 && code != 0)
		return err_set(e, ERR_UNSUPPORTED, "this machine has no loop devices (losetup: exit status %d)", code);
	return r;
}

static int each_line(struct buf *b, int (*fn)(const char *line, struct err *e), struct err *e)
{
	int r = 0;

	for (char *p = b->data, *end; r == 0 && p && *p; p = end) {
		end = strchrnul(p, '\n');
		if (*end)
			*end++ = '\0';
		p[strcspn(p, " ")] = '\0';
		if (*p)
			r = fn(p, e);
	}
	return r;
}

static int detach(const char *dev, struct err *e)
{
	const char *argv[] = {"losetup", "-d", dev, NULL};
	int r = proc_check(argv, PROBE_MS, e);

	return r < 0 ? err_wrap(e, "cannot let go of %s", dev) : 0;
}

static int refresh(const char *dev, struct err *e)
{
	const char *argv[] = {"losetup", "-c", dev, NULL};
	int r = proc_check(argv, PROBE_MS, e);

	return r < 0 ? err_wrap(e, "cannot take over the new size of %s", dev) : 0;
}

int loop_attach(const char *file, bool read_only, char *out, size_t cap, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	AUTO_BUF struct buf errs = {0};
	int code, r = fs_exists(file) ? loops_of(file, &b, e) : err_set(e, ERR_NOT_FOUND, "%s does not exist", file);

	if (r < 0)
		return r;
	if (!b.len) {
		const char *argv[] = {"losetup", "--find", "--show", read_only ? "-r" : "--", read_only ? "--" : file, read_only ? file : NULL, NULL};
		r = proc_run(argv, NULL, 0, &b, &errs, OUTPUT_MAX, PROBE_MS, &code, e);
		if (r < 0)
			return r;
		if (code != 0 || !b.len) {
			if (errs.data)
				errs.data[strcspn(errs.data, "\n")] = '\0';
			return err_set(e, ERR_UNSUPPORTED, "no loop device can be had for %s: %s", file, errs.len ? errs.data : "losetup failed");
		}
	}
	b.data[strcspn(b.data, " \n")] = '\0';
	return str_copy(out, cap, b.data) ? 0 : err_set(e, ERR_INTERNAL, "losetup gave a strange device");
}

int loop_detach(const char *file, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	int r = loops_of(file, &b, e);

	return r == ERR_UNSUPPORTED ? 0 : r < 0 ? r : each_line(&b, detach, e);
}

int loop_refresh(const char *file, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	int r = loops_of(file, &b, e);

	return r < 0 ? r : each_line(&b, refresh, e);
}

int loop_detach_below(const char *dir, struct err *e)
{
	const char *argv[] = {"losetup", "-n", "-l", "--raw", "-O", "NAME,BACK-FILE", NULL};
	AUTO_BUF struct buf b = {0};
	size_t len = strlen(dir);
	int code, r = run(argv, &b, &code, e);

	if (r < 0 || code != 0)
		return 0; /* no tool, no devices: then none is ours */
	for (char *p = b.data, *end; p && *p; p = end) {
		end = strchrnul(p, '\n');
		if (*end)
			*end++ = '\0';
		char *file = strchr(p, ' ');
		if (!file || strncmp(file + 1, dir, len) != 0 || file[1 + len] != '/')
			continue;
		*file = '\0';
		int one = detach(p, r == 0 ? e : NULL);
		r = r == 0 ? one : r;
	}
	return r;
}
