# Real Kubernetes components beside minik: what tests/peers/build.sh built. Sourced after lib.sh.
# KUBE_VERSION: 1.20 or 1.36. KUBE_NODE: the node (lib.sh) they run in.
KUBE_VERSION=${KUBE_VERSION:-1.36} KUBE_NODE=${KUBE_NODE:-n1}
kube_dir=$MINIK_TEST_CACHE/kubernetes-$KUBE_VERSION

# kube_need PART...: skips the whole script where they have not been built.
kube_need() {
	local p
	for p in "$@"; do [ -x "$kube_dir/$p" ] || skip_all "no $p $KUBE_VERSION here: tests/peers/build.sh $KUBE_VERSION builds it"; done
}

# kube_cert CA NAME SUBJECT [SAN]: NAME.crt and NAME.key beside it, signed by CA.crt and CA.key.
kube_cert() {
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$2.key" -subj "$3" -out "$2.csr" 2>/dev/null || return 1
	printf 'keyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth,serverAuth\n%s\n' "${4:+subjectAltName=$4}" >"$2.ext"
	openssl x509 -req -in "$2.csr" -CA "$1.crt" -CAkey "$1.key" -set_serial "0x$(openssl rand -hex 8)" -days 2 -extfile "$2.ext" -out "$2.crt" 2>/dev/null
}
# kube_config CA NAME SERVER: a kubeconfig NAME.kubeconfig for the certificate of that name.
kube_config() {
	cat >"$2.kubeconfig" <<-C
	{apiVersion: v1, kind: Config, current-context: c,
	 clusters: [{name: c, cluster: {server: "$3", certificate-authority: "$1.crt"}}],
	 users: [{name: u, user: {client-certificate: "$2.crt", client-key: "$2.key"}}],
	 contexts: [{name: c, context: {cluster: c, user: u}}]}
	C
}
# kube_run LOG PROGRAM FLAGS...: in the background; its pid in kube_pid. At the script's end it is killed: asked to end, a kube-apiserver whose
# etcd has gone would take minutes.
kube_pids=
kube_run() {
	local log=$1; shift
	in_node_exec "$KUBE_NODE" "$@" >>"$T/$log.log" 2>&1 &
	kube_pid=$!
	kube_pids="$kube_pids $kube_pid" lib_pids="$lib_pids $kube_pid"
	trap 'kube_status=$?; kill_own -9 $kube_pids; (exit $kube_status); lib_cleanup' EXIT
}

# Short leases, so that another takes over while a test waits.
kube_election="--leader-elect-lease-duration=6s --leader-elect-renew-deadline=4s --leader-elect-retry-period=1s"
# kube_controllers LOG PORT CA SA_KEY KUBECONFIG FLAGS...: kube-controller-manager with an account for each controller.
kube_controllers() {
	local log=$1 port=$2 ca=$3 sa=$4 conf=$5 plain=; shift 5
	[ "$KUBE_VERSION" = 1.20 ] && plain=--port=0
	# shellcheck disable=SC2086
	kube_run "$log" "$kube_dir/kube-controller-manager" --kubeconfig "$conf" --authentication-kubeconfig "$conf" --authorization-kubeconfig "$conf" \
		--bind-address 127.0.0.1 --secure-port "$port" --cert-dir "$T/$log" $plain --use-service-account-credentials=true \
		--service-account-private-key-file "$sa" --root-ca-file "$ca.crt" --cluster-signing-cert-file "$ca.crt" --cluster-signing-key-file "$ca.key" \
		--allocate-node-cidrs --cluster-cidr 10.42.0.0/16 --service-cluster-ip-range 10.43.0.0/16 --flex-volume-plugin-dir "$T/flex" $kube_election "$@"
}
# kube_scheduler LOG PORT KUBECONFIG FLAGS...
kube_scheduler() {
	local log=$1 port=$2 conf=$3 plain=; shift 3
	# policy/v1beta1 has gone from Kubernetes 1.25: without the gate a 1.20 scheduler waits for it for ever, as it would at any current API server.
	[ "$KUBE_VERSION" = 1.20 ] && plain="--port=0 --feature-gates=PodDisruptionBudget=false"
	# shellcheck disable=SC2086
	kube_run "$log" "$kube_dir/kube-scheduler" --kubeconfig "$conf" --authentication-kubeconfig "$conf" --authorization-kubeconfig "$conf" \
		--bind-address 127.0.0.1 --secure-port "$port" --cert-dir "$T/$log" $plain $kube_election "$@"
}

# kube_ca NAME: NAME.crt and NAME.key.
kube_ca() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -subj /CN=kubernetes-ca -days 2 -out "$1.crt" \
		-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
}
# kube_pki DIR: a cluster's certificates for kube-apiserver, by openssl: ca, apiserver, sa and the users' kubeconfigs.
kube_pki() {
	local d=$1 addr
	eval "addr=\$node_addr_$KUBE_NODE"
	mkdir -p "$d"
	kube_ca "$d/ca" || return 1
	openssl ecparam -genkey -name prime256v1 -noout -out "$d/sa.key" 2>/dev/null
	kube_cert "$d/ca" "$d/apiserver" /CN=kube-apiserver "IP:127.0.0.1,IP:10.43.0.1,IP:$addr,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:localhost"
	kube_cert "$d/ca" "$d/admin" /O=system:masters/CN=admin && kube_config "$d/ca" "$d/admin" https://127.0.0.1:6443
}
# kube_apiserver DIR FLAGS...: etcd and kube-apiserver, as started by hand from kube_pki's files. The pids are in etcd_pid and kube_pid.
kube_apiserver() {
	local d=$1 addr; shift
	eval "addr=\$node_addr_$KUBE_NODE"
	kube_run etcd etcd --data-dir "$d/etcd" --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
		--listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 --initial-cluster default=http://127.0.0.1:2380 \
		--log-level error
	etcd_pid=$kube_pid
	kube_run kube-apiserver "$kube_dir/kube-apiserver" --etcd-servers http://127.0.0.1:2379 --bind-address 0.0.0.0 --secure-port 6443 --advertise-address "$addr" \
		--service-cluster-ip-range 10.43.0.0/16 --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction \
		--client-ca-file "$d/ca.crt" --tls-cert-file "$d/apiserver.crt" --tls-private-key-file "$d/apiserver.key" \
		--kubelet-preferred-address-types InternalIP --kubelet-client-certificate "$d/admin.crt" --kubelet-client-key "$d/admin.key" \
		--service-account-issuer https://kubernetes.default.svc.cluster.local --service-account-key-file "$d/sa.key" --service-account-signing-key-file "$d/sa.key" \
		--cert-dir "$d" "$@"
}

# What Kubernetes logs as errors at any API server: a cached object was older than a write (it tries again), controllers that go on in a
# namespace while it is deleted, preemption of a pod that another plug-in has turned away before the claims' plug-in looked at it.
kube_normal='the object has been modified; please apply|is not as new as written version|in namespace [a-z]+ because it is being terminated'
kube_normal="$kube_normal|Status after running PostFilter plugins for pod.*status=\"not found\""
# kube_errors LOG...: klog's errors, one line per place in the source that logged some: count, file:line, the last message.
kube_errors() {
	grep -hE '^E[0-9]+ ' "$@" | grep -vE "$kube_normal" | awk '{
		p = $4; sub(/\]$/, "", p); n[p]++; $1 = $2 = $3 = $4 = ""; sub(/^ +/, ""); m[p] = $0
	} END {for (p in n) printf "%d %s %s\n", n[p], p, m[p]}' | sort -rn
}
# kube_errors_check NAME LOG...: no error is logged again and again.
kube_errors_check() {
	local name=$1 out; shift
	[ -z "${KUBE_SHOW:-}" ] || kube_errors "$@" >&2
	out=$(kube_errors "$@" | awk '$1 > 2')
	if [ -z "$out" ]; then ok "$name"; else not_ok "$name" "$out"; fi
}

# kube_world "$@": the sandbox with node n1, a registry with the walkthrough's images, and a kube-apiserver on etcd that answers; $walk names the manifests.
kube_world() {
	command -v etcd >/dev/null || skip_all "no etcd (Debian's etcd-server)"
	walk=$MINIK_TOP/examples/walkthrough
	enter_sandbox "$@"
	node_add n1 192.168.77.1
	registry_start n1 || { not_ok "registry with the images"; exit 1; }
	registries_write n1 127.0.0.1
	kube_pki "$T/pki" || { not_ok "certificates by openssl"; exit 1; }
	kube_apiserver "$T/pki"
	cp "$T/pki/admin.kubeconfig" "$T/kubeconfig"
	check "kube-apiserver $KUBE_VERSION" eventually 60 k get --raw /readyz || exit 1
}
