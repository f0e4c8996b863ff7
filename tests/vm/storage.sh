#!/bin/bash
# Storage on Debian's own kernel, which has NFS and iSCSI: minik.io/nfs alone, then with a cluster; static volumes at Debian's NFS server and at a target by tgt. What happens
# inside is guest/storage. STORAGE_PARTS="nfs cluster" for some. (Project quotas: storage_quota.sh.)
. "$(dirname "$0")/lib.sh"
vm_begin
B=${MINIK_BUILD:-$MINIK_TOP/build}
[ -d "$B" ] && flock "$B" make -s -C "$B" minik tests/integration/plugin_tool >&2 || skip_all "its tools do not build"
packages="systemd-sysv linux-image-amd64 initramfs-tools iproute2 kmod dbus udev procps curl nftables ca-certificates jq e2fsprogs nfs-kernel-server nfs-common tgt open-iscsi crun conmon kubernetes-client
	libsqlite3-0 libnl-3-200 libnl-route-3-200 libnl-genl-3-200 libnftnl11 libmnl0 libcurl3-gnutls libmicrohttpd12 libgnutls30 libyaml-0-2 libjansson4 libarchive13 zlib1g libnghttp2-14 libprotobuf-c1"
vm_time begin
vm_base bookworm "$(echo $packages)" "quota"
vm_time "base system"
lab=$T/lab
mkdir -p "$lab"
"$MINIK_TOP/examples/walkthrough/images/build.sh" "$lab/images" >"$T/images.log" 2>&1 || { not_ok "the walkthrough's images" "$(cat "$T/images.log")"; exit 1; }
for f in minik tests/integration/plugin_tool; do strip -o "$lab/$(basename $f)" "$B/$f" || exit 1; done
echo "parts=\"${STORAGE_PARTS:-nfs cluster}\" MINIK_PATIENCE=${MINIK_PATIENCE:-6}" >"$lab/settings"
install -m 755 "$MINIK_TOP/tests/vm/guest/storage" "$lab/run"
vm_start "$lab" 1536
vm_time "lab's disk"
vm_follow "${MINIK_VM_TIMEOUT:-900}"
vm_time "the guest"
