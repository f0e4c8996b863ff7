/*
 * As root in a container: tries what would take a file out of its project, or the project's limit away. project_tool DIR prints "CALL ERRNO" lines; "0": it went through.
 * Linked statically: it runs in any image.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void say(const char *what, long r)
{
	printf("%s %s\n", what, r >= 0 ? "0" : strerrorname_np(errno));
}

int main(int argc, char **argv)
{
	int fd = argc > 1 ? open(argv[1], O_RDONLY) : -1;
	struct fsxattr x = {0};
	long flags = 0;
	struct {
		uint64_t xflags;
		uint32_t extsize, nextents, projid, cowextsize;
	} attr = {0};

	if (fd < 0) {
		perror("usage: project_tool DIR");
		return 2;
	}
	say("fsgetxattr", syscall(SYS_ioctl, fd, FS_IOC_FSGETXATTR, &x));
	printf("project %u\n", x.fsx_projid);
	x.fsx_projid = 0;
	x.fsx_xflags &= ~0x200u; /* FS_XFLAG_PROJINHERIT */
	say("fssetxattr", syscall(SYS_ioctl, fd, 0x401c5820ul, &x));
	say("fssetxattr-high", syscall(SYS_ioctl, fd, 0x5401c5820ul, &x));
	say("getflags", syscall(SYS_ioctl, fd, FS_IOC_GETFLAGS, &flags));
	flags &= ~0x20000000l; /* FS_PROJINHERIT_FL */
	say("setflags", syscall(SYS_ioctl, fd, 0x40086602ul, &flags));
	say("setflags-high", syscall(SYS_ioctl, fd, 0xffffffff40086602ul, &flags));
	say("setflags-32", syscall(SYS_ioctl, fd, 0x40046602ul, &flags));
	say("file_setattr", syscall(469, AT_FDCWD, argv[1], &attr, sizeof(attr), 0));
	say("quotactl", syscall(SYS_quotactl, 0, 0, 0, 0));
	say("io_uring", syscall(425, 0, 0));
	/* What programs need goes on: TIOCGWINSZ, and a number with the highest bit as musl hands it over. */
	char buf[64];
	say("fionread", syscall(SYS_ioctl, fd, 0x541bul, buf) < 0 && errno == EPERM ? -1 : 0);
	say("musl", syscall(SYS_ioctl, fd, 0xffffffff80045430ul, buf) < 0 && errno == EPERM ? -1 : 0);
	return 0;
}
