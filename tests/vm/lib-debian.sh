# A bare Debian with systemd under qemu: install.sh, the core of the walkthrough, upgrade with running pods, reboot, uninstall. Shared by the scripts
# of the releases; what happens inside is guest/debian. Sourced after lib.sh.

# vm_debian SUITE LIBRARIES [FULL]: without FULL only what differs between releases is tried: no refusals, limits and upgrades.
# vm_there: packages that are installed before, for what install.sh does about a package is the same for each.
# With vm_build=1 the program is built by install.sh itself in the same system (a chroot, since compiling under emulation takes too long);
# without, it is the one built on this machine.
vm_debian() {
	local suite=$1 libraries=$2 full=${3:-} packages debs build= lab=$T/lab
	packages="systemd-sysv linux-image-amd64 initramfs-tools iproute2 kmod dbus udev procps curl nftables sudo ca-certificates ${vm_there:-}"
	# What install.sh may fetch, and nothing else: its own package list without what builds.
	debs="crun conmon nginx-light libnginx-mod-stream iproute2 ca-certificates kubernetes-client curl $libraries"
	# What builds is in install.sh's own list.
	[ "${vm_build:-}" != 1 ] || build="ccache $(sed -n '/^build_packages="/,/"$/p' "$MINIK_TOP/install.sh" | sed 's/^build_packages=//' | tr '"\n\t' '   ')"
	vm_time begin
	vm_base "$suite" "$packages" "$debs" "$build"
	vm_time "base system"
	mkdir -p "$lab/src" "$lab/tmp"
	cp -r "$MINIK_TOP/install.sh" "$MINIK_TOP/examples" "$lab/src/"
	"$MINIK_TOP/examples/walkthrough/images/build.sh" "$lab/src/examples/walkthrough/images" >"$T/images.log" 2>&1 ||
		{ not_ok "the walkthrough's images" "$(cat "$T/images.log")"; exit 1; }
	if [ "${vm_build:-}" = 1 ]; then
		vm_build_in "$lab/minik"
		vm_time "install.sh's build"
	else
		strip -o "$lab/minik" "$MINIK" 2>/dev/null || cp "$MINIK" "$lab/minik"
	fi
	cp -r "$vm_base/repo" "$lab/repo"
	echo "full=$full" >"$lab/settings"
	install -m 755 "$MINIK_TOP/tests/vm/guest/debian" "$lab/run"
	vm_start "$lab"
	vm_time "lab's disk"
	vm_follow "${MINIK_VM_TIMEOUT:-1700}"
}

# vm_build_in FILE: ./install.sh in the base's own tree, which builds from the sources; the program goes to FILE.
vm_build_in() {
	local root=$T/root out=$1
	mkdir -p "$root" "$T/built" "$T/src" "$MINIK_TEST_CACHE/vm/ccache"
	(cd "$MINIK_TOP" && tar -cf - --exclude=./.git --exclude='./build*' --exclude=./autom4te.cache .) | tar -C "$T/src" -xf - || { not_ok "copy the sources"; exit 1; }
	cat >"$T/inside" <<-'I'
	set -eu
	mount -t tmpfs -o mode=755,size=6g tmp "$layers"
	mkdir "$layers/upper" "$layers/work"
	mount -t overlay -o "lowerdir=$base/root,upperdir=$layers/upper,workdir=$layers/work" overlay "$root"
	mkdir -p "$root/lab/repo" "$root/lab/build" "$root/src" "$root/ccache"
	mount --bind "$base/repo" "$root/lab/repo"
	mount --bind "$base/build" "$root/lab/build"
	mount --bind "$sources" "$root/src"
	mount --bind "$ccache" "$root/ccache"
	mount -t proc proc "$root/proc"
	mount -t sysfs -o ro sys "$root/sys"
	mount --rbind -o ro /sys/fs/cgroup "$root/sys/fs/cgroup"
	mount --bind /dev "$root/dev"
	mount -t devpts -o newinstance,ptmxmode=0666 pts "$root/dev/pts"
	ip link set lo up # an address, which every machine has
	ip link add wire type bridge && ip link set wire up && ip addr add 192.168.78.1/24 dev wire && ip route add default via 192.168.78.254
	echo 'deb [trusted=yes] file:/lab/build ./' >>"$root/etc/apt/sources.list"
	# An earlier build's objects, where there are any.
	chroot "$root" sh -c 'apt-get -q update && apt-get install -q -y --no-install-recommends ccache' >&2
	chroot "$root" env PATH=/usr/lib/ccache:/usr/sbin:/usr/bin:/sbin:/bin CCACHE_DIR=/ccache CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=/tmp \
		CCACHE_COMPILERCHECK=content LC_ALL=C.UTF-8 /src/install.sh --no-start || { tail -40 "$root/var/log/minik-install.log" >&2; exit 1; }
	chroot "$root" /usr/local/bin/minik version
	cp "$root/usr/local/bin/minik" "$built/minik"
	chroot "$root" /usr/local/bin/minik uninstall
	! chroot "$root" sh -c 'ls -d /etc/minik /usr/local/bin/minik /var/lib/minik /run/minik 2>/dev/null'
	I
	mkdir "$T/layers"
	if base=$vm_base root=$root layers=$T/layers sources=$T/src ccache=$MINIK_TEST_CACHE/vm/ccache built=$T/built \
		unshare --mount --pid --net --fork --kill-child -- bash "$T/inside" >"$T/build.log" 2>&1; then
		ok "install.sh builds, installs and is uninstalled in a chroot"
	else
		not_ok "install.sh builds, installs and is uninstalled in a chroot" "$(cat "$T/build.log")"
		exit 1
	fi
	cp "$T/built/minik" "$out"
	rm -rf "$T/src"
}
