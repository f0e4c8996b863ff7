# A real kubelet on containerd and runc as a node of the test; sourced after lib.sh and lib_kube.sh. The node has namespaces of its own for network,
# mounts, processes and cgroups; /run, /var/lib, /var/log and the sysctls that a kubelet sets are its own too. Its first process dies with the script, so
# that nothing that runs there stays behind; an undertaker outlives a script that is killed, and removes what is left on disk.
runtime_bin=$MINIK_TEST_CACHE/containerd/bin
kubelet_need() {
	local p
	kube_need kubelet
	for p in containerd containerd-shim-runc-v2 ctr runc bridge host-local loopback; do
		[ -x "$runtime_bin/$p" ] || skip_all "no $p in $runtime_bin: tests/tools.sh unpacks it"
	done
	for p in setpriv gcc busybox jq openssl python3; do command -v $p >/dev/null || skip_all "needs $p"; done
}

# The hierarchies of cgroup v1 that are mounted here, a name each; none where there is but cgroup v2.
cgroup_v1() { awk '$(NF-2) == "cgroup" {sub(/.*\//, "", $5); print $5}' /proc/self/mountinfo | sort -u; }
kubelet_cgroups() { find /sys/fs/cgroup -maxdepth 2 -type d -name "$lib_cgroup-$1"; }

# The undertaker: waits for process PID, kills minik and the processes of cgroup CGROUP and removes it, then the folder DIR.
kubelet_undertake() {
	local pid=$1 cgroup=$2 dir=$3 c i
	python3 -c 'import os, select, sys
try: select.select([os.pidfd_open(int(sys.argv[1]))], [], [])
except ProcessLookupError: pass' "$pid"
	pgrep -f -- "--data-dir $dir/" | xargs -r kill -9
	for i in $(seq 100); do
		c=$(find /sys/fs/cgroup -maxdepth 2 -type d -name "$cgroup")
		[ -n "$c" ] || break
		# shellcheck disable=SC2086
		find $c -name cgroup.procs -exec cat {} + 2>/dev/null | sort -u | xargs -r kill -9 2>/dev/null
		find $c -depth -type d -exec rmdir {} + 2>/dev/null
		sleep 0.1
	done
	[ ! -d "$dir" ] || rm -rf "$dir"
}

# The node's first process: makes it a view of its own, then reaps what is left to it. Its argument: the node's folder.
kubelet_init() {
	local d=$1 h s
	h=$(cgroup_v1)
	mount --make-rshared /
	mount -t proc proc /proc || return 1
	# A kubelet sets these for the whole machine; it finds them set, in files of the test's.
	mkdir -p "$d/sysctl"
	while read -r s; do
		echo "${s#*=}" >"$d/sysctl/${s%=*}"
		mount --bind "$d/sysctl/${s%=*}" "/proc/sys/$(echo "${s%=*}" | tr . /)" || return 1
	done <<-S
		vm.overcommit_memory=1
		vm.panic_on_oom=0
		kernel.panic=10
		kernel.panic_on_oops=1
		kernel.keys.root_maxkeys=1000000
		kernel.keys.root_maxbytes=25000000
	S
	if [ -n "$h" ]; then
		mount -t tmpfs -o mode=755 cgroup /sys/fs/cgroup || return 1
		for s in $h; do
			mkdir "/sys/fs/cgroup/$s"
			case $s in systemd) set -- none,name=systemd ;; *) set -- "$s" ;; esac
			mount -t cgroup -o "$1" cgroup "/sys/fs/cgroup/$s" || return 1
		done
	else
		mount -t cgroup2 cgroup /sys/fs/cgroup || return 1
	fi
	for s in run var/lib var/log; do mkdir -p "$d/root/$s" && mount --bind "$d/root/$s" "/$s" || return 1; done
	: >"$d/up"
	while :; do sleep infinity & wait $!; done
}
# Into a cgroup of its own, then the namespaces. Arguments: the cgroup's name, the node's folder.
kubelet_enter() {
	local c f
	for c in $([ -z "$(cgroup_v1)" ] && echo /sys/fs/cgroup || cgroup_v1 | sed 's#^#/sys/fs/cgroup/#'); do
		mkdir -p "$c/$1" || return 1
		for f in cpuset.cpus cpuset.mems; do [ ! -e "$c/$f" ] || [ -n "$(cat "$c/$1/$f")" ] || cat "$c/$f" >"$c/$1/$f"; done
		echo $BASHPID >"$c/$1/cgroup.procs" || return 1
	done
	export -f kubelet_init cgroup_v1
	exec setpriv --pdeathsig KILL -- unshare --mount --propagation slave --pid --cgroup --fork --kill-child=KILL -- bash -c 'kubelet_init "$@"' init "$2"
}

# kubelet_node NAME ADDR: a node of lib.sh with the above around it. in_kubelet runs a command there.
kubelet_node() {
	local name=$1 pid
	[ -n "${kubelet_undertaker:-}" ] || {
		# shellcheck disable=SC2016
		export -f kubelet_undertake
		setsid bash -c 'kubelet_undertake "$@"' undertaker $$ "$lib_cgroup-$name" "$T" </dev/null >/dev/null 2>&1 &
		kubelet_undertaker=$!
		disown $!
	}
	node_add "$name" "$2"
	export -f kubelet_enter kubelet_init cgroup_v1
	in_node_exec "$name" bash -c 'kubelet_enter "$@"' enter "$lib_cgroup-$name" "$T/$name" >"$T/$name/init.log" 2>&1 &
	pid=$!
	lib_pids="$lib_pids $pid"
	eventually 10 test -e "$T/$name/up" || { cat "$T/$name/init.log"; return 1; }
	eval "kubelet_pid_$name=$(pgrep -P $pid)"
	trap 'kubelet_status=$?; kubelet_cleanup '"$name"'; (exit $kubelet_status); lib_cleanup' EXIT
}
# The first process takes all others with it.
kubelet_cleanup() {
	local pid
	eval "pid=\$kubelet_pid_$1"
	kill -9 "$pid"
	gone() { [ -z "$(kubelet_cgroups "$1" | while read -r c; do find "$c" -depth -type d -exec rmdir {} + 2>/dev/null; done; kubelet_cgroups "$1")" ]; }
	eventually 10 gone "$1" || not_ok "the node's cgroups are gone" "$(kubelet_cgroups "$1" | xargs -I{} find {} -name cgroup.procs -size +0)"
	kill_own "$kubelet_undertaker"
}
in_kubelet() {
	local name=$1 pid; shift
	eval "pid=\$kubelet_pid_$name"
	PATH=$runtime_bin:$PATH nsenter --target "$pid" --net --mount --pid --cgroup -- "$@"
}
# kubelet_spawn NAME LOG PROGRAM...: in the background of the node; it is a child of the node's first process, whoever started it.
kubelet_spawn() {
	local name=$1 log=$2; shift 2
	in_kubelet "$name" setsid -f bash -c 'echo $$ >"$0"; for c in $(find /sys/fs/cgroup -maxdepth 2 -name cgroup.procs); do echo 0 >"$c"; done; exec "$@"' "$T/$name/$log.pid" "$@" >>"$T/$name/$log.log" 2>&1 </dev/null
}

# kubelet_runtime NAME: containerd, with the images IMAGE.tar of $T/images and a pause image; CNI by the pod CIDR that the node gets.
kubelet_runtime() {
	local name=$1 d=$T/$1 f
	mkdir -p "$d/cni" "$T/images" "$T/pause/bin"
	cat >"$d/cni.template" <<-C
	{"cniVersion": "0.4.0", "name": "pods", "plugins": [{"type": "bridge", "bridge": "cni0", "isDefaultGateway": true, "hairpinMode": true,
	 "ipam": {"type": "host-local", "ranges": [[{"subnet": "{{.PodCIDR}}"}]]}}]}
	C
	# This machine's root may lack CAP_SYS_RESOURCE: what would be below its own oom_score_adj stays there.
	cat >"$d/containerd.toml" <<-C
	version = 2
	oom_score = 0
	[plugins."io.containerd.internal.v1.opt"]
	  path = "$d/opt"
	[plugins."io.containerd.grpc.v1.cri"]
	  sandbox_image = "localhost:5000/pause:1.0"
	  restrict_oom_score_adj = true
	  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
	    runtime_type = "io.containerd.runc.v2"
	  [plugins."io.containerd.grpc.v1.cri".cni]
	    bin_dir = "$runtime_bin"
	    conf_dir = "$d/cni"
	    conf_template = "$d/cni.template"
	C
	"$MINIK_TOP/examples/walkthrough/images/build.sh" "$T/images" >"$T/images.log" 2>&1 || { cat "$T/images.log"; return 1; }
	echo 'int pause(void); int main(void) { for (;;) pause(); }' | gcc -static -Os -s -x c -o "$T/pause/bin/pause" - || return 1
	(work=$T out=$T/images && . "$MINIK_TOP/examples/walkthrough/images/image.sh" && image localhost:5000/pause:1.0 "$T/pause" '{"Entrypoint":["/bin/pause"]}') >>"$T/images.log" || return 1
	kubelet_spawn "$name" containerd containerd --config "$d/containerd.toml"
	eventually 20 in_kubelet "$name" ctr version || return 1
	for f in "$T"/images/*.tar; do in_kubelet "$name" ctr -n k8s.io images import "$f" || return 1; done
}

# kubelet_start NAME SERVER TOKEN CA: a kubelet that has but a bootstrap token; static pods in $T/NAME/manifests.
kubelet_start() {
	local name=$1 server=$2 token=$3 ca=$4 d=$T/$1
	mkdir -p "$d/manifests"
	[ -e "$d/bootstrap" ] || cat >"$d/bootstrap" <<-C
	{apiVersion: v1, kind: Config, current-context: c, clusters: [{name: c, cluster: {server: "$server", certificate-authority: "$ca"}}],
	 users: [{name: u, user: {token: "$token"}}], contexts: [{name: c, context: {cluster: c, user: u}}]}
	C
	cat >"$d/kubelet.yaml" <<-C
	apiVersion: kubelet.config.k8s.io/v1beta1
	kind: KubeletConfiguration
	staticPodPath: $d/manifests
	fileCheckFrequency: 1s
	syncFrequency: 2s
	cgroupDriver: cgroupfs
	oomScoreAdj: 0
	rotateCertificates: true
	serverTLSBootstrap: true
	authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: "$ca"}}
	authorization: {mode: Webhook}
	clusterDNS: [10.43.0.10]
	clusterDomain: cluster.local
	resolvConf: /etc/resolv.conf
	volumePluginDir: $d/plugins
	evictionHard: {memory.available: 10Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
	C
	[ "$KUBE_VERSION" = 1.20 ] || printf '%s\n' 'failCgroupV1: false' 'containerRuntimeEndpoint: unix:///run/containerd/containerd.sock' >>"$d/kubelet.yaml"
	kubelet_run "$name"
}
# With the configuration that kubelet_start wrote.
kubelet_run() {
	local name=$1 d=$T/$1 addr flags=
	eval "addr=\$node_addr_$name"
	[ "$KUBE_VERSION" != 1.20 ] || flags="--container-runtime=remote --container-runtime-endpoint=unix:///run/containerd/containerd.sock --network-plugin=cni"
	# shellcheck disable=SC2086
	kubelet_spawn "$name" kubelet "$kube_dir/kubelet" --config "$d/kubelet.yaml" --bootstrap-kubeconfig "$d/bootstrap" --kubeconfig "$d/kubeconfig" \
		--cert-dir "$d/pki" --hostname-override "$name" --node-ip "$addr" $flags
}
kubelet_stop() {
	local pid
	pid=$(cat "$T/$1/kubelet.pid")
	in_kubelet "$1" kill "$pid"
	stopped() { ! in_kubelet "$1" kill -0 "$2" 2>/dev/null; }
	eventually 10 stopped "$1" "$pid"
}
