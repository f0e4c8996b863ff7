#!/bin/bash
# What a release is: the tarball holds every file of the tree, `make distcheck` is content with it, it installs below DESTDIR what it should
# and nothing else, and it builds in the source folder too.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d /tmp/minik-dist.XXXXXX)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
fail() { echo "$1"; [ $# -lt 2 ] || tail -80 "$2"; exit 1; }
cc=gcc
command -v ccache >/dev/null && cc="ccache gcc"
jobs=-j$(nproc)
# Without -g an object does not depend on the folder it is made in, so that ccache knows it again.
flags=(CC="$cc" CFLAGS=-O1)

mkdir "$work/src"
if [ -e "$top/.git" ]; then
	(cd "$top" && git ls-files -z | tar --null -T - -cf -) | tar -C "$work/src" -xf - || fail "cannot copy the tree"
else
	(cd "$top" && tar -cf - --exclude='./build*' .) | tar -C "$work/src" -xf - || fail "cannot copy the tree"
fi
(cd "$work/src" && find . -type f | sed 's#^\./##' | sort) >"$work/files"
"$work/src/autogen.sh" >"$work/log" 2>&1 || fail "autogen.sh" "$work/log"
mkdir "$work/build" && cd "$work/build" || exit 1
../src/configure "${flags[@]}" >"$work/log" 2>&1 || fail "configure" "$work/log"
# VERBOSE: the log of a unit test that fails is shown.
VERBOSE=1 make distcheck "$jobs" "AM_DISTCHECK_CONFIGURE_FLAGS=CC='$cc' CFLAGS=-O1" >"$work/log" 2>&1 || fail "make distcheck" "$work/log"
tarball=$(echo minik-*.tar.xz)
[ -f "$tarball" ] || fail "no tarball: $tarball"
tar -tf "$tarball" | sed 's#^[^/]*/##' | sort >"$work/packed"
missing=$(comm -23 "$work/files" "$work/packed")
[ -z "$missing" ] || fail "not in the tarball (a header belongs into _SOURCES, other files into EXTRA_DIST):
$missing"

# as a packager would: out of the tarball, in the source folder, installed below DESTDIR
mkdir "$work/in" && tar -C "$work/in" --strip-components=1 -xf "$tarball" && cd "$work/in" || exit 1
./configure "${flags[@]}" >"$work/log" 2>&1 || fail "configure in the source folder" "$work/log"
make "$jobs" >"$work/log" 2>&1 || fail "make in the source folder" "$work/log"
[ -x minik ] || fail "make does not give ./minik at the top of the build folder"
make install DESTDIR="$work/dest" >"$work/log" 2>&1 || fail "make install DESTDIR=" "$work/log"
installed=$(cd "$work/dest" && find . -type f | sort)
[ "$installed" = ./usr/local/bin/minik ] || fail "make install put more or less than bin/minik:
$installed"
"$work/dest/usr/local/bin/minik" version >/dev/null || fail "the installed program does not run"
make uninstall DESTDIR="$work/dest" >"$work/log" 2>&1 || fail "make uninstall" "$work/log"
[ -z "$(find "$work/dest" -type f)" ] || fail "make uninstall leaves files"
make distclean >"$work/log" 2>&1 || fail "make distclean" "$work/log"
