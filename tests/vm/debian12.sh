#!/bin/bash
# Debian 12 (bookworm), with the program built on this machine: all of it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib-debian.sh"
vm_begin
[ -x "$MINIK" ] || skip_all "$MINIK is not built"
vm_debian bookworm "libsqlite3-0 libnl-3-200 libnl-route-3-200 libnl-genl-3-200 libnftnl11 libmnl0 libcurl3-gnutls libmicrohttpd12 libgnutls30
	libyaml-0-2 libjansson4 libarchive13 zlib1g libnghttp2-14 libprotobuf-c1" full
