#!/bin/bash
# No two rooms define the same global name: the linker would see it only in some programs.
cd "${MINIK_BUILD:-$(dirname "$0")/../../build}" || exit 1
out=$(for a in lib*.a; do nm --defined-only -A "$a" 2>/dev/null | awk -v lib="$a" '$2 ~ /^[TDBRC]$/ {print $3, lib}'; done | sort -u | awk '{n[$1]++; l[$1] = l[$1] " " $2} END {for (s in n) if (n[s] > 1) print s ":" l[s]}')
[ -n "$(ls lib*.a 2>/dev/null)" ] || { echo "no libraries in $PWD"; exit 1; }
[ -z "$out" ] || { echo "$out"; exit 1; }
