#!/bin/bash
# A cluster of machines: three guests with Debian's kernel, a server and two agents that join by token, on one virtual wire. n2 has its Services by IPVS, n3 by nftables, n1 by what
# 'auto' finds, so every question is asked in both modes at once. First all of it over vxlan, then the pods' ways over host-gw and udp; a node's address changes
# while it runs; a node's power goes under load and comes back. CLUSTER_PARTS="services policy move power churn host-gw udp" for some.
if [ -z "${IN_NETNS:-}" ] && [ "$(id -u)" = 0 ]; then IN_NETNS=1 exec unshare --net "$0" "$@"; fi
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib-cluster.sh"
parts=${CLUSTER_PARTS:-services policy move churn power host-gw udp}
wants() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }
lab_begin
vm_time begin
lab_root
for i in 1 2 3; do lab_power_on $i; done
vm_time "the machines' disks"
for i in 1 2 3; do check "n$i boots" eventually 60 lab_up $i || exit 1; done
vm_time "boot"

cidrs="--cluster-cidr 10.42.0.0/16,fd42::/56"
common() { echo "--node-name n$1 --node-ip 192.168.77.$1,fd77::$1 $cidrs --flannel-backend ${backend:-vxlan} --proxy-mode $2 --disable ingress,local-path"; }
lab_start 1 "minik server $(common 1 auto) --service-node-port-range 7001-32767"
got_config() { on 1 'cat /etc/minik/minik.yaml' >"$T/kubeconfig.new" && grep -q client-key "$T/kubeconfig.new" && sed 's#server: .*#server: https://192.168.77.1:6443#' "$T/kubeconfig.new" >"$T/kubeconfig"; }
check "the server starts" eventually 60 got_config || exit 1
token=$(on 1 minik token create --ttl 1h)
for i in 2 3; do
	mode=ipvs; [ $i = 2 ] || mode=nftables
	lab_start $i "minik agent --server https://192.168.77.1:6443 --token $token $(common $i $mode)"
done
all_ready() { [ "$(k get nodes --no-headers | grep -cw Ready)" = 3 ]; }
check "three nodes, two of which joined by token" eventually 90 all_ready || { k get nodes; exit 1; }
vm_time "minik on three machines"
