#!/bin/bash
# A bare Debian 12 with systemd under qemu: install.sh, the core of the walkthrough, upgrade with running pods, reboot, uninstall.
# What happens inside is guest/debian12. The program is the one built on this machine: compiling under emulation takes too long.
. "$(dirname "$0")/lib.sh"
vm_begin
[ -x "$MINIK" ] || skip_all "$MINIK is not built"

packages="systemd-sysv linux-image-amd64 initramfs-tools iproute2 kmod dbus udev procps curl nftables sudo ca-certificates"
# What install.sh may fetch, and nothing else: its own package list without what builds.
debs="crun conmon nginx-light libnginx-mod-http-lua libnginx-mod-stream iproute2 ca-certificates kubernetes-client curl
	libsqlite3-0 libnl-3-200 libnl-route-3-200 libnl-genl-3-200 libnftnl11 libmnl0 libcurl3-gnutls libmicrohttpd12 libgnutls30
	libyaml-0-2 libjansson4 libarchive13 zlib1g"
vm_base bookworm "$packages" "$debs"

lab=$T/lab
mkdir -p "$lab/src" "$lab/tmp"
cp -r "$MINIK_TOP/install.sh" "$MINIK_TOP/examples" "$lab/src/"
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$lab/src/examples/walkthrough/images" >"$T/images.log" 2>&1 ||
	{ not_ok "the walkthrough's images" "$(cat "$T/images.log")"; exit 1; }
strip -o "$lab/minik" "$MINIK" 2>/dev/null || cp "$MINIK" "$lab/minik"
cp -r "$vm_base/repo" "$lab/repo"
install -m 755 "$MINIK_TOP/tests/vm/guest/debian12" "$lab/run"

vm_start "$lab"
vm_follow "${MINIK_VM_TIMEOUT:-1080}"
