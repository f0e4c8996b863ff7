#!/bin/bash
# logs, exec, attach and port-forward of the node's HTTPS server, by every kubectl there is: SPDY with the old ones, WebSocket with the new.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
node_add n1 192.168.77.1
server_with_images n1
k apply -f - <<'P' >/dev/null
apiVersion: v1
kind: Pod
metadata: {name: t}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - {name: a, image: "localhost:5000/toolbox:1.0", command: [sh, -c, 'echo one; usleep 100000; echo two >&2; usleep 100000; echo three; exec sleep 100000'], imagePullPolicy: Never}
  - {name: web, image: "localhost:5000/hostnames:1.0", imagePullPolicy: Never}
---
apiVersion: v1
kind: Pod
metadata: {name: cat}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - {name: c, image: "localhost:5000/toolbox:1.0", command: [cat], stdin: true, imagePullPolicy: Never}
---
apiVersion: v1
kind: Pod
metadata: {name: once}
spec:
  restartPolicy: Never
  containers:
  - {name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, 'for i in 1 2 3 4 5 6; do echo line $i; usleep 300000; done; printf end'], imagePullPolicy: Never}
P
check "pods run" k wait --for=condition=Ready pod/t pod/cat --timeout=30s || { k describe pod t; exit 1; }

# --- logs ---
logs_follow() { k logs -f once >"$T/follow.out" 2>&1; [ "$(cat "$T/follow.out")" = "$(for i in 1 2 3 4 5 6; do echo line $i; done; printf end)" ]; }
check "logs -f ends with the container and has all" timeout 20 bash -c "$(declare -f k in_node logs_follow); $(declare -p T KUBECTL node_pid_n1); logs_follow"
expect "logs" '^one$' k logs t -c a
expect "logs --tail" '^three$' k logs t -c a --tail=1
check "logs --tail=0" test -z "$(k logs t -c a --tail=0)"
expect "logs --timestamps" '^20[0-9-]*T[0-9:.]*Z one$' k logs t -c a --timestamps
check "logs --limit-bytes" test "$(k logs t -c a --limit-bytes=5)" = "$(printf 'one\nt')"
check "logs --since-time" test -z "$(k logs t -c a --since-time=2100-01-01T00:00:00Z)"
expect "logs of a container that is not there" 'container nope is not valid' k logs t -c nope
expect "logs --previous without a previous one" 'previous terminated container .* not found' k logs t -c a --previous
k exec t -c a -- sh -c 'i=0; while [ $i -lt 60000 ]; do echo "a line that is long enough to make some bytes $i"; i=$((i+1)); done >/proc/1/fd/1'
check "60,000 lines" test "$(k logs t -c a | sed -n '/a line/p' | awk '{if ($NF != NR-1) bad=1} END {print NR, bad+0}')" = "60000 0"
expect "--tail over large files" '59998' k logs t -c a --tail=2

# --- rotation under the reader's eyes: 10 MB a file, looked at every ten seconds: read while the commands below run ---
k apply -f - <<'P' >/dev/null
apiVersion: v1
kind: Pod
metadata: {name: talk}
spec:
  restartPolicy: Never
  terminationGracePeriodSeconds: 0
  containers:
  - {name: c, image: "localhost:5000/toolbox:1.0", imagePullPolicy: Never, command: [sh, -c, 'for r in 1 2 3 4; do awk -v r=$r "BEGIN {for (i = 0; i < 100000; i++) print r, i, \"some words that make the line longer than it would otherwise have become, and then some\"}"; [ $r = 4 ] || sleep 11; done']}
P
k wait --for=condition=Ready pod/talk --timeout=30s >/dev/null
timeout 180 env KUBECONFIG=$T/kubeconfig nsenter --target "$node_pid_n1" --net --mount -- "$KUBECTL" logs -f talk >"$T/talk.out" 2>"$T/talk.err" & talk=$!
lib_pids="$lib_pids $talk"

kubectls=
for c in "$KUBECTL" "$MINIK_TEST_CACHE"/bin/kubectl-* /usr/bin/kubectl; do [ -x "$c" ] && case " $kubectls " in *" $c "*) ;; *) kubectls="$kubectls $c" ;; esac; done
for c in $kubectls; do
	v=$("$c" version --client -o json 2>/dev/null | jq -r .clientVersion.gitVersion)
	KUBECTL=$c
	expect "$v: exec" '^hello$' k exec t -c a -- echo hello
	k exec t -c a -- sh -c 'exit 7' >/dev/null 2>&1; [ $? = 7 ] && ok "$v: exit code" || not_ok "$v: exit code" "$(k exec t -c a -- sh -c 'exit 7' 2>&1)"
	check "$v: stdin" test "$(printf 'a\nb\n' | k exec -i t -c a -- cat | tr '\n' ,)" = a,b,
	check "$v: stderr apart" test "$(k exec t -c a -- sh -c 'echo out; echo err >&2' 2>/dev/null)" = out
	head -c 5000000 /dev/urandom >"$T/blob"
	check "$v: 5 MB in and out" test "$(k exec -i t -c a -- cat <"$T/blob" | sha256sum)" = "$(sha256sum <"$T/blob")"
	expect "$v: a terminal" '24 80' script -qec "KUBECONFIG=$T/kubeconfig nsenter --target $node_pid_n1 --net --mount -- sh -c 'stty rows 24 cols 80; $c exec -it t -c a -- sh -c \"tty; sleep 0.3; stty size\"'" /dev/null
	k exec t -c a -- no-such-program >"$T/nope" 2>&1 && not_ok "$v: a command that is not there" || ok "$v: a command that is not there"
	KUBECONFIG=$T/kubeconfig in_node_exec n1 "$KUBECTL" port-forward pod/t 18080:9376 18081:1 >"$T/pf.log" 2>&1 & pf=$!
	lib_pids="$lib_pids $pf"
	eventually 10 in_node n1 curl -fsS http://127.0.0.1:18080/ >/dev/null 2>&1
	expect "$v: port-forward" '^t$' in_node n1 curl -fsS http://127.0.0.1:18080/
	in_node n1 bash -c 'p=; for i in $(seq 20); do curl -fsS -m 5 http://127.0.0.1:18080/ >/dev/null & p="$p $!"; done; for i in $p; do wait $i || exit 1; done' && ok "$v: 20 connections at once" || not_ok "$v: 20 connections at once" "$(cat "$T/pf.log")"
	in_node n1 curl -s -m 5 http://127.0.0.1:18081/ >/dev/null 2>&1
	expect "$v: a port that nobody listens on" 'refused' cat "$T/pf.log"
	kill $pf 2>/dev/null; wait $pf 2>/dev/null
	(printf 'to cat %s\n' "$v"; sleep 1) | timeout 30 "$(command -v env)" KUBECONFIG=$T/kubeconfig nsenter --target "$node_pid_n1" --net --mount -- "$c" attach -i cat >"$T/attach.out" 2>&1 & attach=$! # goes on for as long as the container does
	eventually 5 grep -q "to cat $v" "$T/attach.out" >/dev/null
	kill_own $attach; wait $attach 2>/dev/null
	expect "$v: attach" "to cat $v" cat "$T/attach.out"
done

KUBECTL=$(set -- $kubectls; echo "$1")
wait $talk
expect "logs -f over rotations loses and doubles nothing" '^400000 0$' awk 'BEGIN {r = 1; i = 0} {if ($1 != r || $2 != i) bad++; if (++i == 100000) {i = 0; r++}} END {print NR, bad + 0}' "$T/talk.out"
expect "it was rotated" '[0-9]-[0-9]' sh -c "ls $T/n1/data/logs/pods/default_talk_*/c/"
(sleep 4; echo 'echo hello $(stty size)'; sleep 1; echo exit; sleep 1) | timeout 30 script -qec "KUBECONFIG=$T/kubeconfig nsenter --target $node_pid_n1 --net --mount -- sh -c 'stty rows 24 cols 80; $KUBECTL run -it --rm r --restart=Never --image=localhost:5000/toolbox:1.0 --image-pull-policy=Never -- sh'" /dev/null >"$T/run.out" 2>&1
expect "a terminal of kubectl run" 'hello 24 80' cat "$T/run.out"

# --- who goes away, who may not come in ---
KUBECONFIG=$T/kubeconfig in_node_exec n1 "$KUBECTL" exec t -c a -- sleep 54321 & p=$!
eventually 10 pgrep -f '^sleep 54321' >/dev/null
kill -9 $p
wait $p 2>/dev/null
check "a command whose client has gone is killed" eventually 10 sh -c "! pgrep -f '^sleep 54321'"
if command -v python3 >/dev/null; then
	tls=$T/n1/data/server/tls/apiserver-kubelet-client
	rss() { awk '/VmRSS/ {print $2}' "/proc/$(minik_main_pid n1)/status"; }
	before=$(rss)
	timeout 90 nsenter --target "$node_pid_n1" --net --mount -- "$MINIK_TOP/tests/integration/node_ws.py" $tls.crt $tls.key >"$T/ws.out" 2>&1
	after=$(rss)
	for v in v5.channel.k8s.io v4.channel.k8s.io v4.base64.channel.k8s.io; do
		expect "WebSocket $v" "exec $v 101 .*b'1': b'hi.n'.*b'2': b'oh.n'.*b'3': b'.*ExitCode.*\"3\".*'close': 1000" grep "^exec $v " "$T/ws.out"
	done
	for v in channel.k8s.io base64.channel.k8s.io -; do
		expect "WebSocket $v" "exec $v 101 .*b'1': b'hi.n'.*b'3': b'command terminated with non-zero exit code" grep "^exec $v " "$T/ws.out"
	done
	expect "a protocol nobody knows" 'nonsense 403' grep nonsense "$T/ws.out"
	expect "a pod that is not there" 'no-pod 404' grep no-pod "$T/ws.out"
	check "port-forward over WebSocket channels" test "$(grep -c "^forward .* 101 True b't.n'" "$T/ws.out")" = 2
	expect "... refused" 'forward-refused .*refused' grep forward-refused "$T/ws.out"
	expect "v5 closes stdin" "b'.x01hello'.*Success" grep close-stdin "$T/ws.out"
	expect "garbage is a protocol error" "garbage .*(8, b'.x03.xea|1002)" grep garbage "$T/ws.out"
	expect "clients that do not read hold up nobody" 'slow-readers True' cat "$T/ws.out"
	check "nor our memory ($before -> $after KB)" test $((after - before)) -lt 20000
	check "nothing is left of them" eventually 10 sh -c "! pgrep -x yes && ! ls '$T/n1/run/exec' | grep ."
fi

# --- by way of the API server: logs over WebSocket, pages of pods and Services ---
k config view --raw -o jsonpath='{.users[0].user.client-certificate-data}' | base64 -d >"$T/me.crt"
k config view --raw -o jsonpath='{.users[0].user.client-key-data}' | base64 -d >"$T/me.key"
if command -v python3 >/dev/null; then
	timeout 60 nsenter --target "$node_pid_n1" --net --mount -- "$MINIK_TOP/tests/integration/node_ws.py" "$T/me.crt" "$T/me.key" logs >"$T/logs.out" 2>&1
	text="b'line 1,line 2,line 3,line 4,line 5,line 6,end'"
	for v in 'binary.k8s.io 101 .2, 8.' 'base64.binary.k8s.io 101 .1, 8.' 'nonsense,binary.k8s.io 101 .2, 8.' '- 101 .2, 8.'; do
		expect "logs over WebSocket: ${v%% *}" "^log $v True 1000 $text" cat "$T/logs.out"
	done
	expect "... in a protocol nobody knows" '^log-nonsense 403' cat "$T/logs.out"
	expect "... of a pod that is not there" '^log-no-pod 404' cat "$T/logs.out"
	expect "... of a container that is not there" '^log-no-container 400' cat "$T/logs.out"
	expect "... followed, and a ping answered" "^log-follow b'' .10, b'there.'." cat "$T/logs.out"
	expect "... of some megabytes" '^log-large True' cat "$T/logs.out"
fi
k apply -f - <<'P' >/dev/null
apiVersion: v1
kind: Pod
metadata: {name: page, labels: {app: page}}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: c
    image: localhost:5000/toolbox:1.0
    imagePullPolicy: Never
    ports: [{containerPort: 8080}]
    readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
    command:
    - sh
    - -c
    - |
      mkdir -p /www/sub && cd /www
      echo '<p>é</p><a href="/rewriteme">test</a><img src=sub/x.png><!-- <a href="/no"> --><script src="/s.js">"<a href=/no>"</script>' >index.html
      cp index.html plain.txt
      (i=0; while [ $i -lt 40 ]; do cat index.html; i=$((i + 1)); done) >many.html
      i=0; while [ $i -lt 12 ]; do cat many.html many.html many.html >more && mv more many.html; i=$((i + 1)); [ $(wc -c <many.html) -gt 20000000 ] && break; done
      cp index.html packed.html && gzip -k packed.html 2>/dev/null || gzip -c index.html >packed.html.gz
      exec httpd -f -p 8080 -h /www
---
apiVersion: v1
kind: Service
metadata: {name: page}
spec: {selector: {app: page}, ports: [{port: 80, targetPort: 8080}]}
P
check "a pod with pages" k wait --for=condition=Ready pod/page --timeout=30s
slices() { k get endpointslices -l kubernetes.io/service-name=page -o jsonpath='{.items[*].endpoints[*].addresses[*]}' | grep .; }
eventually 10 slices >/dev/null
default=/api/v1/namespaces/default
api() { in_node n1 curl -sk --cert "$T/me.crt" --key "$T/me.key" "$@"; }
# page_of PATH: what that page becomes there.
page_of() { printf '<p>é</p><a href="%s/rewriteme">test</a><img src=sub/x.png><!-- <a href="/no"> --><script src="%s/s.js">"<a href=/no>"</script>' "$1" "$1"; }
for at in pods/page:8080 pods/http:page:8080 services/page:80 services/page; do
	check "links of a page behind $at" test "$(api "https://127.0.0.1:6443$default/$at/proxy/")" = "$(page_of "$default/$at/proxy")"
done
check "what is no HTML stays as it is" test "$(k get --raw $default/pods/page:8080/proxy/plain.txt)" = "$(page_of '')"
api -i -H 'Accept-Encoding: gzip' "https://127.0.0.1:6443$default/pods/page:8080/proxy/packed.html" >"$T/packed"
check "a page that comes compressed" test "$(tail -1 "$T/packed")" = "$(page_of $default/pods/page:8080/proxy)"
expect "... was, and leaves so no more" '^0$' grep -ci '^content-encoding' "$T/packed"
expect "... httpd does compress" 'Content-Encoding: gzip' k exec t -c a -- sh -c "printf 'GET /packed.html HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n' | nc $(k get pod page -o jsonpath='{.status.podIP}') 8080 | head -c 400 | tr -d '\\\\0'"
expect "redirections lead through the proxy" "^Location: $default/pods/page:8080/proxy/sub/" api -i "https://127.0.0.1:6443$default/pods/page:8080/proxy/sub"
rss() { awk '/VmRSS/ {print $2}' "/proc/$(minik_main_pid n1)/status"; }
before=$(rss)
lines=$(api "https://127.0.0.1:6443$default/pods/page:8080/proxy/many.html" | grep -c "$default/pods/page:8080/proxy/rewriteme.*$default/pods/page:8080/proxy/s.js")
after=$(rss)
check "a page of many megabytes ($lines lines)" test "$lines" -gt 100000
check "... is not in memory as a whole ($before -> $after KB)" test $((after - before)) -lt 70000
expect "without a certificate" '^401$' in_node n1 curl -sk -o /dev/null -w '%{http_code}' https://127.0.0.1:10250/pods
expect "pods, stats and metrics" 'PodList.*' k get --raw /api/v1/nodes/n1/proxy/pods
expect "stats" 'usageCoreNanoSeconds' k get --raw /api/v1/nodes/n1/proxy/stats/summary
expect "metrics" 'container_memory_working_set_bytes.container="a",pod="t"' k get --raw /api/v1/nodes/n1/proxy/metrics
exit $lib_failed
