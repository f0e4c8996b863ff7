#!/bin/bash
# Programs as volume plug-ins: the example of a Pool and a class block-service with a program of that name, and programs that hang, die, talk nonsense, or are not to be
# trusted; the server killed while one makes a volume. EXEC_PARTS="example faults" for some.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
command -v jq >/dev/null || skip_all "jq is not there"
node_add n1 192.168.77.1
parts=${EXEC_PARTS:-example pod faults kill insecure}
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
	if wanted pod; then
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
	expect "the parameters are passed through" '^\{"pool":"replicapool","clusterNamespace":"rook-ceph"\}$' calls create .parameters
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
exit $lib_failed
