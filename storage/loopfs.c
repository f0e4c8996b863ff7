#include "storage/loopfs.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/loop.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "storage/internal.h"

#ifndef EXT4_IOC_RESIZE_FS
#define EXT4_IOC_RESIZE_FS _IOW('f', 16, uint64_t) /* fs/ext4/ext4.h */
#endif
#define TRIES	  16 /* others take free loop devices, too */
#define RESIZE_MS 300000 /* a large image, a slow disk */

static char *find_tool(const char *name)
{
	static const char *const dirs[] = {"/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/sbin"};

	for (size_t i = 0; i < ARRAY_LEN(dirs); i++) {
		AUTO_FREE char *path = fs_join(dirs[i], name);

		if (path && access(path, X_OK) == 0)
			return TAKE_PTR(path);
	}
	return NULL;
}

/* An unused device, opened; -errno. */
static int free_device(char dev[32], int flags)
{
	AUTO_CLOSE int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);

	if (control < 0)
		return -errno;
	int n = ioctl(control, LOOP_CTL_GET_FREE);
	if (n < 0)
		return -errno;
	(void)snprintf(dev, 32, "/dev/loop%d", n);
	int fd = open(dev, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int loopfs_probe(struct err *e)
{
	char dev[32] = "/dev/loop-control";
	AUTO_FREE char *mkfs = find_tool("mkfs.ext4");
	int fd = free_device(dev, O_RDWR);

	if (fd < 0)
		return err_set(e, ERR_UNSUPPORTED, "there are no loop devices: %s: %s (modprobe loop)", dev, strerror(-fd));
	(void)close(fd);
	return mkfs ? 0 : err_set(e, ERR_UNSUPPORTED, "mkfs.ext4 is not installed (package e2fsprogs)");
}

static int64_t rounded(int64_t bytes) { return bytes < LOOPFS_MIN ? LOOPFS_MIN : (bytes + 4095) / 4096 * 4096; }

static int set_size(int fd, const char *image, int64_t bytes, bool reserve, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_errno(e, errno, "%s", image);
	if (reserve && fallocate(fd, 0, 0, bytes) < 0 && errno != EOPNOTSUPP && errno != ENOSYS) {
		int saved = errno;

		/* What it took before it found out. */
		if (ftruncate(fd, st.st_size) < 0 || saved != ENOSPC)
			return err_errno(e, saved, "cannot reserve %s for %s", SIZE_TEXT(bytes), image);
		return err_set(e, ERR_TOO_MANY, "no space left for %s in the file system of %s", SIZE_TEXT(bytes), image);
	}
	if (st.st_size < bytes && ftruncate(fd, bytes) < 0)
		return errno == ENOSPC || errno == EFBIG
			       ? err_set(e, ERR_TOO_MANY, "%s cannot be %s large: %s", image, SIZE_TEXT(bytes), strerror(errno))
			       : err_errno(e, errno, "%s", image);
	return 0;
}

int loopfs_make(const char *image, int64_t bytes, bool reserve, bool format, int timeout_ms, struct err *e)
{
	AUTO_FREE char *tmp = str_fmt("%s.new", image), *mkfs = find_tool("mkfs.ext4");
	AUTO_CLOSE int fd = -1;
	struct stat st;
	int r;

	if (!tmp)
		return err_nomem(e);
	if (lstat(image, &st) == 0)
		return 0;
	if (format && !mkfs)
		return loopfs_probe(e);
	if ((fd = open(tmp, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600)) < 0)
		return err_errno(e, errno, "cannot create %s", tmp);
	r = set_size(fd, tmp, rounded(bytes), reserve, e);
	if (r == 0 && format) {
		/* Nothing is kept back for root, whose containers are as bounded as others; nodiscard: what is reserved stays so. */
		const char *const argv[] = {mkfs, "-q", "-F", "-m", "0", "-E", "lazy_itable_init=1,lazy_journal_init=1,nodiscard", tmp, NULL};
		r = proc_check(argv, timeout_ms, e);
	}
	if (r == 0 && (fsync(fd) < 0 || rename(tmp, image) < 0))
		r = err_errno(e, errno, "%s", image);
	if (r < 0)
		(void)unlink(tmp);
	return r;
}

/* Calls fn for each device whose file is the image, until it answers other than 0. */
static int each_device(const char *image, int (*fn)(const char *dev, int fd, void *arg, struct err *e), void *arg, struct err *e)
{
	DIR *d = opendir("/sys/block");
	const struct dirent *de;
	struct stat st;
	int r = 0;

	if (!d || stat(image, &st) < 0) {
		if (d)
			(void)closedir(d);
		return 0;
	}
	while (r == 0 && (de = readdir(d))) {
		char dev[32], path[300];
		struct loop_info64 info;

		if (!str_has_prefix(de->d_name, "loop") || strlen(de->d_name) > 20)
			continue;
		(void)snprintf(path, sizeof(path), "/sys/block/%s/loop", de->d_name);
		if (access(path, F_OK) < 0) /* attached ones have it */
			continue;
		(void)snprintf(dev, sizeof(dev), "/dev/%.20s", de->d_name);
		AUTO_CLOSE int fd = open(dev, O_RDONLY | O_CLOEXEC);
		if (fd >= 0 && ioctl(fd, LOOP_GET_STATUS64, &info) == 0 && info.lo_device == st.st_dev && info.lo_inode == st.st_ino)
			r = fn(dev, fd, arg, e);
	}
	(void)closedir(d);
	return r;
}

static int attach(const char *image, bool read_only, bool autoclear, char dev[32], struct err *e)
{
	AUTO_CLOSE int file = open(image, (read_only ? O_RDONLY : O_RDWR) | O_NOFOLLOW | O_CLOEXEC);
	int flags = (read_only ? LO_FLAGS_READ_ONLY : 0) | (autoclear ? LO_FLAGS_AUTOCLEAR : 0), saved = EBUSY;

	if (file < 0)
		return err_errno(e, errno, "%s", image);
	for (int i = 0; i < TRIES; i++) {
		struct loop_config c = {.fd = (uint32_t)file, .info = {.lo_flags = (uint32_t)flags | LO_FLAGS_DIRECT_IO}};
		AUTO_CLOSE int fd = free_device(dev, read_only ? O_RDONLY : O_RDWR);

		if (fd < 0)
			return err_errno(e, -fd, "no loop device for %s", image);
		(void)snprintf((char *)c.info.lo_file_name, LO_NAME_SIZE, "%s", image);
		if (ioctl(fd, LOOP_CONFIGURE, &c) == 0)
			return TAKE_FD(fd);
		saved = errno;
		if (saved == EINVAL || saved == ENOTTY) { /* direct I/O is not to be had on every file system */
			c.info.lo_flags = (uint32_t)flags;
			if (ioctl(fd, LOOP_CONFIGURE, &c) == 0)
				return TAKE_FD(fd);
			saved = errno;
		}
		if (saved != EBUSY)
			break;
	}
	return err_errno(e, saved, "cannot attach %s to %s", image, dev);
}

/* Blocks by the superblock, which may be older than what is in memory; 0: not known. Source: struct ext4_super_block. */
static uint64_t fs_blocks(const char *image)
{
	AUTO_CLOSE int fd = open(image, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	uint8_t sb[0x154];

	if (fd < 0 || pread(fd, sb, sizeof(sb), 1024) != sizeof(sb))
		return 0;
	uint64_t lo = sb[4] | (uint64_t)sb[5] << 8 | (uint64_t)sb[6] << 16 | (uint64_t)sb[7] << 24;
	uint64_t hi = sb[0x150] | (uint64_t)sb[0x151] << 8 | (uint64_t)sb[0x152] << 16 | (uint64_t)sb[0x153] << 24;
	return lo | (sb[0x60] & 0x80 ? hi << 32 : 0); /* INCOMPAT_64BIT */
}

/* The file system follows the size of its device; online, which ext4 does by itself. */
static int grow_fs(const char *at, const char *image, struct err *e)
{
	AUTO_CLOSE int fd = open(at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct statfs fs;
	struct stat st;

	if (fd < 0 || fstatfs(fd, &fs) < 0 || stat(image, &st) < 0)
		return err_errno(e, errno, "%s", at);
	uint64_t blocks = (uint64_t)st.st_size / (uint64_t)fs.f_bsize;
	if (fs_blocks(image) != blocks && ioctl(fd, EXT4_IOC_RESIZE_FS, &blocks) < 0 && errno != EROFS)
		return err_errno(e, errno, "cannot grow the file system at %s%s", at, errno == EPERM ? " (without CAP_SYS_RESOURCE)" : "");
	return 0;
}

bool loopfs_mounted(const char *at)
{
	struct statx sx;
	struct stat st, up;

	if (statx(AT_FDCWD, at, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_TYPE, &sx) < 0)
		return false;
	if (sx.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT)
		return sx.stx_attributes & STATX_ATTR_MOUNT_ROOT;
	AUTO_FREE char *parent = fs_join(at, "..");
	return parent && stat(at, &st) == 0 && stat(parent, &up) == 0 && st.st_dev != up.st_dev;
}

/* Those of a file system that are flags of mount(2); the rest is text for it. */
static int read_options(const char *options, unsigned long *ret_flags, char *data, size_t cap)
{
	static const struct {
		const char *name;
		unsigned long flag;
	} known[] = {{"lazytime", MS_LAZYTIME}, {"sync", MS_SYNCHRONOUS}, {"dirsync", MS_DIRSYNC}};
	size_t used = 0;

	*ret_flags = 0;
	data[0] = '\0';
	for (const char *p = options; p && *p;) {
		size_t n = strcspn(p, ","), i;

		for (i = 0; i < ARRAY_LEN(known) && !(strlen(known[i].name) == n && strncmp(p, known[i].name, n) == 0); i++)
			;
		if (i < ARRAY_LEN(known)) {
			*ret_flags |= known[i].flag;
		} else {
			int k = snprintf(data + used, cap - used, "%s%.*s", used ? "," : "", (int)n, p);
			if (k < 0 || (size_t)k >= cap - used)
				return -E2BIG;
			used += (size_t)k;
		}
		p += n + (p[n] == ',');
	}
	return 0;
}

static int mount_image(const char *image, const char *at, unsigned long flags, const char *data, struct err *e)
{
	char dev[32] = "";
	AUTO_CLOSE int fd = attach(image, false, true, dev, e);

	if (fd < 0)
		return fd;
	if (mount(dev, at, "ext4", flags, *data ? data : NULL) < 0)
		return err_errno(e, errno, "cannot mount %s (%s) at %s%s%s", image, dev, at, *data ? " with options " : "", data);
	return 0;
}

static int still_attached(const char *dev, int fd, void *arg, struct err *e)
{
	(void)fd;
	return err_set(e, -EBUSY, "%s is in use as %s", (const char *)arg, dev);
}

/* In the file, which nobody has mounted: two writers would destroy it. A mount before this has played its journal. */
static int grow_offline(const char *image, struct err *e)
{
	AUTO_FREE char *resize = find_tool("resize2fs");
	AUTO_FREE char *arg = strdup(image);

	if (!resize)
		return err_set(e, ERR_UNSUPPORTED, "cannot grow %s: resize2fs is not installed (package e2fsprogs)", image);
	if (!arg)
		return err_nomem(e);
	const char *const argv[] = {resize, "-f", image, NULL};
	int r = each_device(image, still_attached, arg, e);
	return r < 0 ? r : proc_check(argv, RESIZE_MS, e);
}

int loopfs_mount(const char *image, const char *at, const char *options, struct err *e)
{
	char data[512];
	unsigned long flags;

	if (loopfs_mounted(at))
		return grow_fs(at, image, e);
	int r = read_options(options, &flags, data, sizeof(data));
	if (r < 0)
		return err_errno(e, -r, "mount options of %s", at);
	if ((r = mount_image(image, at, flags, data, e)) < 0)
		return r;
	r = grow_fs(at, image, e);
	if (r < 0)
		(void)umount2(at, 0);
	/* Who may not do it online (in a container without CAP_SYS_RESOURCE) would never get at what is in there again. */
	if (r == -EPERM && (r = grow_offline(image, e)) == 0)
		r = mount_image(image, at, flags, data, e);
	return r;
}

int loopfs_unmount(const char *at, struct err *e)
{
	while (loopfs_mounted(at))
		if (umount2(at, UMOUNT_NOFOLLOW) < 0 && errno != EINVAL && errno != ENOENT)
			return errno == EBUSY ? err_set(e, -EBUSY, "%s is in use", at) : err_errno(e, errno, "cannot unmount %s", at);
	return 0;
}

static int resize_device(const char *dev, int fd, void *arg, struct err *e)
{
	(void)arg;
	return ioctl(fd, LOOP_SET_CAPACITY) < 0 ? err_errno(e, errno, "cannot grow %s", dev) : 0;
}

int loopfs_grow(const char *image, const char *at, int64_t bytes, bool reserve, struct err *e)
{
	AUTO_CLOSE int fd = open(image, O_RDWR | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return err_errno(e, errno, "%s", image);
	int r = set_size(fd, image, rounded(bytes), reserve, e);
	if (r == 0 && fsync(fd) < 0)
		r = err_errno(e, errno, "%s", image);
	if (r == 0)
		r = each_device(image, resize_device, NULL, e);
	return r == 0 && at && loopfs_mounted(at) ? grow_fs(at, image, e) : r;
}

int64_t loopfs_size(const char *image, int64_t bytes)
{
	struct stat st;

	return stat(image, &st) < 0 || st.st_size <= rounded(bytes) ? bytes : (int64_t)st.st_size;
}

static int take_name(const char *dev, int fd, void *arg, struct err *e)
{
	(void)fd;
	(void)e;
	(void)str_copy(arg, 32, dev);
	return 1;
}

int loopfs_attach(const char *image, bool read_only, char dev[32], struct err *e)
{
	if (each_device(image, take_name, dev, e) == 1)
		return 0;
	AUTO_CLOSE int fd = attach(image, read_only, false, dev, e);
	return fd < 0 ? fd : 0;
}

static int let_go(const char *dev, int fd, void *arg, struct err *e)
{
	(void)arg;
	/* Where others have it open it goes with the last of them. */
	return ioctl(fd, LOOP_CLR_FD) < 0 && errno != ENXIO ? err_errno(e, errno, "cannot detach %s", dev) : 0;
}

int loopfs_detach(const char *image, struct err *e) { return each_device(image, let_go, NULL, e); }

int loopfs_freeze(const char *at, bool frozen, struct err *e)
{
	AUTO_CLOSE int fd = open(at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || (ioctl(fd, frozen ? FIFREEZE : FITHAW, 0) < 0 && (frozen || errno != EINVAL)))
		return err_errno(e, errno, "cannot %s %s", frozen ? "freeze" : "thaw", at);
	return 0;
}
