/* Options of mounts that are no file system's own: a bound folder can have them, too. */
#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include "base/str.h"
#include "storage/mounts.h"

#define ATIMES   (MS_NOATIME | MS_RELATIME | MS_STRICTATIME)
#define EXT4_MAX 512

static bool flag_of(const char *s, size_t n, unsigned long *ret)
{
	static const struct {
		const char *name;
		unsigned long flag;
	} known[] = {{"ro", MS_RDONLY},
		     {"nosuid", MS_NOSUID},
		     {"nodev", MS_NODEV},
		     {"noexec", MS_NOEXEC},
		     {"noatime", MS_NOATIME},
		     {"nodiratime", MS_NODIRATIME},
		     {"relatime", MS_RELATIME},
		     {"strictatime", MS_STRICTATIME},
		     {"rw", 0},
		     {"suid", 0},
		     {"dev", 0},
		     {"exec", 0},
		     {"diratime", 0},
		     {"defaults", 0}};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strlen(known[i].name) == n && strncmp(s, known[i].name, n) == 0) {
			*ret = known[i].flag;
			return true;
		}
	return false;
}

/* What does not change where its data lie, nor what its errors do to the machine ("errors=panic"). */
static bool ext4_has(const char *s, size_t n)
{
	static const char *const known[] = {"sync",
					    "dirsync",
					    "lazytime",
					    "nolazytime",
					    "acl",
					    "noacl",
					    "user_xattr",
					    "nouser_xattr",
					    "barrier",
					    "nobarrier",
					    "barrier=",
					    "commit=",
					    "data=",
					    "discard",
					    "nodiscard",
					    "errors=remount-ro",
					    "errors=continue",
					    "delalloc",
					    "nodelalloc",
					    "auto_da_alloc",
					    "noauto_da_alloc",
					    "stripe=",
					    "journal_ioprio=",
					    "max_batch_time=",
					    "min_batch_time=",
					    "i_version",
					    "dioread_lock",
					    "dioread_nolock",
					    "inode_readahead_blks="};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		size_t k = strlen(known[i]);
		if (known[i][k - 1] == '=' ? n > k && strncmp(s, known[i], k) == 0
					   : n == k && strncmp(s, known[i], k) == 0)
			return true;
	}
	return false;
}

int mount_options(const json_t *options, struct buf *ext4, unsigned long *ret_flags, struct err *e)
{
	unsigned long flags = 0, flag;
	const json_t *v;
	size_t i;

	json_array_foreach (options, i, v)
		for (const char *s = json_string_value(v); s && *s;) {
			size_t n = strcspn(s, ",");

			if (flag_of(s, n, &flag)) {
				flags |= flag;
			} else if (ext4 && ext4_has(s, n) && ext4->len + n < EXT4_MAX) {
				buf_addf(ext4, "%s%.*s", ext4->len ? "," : "", (int)n, s);
			} else {
				return err_set(e, ERR_INVALID, "mount option \"%.*s\" cannot be had: %s",
					       (int)(n < 100 ? n : 100), s,
					       ext4 ? "it is none that a mount of ext4 in a file may have"
						    : "the volume is a directory, which has ro, nosuid, nodev, noexec, "
						      "noatime, nodiratime, relatime and strictatime");
			}
			s += n + (s[n] == ',');
		}
	if (ext4 && buf_failed(ext4))
		return err_nomem(e);
	*ret_flags = flags;
	return 0;
}

bool mount_options_read_only(const json_t *options)
{
	unsigned long flag;
	const json_t *v;
	bool ro = false;
	size_t i;

	json_array_foreach (options, i, v)
		for (const char *s = json_string_value(v); s && *s; s += strcspn(s, ","), s += *s == ',')
			ro |= flag_of(s, strcspn(s, ","), &flag) && flag == MS_RDONLY;
	return ro;
}

int mounts_flags(const char *target, unsigned long flags, struct err *e)
{
	struct statvfs vfs;

	if (!flags)
		return 0;
	if (statvfs(target, &vfs) < 0)
		return err_errno(e, errno, "cannot stat %s", target);
	unsigned long keep = vfs.f_flag & (MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC |
					   (flags & ATIMES ? 0 : MS_NOATIME | MS_NODIRATIME));
	if (mount(NULL, target, NULL, MS_REMOUNT | MS_BIND | keep | flags, NULL) < 0)
		return err_errno(e, errno,
				 flags == MS_RDONLY ? "cannot make %s read-only" : "cannot set the mount options of %s",
				 target);
	return 0;
}
