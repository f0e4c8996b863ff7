#!/bin/bash
# Programs as volume plug-ins: the example of a Pool and a class block-service with a program of that name, and programs that hang, die, talk nonsense, or are not to be
# trusted; the server killed while one makes a volume. EXEC_PARTS="example faults" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
command -v jq >/dev/null || skip_all "jq is not there"
node_add n1 192.168.77.1
parts=${EXEC_PARTS:-example pod readme attach secrets faults kill insecure}
wanted() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
POOL=$T/pool P=$T/n1/data/provisioners
mkdir -p "$POOL/volumes" "$P/ceph.rook.io"
# The program keeps a folder per volume, and misbehaves as POOL/fault says: "OP WHAT".
cat >"$T/block" <<X
#!/bin/bash
pool=$POOL
X
cat >>"$T/block" <<'X'
op=$1 req=$(cat)
printf '%s\n' "$req" >>"$pool/calls"
name=$(jq -r '.name // empty' <<<"$req") handle=$(jq -r '.handle // empty' <<<"$req")
read -r fop fault 2>/dev/null <"$pool/fault"
[ "$fop" = "$op" ] || fault=
fail() { jq -cn --arg c "$1" --arg m "$2" '{error: {code: $c, message: $m}}'; exit 1; }
case $fault in
hang) echo "waiting for the pool" >&2; exec sleep 1000 ;;
die) kill -9 $$ ;;
garbage) echo '{"handle": nonsense'; exit 0 ;;
silent) exit 0 ;;
long) head -c 3000000 /dev/zero | tr '\0' x; exit 0 ;;
full) fail RESOURCE_EXHAUSTED "no space in pool" ;;
nohandle) echo '{}'; exit 0 ;;
leak) # what it was given, in every way that it has
	key=$(jq -r .secrets.key <<<"$req")
	printf 'key: %s\n\033[2J%s tried\n' "$key" "$key" >&2
	fail INTERNAL "$(printf 'wrong key %s\001' "$key")" ;;
trace) printf '%s\n' "$req" | jq -c '{op, secrets}' >&2; exit 1 ;;
reserved) jq -cn --arg h "$name" '{handle: $h, annotations: {"pv.kubernetes.io/provisioned-by": "somebody.else"}}'; exit 0 ;;
warned) jq -c '{handle: .name, warnings: ["the key " + .secrets.key + " is old"], annotations: {"example.org/pool": "a"}}' <<<"$req"; mkdir -p "$pool/volumes/$name"; exit 0 ;;
esac
case $op in
capabilities) echo '{"operations": ["create", "delete", "expand", "publish", "unpublish"], "timeoutSeconds": 3}' ;;
create)
	mkdir -p "$pool/volumes/$name"
	jq -r .capacityBytes <<<"$req" >"$pool/volumes/$name.size"
	[ "$fault" != made-then-die ] || { echo "the connection broke" >&2; exit 1; }
	[ "$fault" != slow ] || { echo $$ >>"$pool/slow"; sleep 2; }
	jq -c --arg h "$name" '{handle: $h, context: {pool: .parameters.pool}}' <<<"$req" ;;
delete) rm -rf "$pool/volumes/$handle" "$pool/volumes/$handle.size"; echo '{}' ;;
expand)
	jq -r .capacityBytes <<<"$req" >"$pool/volumes/$handle.size"
	jq -c '{capacityBytes, nodeExpansion: false}' <<<"$req" ;;
attach)
	at=$(cat "$pool/at.$handle" 2>/dev/null) node=$(jq -r .nodeId <<<"$req")
	[ -z "$at" ] || [ "$at" = "$node" ] || fail FAILED_PRECONDITION "it is attached to $at"
	echo "$node" >"$pool/at.$handle"
	[ "$fault" != attached-then-die ] || kill -9 $$
	jq -cn --arg h "$handle" '{publishContext: {device: ("/dev/" + $h)}}' ;;
detach) rm -f "$pool/at.$handle"; echo '{}' ;;
publish)
	target=$(jq -r .targetPath <<<"$req")
	mkdir -p "$target" && { mountpoint -q "$target" || mount --bind "$pool/volumes/$handle" "$target"; } || exit 1
	echo '{}' ;;
unpublish)
	target=$(jq -r .targetPath <<<"$req")
	! mountpoint -q "$target" || umount "$target" || exit 1
	[ ! -d "$target" ] || rmdir "$target" || exit 1
	echo '{}' ;;
*) exit 3 ;;
esac
X
fault() { printf '%s\n' "$*" >"$POOL/fault.new" && mv "$POOL/fault.new" "$POOL/fault"; }
install_block() { install -m 755 "$T/block" "$P/ceph.rook.io/.new" && mv "$P/ceph.rook.io/.new" "$P/ceph.rook.io/block"; }
calls() { jq -c "select(.op == \"$1\") | $2" "$POOL/calls" 2>/dev/null; }
volumes() { find "$POOL/volumes" -mindepth 1 -maxdepth 1 -type d | wc -l; }
no_volumes() { [ "$(volumes)" = 0 ] || { ls "$POOL/volumes"; return 1; }; }
records() { find "$T/n1/data/storage/journal" -type f | wc -l; }
no_records() { [ "$(records)" = 0 ]; }
no_pvs() { [ -z "$(k get pv -o name)" ]; }
is() { # is KIND NAME PATH VALUE
	local got; got=$(k get "$1" "$2" -o "jsonpath=$3") && [ "$got" = "$4" ] || { echo "it is '$got'"; return 1; }
}
says() { k get events --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}' | grep -E "$2"; }
logged() { grep -qE "$1" "$T/n1/server.log"; }
claim() { # claim NAME SIZE [CLASS]
	cat <<-Y | k create -f - >/dev/null
	apiVersion: v1
	kind: PersistentVolumeClaim
	metadata: {name: $1}
	spec: {storageClassName: ${3:-block-service}, accessModes: [ReadWriteOnce], resources: {requests: {storage: $2}}}
	Y
}
gone() { k delete pvc "$1" --timeout=30s >/dev/null && eventually 20 no_pvs; }
start() {
	if wanted pod || wanted attach; then
		[ -e "$T/images.log" ] && { minik_start n1 server --write-kubeconfig "$T/kubeconfig"; return; }
		server_with_images n1
	else
		minik_start n1 server --disable-agent --write-kubeconfig "$T/kubeconfig"
	fi
}
up() { k get --raw /readyz; }
start
server=$minik_pid
check "the server is up" eventually 20 up || exit 1
eventually 20 k get ns default >/dev/null

# The example as its user writes it.
cat <<Y | k create -f - >/dev/null
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: pools.ceph.rook.io}
spec:
  group: ceph.rook.io
  scope: Namespaced
  names: {kind: Pool, plural: pools, singular: pool}
  versions:
  - name: v1beta1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
Y
k wait --for=condition=Established crd/pools.ceph.rook.io --timeout=20s >/dev/null
cat >"$T/example.yaml" <<Y
apiVersion: ceph.rook.io/v1beta1
kind: Pool
metadata:
  name: replicapool
spec:
  replicated:
    size: 3
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: block-service
provisioner: ceph.rook.io/block
allowVolumeExpansion: true
parameters:
  pool: replicapool
  clusterNamespace: rook-ceph
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: claim1
spec:
  storageClassName: block-service
  accessModes:
  - ReadWriteOnce
  resources:
    requests:
      storage: 30Gi
Y
if wanted example; then
	check "Pool, class and claim are taken" k create -f "$T/example.yaml"
	check "without a provisioner the claim says what it waits for" eventually 10 says claim1 "ExternalProvisioning: .*external provisioner 'ceph.rook.io/block'"
	check "... and is Pending" is pvc claim1 '{.status.phase}' Pending
	install_block
	check "with the program the claim is bound, without a restart" eventually 20 is pvc claim1 '{.status.phase}' Bound
	pv=$(k get pvc claim1 -o 'jsonpath={.spec.volumeName}')
	expect "the parameters are passed through" '^\{"clusterNamespace":"rook-ceph","pool":"replicapool"\}$' calls create .parameters
	expect "... and what the claim asks for" '^\[32212254720,\["ReadWriteOnce"\],"Filesystem","claim1"\]$' calls create '[.capacityBytes, .accessModes, .volumeMode, .claim.name]'
	check "the volume has the program's name and handle" is pv "$pv" '{.spec.flexVolume.driver} {.spec.flexVolume.options.volumeHandle} {.spec.flexVolume.options.pool}' "ceph.rook.io/block $pv replicapool"
	check "... class, size, policy, owner" is pv "$pv" '{.spec.storageClassName} {.spec.capacity.storage} {.spec.persistentVolumeReclaimPolicy} {.metadata.annotations.pv\.kubernetes\.io/provisioned-by}' "block-service 30Gi Delete ceph.rook.io/block"
	check "the claim's events say so" eventually 10 says claim1 "ProvisioningSucceeded: Successfully provisioned volume $pv"
	check "... and what went before" eventually 10 says claim1 'Provisioning: External provisioner is provisioning volume for claim "default/claim1"'
	check "no record is left" eventually 5 no_records
	k patch pvc claim1 -p '{"spec": {"resources": {"requests": {"storage": "40Gi"}}}}' >/dev/null
	check "the claim grows" eventually 20 is pvc claim1 '{.status.capacity.storage}' 40Gi
	check "... and its volume" is pv "$pv" '{.spec.capacity.storage}' 40Gi
fi

# The other parts have the class as well, and the program.
k get sc block-service >/dev/null 2>&1 || k create -f "$T/example.yaml" >/dev/null
install_block
bound() { is pvc "$1" '{.status.phase}' Bound; }
check "claim1 is bound" eventually 20 bound claim1
pv=$(k get pvc claim1 -o 'jsonpath={.spec.volumeName}')
if wanted pod; then
	cat <<-Y | k create -f - >/dev/null
	apiVersion: v1
	kind: Pod
	metadata: {name: writer}
	spec:
	  terminationGracePeriodSeconds: 1
	  containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, 'echo hello >/data/file; sleep 1000'], volumeMounts: [{name: v, mountPath: /data}]}]
	  volumes: [{name: v, persistentVolumeClaim: {claimName: claim1}}]
	Y
	check "a pod with the claim runs" k wait --for=condition=Ready pod/writer --timeout=30s
	wrote() { [ "$(cat "$POOL/volumes/$pv/file")" = hello ]; }
	check "... and writes to the volume" eventually 10 wrote
	expect "publish has the pod and the volume" '^\["writer","replicapool"\]$' calls publish '[.pod.name, .context.pool]'
	k delete pod writer --timeout=30s >/dev/null
	unpublished() { calls unpublish .handle | grep -q "$pv"; }
	check "... and is let go of" eventually 20 unpublished
	check "no mount is left" test -z "$(in_node n1 grep "$pv" /proc/self/mountinfo)"
fi
check "the claim is deleted" gone claim1
check "... and the volume with it" eventually 10 no_volumes

if wanted readme; then
	# The program that the README shows, as it stands there but for its folder.
	mkdir -p "$P/example.org" "$T/readme"
	sed -n '/^    #!\/bin\/sh$/,/^    esac$/s/^    //p' "$MINIK_TOP/README.md" | sed "s|=/srv/volumes|=$T/readme|" >"$P/example.org/.new"
	chmod 755 "$P/example.org/.new" && mv "$P/example.org/.new" "$P/example.org/folder"
	echo '{"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "folder"}, "provisioner": "example.org/folder"}' | k create -f - >/dev/null
	claim r-1 1Gi folder
	check "README's example makes a volume" eventually 10 bound r-1
	pv=$(k get pvc r-1 -o 'jsonpath={.spec.volumeName}')
	check "... a folder" test -d "$T/readme/$pv"
	if wanted pod; then
		cat <<-Y | k create -f - >/dev/null
		apiVersion: v1
		kind: Pod
		metadata: {name: reader}
		spec:
		  terminationGracePeriodSeconds: 1
		  containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, 'echo hello >/data/file; sleep 1000'], volumeMounts: [{name: v, mountPath: /data}]}]
		  volumes: [{name: v, persistentVolumeClaim: {claimName: r-1}}]
		Y
		check "... that a pod has" k wait --for=condition=Ready pod/reader --timeout=30s
		has() { [ "$(cat "$T/readme/$pv/file")" = hello ]; }
		check "... and writes to" eventually 10 has
		k delete pod reader --timeout=30s >/dev/null
	fi
	check "... and that goes with its claim" gone r-1
	check "..." test ! -e "$T/readme/$pv"
fi

if wanted pod; then
	# A program that makes a node's own volumes, on the node that is chosen; without room there the choice is taken back.
	mkdir -p "$P/node" "$T/pernode/volumes"
	sed "s|^pool=.*|pool=$T/pernode|; s|\"timeoutSeconds\"|\"perNode\": true, \"timeoutSeconds\"|" "$T/block" >"$P/node/.new"
	echo "create full" >"$T/pernode/fault"
	chmod 755 "$P/node/.new" && mv "$P/node/.new" "$P/node/own"
	echo '{"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "own"}, "provisioner": "node/own", "volumeBindingMode": "WaitForFirstConsumer"}' | k create -f - >/dev/null
	claim n-1 1Gi own
	check "a node's own volume waits for a pod" eventually 10 says n-1 WaitForFirstConsumer
	cat <<-Y | k create -f - >/dev/null
	apiVersion: v1
	kind: Pod
	metadata: {name: owner}
	spec:
	  terminationGracePeriodSeconds: 1
	  containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, 'echo hello >/data/file; sleep 1000'], volumeMounts: [{name: v, mountPath: /data}]}]
	  volumes: [{name: v, persistentVolumeClaim: {claimName: n-1}}]
	Y
	check "... no room on the node is said" eventually 20 says n-1 'ProvisioningFailed: .*no space in pool'
	not_chosen() { [ -z "$(k get pvc n-1 -o 'jsonpath={.metadata.annotations.volume\.kubernetes\.io/selected-node}')" ]; }
	check "... and the choice taken back" eventually 20 not_chosen
	: >"$T/pernode/fault"
	check "... with room it is made, and the pod runs" k wait --for=condition=Ready pod/owner --timeout=60s
	pv=$(k get pvc n-1 -o 'jsonpath={.spec.volumeName}')
	check "... for that node alone" is pv "$pv" '{.spec.nodeAffinity.required.nodeSelectorTerms[*].matchExpressions[*].values[*]}' n1
	k delete pod owner --timeout=30s >/dev/null
	check "... and goes with its claim" gone n-1
	check "..." test ! -e "$T/pernode/volumes/$pv"
fi

if wanted attach; then
	# A program that attaches: asked by the control plane, before the node's is asked for anything, and after.
	mkdir -p "$P/disks.test" "$T/disks/volumes"
	sed "s|^pool=.*|pool=$T/disks|; s|\"publish\"|\"attach\", \"detach\", \"publish\"|" "$T/block" >"$P/disks.test/.new"
	chmod 755 "$P/disks.test/.new" && mv "$P/disks.test/.new" "$P/disks.test/disk"
	k create secret generic disks --from-literal=key=opensesame >/dev/null
	cat <<-Y | k create -f - >/dev/null
	{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: disks}, provisioner: disks.test/disk,
	 parameters: {csi.storage.k8s.io/controller-publish-secret-name: disks, csi.storage.k8s.io/controller-publish-secret-namespace: default}}
	Y
	ops() { jq -r .op "$T/disks/calls" | grep -E 'tach|publish' | uniq | tr '\n' ' '; }
	va_gone() { [ -z "$(k get volumeattachments -o name)" ]; }
	claim a-1 1Gi disks
	check "attach: a claim is bound" eventually 20 bound a-1
	pv=$(k get pvc a-1 -o 'jsonpath={.spec.volumeName}')
	va=csi-$(printf '%s%s%s' "$pv" disks.test.disk n1 | sha256sum | cut -d' ' -f1)
	echo "attach leak" >"$T/disks/fault"
	cat <<-Y | k create -f - >/dev/null
	apiVersion: v1
	kind: Pod
	metadata: {name: disk-1}
	spec:
	  terminationGracePeriodSeconds: 1
	  containers: [{name: c, image: "localhost:5000/toolbox:1.0", command: [sh, -c, 'echo hello >/data/file; sleep 1000'], volumeMounts: [{name: v, mountPath: /data}]}]
	  volumes: [{name: v, persistentVolumeClaim: {claimName: a-1}}]
	Y
	check "... what goes wrong is said to the pod, without the key" eventually 20 says disk-1 'FailedAttachVolume: AttachVolume.Attach failed for volume "pvc-.*: program disks.test/disk: attach: INTERNAL: wrong key [*]{10}'
	check "... and in the VolumeAttachment" is volumeattachment "$va" '{.spec.attacher} {.spec.nodeName} {.spec.source.persistentVolumeName} {.status.attached}' "disks.test.disk n1 $pv false"
	echo "attach attached-then-die" >"$T/disks/fault"
	check "... it dies when it has done it" eventually 40 says disk-1 'was killed by signal 9'
	expect "... nothing was published meanwhile" '^attach $' ops
	: >"$T/disks/fault"
	check "... it is asked again, and the pod runs" k wait --for=condition=Ready pod/disk-1 --timeout=70s
	check "... attached" is volumeattachment "$va" '{.status.attached} {.status.attachmentMetadata.device}' "true /dev/$pv"
	expect "... with the name of the node and the secret" '^\["n1","opensesame"\]$' jq -c 'select(.op == "attach") | [.nodeId, .secrets.key]' "$T/disks/calls"
	expect "... publish has what attach said" "^\"/dev/$pv\"\$" jq -c 'select(.op == "publish") | .publishContext.device' "$T/disks/calls"
	check "... the node says that it is in use" is node n1 '{.status.volumesInUse[0]} {.status.volumesAttached[0].name}' "disks.test/disk/$pv disks.test/disk/$pv"
	kill -9 "$(minik_main_pid n1)"; wait "$server" 2>/dev/null
	start
	server=$minik_pid
	check "... after kill -9 the server is up" eventually 20 up
	check "... and it is attached" is volumeattachment "$va" '{.status.attached}' true
	k delete pod disk-1 --timeout=30s >/dev/null
	check "... and detached after its pod" eventually 20 va_gone
	expect "... in order" '^attach publish unpublish detach $' ops
	check "... by the program, too" test ! -e "$T/disks/at.$pv"
	check "... and deleted" gone a-1
	sed 's|"attach", "detach"|"attach"|' "$P/disks.test/disk" >"$P/disks.test/.half" && chmod 755 "$P/disks.test/.half" && mv "$P/disks.test/.half" "$P/disks.test/half"
	check "... one that only attaches is refused" eventually 10 logged 'half is not used.*of attach and detach it has only one'
	rm "$P/disks.test/half"
fi

if wanted secrets; then
	k create secret generic prov --from-literal=key=opensesame >/dev/null 2>&1
	cat <<-Y | k create -f - >/dev/null
	{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: secret}, provisioner: ceph.rook.io/block,
	 parameters: {csi.storage.k8s.io/provisioner-secret-name: prov, csi.storage.k8s.io/provisioner-secret-namespace: default}}
	Y
	leaked() { { cat "$T/n1/server.log"; k get events -A -o json; k get pv,pvc,volumeattachments -A -o json; } | grep -aF -e opensesame -e b3BlbnNlc2FtZQ; }
	fault "create leak"
	claim s-1 1Gi secret
	check "secrets: an error of a program holds none" eventually 20 says s-1 'ProvisioningFailed: .*INTERNAL: wrong key [*]{10}'
	check "... nor what the log has of its standard error" eventually 10 logged 'create:  .2J[*]{10} tried'
	fault "create trace"
	check "... nor a request that it repeats" eventually 20 says s-1 'ProvisioningFailed: .*exit code 1 without an error object: .*"secrets":."key":"[*]{10}"'
	fault "create reserved"
	check "annotations: those of kubernetes.io are refused" eventually 40 says s-1 'ProvisioningFailed: .*its answer has the annotation pv.kubernetes.io/provisioned-by, which is not for plug-ins to set'
	fault "create warned"
	check "... others are not" eventually 60 bound s-1
	pv=$(k get pvc s-1 -o 'jsonpath={.spec.volumeName}')
	check "... they are the volume's" is pv "$pv" '{.metadata.annotations.example\.org/pool}' a
	check "secrets: nor has a warning one" eventually 10 says s-1 'ProvisioningWarning: the key [*]{10} is old'
	check "... nor anything else" test -z "$(leaked | head -c 300)"
	fault
	check "... it goes" gone s-1
fi

if wanted faults; then
	for what in 'hang no answer within 3000 ms' 'die it was killed by signal 9' 'garbage no JSON' 'silent without an answer' 'long said more than 1048576 bytes' 'full RESOURCE_EXHAUSTED: no space in pool' 'nohandle has no handle'; do
		name=${what%% *}
		fault "create $name"
		claim "f-$name" 1Gi
		check "create: $name: the claim's event says so" eventually 20 says "f-$name" "ProvisioningFailed: failed to provision volume with StorageClass \"block-service\": .*${what#* }"
		fault
		check "... and it is bound when that is over" eventually 30 bound "f-$name"
		check "... once" test "$(volumes)" = 1
		check "... and deleted" gone "f-$name"
		eventually 10 no_volumes
	done
	# Made, but we are not told so: the next answer is the same volume. When the claim goes meanwhile, what was made goes.
	fault "create made-then-die"
	claim f-twice 1Gi
	check "create: made, and no answer: it is asked again" eventually 20 says f-twice 'exit code 1 without an error object: the connection broke'
	check "... what was made is known by a record" test "$(records)" = 1
	check "... and there once" test "$(volumes)" = 1
	k delete pvc f-twice --timeout=30s >/dev/null
	check "... the claim is gone, the volume is there" test "$(volumes)" = 1
	fault
	check "... and deleted in the end" eventually 90 no_volumes
	check "... with its record" eventually 10 no_records
	check "... no volume ever was for it" no_pvs

	# The same, and the program goes for good: what may be there is told of, once.
	fault "create made-then-die"
	claim f-left 1Gi
	check "create: made, no answer, and the program goes" eventually 20 says f-left 'the connection broke'
	rm "$P/ceph.rook.io/block"
	check "... the log says what to do" eventually 40 logged 'block was asked to make this volume and may have done so.* remove .*storage/journal/pvc-'
	fault
	install_block
	check "... it is bound when it comes back" eventually 30 bound f-left
	check "... that is said once" test "$(grep -c 'may have done so' "$T/n1/server.log")" = 1
	check "..." gone f-left

	# One that hangs does not stop another.
	fault "create hang"
	for i in 1 2 3 4 5 6 7 8 9 10; do claim "h-$i" 1Gi; done
	mkdir -p "$P/other"
	sed "s|^pool=.*|pool=$T/other|" "$T/block" >"$P/other/.new" && mkdir -p "$T/other/volumes" && chmod 755 "$P/other/.new" && mv "$P/other/.new" "$P/other/store"
	echo '{"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "other"}, "provisioner": "other/store"}' | k create -f - >/dev/null
	claim o-1 1Gi other
	check "a plug-in that hangs does not hold up another" eventually 10 bound o-1
	fault
	all_bound() { for i in 1 2 3 4 5 6 7 8 9 10; do bound "h-$i" || return 1; done; }
	check "... and serves all when it does so again" eventually 90 all_bound
	k delete pvc --all --timeout=30s >/dev/null

	# Deletion.
	check "all are deleted" eventually 30 no_pvs
	claim d-1 1Gi
	eventually 20 bound d-1
	pv=$(k get pvc d-1 -o 'jsonpath={.spec.volumeName}')
	fault "delete full"
	k delete pvc d-1 --timeout=30s >/dev/null
	check "delete: what is wrong is said at the volume" eventually 20 says "$pv" 'VolumeFailedDelete: .*no space in pool'
	check "... which stays" is pv "$pv" '{.status.phase}' Released
	fault
	check "... until it is done" eventually 60 no_pvs
	claim d-2 1Gi
	eventually 20 bound d-2
	pv=$(k get pvc d-2 -o 'jsonpath={.spec.volumeName}')
	k delete pv "$pv" --wait=false >/dev/null
	k delete pvc d-2 --timeout=30s >/dev/null
	check "a volume that is deleted first takes its storage with it" eventually 20 no_pvs
	check "..." no_volumes

	# Growing.
	claim g-1 1Gi
	eventually 20 bound g-1
	fault "expand full"
	k patch pvc g-1 -p '{"spec": {"resources": {"requests": {"storage": "2Gi"}}}}' >/dev/null
	check "expand: what is wrong is said at the claim" eventually 20 says g-1 'VolumeResizeFailed: .*no space in pool'
	check "... which is of its old size" is pvc g-1 '{.status.capacity.storage} {.status.allocatedResourceStatuses.storage}' "1Gi ControllerResizeInProgress"
	fault
	check "... until it is done" eventually 60 is pvc g-1 '{.status.capacity.storage}{.status.allocatedResourceStatuses.storage}{.status.conditions}' "2Gi"
	gone g-1
fi

if wanted kill; then
	# The server dies while the program makes the volume; once the claim is there afterwards, once it is not.
	for n in ${KILLS:-1 2}; do
		: >"$POOL/slow"; fault "create slow"
		claim "k-$n" 1Gi
		under_way() { [ -s "$POOL/slow" ]; }
		check "kill $n: the program is at work" eventually 20 under_way
		kill -9 "$server"; wait "$server" 2>/dev/null
		check "... a record is on disk" test "$(records)" = 1
		fault
		if [ $((n % 2)) = 0 ]; then mv "$P/ceph.rook.io/block" "$T/away"; fi
		start
		server=$minik_pid
		check "... the server is up again" eventually 20 up
		if [ $((n % 2)) = 0 ]; then
			k delete pvc "k-$n" --timeout=30s >/dev/null
			check "... the claim is gone, its volume is not" test "$(volumes)" = 1
			install_block
			check "... until the program is there again" eventually 30 no_volumes
		else
			check "... and the claim is bound" eventually 30 bound "k-$n"
			check "... to one volume" test "$(volumes)" = 1
			gone "k-$n"
			check "... which goes with it" eventually 20 no_volumes
		fi
		check "... no record is left" eventually 10 no_records
	done
fi

if wanted insecure; then
	chmod 777 "$P/ceph.rook.io/block"
	check "a program that others may write is refused" eventually 10 logged 'ceph.rook.io/block can be written by others than its owner and is not run'
	claim i-1 1Gi
	check "... and not run" eventually 10 says i-1 ExternalProvisioning
	check "... as the claim says" eventually 10 says i-1 'ProvisioningFailed: failed to provision volume with StorageClass ".*": .*/block can be written by others than its owner and is not run'
	chmod 644 "$P/ceph.rook.io/block"
	check "one that is not executable, too" eventually 10 logged 'ceph.rook.io/block is not executable: chmod .x it'
	check "... as the claim says" eventually 10 says i-1 'ProvisioningFailed: .*/block is not executable: chmod .x it'
	chmod 755 "$P/ceph.rook.io/block"; chown 65534 "$P/ceph.rook.io/block"
	check "one of another user, too" eventually 10 logged 'ceph.rook.io/block belongs to user 65534 and is not run'
	chown 0 "$P/ceph.rook.io/block"
	check "mended, it is used" eventually 20 bound i-1
	gone i-1
	ln -s /bin/true "$P/link"
	check "a link to a program is refused" eventually 10 logged 'provisioners/link is a link to what is no socket'
	printf '#!/bin/sh\necho no\n' >"$P/broken.test" && chmod 755 "$P/broken.test"
	check "one that cannot say what it can is not used" eventually 10 logged 'broken.test is not used, and is asked again: capabilities: its answer is no JSON'
	printf '#!/none/sh\n' >"$P/none.test" && chmod 755 "$P/none.test"
	check "one without its interpreter is not used" eventually 10 logged 'none.test is not used, and is asked again: capabilities: .*No such file'
	ln -s "$T/none.sock" "$P/dangling.test"
	check "a link to a socket that is not there is told" eventually 10 logged "dangling.test is not used, and is asked again: .*the driver's socket is not there"
	k create -f - >/dev/null <<-Y
	{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: dangling}, provisioner: dangling.test}
	---
	{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: i-2}, spec: {storageClassName: dangling, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
	Y
	check "... also by a claim that comes later" eventually 10 says i-2 "ProvisioningFailed: .*dangling.test is not used.*the driver's socket is not there"
	gone i-2
	rm -f "$P/link" "$P/broken.test" "$P/none.test" "$P/dangling.test"
	check "what goes is forgotten" eventually 10 logged 'broken.test is gone'
fi
exit $lib_failed
