#!/bin/bash
# Debian 13 (trixie), with the program that install.sh builds there. Refusals, limits and upgrades, which do not depend on the release, with MINIK_SOAK=1.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib-debian.sh"
vm_begin
vm_build=1
full=
[ "${MINIK_SOAK:-0}" != 1 ] || full=full
vm_debian trixie "libsqlite3-0 libnl-3-200 libnl-route-3-200 libnl-genl-3-200 libnftnl11 libmnl0 libcurl3t64-gnutls libmicrohttpd12t64 libgnutls30t64
	libyaml-0-2 libjansson4 libarchive13t64 zlib1g libnghttp2-14 libprotobuf-c1" $full
