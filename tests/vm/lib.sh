# Shared by the vm lab's scripts: a Debian made by mmdebstrap boots under qemu (software emulation), with systemd and no network but
# its own. A script puts what the guest runs into a folder; the guest sees it as a second disk under /lab and runs /lab/run at every
# boot. Lines that the guest writes to its second serial port come out here: 'ok NAME', 'not ok NAME', 'skip NAME: why'.
# What is slow to make (the installed system, packages) is kept in $MINIK_TEST_CACHE/vm, keyed by what it is made of.
set -u
export PYTHONDONTWRITEBYTECODE=1 # the tree stays as it is
MINIK_TOP=${MINIK_TOP:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
MINIK_TEST_CACHE=${MINIK_TEST_CACHE:-/var/cache/minik-tests}
MINIK=${MINIK:-${MINIK_BUILD:-$MINIK_TOP/build}/minik}
vm_failed=0 vm_pid=
# One processor: what a second one waits for, it waits for at the cost of a core. That there could be more (maxcpus) makes qemu keep the order of the
# processor's memory accesses: disk and network are emulated by another thread, and a request that only one of the two knows of stops the device for good.
vm_machine="-accel tcg,thread=multi -cpu max -smp 1,maxcpus=2 -nodefaults -no-user-config -display none"

ok() { printf 'ok %s\n' "$1"; }
not_ok() { printf 'not ok %s\n' "$1"; vm_failed=1; [ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/    /' | tail -60; }
skip_all() { echo "$1" >&2; exit 77; }

# vm_time NAME: how long the stage took that ends here; 'begin' starts the clock.
vm_time() {
	[ "$1" = begin ] || printf '# %s: %d s\n' "$1" $((SECONDS - vm_clock))
	vm_clock=$SECONDS
}

vm_begin() {
	local tool
	[ "$(id -u)" = 0 ] || skip_all "must run as root"
	for tool in qemu-system-x86_64 mmdebstrap mke2fs dpkg-scanpackages flock; do
		command -v $tool >/dev/null || skip_all "$tool is not installed"
	done
	[ "$(dpkg --print-architecture)" = amd64 ] || skip_all "the lab boots amd64 only"
	T=$(mktemp -d /tmp/minik-vm.XXXXXX)
	trap 'vm_cleanup' EXIT
	trap 'exit 130' INT TERM
}

vm_cleanup() {
	local r=$?
	trap - EXIT
	[ -z "$vm_pid" ] || { kill -9 "$vm_pid" 2>/dev/null; wait "$vm_pid" 2>/dev/null; }
	[ $r = 0 ] && r=$vm_failed
	if [ $r != 0 ] && [ $r != 77 ] && [ -e "$T/console" ]; then
		echo "--- the guest's console" >&2
		# Of the kernel's own threads, where it was asked for all tasks, only those that do something.
		tr -d '\r' <"$T/console" | awk '/ task:/ {idle = / state:[IS] .* ppid:2 /} / sysrq: |Sched Debug/ {idle = /Sched Debug/} !idle' | tail -${vm_lines:-40} >&2
	fi
	[ "${LIB_KEEP:-}" = 1 ] && echo "kept: $T" >&2 || rm -rf "$T"
	exit $r
}

# vm_base SUITE PACKAGES DEBS [BUILD_DEBS]: sets vm_base to a folder with disk.img, vmlinuz, initrd and repo/ (DEBS and what they depend
# on); with BUILD_DEBS also root/, the same system as a folder, and build/, what has to be there to compile in it.
vm_base() {
	local suite=$1 packages=$2 debs=$3 build=${4:-} key dir
	key=$suite-$(printf '%s\n' "$packages" "$debs" "$build" "$(declare -f vm_make_base vm_repack vm_configure_root)" | sha256sum | cut -c1-12)
	dir=$MINIK_TEST_CACHE/vm/$key
	mkdir -p "$MINIK_TEST_CACHE/vm"
	exec 9>"$MINIK_TEST_CACHE/vm/lock-$suite"
	flock 9
	if [ ! -e "$dir/disk.img" ]; then
		vm_make_base "$suite" "$packages" "$debs" "$build" "$dir.new" >"$T/base.log" 2>&1 || {
			not_ok "a $suite system by mmdebstrap" "$(cat "$T/base.log")"
			rm -rf "$dir.new"
			exit 1
		}
		rm -rf "$dir" && mv "$dir.new" "$dir"
	fi
	exec 9>&-
	vm_base=$dir
}

vm_make_base() {
	local suite=$1 packages=$2 debs=$3 build=$4 out=$5 root=$5/root
	rm -rf "$out" && mkdir -p "$out/repo" "$out/build" || return 1
	cat >"$out/hook" <<-H || return 1
	#!/bin/sh
	# The packages that are installed in the guest later come along as files, with all they depend on.
	chroot "\$1" apt-get clean &&
	chroot "\$1" apt-get install -y --no-install-recommends --download-only $(echo $debs) &&
	mv "\$1"/var/cache/apt/archives/*.deb "$out/repo/" || exit 1
	[ -z "$(echo $build)" ] || {
		chroot "\$1" apt-get install -y --no-install-recommends --download-only $(echo $debs $build) &&
		mv "\$1"/var/cache/apt/archives/*.deb "$out/build/"
	}
	H
	chmod +x "$out/hook"
	mmdebstrap --variant=minbase --mode=root --include="$(echo $packages | tr ' ' ,)" \
		--dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
		--customize-hook="$out/hook" "$suite" "$root" || return 1
	vm_configure_root "$root" || return 1
	vm_repack "$out/repo" || return 1
	(cd "$out/repo" && dpkg-scanpackages --multiversion . >Packages) && (cd "$out/build" && dpkg-scanpackages --multiversion . >Packages) || return 1
	cp -L "$root/vmlinuz" "$out/vmlinuz" && cp -L "$root/initrd.img" "$out/initrd" || return 1
	rm -rf "$root"/boot/* "$root"/var/cache/apt/*.bin
	mke2fs -q -t ext4 -O ^metadata_csum -d "$root" "$out/disk.img" 4G || return 1
	rm -rf "$out/hook"
	[ -n "$build" ] || rm -rf "$root" "$out/build"
}

# The packages of a folder once more, by zstd: under emulation xz takes longer than all else of an installation.
vm_repack() {
	local f
	for f in "$1"/*.deb; do
		[ -e "$f" ] || continue
		dpkg-deb -R "$f" "$1/x" && dpkg-deb -Zzstd -z3 -b "$1/x" "$f" && rm -rf "$1/x" || return 1
	done
}

# Disk, network, and the unit that runs /lab/run.
vm_configure_root() {
	local root=$1
	echo lab >"$root/etc/hostname" &&
	printf '127.0.0.1 localhost\n127.0.1.1 lab\n' >"$root/etc/hosts" &&
	printf '%s\n' '/dev/vda / ext4 rw 0 0' '/dev/vdb /lab ext4 ro 0 0' >"$root/etc/fstab" &&
	mkdir -p "$root/lab" "$root/var/log/journal" && # what is said on the way down can be read after the boot
	printf '%s\n' '[Match]' 'Name=eth0' '[Network]' 'Address=10.0.2.15/24' 'Gateway=10.0.2.2' >"$root/etc/systemd/network/lab.network" &&
	printf 'nameserver 10.0.2.3\n' >"$root/etc/resolv.conf" &&
	printf 'deb [trusted=yes] file:/lab/repo ./\n' >"$root/etc/apt/sources.list" &&
	rm -rf "$root"/etc/apt/sources.list.d/* &&
	cat >"$root/etc/systemd/system/lab.service" <<-U &&
	[Unit]
	Description=What this boot of the lab is for
	Wants=network-online.target
	After=network-online.target
	RequiresMountsFor=/lab

	[Service]
	Type=simple
	ExecStart=/lab/run
	StandardOutput=file:/dev/ttyS1
	StandardError=journal
	TimeoutStopSec=5
	KillMode=process
	Environment=HOME=/root

	[Install]
	WantedBy=multi-user.target
	U
	printf '%s\n' MODULES=list BUSYBOX=n COMPRESS=gzip >"$root/etc/initramfs-tools/conf.d/lab" &&
	printf '%s\n' virtio_pci virtio_blk ext4 >>"$root/etc/initramfs-tools/modules" &&
	chroot "$root" update-initramfs -u &&
	chroot "$root" systemctl enable systemd-networkd lab.service &&
	chroot "$root" systemctl mask serial-getty@ttyS0.service getty@tty1.service apt-daily.timer apt-daily-upgrade.timer \
		dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer systemd-timesyncd.service
}

# vm_start FOLDER [MEMORY_MB]: boots the base with FOLDER as /lab.
vm_start() {
	local lab=$1 memory=${2:-2048} size
	size=$(($(du -sm "$lab" | cut -f1) * 5 / 4 + 32))
	mke2fs -q -t ext4 -O ^has_journal -d "$lab" "$T/lab.img" "${size}M" >"$T/mke2fs.log" 2>&1 || { not_ok "the lab's disk" "$(cat "$T/mke2fs.log")"; exit 1; }
	: >"$T/results"
	mkfifo "$T/monitor.in" "$T/monitor.out" || exit 1
	# The base stays as it is: what the guest writes goes to a file that goes with qemu.
	TMPDIR=$T qemu-system-x86_64 $vm_machine -m "$memory" \
		-kernel "$vm_base/vmlinuz" -initrd "$vm_base/initrd" \
		-append "root=/dev/vda rw console=ttyS0 net.ifnames=0 quiet loglevel=4 panic=10 mitigations=off no_timer_check sysrq_always_enabled systemd.show_status=false" \
		-drive "file=$vm_base/disk.img,if=virtio,format=raw,snapshot=on,cache=unsafe" \
		-drive "file=$T/lab.img,if=virtio,format=raw,readonly=on,cache=unsafe" \
		-netdev user,id=wire,restrict=on -device virtio-net-pci,netdev=wire,romfile= \
		-device virtio-rng-pci -chardev "pipe,id=monitor,path=$T/monitor" -monitor chardev:monitor \
		-serial "file:$T/console" -serial "file:$T/results" >"$T/qemu.log" 2>&1 &
	vm_pid=$!
}

# vm_follow SECONDS: prints the guest's results until the guest is off. A guest that does not say 'done' has failed, and so has one of vm_start that
# gives no sign of life for $MINIK_VM_SILENCE seconds: neither a word nor a write to its disk.
vm_follow() {
	local end=$((SECONDS + $1)) line complete=0 part='' signs='' now look=0 heard=$SECONDS silence=${MINIK_VM_SILENCE:-420}
	exec 8<"$T/results"
	while :; do
		if IFS= read -r -u 8 line; then
			line=$part${line%$'\r'} part=
			case $line in
			done) complete=1 ;;
			'not ok '*) vm_failed=1; printf '%s\n' "$line" ;;
			*) printf '%s\n' "$line" ;;
			esac
			continue
		fi
		part=$part$line # half a line
		kill -0 "$vm_pid" 2>/dev/null || { [ -n "${last:-}" ] && break; last=1; continue; }
		[ $SECONDS -lt $end ] || { not_ok "the guest ends in time" "still running after $1 s"; vm_ask; break; }
		if [ -p "$T/monitor.in" ] && [ $SECONDS -ge $look ]; then
			look=$((SECONDS + 5))
			now=$({ stat -c %s "$T/results" "$T/console"; grep ^write_bytes "/proc/$vm_pid/io"; } 2>/dev/null)
			[ "$now" = "$signs" ] || signs=$now heard=$SECONDS
			[ $((SECONDS - heard)) -lt "$silence" ] || { not_ok "the guest goes on" "no sign of life for $silence s"; end=0; vm_ask; break; }
		fi
		sleep 0.2
	done
	exec 8<&-
	[ -z "$part" ] || printf '%s\n' "$part"
	[ $complete = 1 ] || [ $SECONDS -ge $end ] || not_ok "the guest ran to its end" "$(cat "$T/qemu.log")"
}

# What a guest of vm_start does that does not go on: whether qemu itself runs; by its monitor the machine's state; by the kernel's own keys, on the console,
# which tasks wait for the disk, what the processor does, and where all tasks are.
vm_ask() {
	local question
	[ -p "$T/monitor.in" ] || return 0
	ps -L -o lwp,stat,time,wchan:30,comm -p "$vm_pid" | sed 's/^/    | /'
	for question in 'info status' 'info registers' 'sendkey alt-sysrq-9' 'sendkey alt-sysrq-w' 'sendkey alt-sysrq-l' 'sendkey alt-sysrq-t' 'info registers'; do
		printf '%s\n' "$question" 1<>"$T/monitor.in" # would not wait for a qemu that has just ended
		sleep 2
	done
	timeout 5 cat "$T/monitor.out" | tr -d '\r' | sed '/^(qemu)/d; /^[FY][PM][RM]/d; s/^/    | /'
	vm_lines=1000
}

# --- the other kind of guest: a kernel and an initramfs, where a whole Debian would take too long ---

# vm_kernel: sets kernel to a folder with vmlinuz and lib/modules of Debian's kernel, unpacked once. A script in a network namespace of its own calls it before that, too.
vm_kernel() {
	local package dir lock
	package=$(apt-cache depends linux-image-amd64 | awk '/Depends: linux-image/ {print $2; exit}')
	kernel=$MINIK_TEST_CACHE/vm/$package
	[ ! -e "$kernel/vmlinuz" ] || return 0
	mkdir -p "$kernel"
	exec {lock}<"$kernel" && flock "$lock" || exit 1 # machines are started side by side
	if [ ! -e "$kernel/vmlinuz" ]; then
		dir=$kernel/unpack
		rm -rf "$kernel/lib" "$dir" && mkdir -p "$kernel/lib" "$dir"
		(cd "$dir" && apt-get -o Acquire::Retries=3 -o APT::Sandbox::User=root download "$package") >"$kernel/apt.log" 2>&1 || skip_all "cannot download $package: $(tail -1 "$kernel/apt.log")"
		dpkg-deb -x "$dir"/*.deb "$dir/x" && mv "$dir/x/lib/modules" "$kernel/lib/" && depmod -b "$kernel" "$(ls "$kernel/lib/modules")" &&
			mv "$dir"/x/boot/vmlinuz-* "$kernel/vmlinuz" && rm -rf "$dir" || exit 1
	fi
	exec {lock}<&-
}

# vm_modules ROOT NAME...: these modules and what they need go to ROOT/lib/modules, in the order of ROOT/modules.
vm_modules() {
	local root=$1 version m f; shift
	version=$(ls "$kernel/lib/modules")
	mkdir -p "$root/lib/modules"
	for m; do
		modprobe -d "$kernel" -S "$version" --show-depends "$m" | awk '$1 == "insmod" {print $2}'
	done | awk '!seen[$0]++' >"$T/modules"
	[ -s "$T/modules" ] || { not_ok "the kernel's modules" "$(ls "$kernel")"; exit 1; }
	while read -r f; do
		m=$(basename "$f" .xz)
		case $f in
		*.xz) xz -dc "$f" >"$root/lib/modules/$m" ;;
		*) cp "$f" "$root/lib/modules/$m" ;;
		esac
		echo "$m" >>"$root/modules"
	done <"$T/modules"
}

# vm_programs ROOT FILE...: into ROOT/bin, stripped, with the libraries they need; VM_LIBRARIES: a folder of libraries that are not installed here.
vm_programs() {
	local root=$1 f lib; shift
	mkdir -p "$root/bin"
	for f; do
		strip -o "$root/bin/$(basename "$f")" "$f" 2>/dev/null || cp -L "$f" "$root/bin/" || exit 1
	done
	for lib in $(LD_LIBRARY_PATH=${VM_LIBRARIES:-} ldd "$@" 2>/dev/null | grep -oE '(=> )?/[^ :]+ \(' | grep -oE '/[^ ]+' | sort -u); do
		case $lib in
		"${VM_LIBRARIES:-/-}"/*) install -D "$lib" "$root/lib/$(basename "$lib")" ;;
		*) install -D "$lib" "$root$lib" ;;
		esac
	done
}

vm_initrd() { # vm_initrd ROOT FILE
	(cd "$1" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$2"
}
