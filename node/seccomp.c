#include "node/seccomp.h"
#include <sys/utsname.h>
#include "base/str.h"

/* Blank-separated; names that the running libseccomp does not know are skipped by the runtime. */
static const char always[] =
	"accept accept4 access adjtimex alarm bind brk cachestat capget capset chdir chmod chown chown32 clock_adjtime "
	"clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep clock_nanosleep_time64 close "
	"close_range connect copy_file_range creat dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait "
	"epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2 execve execveat exit exit_group faccessat faccessat2 fadvise64 "
	"fadvise64_64 fallocate fanotify_mark fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync "
	"fgetxattr flistxattr flock fork fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 "
	"futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake futimesat getcpu getcwd getdents getdents64 getegid "
	"getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getitimer getpeername getpgid getpgrp getpid getppid "
	"getpriority getrandom getresgid getresgid32 getresuid getresuid32 getrlimit get_robust_list getrusage getsid getsockname "
	"getsockopt get_thread_area gettid gettimeofday getuid getuid32 getxattr inotify_add_watch inotify_init inotify_init1 "
	"inotify_rm_watch io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 ioprio_get ioprio_set io_setup "
	"io_submit ipc kill landlock_add_rule landlock_create_ruleset landlock_restrict_self lchown lchown32 lgetxattr link linkat "
	"listen listxattr llistxattr _llseek lremovexattr lseek lsetxattr lstat lstat64 madvise map_shadow_stack membarrier "
	"memfd_create memfd_secret mincore mkdir mkdirat mknod mknodat mlock mlock2 mlockall mmap mmap2 mprotect mq_getsetattr "
	"mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink mremap msgctl msgget "
	"msgrcv msgsnd msync munlock munlockall munmap name_to_handle_at nanosleep newfstatat _newselect open openat openat2 pause "
	"pidfd_open pidfd_send_signal pipe pipe2 pkey_alloc pkey_free pkey_mprotect poll ppoll ppoll_time64 prctl pread64 preadv "
	"preadv2 prlimit64 process_mrelease pselect6 pselect6_time64 pwrite64 pwritev pwritev2 read readahead readlink readlinkat "
	"readv recv recvfrom recvmmsg recvmmsg_time64 recvmsg remap_file_pages removexattr rename renameat renameat2 restart_syscall "
	"rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait "
	"rt_sigtimedwait_time64 rt_tgsigqueueinfo sched_getaffinity sched_getattr sched_getparam sched_get_priority_max "
	"sched_get_priority_min sched_getscheduler sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity "
	"sched_setattr sched_setparam sched_setscheduler sched_yield seccomp select semctl semget semop semtimedop "
	"semtimedop_time64 send sendfile sendfile64 sendmmsg sendmsg sendto setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 "
	"setgroups setgroups32 setitimer setpgid setpriority setregid setregid32 setresgid setresgid32 setresuid setresuid32 "
	"setreuid setreuid32 setrlimit set_robust_list setsid setsockopt set_thread_area set_tid_address setuid setuid32 setxattr "
	"shmat shmctl shmdt shmget shutdown sigaltstack signalfd signalfd4 sigprocmask sigreturn socketcall socketpair splice stat "
	"stat64 statfs statfs64 statx symlink symlinkat sync sync_file_range syncfs sysinfo tee tgkill time timer_create "
	"timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd_create timerfd_gettime "
	"timerfd_gettime64 timerfd_settime timerfd_settime64 times tkill truncate truncate64 ugetrlimit umask uname unlink unlinkat "
	"utime utimensat utimensat_time64 utimes vfork vmsplice wait4 waitid waitpid write writev ptrace process_vm_readv "
	"process_vm_writev arch_prctl modify_ldt arm_fadvise64_64 arm_sync_file_range sync_file_range2 breakpoint cacheflush set_tls";

static const struct {
	int cap;
	const char *names;
} by_cap[] = {
	{2, "open_by_handle_at"},
	{21, "bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie mount mount_setattr move_mount open_tree "
	     "perf_event_open quotactl quotactl_fd setdomainname sethostname setns syslog umount umount2 unshare"},
	{22, "reboot"},
	{18, "chroot"},
	{16, "delete_module init_module finit_module"},
	{20, "acct"},
	{19, "kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace"},
	{17, "iopl ioperm"},
	{25, "settimeofday stime clock_settime clock_settime64"},
	{26, "vhangup"},
	{23, "get_mempolicy mbind set_mempolicy set_mempolicy_home_node"},
	{34, "syslog"},
	{39, "bpf"},
	{38, "perf_event_open"},
};

static json_t *words(const char *text)
{
	json_t *a = json_array();

	for (const char *p = text; a && *p;) {
		size_t n = strcspn(p, " ");
		json_array_append_new(a, json_stringn(p, n));
		p += n + (p[n] == ' ');
	}
	return a;
}

static void allow(json_t *rules, const char *names)
{
	json_array_append_new(rules, json_pack("{s:o,s:s}", "names", words(names), "action", "SCMP_ACT_ALLOW"));
}

static void allow_arg(json_t *rules, const char *name, json_int_t index, json_int_t value, json_int_t two, const char *op)
{
	json_array_append_new(rules, json_pack("{s:[s],s:s,s:[{s:I,s:I,s:I,s:s}]}", "names", name, "action", "SCMP_ACT_ALLOW", "args",
					       "index", index, "value", value, "valueTwo", two, "op", op));
}

#define CAP_SYS_ADMIN_BIT 21

/* FS_IOC_FSSETXATTR; FS_IOC_SETFLAGS, and as 32-bit programs have it */
static const uint32_t ioctls[] = {0x401c5820, 0x40086602, 0x40046602};

/*
 * Allows ioctl but for those. A profile that denies by default cannot say "not equal to one of these" in one rule, so each rule allows the numbers that are like some of
 * them in all bits looked at so far, and like none in the next one; bits in which they are alike come first, which makes the fewest rules. The kernel looks at the
 * lower 32 bits alone, so the rules must: otherwise a number with something above them gets through.
 */
static void allow_ioctl(json_t *rules, uint32_t value, uint32_t mask)
{
	uint32_t differ = 0, left, bit;
	bool any = false;

	for (size_t i = 0; i < ARRAY_LEN(ioctls); i++) {
		any = any || (ioctls[i] & mask) == value;
		differ |= ioctls[i] ^ ioctls[0];
	}
	if (!any) {
		allow_arg(rules, "ioctl", 1, mask, value, "SCMP_CMP_MASKED_EQ");
		return;
	}
	left = ~mask & ~differ ? ~mask & ~differ : ~mask;
	if (!left)
		return;
	bit = left & -left;
	allow_ioctl(rules, value, mask | bit);
	allow_ioctl(rules, value | bit, mask | bit);
}

static json_t *architectures(void)
{
	struct utsname u;

	if (uname(&u) < 0)
		return json_array();
	if (streq(u.machine, "x86_64"))
		return json_pack("[s,s,s]", "SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");
	if (streq(u.machine, "aarch64"))
		return json_pack("[s,s]", "SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
	return json_array(); /* the native one */
}

json_t *seccomp_default(uint64_t caps)
{
	json_t *rules = json_array();
	/* clone may not make namespaces without CAP_SYS_ADMIN: CLONE_NEW* of clone(2) */
	const json_int_t new_flags = 0x7E020000;

	if (!rules)
		return NULL;
	allow(rules, always);
	/* socket(2) for any family but AF_VSOCK (40) */
	allow_arg(rules, "socket", 0, 40, 0, "SCMP_CMP_NE");
	/* personality(2): query and the harmless ones */
	static const json_int_t personalities[] = {0, 8, 0x20000, 0x20008, 0xffffffff};
	for (size_t i = 0; i < ARRAY_LEN(personalities); i++)
		allow_arg(rules, "personality", 0, personalities[i], 0, "SCMP_CMP_EQ");
	for (size_t i = 0; i < ARRAY_LEN(by_cap); i++)
		if (caps >> by_cap[i].cap & 1)
			allow(rules, by_cap[i].names);
	if (caps >> CAP_SYS_ADMIN_BIT & 1) {
		allow(rules, "ioctl");
	} else {
		allow_ioctl(rules, 0, 0);
		allow_arg(rules, "clone", 0, new_flags, 0, "SCMP_CMP_MASKED_EQ");
		/* ENOSYS makes libc fall back to clone, whose flags can be looked at. */
		json_array_append_new(rules, json_pack("{s:[s],s:s,s:i}", "names", "clone3", "action", "SCMP_ACT_ERRNO", "errnoRet", 38));
	}
	return json_pack("{s:s,s:i,s:o,s:o}", "defaultAction", "SCMP_ACT_ERRNO", "defaultErrnoRet", 1, "architectures", architectures(),
			 "syscalls", rules);
}

json_t *seccomp_keep_limits(uint64_t caps)
{
	/* Names that the running libseccomp does not know are skipped by the runtime. */
	static const char calls[] = "file_setattr quotactl quotactl_fd io_uring_setup io_uring_enter io_uring_register";

	if (caps >> CAP_SYS_ADMIN_BIT & 1)
		return NULL;
	json_t *rules = json_array();
	for (size_t i = 0; i < ARRAY_LEN(ioctls); i++)
		json_array_append_new(rules, json_pack("{s:[s],s:s,s:i,s:[{s:I,s:I,s:I,s:s}]}", "names", "ioctl", "action", "SCMP_ACT_ERRNO", "errnoRet", 1, "args", "index",
						       (json_int_t)1, "value", (json_int_t)UINT32_MAX, "valueTwo", (json_int_t)ioctls[i], "op", "SCMP_CMP_MASKED_EQ"));
	json_array_append_new(rules, json_pack("{s:o,s:s,s:i}", "names", words(calls), "action", "SCMP_ACT_ERRNO", "errnoRet", 1));
	return json_pack("{s:s,s:o,s:o}", "defaultAction", "SCMP_ACT_ALLOW", "architectures", architectures(), "syscalls", rules);
}
