#!/bin/bash
# What nginx could have if somebody broke into it, with a whole server and a pod: it is tried from its own mounts as its own user, with its rights. Tokens
# of service accounts, minik's own keys, Secrets that no Ingress refers to, what other processes have, and the ways out of its mounts.
. "$(dirname "$0")/lib.sh"
LIB_APART=1
[ "$(id -u)" = 0 ] || skip_all "must run as root"
for p in curl jq nginx openssl setpriv unshare; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
[ -x "$KUBECTL" ] || KUBECTL=$(command -v kubectl) || skip_all "no kubectl"
[ -e "${MINIK_BUILD:-$MINIK_TOP/build}/ingress/minik_module.so" ] || skip_all "this build is without nginx's module"
enter_sandbox "$@"
node_add n1 192.168.77.1
server_with_images n1
k apply -f - >/dev/null <<'X'
{"apiVersion":"v1","kind":"List","items":[
 {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"localhost:5000/hostnames:1.0",
  "env":[{"name":"WORD","valueFrom":{"secretKeyRef":{"name":"word","key":"word"}}}],"volumeMounts":[{"name":"word","mountPath":"/word"}]}],
  "volumes":[{"name":"word","secret":{"secretName":"word","defaultMode":292}}]}},
 {"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":9376}]}}]}
X
k create secret generic word --from-literal=word=open-sesame-of-the-pod >/dev/null
pair() { openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$1" -addext "subjectAltName=DNS:$1" -keyout "$T/$1.key" -out "$T/$1.crt" 2>/dev/null; k create secret tls "$1" --cert="$T/$1.crt" --key="$T/$1.key" >/dev/null; }
pair shown.example; pair private.example
chmod 600 "$T"/*.key
k create ingress shown --rule='shown.example/*=web:80,tls=shown.example' >/dev/null
check "a pod" k wait --for=condition=Ready pod/web --timeout=60s || exit 1
serves() { in_node n1 curl -sk -m 5 --resolve shown.example:443:127.0.0.1 https://shown.example/ | grep -q .; }
check "nginx serves it" eventually 20 serves || exit 1
D=$T/n1/data R=$T/n1/run
master=$(cat "$R/ingress/own/nginx.pid")
worker=$(in_node n1 pgrep -P "$master" | head -1)
pod=$(in_node n1 pgrep -x hostnames | head -1)
minik=$(head -1 "$R/minik.lock")
uid=$(in_node n1 awk '/^Uid:/{print $2}' "/proc/$worker/status")
check "the pids are what they are taken for" in_node n1 sh -c "grep -q hostnames /proc/$pod/comm && grep -q nginx /proc/$worker/comm && grep -q minik /proc/$minik/comm" || exit 1
# jail COMMAND...: as a worker that does somebody else's will: its mounts, user, capabilities, no new privileges
jail() { in_node n1 nsenter -t "$worker" -m -- setpriv --reuid "$uid" --regid "$uid" --clear-groups --inh-caps=-all,+net_bind_service --ambient-caps=-all,+net_bind_service \
	--bounding-set=-all,+net_bind_service --no-new-privs -- "$@"; }
expect "the user is not root" '^[1-9][0-9]+$' echo "$uid"
expect "the jail is as the worker" '^same$' sh -c "[ '$(jail grep -E '^(Uid|Gid|Groups|Cap...|NoNewPrivs):' /proc/self/status | tr -d ' \t\n')' = '$(in_node n1 grep -E '^(Uid|Gid|Groups|Cap...|NoNewPrivs):' "/proc/$worker/status" | tr -d ' \t\n')' ] && echo same"

# --- files ---
token=$(in_node n1 cat "/proc/$pod/root/var/run/secrets/kubernetes.io/serviceaccount/token")
key() { sed -n 3p "$T/$1.key"; }
# where SECRET: files that hold it in nginx' mounts and that the jail can read. Looked for by root, who may list all directories: a file whose name is known
# need not be in one that can be listed.
where() {
	in_node n1 nsenter -t "$worker" -m -- grep -rlFs -e "$1" "$T" /etc/minik /run /var/lib/minik /var/lib/kubelet /dev/shm /var/tmp 2>/dev/null | sort -u >"$T/where"
	while read -r f; do jail cat "$f" >/dev/null 2>&1 && echo "$f"; done <"$T/where"
}
check "there is a token" [ ${#token} -gt 100 ]
expect "outside it is in a file" . in_node n1 grep -rlFs -e "$token" "$D" "$R"
expect "the pod's token is nowhere" '^-$' sh -c "echo '$(where "$token")-'"
expect "nor the Secret of its volume" '^-$' sh -c "echo '$(where open-sesame-of-the-pod)-'"
expect "the key of an Ingress' Secret is in its table alone" "^$R/ingress/live/table\$" where "$(key shown.example)"
expect "a Secret's that no Ingress refers to nowhere" '^-$' sh -c "echo '$(where "$(key private.example)")-'"
expect "nor what agents join by" '^-$' sh -c "echo '$(where "$(cat "$D/server/token")")-'"
for f in $(in_node n1 find "$D" -name '*.key' ! -path '*/ingress/*'); do echo "$f"; done >"$T/keys"
expect "outside there are keys of minik's" '^[1-9]' sh -c "wc -l <'$T/keys'"
read_any() { local f; while read -r f; do jail test -r "$f" && echo "$f"; done <"$T/keys"; echo -; }
expect "of which it reads none" '^-$' read_any
jail find / -xdev \( -path /proc -o -path /sys \) -prune -o -perm -4000 -type f -print >"$T/suid" 2>/dev/null
su=$(grep -m1 -E '/(su|mount|passwd|newgrp)$' "$T/suid")
if [ -n "$su" ]; then expect "a program for which root's rights are kept gives none" '^0000000000000400$' jail sh -c "awk '/^CapBnd/{print \$2}' /proc/self/status"; fi

# --- other processes ---
for p in "$minik" "$pod"; do
	for f in environ maps auxv; do [ -z "$(jail cat "/proc/$p/$f" 2>/dev/null | tr -d '\0' | head -c 1)" ] || echo "$p $f"; done
	for f in mem fd/0 syscall; do jail sh -c "exec <>/proc/$p/$f" 2>/dev/null && echo "$p $f"; done
	for f in root/ cwd/ fd/ map_files/; do jail ls "/proc/$p/$f" >/dev/null 2>&1 && echo "$p $f"; done
done >"$T/peeked"
[ -s "$T/peeked" ] && not_ok "of minik and of pods it sees no environment, memory, files or root" "$(cat "$T/peeked")" || ok "of minik and of pods it sees no environment, memory, files or root"
jail kill -0 "$minik" 2>/dev/null && not_ok "it cannot signal minik" || ok "it cannot signal minik"
jail kill -0 "$pod" 2>/dev/null && not_ok "nor a pod" || ok "nor a pod"
for p in "$master" "$worker"; do in_node n1 sh -c "ls -l /proc/$p/fd" | sed -n 's/.* -> //p'; done | grep -E '^/' | sort -u >"$T/fds"
grep -vE "^(/dev/(null|urandom|zero.*)|$D/ingress/.*|$R/ingress/(live|own|tmp)/.*)" "$T/fds" >"$T/foreign"
[ -s "$T/foreign" ] && not_ok "no file of minik's is left open in it" "$(cat "$T/foreign")" || ok "no file of minik's is left open in it"

# --- ways out of its mounts ---
for d in "$D" "$R"; do jail umount "$d" 2>/dev/null && not_ok "it cannot unmount what hides $d" || ok "it cannot unmount what hides ${d#"$T"/n1/}"; done
jail unshare --user --map-root-user --mount sh -c "umount '$D'; ls '$D'; cat '$D/server/token'" >"$T/out1" 2>&1
grep -vE "umount|unshare|No such file|Permission|denied|^ingress\$" "$T/out1" >"$T/out2"
[ -s "$T/out2" ] && not_ok "nor with a user namespace of its own" "$(cat "$T/out1")" || ok "nor with a user namespace of its own"
jail nsenter -t "$minik" -m true 2>/dev/null && not_ok "it cannot enter minik's mounts" || ok "it cannot enter minik's mounts"
jail nsenter -t "$pod" -m true 2>/dev/null && not_ok "nor a pod's" || ok "nor a pod's"
jail sh -c "echo x >>'$R/ingress/nginx.conf'" 2>/dev/null && not_ok "it cannot change its configuration" || ok "it cannot change its configuration"
jail sh -c "echo x >>'$R/ingress/live/table'" 2>/dev/null && not_ok "nor its table" || ok "nor its table"
jail sh -c "echo x >>'$(sed -n 's/^load_module "\(.*minik.*\)";/\1/p' "$R/ingress/nginx.conf")'" 2>/dev/null && not_ok "nor its module" || ok "nor its module"

# --- over the network: what an unknown caller gets ---
expect "the API server takes it for nobody" '"code": ?(401|403)' jail curl -sk -m 5 https://192.168.77.1:6443/api/v1/secrets
expect "the node agent, too" '^(401|403)$' jail curl -sk -m 5 -o /dev/null -w '%{http_code}' https://192.168.77.1:10250/pods
exit $lib_failed
