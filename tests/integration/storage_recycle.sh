#!/bin/bash
# Reclaim policy Recycle with a real container: a volume of the host is emptied when its claim has gone, by a pod, and is there for the next claim.
. "$(dirname "$0")/lib.sh"
enter_sandbox "$@"
node_add n1 192.168.77.1
server_with_images n1
k create configmap -n kube-system minik-recycler --from-literal=image=localhost:5000/toolbox:1.0 >/dev/null

dir=$T/disk
mkdir -p "$dir/deep/er" && echo kept >"$T/outside"
echo x >"$dir/.hidden"; echo x >"$dir/-rf"; echo x >"$dir/two words"; ln -s "$T/outside" "$dir/link"; ln -s "$T" "$dir/deep/er/up"
claim() { printf '{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"%s"},"spec":{"storageClassName":"","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}' "$1" | k apply -f - >/dev/null; }
phase() { [ "$(k get pv scrap -o 'jsonpath={.status.phase} {.spec.claimRef.name}')" = "$1" ]; }
says() { k get events -A --field-selector "involvedObject.name=$1" -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}' | grep -q "$2"; }
no_pod() { [ -z "$(k get pods -n kube-system -o name | grep recycler)" ]; }
printf '{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"scrap"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"persistentVolumeReclaimPolicy":"Recycle","hostPath":{"path":"%s"}}}' "$dir" | k apply -f - >/dev/null
claim first
check "a claim has it" eventually 10 phase "Bound first"
k delete pvc first >/dev/null
check "the claim goes: the volume is there for the next" eventually 30 phase "Available "
check "it is empty: hidden files, directories, links, names that look like options" [ -z "$(ls -A "$dir")" ]
check "... and what links led to is as it was" [ "$(cat "$T/outside")" = kept ]
check "an event tells" eventually 5 says scrap '^VolumeRecycled: Volume recycled'
check "the pod that did it has gone" eventually 20 no_pod
echo y >"$dir/more"
claim second
check "the next claim has it" eventually 10 phase "Bound second"
check "... with what is in it" [ "$(cat "$dir/more")" = y ]

# What cannot be emptied
mkdir "$dir/held" && in_node n1 sh -c "mount -t tmpfs none $dir/held && echo z >$dir/held/z"
k delete pvc second >/dev/null
check "a file system mounted in it is not emptied: the volume fails" eventually 40 phase "Failed second"
check "... an event says so" eventually 5 says scrap '^VolumeFailedRecycle: Recycle failed: pod kube-system/recycler-for-scrap failed: .*held.*busy'
check "... and it is as it was" [ "$(in_node n1 cat "$dir/held/z")" = z ]
in_node n1 umount "$dir/held"
check "once it is unmounted the next try empties the volume" eventually 60 phase "Available "
