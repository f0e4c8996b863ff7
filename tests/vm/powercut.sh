#!/bin/bash
# Real power cuts: an API server under qemu, on a disk that loses what was not flushed (volatile_disk.py), is written to; in the
# middle of it the power goes. After the next start every acknowledged write is there, none is half there, and no revision comes
# a second time. The guest is Debian's kernel with minik in an initramfs; POWERCUTS=n sets the number of cuts. Then the same with an
# API server that keeps so little history that it compacts and gives space back all the time.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
[ "$(id -u)" = 0 ] || skip_all "must run as root"
for tool in qemu-system-x86_64 mke2fs python3 busybox dpkg-deb depmod modprobe; do command -v $tool >/dev/null || skip_all "$tool is not installed"; done
[ "$(dpkg --print-architecture)" = amd64 ] || skip_all "the lab boots amd64 only"
[ -d "$B" ] && flock "$B" make -s -C "$B" minik tests/fault/cutter tests/integration/apiserver_main >&2 || skip_all "the writer cannot be built"
MINIK=$B/minik
cuts=${POWERCUTS:-2}
patience=${MINIK_VM_TIMEOUT:-240} # seconds; the machine may be slow
[ "${MINIK_SOAK:-0}" = 1 ] && cuts=${POWERCUTS:-60}
T=$(mktemp -d /tmp/minik-vm.XXXXXX)
disk_pid=
cleanup() {
	[ -z "$disk_pid" ] || kill -9 "$disk_pid" 2>/dev/null
	vm_cleanup
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# --- Debian's kernel, and the initramfs ---
vm_kernel
root=$T/root
vm_modules "$root" virtio_pci virtio_blk crc32c_generic ext4
vm_programs "$root" "$(command -v busybox)" "$MINIK" "$B/tests/fault/cutter" "$B/tests/integration/apiserver_main"
: >"$root/config.yaml"
install -m 755 "$MINIK_TOP/tests/vm/guest/powercut" "$root/init"
vm_initrd "$root" "$T/initrd" || exit 1

# --- one life of the machine ---
machine_start() { # machine_start [CUTTER_FLAG]
	rm -f "$T/socket" "$T/results" "$T/console"
	python3 "$MINIK_TOP/tests/vm/volatile_disk.py" "$T/disk" "$T/socket" >"$T/disk.log" 2>&1 &
	disk_pid=$!
	until [ -S "$T/socket" ]; do kill -0 $disk_pid || exit 1; done
	: >"$T/results"
	qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 512 -nodefaults -no-user-config -display none -monitor none -no-reboot \
		-kernel "$kernel/vmlinuz" -initrd "$T/initrd" -append "console=ttyS0 quiet loglevel=4 panic=-1 mitigations=off no_timer_check cutter=${1:-} store=${tuned:-}" \
		-drive "file=nbd+unix:///?socket=$T/socket,if=virtio,format=raw,cache=none" -device virtio-rng-pci \
		-serial "file:$T/console" -serial "file:$T/results" >"$T/qemu.log" 2>&1 &
	vm_pid=$!
}
acks() { grep -c '^ack' "$T/results"; }
until_results() { # until_results SECONDS COMMAND...: the guest says what it does in a file
	local end=$((SECONDS + $1)); shift
	until "$@"; do
		kill -0 $vm_pid 2>/dev/null || { "$@" && return 0; return 1; }
		[ $SECONDS -lt $end ] || return 1
		sleep 0.02
	done
}
at_least() { [ "$(acks)" -ge "$1" ]; }
listed() { grep -q '^began' "$T/results"; }
machine_end() {
	kill -9 $vm_pid 2>/dev/null; wait $vm_pid 2>/dev/null
	vm_pid=
	wait $disk_pid 2>/dev/null
	disk_pid=
}

# What was acknowledged in all lives before, against what is there: `have` lines of the new one.
judge() { # half a line, which the cut left, says nothing
	tr -d '\r' <"$T/results" | awk '
	before { # acknowledged before, in the order of the lives
		if ($2 in rev && rev[$2] >= $3 + 0 && life[$2] != $5) print $2 ": revision " $3 " came again or went back, from " rev[$2]
		if ($3 in owner && owner[$3] != $2) print "revision " $3 " was handed out twice: " owner[$3] " and " $2
		owner[$3] = $2
		if (!($2 in rev) || $3 + 0 > rev[$2]) { rev[$2] = $3 + 0; value[$2] = $4; life[$2] = $5 }
		if ($3 + 0 > top) top = $3 + 0
		next
	}
	$1 == "failed:" { print }
	$1 == "have" {
		there[$2] = 1
		if ($4 == "half" || $4 == "?") print $2 ": half of it is there"
		if ($2 in rev && $3 + 0 < rev[$2]) print $2 ": revision " $3 " is there, " rev[$2] " was acknowledged"
		if ($2 in rev && $3 + 0 == rev[$2] && $4 != value[$2]) print $2 ": another value at revision " $3
	}
	$1 == "began" { began = 1; if ($3 + 0 <= top) print "starts at revision " $3 ", not above " top }
	$1 == "ack" && NF == 4 && $3 + 0 <= top { print $2 ": revision " $3 " had been handed out" }
	END {
		if (!began) print "the server did not list anything"
		for (n in rev) if (began && !(n in there)) { lost++; if (lost < 5) print n ": acknowledged at revision " rev[n] ", and gone" }
	}' before=1 "$T/acked" before=0 - >"$T/faults"
	[ ! -s "$T/faults" ]
}

series() { # series WHAT [HISTORY]
	local started=$SECONDS lost=0 i
	tuned=${2:-}
	rm -f "$T/disk"
	truncate -s 256M "$T/disk"
	mke2fs -q -t ext4 "$T/disk" || exit 1
	: >"$T/acked"
	for ((i = 1; i <= cuts; i++)); do
		machine_start
		if ! until_results "$patience" listed || ! until_results "$patience" at_least $((30 + RANDOM % 300)); then
			not_ok "cut $i: the guest writes" "$(tail -n 20 "$T/console" "$T/results" "$T/qemu.log")"
			exit 1
		fi
		kill -STOP $vm_pid # the moment of the cut: what the guest said until now was said before it
		kill -USR1 $disk_pid
		machine_end
		judge || { not_ok "cut $i: everything acknowledged before is there" "$(cat "$T/faults")"; exit 1; }
		# Half a line is no acknowledgement that anybody read.
		tr -d '\r' <"$T/results" | awk -v life=$i '$1 == "ack" && NF == 4 {print $0, life}' | sed '$d' >>"$T/acked"
		lost=$((lost + $(sed -n 's/^power cut: \([0-9]*\) of.*/\1/p' "$T/disk.log")))
	done
	machine_start --list
	until_results "$patience" listed || { not_ok "the guest starts after the last cut" "$(tail -n 20 "$T/console" "$T/results")"; exit 1; }
	kill -9 $disk_pid
	machine_end
	if judge; then
		ok "$cuts power cuts $1: all $(wc -l <"$T/acked") acknowledged writes are there"
		echo "    $lost unflushed sectors were lost; $((SECONDS - started)) s" >&2
	else
		not_ok "$cuts power cuts $1" "$(cat "$T/faults")"
	fi
}
series "in mid-write"
series "while it compacts and gives space back" 1,50,65536
