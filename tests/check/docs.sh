#!/bin/bash
# ARCHITECTURE.md, HACKING.md and README.md against the tree: files that they name exist, and every test script stands in HACKING.md.
cd "$(dirname "$0")/../.." || exit 1
bad=0 n=0
files=$(git ls-files 2>/dev/null | grep . || find . -type f | sed 's|^\./||')
while read -r doc name; do
	case $name in ROOM/*) continue ;; esac
	n=$((n + 1))
	pattern=$(sed 's/[.+]/\\&/g; s/\*/[^\/]*/g' <<<"$name")
	grep -qE "(^|[/-])$pattern$" <<<"$files" || { echo "$doc names $name, which is not there"; bad=1; }
done < <(for d in ARCHITECTURE.md HACKING.md README.md; do grep -oE '[a-zA-Z0-9_*-]+(/[a-zA-Z0-9_*.-]+)*\.(c|h|sh|py|md|list|mk)\b' $d | sort -u | sed "s/^/$d /"; done)
named=$(grep -oE '[a-z0-9_*/-]+\.sh' HACKING.md)
while read -r f; do
	b=$(basename "$f")
	case $b in lib*) continue ;; esac
	hit=
	while read -r p; do # shellcheck disable=SC2254
		case $b in ${p##*/}) hit=1; break ;; esac
	done <<<"$named"
	[ -n "$hit" ] || { echo "$f is not in HACKING.md"; bad=1; }
done < <(grep -E '^tests/(integration|vm|check)/[^/]*\.sh$' <<<"$files" | grep -v ^tests/check/)
[ $n -gt 100 ] || { echo "only $n names seen: are these the documents?"; exit 1; }
echo "$n names"
exit $bad
