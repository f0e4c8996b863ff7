#include "node/caps.h"
#include "base/fs.h"
#include "base/str.h"

static const char *const names[] = {
	"CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE",
	"NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT",
	"SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE",
	"AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ",
	"PERFMON", "BPF", "CHECKPOINT_RESTORE"};
#define BIT(n) (1ull << (n))
#define ALL (BIT(ARRAY_LEN(names)) - 1)
/* chown dac_override fsetid fowner mknod net_raw setgid setuid setfcap setpcap net_bind_service sys_chroot kill audit_write */
#define DEFAULTS                                                                                                               \
	(BIT(0) | BIT(1) | BIT(3) | BIT(4) | BIT(5) | BIT(6) | BIT(7) | BIT(8) | BIT(10) | BIT(13) | BIT(18) | BIT(27) |       \
	 BIT(29) | BIT(31))

uint64_t caps_bounding(void)
{
	AUTO_BUF struct buf b = {0};
	const char *p;

	if (fs_read("/proc/self/status", 65536, &b, NULL) < 0 || !b.data || !(p = strstr(b.data, "CapBnd:")))
		return ALL;
	return strtoull(p + 7, NULL, 16) & ALL;
}

static int find(const char *name, uint64_t *ret)
{
	if (strncasecmp(name, "CAP_", 4) == 0)
		name += 4;
	if (strcasecmp(name, "ALL") == 0) {
		*ret = ALL;
		return 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcasecmp(names[i], name) == 0) {
			*ret = BIT(i);
			return 0;
		}
	return ERR_INVALID;
}

int caps_compute(const json_t *c, bool privileged, uint64_t allowed, uint64_t *ret, struct err *e)
{
	const json_t *add = json_object_get(c, "add"), *drop = json_object_get(c, "drop"), *v;
	uint64_t set = privileged ? ALL : DEFAULTS, bit;
	size_t i;

	if (!privileged) {
		/* ALL first, so that "drop ALL, add X" and "add ALL, drop X" both mean what they say. */
		json_array_foreach(add, i, v) if (json_string_value(v) && strcasecmp(json_string_value(v), "ALL") == 0) set = ALL;
		json_array_foreach(drop, i, v) if (json_string_value(v) && strcasecmp(json_string_value(v), "ALL") == 0) set = 0;
		json_array_foreach(add, i, v)
		{
			if (!json_is_string(v) || find(json_string_value(v), &bit) < 0)
				return err_set(e, ERR_INVALID, "unknown capability \"%s\" to add", json_string_value(v));
			if (bit != ALL)
				set |= bit;
		}
		json_array_foreach(drop, i, v)
		{
			if (!json_is_string(v) || find(json_string_value(v), &bit) < 0)
				return err_set(e, ERR_INVALID, "unknown capability \"%s\" to drop", json_string_value(v));
			if (bit != ALL)
				set &= ~bit;
		}
	}
	*ret = set & allowed;
	return 0;
}

json_t *caps_names(uint64_t set)
{
	json_t *a = json_array();

	for (size_t i = 0; a && i < ARRAY_LEN(names); i++) {
		char name[40];
		if (!(set & BIT(i)))
			continue;
		snprintf(name, sizeof(name), "CAP_%s", names[i]);
		json_array_append_new(a, json_string(name));
	}
	return a;
}
