#!/bin/bash
# From a claim of the default class and its pod, made in one request each, to a file that the pod has written; and of that what the volume itself takes (plugin_tool).
# Usage: MINIK_BUILD=DIR tests/bench/localpath.sh [TIMES]. Budget: 200 ms. Root; nothing is asserted.
. "$(dirname "$0")/../integration/lib.sh"
B=$(realpath "${MINIK_BUILD:-$(dirname "$MINIK")}")
[ -n "${MINIK_SANDBOX:-}" ] || make -s -C "$B" tests/integration/plugin_tool >&2
enter_sandbox "$@"
n=${1:-10}
node_add n1 192.168.77.1
server_with_images n1
ms() { date +%s%3N; }
figures() { sort -n | awk -v what="$1" '{v[NR] = $1} END {printf "%-46s min %d, median %d, max %d ms\n", what, v[1], v[int((NR + 1) / 2)], v[NR]}'; }
token=$(k create clusterrolebinding bench --clusterrole=cluster-admin --serviceaccount=default:default >/dev/null; k create token default)
post() { in_node n1 curl -fsSk -o /dev/null -H "Authorization: Bearer $token" -H 'Content-Type: application/json' --data-binary @- "https://192.168.77.1:6443/api/v1/namespaces/default/$1"; }
for ((i = 0; i < n; i++)); do
	mkdir -p "$T/out"
	start=$(ms)
	echo "{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"c$i\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}" | post persistentvolumeclaims
	echo "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p$i\"},\"spec\":{\"restartPolicy\":\"Never\",\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":{\"claimName\":\"c$i\"}},{\"name\":\"o\",\"hostPath\":{\"path\":\"$T/out\"}}],
		\"containers\":[{\"name\":\"c\",\"image\":\"localhost:5000/toolbox:1.0\",\"command\":[\"sh\",\"-c\",\"echo x >/v/f && echo x >/o/$i\"],\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"},{\"name\":\"o\",\"mountPath\":\"/o\"}]}]}}" | post pods
	until [ -s "$T/out/$i" ]; do :; done
	echo $(($(ms) - start)) >>"$T/times"
	[ "$i" -gt 0 ] || enforce=$(k get pv -o 'jsonpath={.items[0].metadata.annotations.minik\.io/enforce}')
	k delete pod "p$i" --wait=false >/dev/null; k delete pvc "c$i" --wait=false >/dev/null
done
figures "claim to a written file ($enforce)" <"$T/times"
for enforce in none image; do
	for ((i = 0; i < n; i++)); do
		start=$(ms)
		"$B/tests/integration/plugin_tool" "$T/alone" n1 minik.io/local-path create "{\"name\":\"pvc-$enforce-$i\",\"node\":\"n1\",\"capacityBytes\":1073741824,\"accessModes\":[\"ReadWriteOnce\"],\"claim\":{\"namespace\":\"a\",\"name\":\"b$i\",\"uid\":\"u\"},\"parameters\":{\"enforce\":\"$enforce\"}}" >"$T/out/made"
		echo $(($(ms) - start))
		"$B/tests/integration/plugin_tool" "$T/alone" n1 minik.io/local-path delete "{\"name\":\"pvc-$enforce-$i\"}" >"$T/out/made"
	done | figures "a volume of 1 Gi made and mounted, enforce: $enforce"
done
