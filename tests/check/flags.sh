#!/bin/bash
# README and --help in step: every flag of a command is in README, and what README gives minik as a flag is one.
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
minik=${MINIK:-${MINIK_BUILD:-$top/build}/minik}
[ -x "$minik" ] || { echo "no $minik"; exit 1; }
bad=0
flags() { grep -oE -- '(^|[^-a-zA-Z0-9])--[a-z][a-z0-9-]+' | sed 's/^[^-]*//' | sort -u; }
commands=$("$minik" --help | sed -n 's/^  \([a-z-]*\)  *[a-z.].*/\1/p' | grep -vx kubectl)
help=$(for c in $commands "ingress show" "ingress lint"; do "$minik" $c --help | sed -n 's/^  *\(--[a-z0-9-]*\).*/\1/p'; done | sort -u)
[ "$(wc -l <<<"$help")" -gt 50 ] || { echo "only these flags in --help: $help"; exit 1; }
while read -r f; do echo "$f is in --help and not in README.md"; bad=1; done < <(comm -23 <(echo "$help") <(flags <"$top/README.md"))
# Flags that stand alone in backticks, and what follows minik and a command's name in code.
either=$(tr '\n' '|' <<<"$commands")
said=$({ grep -oE '`--[a-z][a-z0-9-]+' "$top/README.md"; grep -oE "minik (${either%|}) [^\`|;&]*" "$top/README.md"; } | flags)
# Besides install.sh's own: the kubelet's, flanneld's.
others=" --help --bootstrap-kubeconfig --kube-subnet-mgr $(sed -n 's/^\t*\(--[a-z|-]*\)).*/\1/p' "$top/install.sh" | tr '|\n' '  ') "
while read -r f; do
	case $others in *" $f "*) ;; *) echo "$f is in README.md and no command has it"; bad=1 ;; esac
done < <(comm -13 <(echo "$help") <(echo "$said"))
echo "$(wc -l <<<"$help") flags in --help, $(wc -l <<<"$said") in README"
exit $bad
