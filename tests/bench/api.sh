# Load on an API server by wrk, over TLS, with a service account's token that RBAC lets do everything. Sourced.

# bench_api_begin NODE KUBECONFIG: what the rows below need. What they create goes into a namespace of its own: LIST and memory are of as many objects
# whatever ran before, and on every server.
bench_api_begin() {
	local node=$1 kc=$2 k="in_node $1 env KUBECONFIG=$2 $KUBECTL"
	until $k -n default get serviceaccount default >/dev/null 2>&1; do sleep 0.05; done
	$k create clusterrolebinding bench --clusterrole=cluster-admin --serviceaccount=default:default >/dev/null
	$k create token default >"$T/$node/bench.token"
	$k create namespace bench >/dev/null
	$k create configmap one "--from-literal=data=$(head -c 1200 /dev/zero | tr '\0' x)" >/dev/null
	$k create configmap contended --from-literal=data=0 >/dev/null
	cat >"$T/bench.lua" <<-'L'
	local threads = 0
	function setup(thread) threads = threads + 1; thread:set("id", threads) end
	local n, what, tag, most = 0
	local headers = {["Content-Type"] = "application/json"}
	local text = string.rep("x", 900)
	function init(args) what, tag, most = args[1], args[2], tonumber(args[4]); headers["Authorization"] = "Bearer " .. args[3] end
	function request()
		n = n + 1
		if what == "put" then
			return wrk.format("PUT", "/api/v1/namespaces/default/configmaps/contended", headers, string.format(
				'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"contended"},"data":{"by":"%s-%d","n":"%d"}}', tag, id, n))
		end
		if what == "fill" and n > most then return wrk.format("GET", "/version", headers) end
		return wrk.format("POST", "/api/v1/namespaces/" .. (what == "fill" and "default" or "bench") .. "/configmaps", headers, string.format(
			'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b-%s-%d-%d"},"data":{"v":"%s"}}', tag, id, n, text))
	end
	L
	bench_api_use "$node"
}
bench_api_use() { bench_node=$1 bench_token=$(cat "$T/$1/bench.token"); }
# The processes that serve in this node: minik, or what bench_pids_NODE names.
bench_pids() { eval "echo \"\${bench_pids_$bench_node:-}\"" | grep . || minik_main_pid "$bench_node"; }
bench_cpu() { cat $(printf '/proc/%s/stat ' $(bench_pids)) | awk '{n += $14 + $15} END {print n}'; } # ticks of 10 ms
bench_pss() { cat $(printf '/proc/%s/smaps_rollup ' $(bench_pids)) | awk '/^Pss:/ {n += $2} END {printf "%d\n", n / 1024}'; } # MB
# Requests a second, how many failed, and with BENCH_CPU=1 the server's own time for each: on a busy machine the steadier figure.
bench_wrk() {
	local before=$(bench_cpu) out
	out=$(in_node "$bench_node" wrk -d "${BENCH_SECONDS:-5}" "$@" 2>&1)
	awk -v ticks="$(($(bench_cpu) - before))" -v cpu="${BENCH_CPU:-0}" '
		/requests in/ {total = $1} /^Requests\/sec/ {n = $2} /Non-2xx/ {bad = "(" $NF " failed)"}
		END {printf "%d%s", n, bad; if (cpu && total) printf "/%dus", ticks * 10000 / total}' <<<"$out"
}
bench_read() { bench_wrk -H "Authorization: Bearer $bench_token" "$@"; }
bench_get() { bench_read -t2 -c16 https://127.0.0.1:6443/api/v1/namespaces/default/configmaps/one; }
bench_list() { bench_read -t2 -c8 'https://127.0.0.1:6443/api/v1/namespaces/default/configmaps?limit=500'; }
# Names of their own for each run: the time is part of them.
bench_create() { bench_wrk "$@" -s "$T/bench.lua" https://127.0.0.1:6443 -- create "$(date +%s%N)" "$bench_token"; }
bench_create1() { bench_create -t1 -c1; }
bench_create32() { bench_create -t2 -c32; }
# Every request replaces the same object, whatever its revision.
bench_put() { bench_wrk -t2 -c16 -s "$T/bench.lua" https://127.0.0.1:6443 -- put "$(date +%s%N)" "$bench_token"; }
bench_objects() {
	in_node "$bench_node" curl -ks -H "Authorization: Bearer $bench_token" 'https://127.0.0.1:6443/api/v1/namespaces/default/configmaps?limit=1' |
		jq '.metadata.remainingItemCount + 1'
}
# Exactly so many objects of 900 bytes and a few others in the namespace that is listed.
bench_fill() {
	local have
	while have=$(bench_objects); [ "$have" -lt "$1" ]; do
		# wrk asks its script once more than it sends; the last one is ours.
		if [ $(($1 - have)) -gt 1 ]; then
			bench_wrk -t1 -c32 -s "$T/bench.lua" https://127.0.0.1:6443 -- fill "$(date +%s%N)" "$bench_token" $(($1 - have)) >/dev/null
		else
			in_node "$bench_node" curl -ksf -o /dev/null -H "Authorization: Bearer $bench_token" -H "Content-Type: application/json" \
				-d "{\"metadata\":{\"name\":\"b-last\"},\"data\":{\"v\":\"$(head -c 900 /dev/zero | tr '\0' x)\"}}" \
				https://127.0.0.1:6443/api/v1/namespaces/default/configmaps || return 1
		fi
	done
}
# PSS, and with how many objects.
bench_memory() { printf '%dMB/%s' "$(bench_pss)" "$(bench_objects)"; }
