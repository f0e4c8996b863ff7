#!/bin/bash
# The include rules of the rooms (ARCHITECTURE.md): who may include whose headers.
cd "$(dirname "$0")/../.." || exit 1
bad=0
allowed() { # allowed ROOM -> rooms it may include
	case $1 in
	base) echo base ;;
	wire) echo base wire ;;
	api) echo base wire api ;;
	store) echo base wire store ;;
	apiserver) echo base wire store api apiserver ;;
	client) echo base wire api client ;;
	controllers | scheduler | node | net | proxy | dns | ingress | storage) echo base wire api client "$1" ;;
	cmd) echo base wire api store apiserver client controllers scheduler node net proxy dns ingress storage cmd ;;
	esac
}
n=0
for room in base wire api store apiserver client controllers scheduler node net proxy dns ingress storage cmd; do
	ok=" $(allowed $room) "
	while IFS=: read -r file line text; do
		[ -n "$file" ] || continue
		n=$((n + 1))
		inc=$(printf '%s' "$text" | sed -n 's/.*#[ ]*include[ ]*"\([^"]*\)".*/\1/p')
		other=${inc%%/*}
		case $inc in */*) ;; *) echo "$file:$line: include \"$inc\" names no room"; bad=1; continue ;; esac
		[ "$room" = apiserver ] && [ "$inc" = client/transport.h ] && continue
		case $ok in *" $other "*) ;; *) echo "$file:$line: $room may not include \"$inc\""; bad=1 ;; esac
	done < <(grep -nE '#[ ]*include[ ]*"' $room/*.c $room/*.h 2>/dev/null)
done
[ $n -gt 50 ] || { echo "only $n includes seen: is this the source tree?"; exit 1; }
exit $bad
