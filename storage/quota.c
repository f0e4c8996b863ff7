#include "storage/quota.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/dqblk_xfs.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/quota.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/str.h"

#ifndef PRJQUOTA
#define PRJQUOTA 2
#endif
#ifndef SYS_quotactl_fd
#define SYS_quotactl_fd 443 /* the same on every architecture; Linux 5.14 */
#endif
#define BASIC_BLOCK 512
#define PROJECT(cmd) QCMD(cmd, PRJQUOTA)

/* The device of the file system, as the table of mounts has it; NULL: none. Malloc'ed. */
static char *device_of(dev_t dev)
{
	FILE *f = fopen("/proc/self/mountinfo", "re");
	char line[4096], *found = NULL;

	while (f && !found && fgets(line, sizeof(line), f)) {
		unsigned maj, min;
		char source[1024];
		const char *dash = strstr(line, " - ");

		if (sscanf(line, "%*d %*d %u:%u", &maj, &min) == 2 && makedev(maj, min) == dev && dash &&
		    sscanf(dash, " - %*s %1023s", source) == 1 && source[0] == '/')
			found = str_dup(source);
	}
	if (f)
		(void)fclose(f);
	return found;
}

static int ask(const char *dir, int cmd, uint32_t id, void *addr)
{
	AUTO_CLOSE int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return -errno;
	if (syscall(SYS_quotactl_fd, fd, cmd, id, addr) == 0)
		return 0;
	if (errno != ENOSYS || fstat(fd, &st) < 0)
		return -errno;
	/* ENOSYS is also the answer of a file system without quota; the older call then says the same. */
	AUTO_FREE char *device = device_of(st.st_dev);
	if (!device)
		return -ENOTSUP;
	return syscall(SYS_quotactl, cmd, device, id, addr) == 0 ? 0 : -errno;
}

int quota_probe(const char *dir, struct err *e)
{
	struct fs_quota_statv v = {.qs_version = FS_QSTATV_VERSION1};
	int r = ask(dir, PROJECT(Q_XGETQSTATV), 0, &v);

	if (r == -ENOENT || r == -ENOTDIR)
		return err_errno(e, -r, "%s", dir);
	if (r < 0 || !(v.qs_flags & FS_QUOTA_PDQ_ENFD))
		return err_set(e, ERR_UNSUPPORTED,
			       "the file system of %s does not enforce project quota (ext4: tune2fs -O project,quota and mount with prjquota; xfs: mount with "
			       "pquota)",
			       dir);
	return 0;
}

int quota_assign(int dirfd, uint32_t project, struct err *e)
{
	struct fsxattr x;

	if (ioctl(dirfd, FS_IOC_FSGETXATTR, &x) < 0)
		return err_errno(e, errno, "cannot read the project of the directory");
	x.fsx_projid = project;
	if (project)
		x.fsx_xflags |= FS_XFLAG_PROJINHERIT;
	else
		x.fsx_xflags &= ~(uint32_t)FS_XFLAG_PROJINHERIT;
	if (ioctl(dirfd, FS_IOC_FSSETXATTR, &x) < 0)
		return err_errno(e, errno, "cannot give the directory to project %u", project);
	return 0;
}

int quota_limit(const char *dir, uint32_t project, int64_t bytes, struct err *e)
{
	struct fs_disk_quota q = {
		.d_version = FS_DQUOT_VERSION, .d_flags = FS_PROJ_QUOTA, .d_fieldmask = FS_DQ_BHARD | FS_DQ_BSOFT, .d_id = project};

	/* A soft limit of the same size would start a timer. */
	q.d_blk_hardlimit = (uint64_t)bytes / BASIC_BLOCK;
	int r = ask(dir, PROJECT(Q_XSETQLIM), project, &q);
	return r < 0 ? err_errno(e, -r, "cannot limit project %u on the file system of %s", project, dir) : 0;
}

int quota_get(const char *dir, uint32_t project, struct quota_usage *ret, struct err *e)
{
	struct fs_disk_quota q = {0};
	int r = ask(dir, PROJECT(Q_XGETQUOTA), project, &q);

	if (r == -ENOENT) { /* nobody has used it */
		*ret = (struct quota_usage){0};
		return 0;
	}
	if (r < 0)
		return err_errno(e, -r, "cannot read the quota of project %u on the file system of %s", project, dir);
	*ret = (struct quota_usage){
		.bytes = (int64_t)q.d_bcount * BASIC_BLOCK, .inodes = (int64_t)q.d_icount, .limit = (int64_t)q.d_blk_hardlimit * BASIC_BLOCK};
	return 0;
}
