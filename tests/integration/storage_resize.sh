#!/bin/bash
# Claims that ask for more than can be had, and for less then (KEP 1790): by a program whose answers the test chooses, in the controller and on the node; how often it is asked;
# kill -9 at each step; minik.io/local-path. RESIZE_PARTS="controller kill" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
command -v jq >/dev/null || skip_all "jq is not there"
node_add n1 192.168.77.1
parts=${RESIZE_PARTS:-controller backoff kill node nodekill local}
wanted() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
IMAGE=localhost:5000/toolbox:1.0
POOL=$T/pool P=$T/n1/data/provisioners
mkdir -p "$POOL" "$P"
# Its answers to what grows volumes are POOL/answer: "ok", "slow", or a code; and POOL/max is what it has for one volume.
make_program() { # make_program NAME OPERATIONS
	{
		echo '#!/bin/bash'
		echo "pool=$POOL operations='$2'"
		cat <<'X'
op=$1 req=$(cat)
f() { jq -r "$1 // empty" <<<"$req"; }
echo "$op $(f .name) $(f .capacityBytes) $(date +%s%3N)" >>"$pool/calls"
fail() { jq -cn --arg c "$1" --arg m "$2" '{error: {code: $c, message: $m}}'; exit 1; }
grow() {
	read -r answer <"$pool/answer"
	case $answer in ok) ;; slow) sleep 2 ;; after) touch "$pool/done"; sleep 3 ;; *) fail "$answer" "not now" ;; esac
	[ "$(f .capacityBytes)" -le "$(cat "$pool/max")" ] || fail OUT_OF_RANGE "no volume has $(f .capacityBytes)"
	jq -c '{capacityBytes, nodeExpansion: false}' <<<"$req"
}
case $op in
capabilities) echo "{\"operations\": [$operations], \"timeoutSeconds\": 10}" ;;
create) mkdir -p "$pool/$(f .name)"; [ "$(f .capacityBytes)" -le "$(cat "$pool/max")" ] || fail RESOURCE_EXHAUSTED "the pool is full"; jq -c '{handle: .name}' <<<"$req" ;;
delete) rm -rf "$pool/${handle:=$(f .handle)}"; echo '{}' ;;
expand | node-expand) grow ;;
publish) mkdir -p "$(f .targetPath)" && { mountpoint -q "$(f .targetPath)" || mount --bind "$pool/$(f .handle)" "$(f .targetPath)"; } || exit 1; echo '{}' ;;
unpublish) ! mountpoint -q "$(f .targetPath)" || umount "$(f .targetPath)" || exit 1; [ ! -d "$(f .targetPath)" ] || rmdir "$(f .targetPath)" || exit 1; echo '{}' ;;
*) exit 3 ;;
esac
X
	} >"$T/$1.new"
	chmod 755 "$T/$1.new"; cp "$T/$1.new" "$P/.$1"; mv "$P/.$1" "$P/$1"
}
answer() { echo "$1" >"$POOL/answer.new" && mv "$POOL/answer.new" "$POOL/answer"; }
G=$((1 << 30))
echo $((10 * G)) >"$POOL/max"; answer ok; : >"$POOL/calls"
make_program ctl '"create", "delete", "expand"'
make_program nod '"create", "delete", "publish", "unpublish", "node-expand"'
asked() { grep -cE "^$1 .* $2 " "$POOL/calls"; } # asked OP BYTES
is() { # is KIND NAME PATH VALUE
	local got; got=$(k get "$1" "$2" -o "jsonpath=$3") && [ "$got" = "$4" ] || { echo "it is '$got'"; return 1; }
}
state() { is pvc "$1" '{.status.capacity.storage} {.status.allocatedResources.storage} {.status.allocatedResourceStatuses.storage}' "$2"; }
condition() { k get pvc "$1" -o json | jq -r ".status.conditions[]? | select(.type == \"$2\" and .status == \"True\") | .message" | grep -E "${3:-}"; }
conditions() { [ "$(k get pvc "$1" -o json | jq -r '[.status.conditions[]?.type] | sort | join(" ")')" = "$2" ]; }
says() { k get events --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}' | grep -E -- "$2"; }
bound() { is pvc "$1" '{.status.phase}' Bound; }
claim() { # claim NAME CLASS SIZE
	k create -f - >/dev/null <<-Y
	apiVersion: v1
	kind: PersistentVolumeClaim
	metadata: {name: $1}
	spec: {storageClassName: $2, accessModes: [ReadWriteOnce], resources: {requests: {storage: $3}}}
	Y
}
size() { k patch pvc "$1" -p "{\"spec\": {\"resources\": {\"requests\": {\"storage\": \"$2\"}}}}"; }
pod() { # pod NAME CLAIM
	k create -f - >/dev/null <<-Y
	apiVersion: v1
	kind: Pod
	metadata: {name: $1}
	spec: {terminationGracePeriodSeconds: 0, restartPolicy: Never, containers: [{name: c, image: "$IMAGE", command: [sleep, "1000"], volumeMounts: [{name: v, mountPath: /v}]}],
	  volumes: [{name: v, persistentVolumeClaim: {claimName: $2}}]}
	Y
}
running() { is pod "$1" '{.status.phase}' Running; }
up() { k get --raw /readyz; }
restart() { kill -9 "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null; minik_start n1 server --write-kubeconfig "$T/kubeconfig"; eventually 20 up >/dev/null; }
drop() { k delete "$@" --wait=false >/dev/null; }

server_with_images n1
for c in ctl nod; do
	k create -f - >/dev/null <<-Y
	{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: $c}, provisioner: $c, allowVolumeExpansion: true}
	Y
done

if wanted controller; then
	claim c1 ctl 1Gi
	check "a claim is bound" eventually 20 bound c1
	size c1 100Gi >/dev/null
	check "more than there is is infeasible" eventually 20 state c1 "1Gi 100Gi ControllerResizeInfeasible"
	check "... as its condition says" condition c1 ControllerResizeError '^failed to expand pvc with .*OUT_OF_RANGE: no volume has 107374182400'
	check "... beside the one that it is growing" conditions c1 "ControllerResizeError Resizing"
	check "... and an event" says c1 'VolumeResizeFailed: resize volume "pvc-.*" by resizer "ctl" failed: .*OUT_OF_RANGE'
	k annotate pvc c1 some=thing >/dev/null
	sleep 3 # as long as nothing is to happen
	check "it is not asked again, whatever else of the claim changes" test "$(asked expand $((100 * G)))" = 1
	expect "not below what it has" 'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity' size c1 512Mi
	expect "... nor just that" 'field can not be less than status.capacity' size c1 1Gi
	size c1 2Gi >/dev/null
	check "less is had at once" eventually 5 state c1 "2Gi 2Gi "
	check "... without a condition" conditions c1 ""
	check "... the volume has it, too" is pv "$(k get pvc c1 -o 'jsonpath={.spec.volumeName}')" '{.spec.capacity.storage}' 2Gi
	check "... and an event" says c1 'VolumeResizeSuccessful: Resize volume succeeded'
	check "nodes have nothing to do" is pvc c1 '{.metadata.annotations.volume\.kubernetes\.io/node-expansion-not-required}' true

	answer INTERNAL
	size c1 4Gi >/dev/null
	check "another final answer is a condition" eventually 20 condition c1 ControllerResizeError 'INTERNAL: not now'
	check "... while it is still tried" state c1 "2Gi 4Gi ControllerResizeInProgress"
	size c1 3Gi >/dev/null
	answer ok
	check "... and less may be asked for" eventually 10 state c1 "3Gi 3Gi "
	check "the larger one is given up" test "$(asked expand $((4 * G)))" -ge 1

	answer UNAVAILABLE
	size c1 8Gi >/dev/null
	has_asked() { [ "$(asked expand $((8 * G)))" -ge 2 ]; }
	check "what may still come to be is asked for again" eventually 20 has_asked
	size c1 5Gi >/dev/null
	check "... though the claim wants less by now" eventually 20 state c1 "3Gi 8Gi ControllerResizeInProgress"
	check "... and nothing says that it failed" conditions c1 Resizing
	answer ok
	check "it is what the claim gets" eventually 60 state c1 "8Gi 8Gi "
	check "the smaller one was never asked for" test "$(asked expand $((5 * G)))" = 0
	drop pvc c1
fi

if wanted backoff; then
	: >"$POOL/calls"
	claim big ctl 20Gi
	twice() { [ "$(grep -c '^create' "$POOL/calls")" -ge 3 ]; }
	check "a volume that is refused is asked for again" eventually 20 twice
	gaps() { awk '/^create/ { if (last) printf "%s%d", n++ ? " " : "", ($4 - last + 200) / 1000; last = $4 }' "$POOL/calls"; }
	read -r first second _ <<<"$(gaps)"
	check "... after one second, then two, and what the program takes" test "$first" -ge 1 -a "$second" -ge 2 -a "$second" -ge "$first" -a "$second" -le 6 || gaps
	echo $((30 * G)) >"$POOL/max"
	before=$(date +%s%3N)
	k annotate pvc big now=true >/dev/null
	check "... and at once when the claim changes" eventually 3 bound big
	[ $(($(date +%s%3N) - before)) -lt 3000 ] && ok "... which does not wait" || not_ok "... which does not wait"
	echo $((10 * G)) >"$POOL/max"
	drop pvc big
fi

if wanted kill; then
	claim k1 ctl 1Gi
	eventually 20 bound k1 >/dev/null
	called() { grep -q "^expand .* $1 " "$POOL/calls"; }
	answer slow; : >"$POOL/calls"; size k1 2Gi >/dev/null
	check "killed while it is at work" eventually 20 called $((2 * G))
	restart; answer ok
	check "... it is done" eventually 30 state k1 "2Gi 2Gi "
	answer after; rm -f "$POOL/done"; size k1 3Gi >/dev/null
	check "killed when the plug-in was done" eventually 20 test -e "$POOL/done"
	kill -9 "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
	answer ok
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"; eventually 20 up >/dev/null
	check "... it is done" eventually 30 state k1 "3Gi 3Gi "
	size k1 50Gi >/dev/null
	check "killed when it was infeasible" eventually 20 state k1 "3Gi 50Gi ControllerResizeInfeasible"
	: >"$POOL/calls"
	restart
	check "... it stays so" eventually 10 state k1 "3Gi 50Gi ControllerResizeInfeasible"
	size k1 4Gi >/dev/null
	check "... and less is had" eventually 20 state k1 "4Gi 4Gi "
	for i in $(seq "${KILLS:-4}"); do
		size k1 $((50 + i))Gi >/dev/null
		sleep 0.0$((RANDOM % 10)) # at any moment
		kill -9 "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
		minik_start n1 server --write-kubeconfig "$T/kubeconfig"; eventually 20 up >/dev/null
		check "kill $i: infeasible in the end" eventually 20 state k1 "$((i + 3))Gi $((50 + i))Gi ControllerResizeInfeasible" || k get pvc k1 -o yaml
		size k1 $((i + 4))Gi >/dev/null
		sleep 0.0$((RANDOM % 10))
		kill -9 "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
		minik_start n1 server --write-kubeconfig "$T/kubeconfig"; eventually 20 up >/dev/null
		check "kill $i: less is had in the end" eventually 30 state k1 "$((i + 4))Gi $((i + 4))Gi " || k get pvc k1 -o yaml
	done
	drop pvc k1
fi

if wanted node || wanted nodekill; then
	claim n1c nod 1Gi
	check "a claim of a plug-in whose nodes grow volumes" eventually 20 bound n1c
	pod user n1c
	check "a pod uses it" eventually 30 running user || k describe pod user
fi

if wanted node; then
	: >"$POOL/calls"
	size n1c 100Gi >/dev/null
	check "what the node cannot do is infeasible" eventually 20 condition n1c NodeResizeError '^failed to expand pvc with .*OUT_OF_RANGE'
	infeasible() { k get pvc n1c -w -o 'jsonpath={.status.allocatedResourceStatuses.storage}{"\n"}' --request-timeout=10s 2>/dev/null | grep -m1 NodeResize; }
	check "... and the node's to do" infeasible
	check "the pod is told" says user 'VolumeResizeFailed: NodeExpandVolume.NodeExpandVolume failed for volume .*OUT_OF_RANGE'
	sleep 4 # as long as nothing more is to happen
	n=$(asked node-expand $((100 * G)))
	check "it is tried ever more rarely" test "$n" -ge 1 -a "$n" -le 5 || echo "$n times"
	size n1c 2Gi >/dev/null
	check "less is had, without a wait" eventually 3 state n1c "2Gi 2Gi "
	check "... without a condition" conditions n1c ""
	check "... nor more of the volume" is pv "$(k get pvc n1c -o 'jsonpath={.spec.volumeName}')" '{.spec.capacity.storage}' 2Gi
	check "... events of claim and pod" says n1c 'FileSystemResizeSuccessful: MountVolume.NodeExpandVolume succeeded for volume'
	check "..." says user 'FileSystemResizeSuccessful: MountVolume.NodeExpandVolume succeeded for volume'
	check "the pod goes on" running user
	drop pod user
	gone() { ! k get pod user >/dev/null 2>&1; }
	eventually 20 gone >/dev/null
	size n1c 3Gi >/dev/null
	check "without a pod it waits for one" eventually 20 state n1c "2Gi 3Gi NodeResizePending"
	check "... as its condition says" condition n1c FileSystemResizePending 'Waiting for user to \(re-\)start a pod to finish file system resize of volume on node.'
	pod user n1c
	check "... and grows with it" eventually 30 state n1c "3Gi 3Gi "
	check "... and the pod runs" eventually 20 running user
fi

if wanted nodekill; then
	from=$(k get pvc n1c -o 'jsonpath={.status.capacity.storage}'); to=$((${from%Gi} + 1))
	answer slow; : >"$POOL/calls"
	size n1c ${to}Gi >/dev/null
	working() { grep -q "^node-expand .* $((to * G)) " "$POOL/calls"; }
	check "killed while the node is at work" eventually 20 working
	check "... which the claim says" state n1c "$from ${to}Gi NodeResizeInProgress"
	restart; answer ok
	check "... it is done" eventually 40 state n1c "${to}Gi ${to}Gi " || k get pvc n1c -o yaml
	answer after; rm -f "$POOL/done"
	size n1c $((to + 1))Gi >/dev/null
	check "killed when the node was done" eventually 20 test -e "$POOL/done"
	kill -9 "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
	answer ok
	minik_start n1 server --write-kubeconfig "$T/kubeconfig"; eventually 20 up >/dev/null
	check "... it is done" eventually 40 state n1c "$((to + 1))Gi $((to + 1))Gi "
	size n1c 90Gi >/dev/null
	check "killed when it was infeasible" eventually 20 condition n1c NodeResizeError
	restart
	size n1c $((to + 2))Gi >/dev/null
	check "... less is had" eventually 60 state n1c "$((to + 2))Gi $((to + 2))Gi " || k get pvc n1c -o yaml
fi
if wanted node || wanted nodekill; then drop pod user; drop pvc n1c; fi

if wanted local; then
	claim here local-path 8Mi
	pod lp here
	check "local-path: a pod uses a claim" eventually 30 running lp || k describe pod lp
	if [ "$(k get pv "$(k get pvc here -o 'jsonpath={.spec.volumeName}')" -o 'jsonpath={.metadata.annotations.minik\.io/enforce}')" = none ]; then
		skip "local-path: more than there is room for" "its capacity is not enforced here"
	else
		size here 500Ti >/dev/null
		check "local-path: more than there is room for" eventually 20 condition here ControllerResizeError 'no space left for 500Ti at .* free beside its 8Mi'
		check "... its volume does not claim to have it" is pv "$(k get pvc here -o 'jsonpath={.spec.volumeName}')" '{.spec.capacity.storage}' 8Mi
		check "... nor does the claim" state here "8Mi 500Ti ControllerResizeInfeasible"
		check "... which has the event" eventually 5 says here 'VolumeResizeFailed: .*no space left for 500Ti'
		sleep 3 # as long as nothing is to happen
		once() { [ "$(k get events --field-selector involvedObject.name=here,reason=VolumeResizeFailed -o json | jq '[.items[] | .count // 1] | add')" = 1 ]; }
		check "... once" once
		check "... the pod goes on" running lp
		size here 16Mi >/dev/null
		given() { is pv "$(k get pvc here -o 'jsonpath={.spec.volumeName}')" '{.spec.capacity.storage}' 16Mi; }
		check "... less is the node's to do" eventually 30 given
		tried() { state here "16Mi 16Mi " || says lp 'VolumeResizeFailed.*without CAP_SYS_RESOURCE'; }
		check "... and done, or what hinders it here is said" eventually 30 tried
	fi
	drop pod lp; drop pvc here
fi
