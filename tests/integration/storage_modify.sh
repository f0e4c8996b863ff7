#!/bin/bash
# VolumeAttributesClass with the CSI driver for tests at a whole server: a bound claim gets other attributes, what is asked and told meanwhile, faults of the driver,
# kill -9, and that a class stays while somebody names it.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
. "$(dirname "$0")/lib_csi.sh"
vac() { # vac NAME PARAMETERS [DRIVER]
	printf '{"apiVersion":"storage.k8s.io/v1","kind":"VolumeAttributesClass","metadata":{"name":"%s"},"driverName":"%s","parameters":{%s}}' "$1" "${3:-$D}" "$2" | k create -f - >/dev/null
}
wants() { k patch pvc "${2:-data}" --type=merge -p "{\"spec\":{\"volumeAttributesClassName\":$1}}" >/dev/null; }
field() { k get "$1" "$2" -o json | jq -r "$3"; }
is() { [ "$(field "$1" "$2" "$3")" = "$4" ]; }
has() { is pvc data '[.status.currentVolumeAttributesClassName, .status.modifyVolumeStatus.status, ([.status.conditions[]?.type] | join(","))] | map(. // "") | join(" ")' "$1"; }
asked() { jq -c 'select(.method == "ControllerModifyVolume" and .request) | .request.mutable_parameters' "$LOG"; }
asked_last() { [ "$(asked | tail -1)" = "$1" ]; }

csi_cluster

vac slow '"iops":"50"'; vac quick '"iops":"100"'; vac wrong '"colour":"red"'; vac others '"iops":"1"' other.test
k create -f - >/dev/null <<Y
{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: csi}, provisioner: $D}
Y
k create -f - >/dev/null <<Y
{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], storageClassName: csi, volumeAttributesClassName: slow, resources: {requests: {storage: 32Mi}}}}
Y
check "a claim with a class: the volume is made with it" eventually 20 has "slow  " || k get pvc,pv -o yaml
pv=$(field pvc data .spec.volumeName)
check "... and says so" is pv "$pv" .spec.volumeAttributesClassName slow
expect "... the driver was asked for it" '^\{"iops":"50"\}$' sh -c "jq -c 'select(.method == \"CreateVolume\" and .request) | .request.mutable_parameters' '$LOG' | tail -1"

wants '"quick"'
check "another class" eventually 20 has "quick  "
check "the driver changed the volume" asked_last '{"iops":"100"}'
check "the volume says so" is pv "$pv" .spec.volumeAttributesClassName quick
check "an event tells" eventually 5 says data '^VolumeModifySuccessful: external resizer modified volume data with vac quick successfully$'

check "a class that nobody names goes at once" k delete vac slow --timeout=10s
k delete vac quick --wait=false >/dev/null
check "one that is named waits" is vac quick '.metadata.finalizers | join(",")' kubernetes.io/vac-protection
vac slow '"iops":"50"'
wants '"slow"'
check "until the last claim has another" eventually 20 gone vac quick
check "... which it has" eventually 10 has "slow  "
vac quick '"iops":"100"'

wants '"wrong"'
check "parameters that the driver refuses" eventually 20 has "slow Infeasible ModifyVolumeError"
check "... an event says why" eventually 5 says data '^VolumeModifyFailed: .*there is no mutable parameter colour'
check "... the volume is as it was" is pv "$pv" .spec.volumeAttributesClassName slow
expect "... the condition says it, too" 'no mutable parameter colour' field pvc data '.status.conditions[].message'
wants '"slow"'
check "back to what it has: nothing is left of it" eventually 20 has "slow  "
wants '"others"'
check "a class of another driver" eventually 20 says data 'VolumeAttributesClass others is of driver other\.test, the volume of csi\.test\.minik'
check "..." eventually 10 has "slow Infeasible ModifyVolumeError"
wants '"late"'
check "a class that is not there" eventually 20 has "slow Pending "
check "... an event says so" eventually 5 says data 'VAC late does not exist'
vac late '"iops":"7"'
check "and then is" eventually 20 has "late  "
check "..." asked_last '{"iops":"7"}'

echo "ControllerModifyVolume error UNAVAILABLE times=2" >"$FAULTS"
wants '"quick"'
check "a driver that is not there twice is asked again" eventually 60 has "quick  "
echo "ControllerModifyVolume error-after INTERNAL times=1" >"$FAULTS"
wants '"slow"'
check "one that did it and said that it failed, too" eventually 60 has "slow  "
echo "ControllerModifyVolume hang-after times=1" >"$FAULTS"
n=$(asked | wc -l)
wants '"quick"'
more() { [ "$(asked | wc -l)" -gt "$n" ]; }
check "one that does not answer" eventually 20 more
check "... the claim says that it is under way" eventually 5 has "slow InProgress ModifyingVolume"
kill -KILL "$(minik_main_pid n1)"; wait "$minik_pid" 2>/dev/null
minik_start n1 server --write-kubeconfig "$T/kubeconfig"
check "after kill -9 it is asked again" eventually 60 has "quick  "
check "..." is pv "$pv" .spec.volumeAttributesClassName quick
check "all of it goes" k delete pvc data --timeout=60s
check "... the classes, too" k delete vac slow quick wrong others late --timeout=20s
exit $lib_failed
