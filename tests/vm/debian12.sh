#!/bin/bash
# Debian 12 (bookworm), with the program built on this machine: all of it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib-debian.sh"
vm_begin
[ -x "$MINIK" ] || skip_all "$MINIK is not built"
# The large ones, and of the libraries those of the same name in both releases; debian13.sh installs all of them.
vm_there="kubernetes-client libicu72 libxml2 libglib2.0-0 libpcre3 libluajit2-5.1-2 libsqlite3-0 libnl-3-200 libnl-route-3-200 libnl-genl-3-200 libnftnl11 libmnl0 libyaml-0-2 libjansson4 libnghttp2-14 libprotobuf-c1"
vm_debian bookworm "libsqlite3-0 libnl-3-200 libnl-route-3-200 libnl-genl-3-200 libnftnl11 libmnl0 libcurl3-gnutls libmicrohttpd12 libgnutls30
	libyaml-0-2 libjansson4 libarchive13 zlib1g libnghttp2-14 libprotobuf-c1" full
