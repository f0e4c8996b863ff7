#!/bin/bash
# The DNS responder with dig: the cluster domain, forwarding with failover, cache, TCP, truncation, what an administrator adds, and what goes wrong
# (dns_faults.py): floods, poisoning, huge messages, slow readers, dead upstreams. A second responder plays the host's resolver.
# Usage: net_dns.sh [BUILD_DIR], or MINIK_BUILD. Exit 77: cannot run here.
set -eu
build=$(realpath "${1:-${MINIK_BUILD:-build}}")
here=$(dirname "$(realpath "$0")")
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 77; }
for t in dig python3 curl; do command -v $t >/dev/null || { echo "needs $t" >&2; exit 77; }; done
if [ -z "${IN_NETNS:-}" ]; then
	make -s -C "$build" tests/integration/dns_tool >&2
	IN_NETNS=1 exec unshare -n -m "$0" "$build"
fi
tool=$build/tests/integration/dns_tool
faults=$here/dns_faults.py
. "$(dirname "$0")/lib_pids.sh"
dir=$(mktemp -d)
pids=
cleanup() {
	kill_own $pids
	wait 2>/dev/null || :
	if grep -hE 'Sanitizer|runtime error' "$dir"/*.log; then echo "not ok a sanitizer reported"; failed=1; fi
	umount "$dir/bind.conf" 2>/dev/null || :
	rm -rf "$dir"
	[ $failed = 0 ] || exit 1
}
trap cleanup EXIT
failed=0
check() { if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1: expected '$2', got '$3'"; failed=1; fi }
is() { if [ "$2" -"$3" "$4" ]; then echo "ok $1"; else echo "not ok $1: $2 is not -$3 $4"; failed=1; fi }
eventually() { # SECONDS COMMAND...
	local end=$((SECONDS + 2 * $1)); shift
	until "$@" >/dev/null 2>&1; do [ $SECONDS -lt $end ] || return 1; sleep 0.05; done
}
ip link set lo up
ip addr add 10.42.3.1/24 dev lo
start() { # ADDRESS PORT RESOLV DOMAIN OBJECTS [METRICS autopath]: objects may be a FIFO that somebody holds open
	mkfifo "$dir/ready"
	"$tool" "$1" "$2" "$3" "$4" ${6:-0} ${7:-} < "$5" > "$dir/ready" 2>>"$dir/tool.log" & last=$!; pids="$pids $last"
	read -r _ < "$dir/ready"; rm "$dir/ready"
}
service() { echo '{"kind":"Service","metadata":{"namespace":"default","name":"'"$1"'"},"spec":{'"$2"'}}'; }
{
	service www '"clusterIP":"192.0.2.80","ports":[{"port":80}]'
	service many '"clusterIP":"None"'
	printf '{"kind":"EndpointSlice","metadata":{"namespace":"default","name":"many","labels":{"kubernetes.io/service-name":"many"}},"endpoints":['
	for i in $(seq 1 200); do printf '%s{"addresses":["192.0.2.%d"]}' "$([ "$i" = 1 ] || echo ,)" "$i"; done
	printf ']}\n\n'
} > "$dir/up.json"
{
	service web '"clusterIP":"10.43.0.7","clusterIPs":["10.43.0.7","fd43::7"],"ports":[{"name":"http","port":80},{"port":81}]'
	service kube-dns '"clusterIP":"10.43.0.10","ports":[{"name":"dns","port":53,"protocol":"UDP"}]' | sed s/default/kube-system/
	service ext '"type":"ExternalName","externalName":"www.default.svc.example.com"'
	service out '"type":"ExternalName","externalName":"good.example"'
	service db '"clusterIP":"None","ports":[{"name":"sql","port":5432}]'
	echo '{"kind":"EndpointSlice","metadata":{"namespace":"default","name":"db","labels":{"kubernetes.io/service-name":"db"}},"ports":[{"name":"sql","port":5432}],
	"endpoints":[{"addresses":["10.42.3.2"],"hostname":"db-0"},{"addresses":["10.42.3.3"]}]}' | tr -d '\n'; echo
	service many '"clusterIP":"None"'
	sed -n 3p "$dir/up.json"
	echo '{"kind":"Namespace","metadata":{"name":"empty"}}'
	echo '{"kind":"Pod","metadata":{"namespace":"default","name":"p"},"spec":{},"status":{"podIPs":[{"ip":"127.0.0.3"}]}}'
	echo
} > "$dir/our.json"
: > "$dir/none"
start 127.0.0.2 5353 "$dir/none" example.com "$dir/up.json"; up=$last
# One that is silent, one that refuses, one that answers, and ourselves, who must be left out.
printf 'search x\nnameserver 10.42.3.1\nnameserver 127.0.0.9#5399\nnameserver 127.0.0.2#5353\n' > "$dir/resolv.conf"
ip addr del 10.42.3.1/24 dev lo
mkfifo "$dir/feed"
exec 7<>"$dir/feed"
cat "$dir/our.json" >&7 &
start 10.42.3.1 53 "$dir/resolv.conf" cluster.local "$dir/feed" 9153
our=$last
give() { printf '%s\n\n' "$1" >&7; sleep 0.2; } # the answer to nothing: it is read in its turn
check "bound before the address is there" "" ""
ip addr add 10.42.3.1/24 dev lo
d() { dig +tries=1 +time=4 @10.42.3.1 "$@" || echo "failed"; }
status() { d "$@" | sed -n 's/.*status: \([A-Z]*\),.*/\1/p'; }
flags() { d "$@" | sed -n 's/.*flags: \([a-z ]*\);.*/\1/p'; }
soa() { d +noall +authority "$@" | awk '{print $1, $4}'; }
metric() { # NAME [LABEL="VALUE"]...: the sum of all that have the labels
	local name=$1; shift
	curl -fsS "http://10.42.3.1:9153/metrics" | awk -v m="$name" -v labels="$(printf '%s\n' "$@")" 'BEGIN {n = split(labels, l, "\n")}
		index($0, m" ") == 1 || index($0, m"{") == 1 {for (i = 1; i <= n; i++) if (l[i] != "" && !index($0, l[i])) next; t += $NF} END {print t + 0}'
}

echo "# the cluster"
check "a Service" 10.43.0.7 "$(d +short web.default.svc.cluster.local)"
check "its other family" fd43::7 "$(d +short AAAA web.default.svc.cluster.local)"
check "authoritative" "qr aa rd ra" "$(flags web.default.svc.cluster.local)"
check "no such Service" NXDOMAIN "$(status no.default.svc.cluster.local)"
check "... with the zone's SOA" "cluster.local. SOA" "$(soa no.default.svc.cluster.local)"
check "nothing of this type" "NOERROR cluster.local. SOA" "$(status TXT web.default.svc.cluster.local) $(soa TXT web.default.svc.cluster.local)"
check "a namespace is there without a Service" "NOERROR NXDOMAIN" "$(status empty.svc.cluster.local) $(status nowhere.svc.cluster.local)"
check "empty non-terminals" "NOERROR NOERROR NOERROR NXDOMAIN" "$(echo $(for n in svc pod _tcp.web.default.svc _sctp.web.default.svc; do status $n.cluster.local; done))"
check "TCP" 10.43.0.7 "$(d +tcp +short web.default.svc.cluster.local)"
check "SRV" "0 100 80 web.default.svc.cluster.local." "$(d +short SRV _http._tcp.web.default.svc.cluster.local)"
check "SRV of a headless Service" "0 100 5432 10-42-3-3.db.default.svc.cluster.local. 0 100 5432 db-0.db.default.svc.cluster.local." "$(echo $(d +short SRV _sql._tcp.db.default.svc.cluster.local | sort))"
check "a pod's host name" 10.42.3.2 "$(d +short db-0.db.default.svc.cluster.local)"
check "reverse" web.default.svc.cluster.local. "$(d +short -x 10.43.0.7)"
check "reverse, IPv6" web.default.svc.cluster.local. "$(d +short -x fd43::7)"
check "reverse of a headless pod" db-0.db.default.svc.cluster.local. "$(d +short -x 10.42.3.2)"
check "reverse of nothing in our network is ours" "NXDOMAIN 43.10.in-addr.arpa. SOA" "$(status -x 10.43.9.9) $(soa -x 10.43.9.9)"
check "a pod's address as a name" 10.42.3.9 "$(d +short 10-42-3-9.default.pod.cluster.local)"
check "version of the schema" '"1.1.0"' "$(d +short TXT dns-version.cluster.local)"
check "the server has a name" kube-dns.kube-system.svc.cluster.local. "$(d +short -x 10.43.0.10)"
check "case is kept" WeB.DefaulT.sVc.cluster.LOCAL "$("$faults" case 10.42.3.1 WeB.DefaulT.sVc.cluster.LOCAL)"
check "without EDNS" 10.43.0.7 "$(d +noedns +short web.default.svc.cluster.local)"
check "EDNS version 1" BADVERS "$(status +edns=1 +noednsneg web.default.svc.cluster.local)"
check "EDNS options are passed over" 10.43.0.7 "$(d +ednsopt=65001:c0ffee +nsid +cookie +short web.default.svc.cluster.local)"
check "EDNS padding is passed over" 10.43.0.7 "$(d +ednsopt=12:0000000000000000 +short web.default.svc.cluster.local)"
check "other classes" "REFUSED REFUSED REFUSED" "$(echo $(for c in HS NONE ANY; do status -c $c -t A web.default.svc.cluster.local; done))"
head=0000000100000000000003776562076465666175 tail=6c740373766307636c7573746572056c6f63616c0000010001
check "opcodes: IQUERY, STATUS, NOTIFY, UPDATE, DSO" "NOTIMP NOTIMP NOTIMP NOTIMP NOTIMP" "$(echo $(for o in 08 10 20 28 30; do "$faults" raw 10.42.3.1 beef${o}00${head#0000}$tail; done))"
check "answers are not answered" silence "$("$faults" raw 10.42.3.1 beef8180${head#0000}$tail)"
check "two questions in one message" FORMERR "$("$faults" raw 10.42.3.1 beef01000002${head#00000001}$tail)"
check "IXFR" REFUSED "$(d -t IXFR=1 cluster.local | grep -q 'Transfer failed' && echo REFUSED)"
check "malformed packets: some answer each, with a code that there is" "answered" "$("$faults" malformed 10.42.3.1 4000)"
check "CHAOS" REFUSED "$(status -c CH -t TXT version.bind)"
check "AXFR" REFUSED "$(d AXFR cluster.local +tcp | grep -q 'Transfer failed' && echo REFUSED)"
check "ANY is short (RFC 8482)" '"RFC8482" ""' "$(d +short ANY web.default.svc.cluster.local)"
check "200 endpoints: dig comes again by TCP" 200 "$(d +short many.default.svc.cluster.local | wc -l)"
check "200 endpoints: truncated over UDP" tc "$(d +ignore many.default.svc.cluster.local | grep -q 'flags:.* tc' && echo tc)"
check "unqualified names are not ours" 0 "$(d web | grep -c '10.43.0.7' || :)"
# Pipelining: many questions on one connection at once.
msg='\000\001\001\000\000\001\000\000\000\000\000\000\003web\007default\003svc\007cluster\005local\000\000\001\000\001'
len=$(printf "$msg" | wc -c)
for i in 1 2 3 4 5 6 7 8 9 10; do printf "\\000\\$(printf %03o "$len")$msg"; done > "$dir/pipe"
got=$(busybox nc 10.42.3.1 53 < "$dir/pipe" | wc -c)
check "ten questions in one go over TCP" $((10 * (len + 2 + 16))) "$got"

echo "# DNS-Based Service Discovery 1.1, line by line"
slice() { printf '{"kind":"EndpointSlice","metadata":{"namespace":"spec","name":"%s","labels":{"kubernetes.io/service-name":"%s"}},"addressType":"%s","ports":[%s],"endpoints":[%s]}\n' "$@"; }
two='{"name":"https","port":443,"protocol":"TCP"},{"name":"dns","port":53,"protocol":"UDP"},{"port":9}'
{
	service one "\"clusterIP\":\"10.43.1.1\",\"ports\":[$two]" | sed s/default/spec/
	service six '"clusterIP":"fd43::1:1","clusterIPs":["fd43::1:1"],"ports":[{"name":"https","port":443}]' | sed s/default/spec/
	for n in pets nobody unready; do service $n "\"clusterIP\":\"None\",\"ports\":[$two]" | sed s/default/spec/; done
	slice pets-4 pets IPv4 "$two" '{"addresses":["10.42.9.1"],"hostname":"my-pet"},{"addresses":["10.42.9.2"],"hostname":"my-pet"},{"addresses":["10.42.9.3"],"hostname":"My-Pet-2","conditions":{"ready":true}},{"addresses":["10.42.9.4"]},{"addresses":["10.42.9.5"],"hostname":"late","conditions":{"ready":false}}'
	slice pets-6 pets IPv6 "$two" '{"addresses":["fd42::9:1"],"hostname":"my-pet"},{"addresses":["fd42::9:4"]},{"addresses":["fd42::9:5"],"conditions":{"ready":false,"serving":true}}'
	slice unready-1 unready IPv4 "$two" '{"addresses":["10.42.9.6"],"hostname":"a","conditions":{"ready":false}}'
	service elsewhere '"type":"ExternalName","externalName":"good.example"' | sed s/default/spec/
	service inside '"type":"ExternalName","externalName":"one.spec.svc.cluster.local"' | sed s/default/spec/
	service named '"type":"ExternalName","externalName":"my-pet.pets.spec.svc.cluster.local"' | sed s/default/spec/
} >&7
give ""
s() { echo $(d +short "$@" | sort); }
p=pets.spec.svc.cluster.local
check "2.1 comparisons ignore case, of names of ports, too" "10.43.1.1 0 100 443 one.spec.svc.cluster.local." "$(s ONE.Spec.SVC.Cluster.Local) $(s SRV _HTTPS._Tcp.one.SPEC.svc.cluster.local)"
check "2.2 dns-version is a semantic version" '"1.1.0"' "$(s TXT dns-version.cluster.local)"
check "2.3.1 A, and no AAAA beside it" "10.43.1.1 NOERROR" "$(s one.spec.svc.cluster.local)$(s AAAA one.spec.svc.cluster.local) $(status AAAA one.spec.svc.cluster.local)"
check "2.3.1 AAAA, and no A beside it" "fd43::1:1 NOERROR" "$(s AAAA six.spec.svc.cluster.local)$(s six.spec.svc.cluster.local) $(status six.spec.svc.cluster.local)"
check "2.3.2 SRV of each named port, by its protocol" "0 100 443 one.spec.svc.cluster.local. 0 100 53 one.spec.svc.cluster.local. NXDOMAIN NXDOMAIN" \
	"$(s SRV _https._tcp.one.spec.svc.cluster.local) $(s SRV _dns._udp.one.spec.svc.cluster.local) $(status SRV _dns._tcp.one.spec.svc.cluster.local) $(status SRV _https._udp.one.spec.svc.cluster.local)"
check "2.3.2 none of a port without a name" "NXDOMAIN NXDOMAIN" "$(echo $(for l in _9 _; do status SRV $l._tcp.one.spec.svc.cluster.local; done))"
check "2.3.2 the address comes along" "one.spec.svc.cluster.local. A 10.43.1.1" "$(d +noall +additional SRV _https._tcp.one.spec.svc.cluster.local | awk '{print $1, $4, $5}')"
check "2.3.3 PTR, of both families" "one.spec.svc.cluster.local. six.spec.svc.cluster.local." "$(s -x 10.43.1.1) $(s -x fd43::1:1)"
check "2.4.1 A of each ready endpoint" "10.42.9.1 10.42.9.2 10.42.9.3 10.42.9.4" "$(s $p)"
check "2.4.1 AAAA of each ready endpoint" "fd42::9:1 fd42::9:4" "$(s AAAA $p)"
check "2.4.1 no ready endpoints, or none at all: NXDOMAIN" "NXDOMAIN NXDOMAIN" "$(status unready.spec.svc.cluster.local) $(status AAAA nobody.spec.svc.cluster.local)"
check "2.4.1 A of a host name, one for each address" "10.42.9.1 10.42.9.2 10.42.9.3" "$(s my-pet.$p) $(s my-pet-2.$p)"
check "2.4.1 AAAA of a host name" "fd42::9:1 NOERROR" "$(s AAAA my-pet.$p) $(status AAAA my-pet-2.$p)"
check "2.4.1 an endpoint without a host name has one" "10.42.9.4 fd42::9:4" "$(s 10-42-9-4.$p) $(s AAAA fd42--9-4.$p)"
check "2.4.1 one that is not ready has none" "NXDOMAIN NXDOMAIN" "$(status late.$p) $(status a.unready.spec.svc.cluster.local)"
check "2.4.2 SRV: host names of ready endpoints times ports, each once" "4 4" "$(d +short SRV _https._tcp.$p | wc -l) $(d +short SRV _dns._udp.$p | wc -l)"
check "2.4.2 they lead to host names" "0 100 443 10-42-9-4.$p. 0 100 443 fd42--9-4.$p. 0 100 443 my-pet-2.$p. 0 100 443 my-pet.$p." "$(echo $(d +short SRV _https._tcp.$p | sort -u))"
check "2.4.2 ... whose addresses come along" "6" "$(d +noall +additional SRV _https._tcp.$p | grep -cE "$p"'\.\s+5\s+IN\s+(A|AAAA)')"
check "2.4.2 none of a port without a name" NXDOMAIN "$(status SRV _9._tcp.$p)"
check "2.4.3 PTR of endpoints, of both families" "my-pet.$p. my-pet-2.$p. my-pet.$p. fd42--9-4.$p." "$(s -x 10.42.9.2) $(s -x 10.42.9.3) $(s -x fd42::9:1) $(s -x fd42::9:4)"
check "2.5 CNAME, asked for or not" "good.example. good.example. good.example." "$(s CNAME elsewhere.spec.svc.cluster.local) $(d +norec +short elsewhere.spec.svc.cluster.local) $(d +norec +short AAAA elsewhere.spec.svc.cluster.local)"
check "2.5 to a name of the cluster: with its address" "10.43.1.1 one.spec.svc.cluster.local. 10.42.9.1 10.42.9.2 my-pet.$p." "$(s inside.spec.svc.cluster.local) $(s named.spec.svc.cluster.local)"
check "3 extensions take nothing away: pod names, endpoints' names below a Service with an address" "10.42.9.4 NXDOMAIN" "$(s 10-42-9-4.spec.pod.cluster.local) $(status 10-43-1-1.one.spec.svc.cluster.local)"

echo "# the host's resolvers"
check "forwarded" 192.0.2.80 "$(d +short www.default.svc.example.com)"
check "not authoritative" "qr rd ra" "$(flags www.default.svc.example.com)"
check "forwarded, no such name" NXDOMAIN "$(status no.default.svc.example.com)"
check "forwarded, longer than a packet" 200 "$(d +short many.default.svc.example.com | wc -l)"
check "ExternalName with the addresses of its target" "www.default.svc.example.com. 192.0.2.80" "$(echo $(d +short ext.default.svc.cluster.local))"
kill "$up"; wait "$up" 2>/dev/null || :
check "the cache and a resolver that is gone" "192.0.2.80" "$(d +short www.default.svc.example.com)"
check "nobody answers" SERVFAIL "$(status other.default.svc.example.com)"
check "which is said once" 1 "$(grep -c '127.0.0.9:5399, 127.0.0.2:5353: no answer from any of these name servers' "$dir/tool.log")"

# From here on the resolver is one that misbehaves as the name says.
mkfifo "$dir/ready"
"$faults" upstream 127.0.0.7 53 "$dir/asked" > "$dir/ready" 2>"$dir/upstream.log" & bad=$!; pids="$pids $bad"
read -r _ < "$dir/ready"; rm "$dir/ready"
asked() { grep -ciE "^$1 [0-9]+ [0-9]+ $2 " "$dir/asked" || :; }
printf 'nameserver 127.0.0.7\n' > "$dir/new.conf"; mv "$dir/new.conf" "$dir/resolv.conf" # as most tools write it
check "a new resolv.conf is taken up at once" 192.0.2.1 "$(eventually 2 sh -c "dig +tries=1 +time=1 +short @10.42.3.1 new\$\$.example | grep -q 192.0.2.1" && d +short good.example)"
check "... also when it is written in place" REFUSED "$(: > "$dir/resolv.conf"; sleep 0.3; status gone.example)"
check "no resolver: the cluster is served" 10.43.0.7 "$(d +short web.default.svc.cluster.local)"
printf 'nameserver 127.0.0.7\n' > "$dir/resolv.conf"; sleep 0.3
check "ExternalName outside" "good.example. 192.0.2.1" "$(echo $(d +short out.default.svc.cluster.local))"
for i in $(seq 1 30); do d +short r$i.abcdefghijklmnop.example; done >/dev/null
check "ids, ports and case are random" yes "$(awk 'tolower($4) ~ /mnop/ {if (!ports[$2]++) np++; if (!ids[$3]++) ni++; if ($4 != tolower($4)) odd++} END {print (np > 25 && ni > 28 && odd > 25 ? "yes" : np " " ni " " odd)}' "$dir/asked")"
n=$(asked udp nx-a.example); check "no such name" NXDOMAIN "$(status nx-a.example)"
check "... is asked for once (SOA minimum)" "NXDOMAIN $((n + 1))" "$(status nx-a.example) $(asked udp nx-a.example)"
check "cut answers are asked for by TCP" "192.0.2.1 1" "$(d +short trunc.example) $(asked tcp trunc.example)"
check "40 KB by TCP" "200" "$(d +tcp +short TXT long.example | wc -l)"
check "... and truncated for UDP" tc "$(d +ignore TXT long.example | grep -q 'flags:.* tc' && echo tc)"
check "a resolver that does not know EDNS" 192.0.2.1 "$(d +short noedns.example)"
check "wrong id and name are passed over" 192.0.2.1 "$(d +short liar.example)"
check "who guesses ids is answered by TCP" "192.0.2.1 1" "$(d +short guesser.example) $(asked tcp guesser.example)"
check "the right id and question from a wrong address and a wrong port" 192.0.2.1 "$(d +short stranger.example)"
check "... are not seen at all: nothing goes by TCP" 0 "$(asked tcp stranger.example)"
check "questions and other operations as answers" 192.0.2.1 "$(d +short opcode.example)"
check "lies about sizes: more records than there are, longer and shorter than they are, names that go in circles" "SERVFAIL SERVFAIL SERVFAIL SERVFAIL" \
	"$(echo $(for l in count rdlen rdshort pointer; do status $l.example; done))"
check "more than was offered comes by TCP" "1 1" "$(d +short oversize.example | wc -l) $(asked tcp oversize.example)"
check "65,535 bytes by TCP" 307 "$(d +tcp +noedns +short TXT full.example | wc -l)"
for l in tcplie tcpcut tcpdrip; do
	t=$(date +%s%N)
	check "a resolver that by TCP does as '$l' says" SERVFAIL "$(status $l.example)"
	is "... milliseconds until then" $((($(date +%s%N) - t) / 1000000)) lt 3500
done
check "garbage before the answer" 192.0.2.1 "$(d +short garbage.example)"
check "what is said besides is not believed" "192.0.2.1 192.0.2.1" "$(d +short extra.example) $(d +short bank.example)"
check "... nor where a CNAME leads to, for that name itself" "bank2.example. 6.6.6.6 192.0.2.1" "$(echo $(d +short chain.example) $(d +short bank2.example))"
check "... and not handed on" 0 "$(d +noall +answer +authority +additional extra.example | grep -c evil || :)"
sections() { d "$@" | awk '/^;; flags/ {ad = /[ ]ad[ ;]/} /RRSIG/ {sig = 1} END {print "ad=" ad + 0, "signatures=" sig + 0}'; }
check "DNSSEC, for who wants it" "ad=1 signatures=1" "$(sections +dnssec signed.example)"
check "... for who only wants to know whether it was validated" "ad=1 signatures=0" "$(sections +adflag signed.example)"
check "... and for others" "ad=0 signatures=0" "$(sections +noadflag signed.example)"
d +cdflag +dnssec +short signed-cd.example >/dev/null; d +short signed-plain.example > /dev/null
check "what upstreams are asked: AD always, CD and DO as the client has them" "edns ad cd do, edns ad" \
	"$(awk 'tolower($4) == "signed-cd.example" {a = $6 " " $7 " " $8 " " $9} tolower($4) == "signed-plain.example" {b = $6 " " $7 $8} END {print a ", " b}' "$dir/asked")"
check "the root goes to the resolvers, too" NOERROR "$(status NS .)"
check "servfail" SERVFAIL "$(status servfail.example)"
check "a resolver that changes the case" "192.0.2.1 1" "$(d +short lower.example) $(asked tcp lower.example)"
check "one question of eight clients is asked once" "8 1" "$("$faults" same 10.42.3.1 slow-b.example 8) $(asked udp slow-b.example)"
for i in 1 2 3; do d +short popular.example >/dev/null; done; sleep 9.2
check "popular names are asked for before they run out" "192.0.2.1 2" "$(echo $(d +short popular.example; sleep 0.3; asked udp popular.example))"
printf 'search corp.example\nnameserver 127.0.0.7\n' > "$dir/resolv.conf"; sleep 0.3

# A resolver that asks whom it was asked by, and one that is ourselves.
mkfifo "$dir/ready"
"$faults" relay 127.0.0.11 53 10.42.3.1 > "$dir/ready" 2>>"$dir/upstream.log" & pids="$pids $!"
read -r _ < "$dir/ready"; rm "$dir/ready"
printf 'nameserver 127.0.0.11\n' > "$dir/resolv.conf"; sleep 0.3
t=$(date +%s%N)
check "a loop" SERVFAIL "$(status round.and.round.example)"
is "... is noticed at once, milliseconds" $((($(date +%s%N) - t) / 1000000)) lt 300
check "... and said" 1 "$(grep -cE 'a loop: the question for [a-z.]*round.and.round.example. .* came back from 127.0.0.11,' "$dir/tool.log")"
is "... and counted" "$(metric minik_dns_forward_loops_total)" gt 0
printf 'nameserver 10.42.3.1\nnameserver 10.43.0.10\n' > "$dir/resolv.conf"; sleep 0.3
check "no name servers but ourselves: left out" REFUSED "$(status round.example)"
is "... and said" "$(grep -cE 'resolv.conf.*names this DNS server itself' "$dir/tool.log")" gt 0
printf 'search corp.example\nnameserver 127.0.0.7\n' > "$dir/resolv.conf"; sleep 0.3

echo "# what an administrator adds"
cm() { echo '{"kind":"ConfigMap","metadata":{"namespace":"kube-system","name":"minik-dns"},"data":{'"$1"'}}'; }
start 127.0.0.2 5353 "$dir/none" corp.test "$dir/up.json"; up=$last
give "$(cm '"stubDomains":"{\"corp.test\":[\"127.0.0.2:5353\"],\"bad.test\":[\"nobody\"]}","hosts":"198.51.100.33 printer.lan printer\nnonsense here\n"')"
check "a domain of its own servers" 192.0.2.80 "$(d +short www.default.svc.corp.test)"
check "a host" 198.51.100.33 "$(d +short printer.lan)"
check "its address" printer.lan. "$(d +short -x 198.51.100.33)"
check "other names go on to the host's" 192.0.2.1 "$(d +short good-c.example)"
check "what is malformed is told about" "2" "$(grep -cE '^(stubDomains\["bad.test"\]|hosts: line 2)' "$dir/tool.log")"
give "$(cm '"stubDomains":"{","hosts":"198.51.100.34 printer.lan"')"
check "a broken key leaves the others" 198.51.100.34 "$(d +short printer.lan)"
give "$(cm '' | sed 's/"name":/"deletionTimestamp":"x","name":/')"
check "gone again" "192.0.2.1" "$(d +short printer.lan.example; d +short printer.lan | grep 198.51)"

echo "# floods and dead upstreams"
check "stale: first the answer" 192.0.2.1 "$(d +short short-d.example)"
sleep 1.2
{ "$faults" flood 10.42.3.1 nx 3 127.0.0.3 > "$dir/flood"; } & flooder=$!
sleep 0.5
worst=0 answered=0
for i in $(seq 1 40); do
	t=$(date +%s%N); [ "$(d +short web.default.svc.cluster.local)" != 10.43.0.7 ] || answered=$((answered + 1))
	t=$((($(date +%s%N) - t) / 1000)); [ $t -le $worst ] || worst=$t
done
check "cluster names in a flood of random ones: all answered, each by its first packet" 40 $answered
echo "# the slowest of them took $worst us, with dig's own start"
wait $flooder; echo "# flood: sent and answered $(cat "$dir/flood")"
n=$(metric minik_dns_shed_total)
check "800 questions at once are answered, every one" "800 0 $n" "$("$faults" burst 10.42.3.1 "$our" 800 127.0.0.3) $(metric minik_dns_shed_total)"
read -r got code <<< "$("$faults" burst 10.42.3.1 "$our" 2000 127.0.0.3)"
check "a client that fills the queue: another one behind it is answered" 0 "$code"
is "... the one that filled it is not, with most" "$got" lt 1500
check "... each is answered or counted" 2000 $((got + $(metric minik_dns_shed_total) - n))
{ "$faults" flood 10.42.3.1 silent 4 127.0.0.3 > "$dir/flood"; } & flooder=$!
sleep 1
check "names of others in a flood of questions that nobody answers" 192.0.2.1 "$(dig +tries=3 +time=3 +short @10.42.3.1 good-e.example)"
is "... one client has at most a quarter of the sockets to upstreams" "$(ss -uanH state established 'dst 127.0.0.7' | wc -l)" le 256
is "... and the rest is refused, not kept" "$(ls /proc/$our/fd | wc -l)" le 400
wait $flooder; echo "# flood of silence: sent and answered $(cat "$dir/flood")"
is "the cache stays within its bounds" "$(metric coredns_cache_entries 'type="denial"')" le 4096
# Spoofed: while a question waits, a guess for every port.
n=$(metric minik_dns_forward_strangers_total)
d +tries=1 +time=5 +short silent-spoof.example > "$dir/spoofed" & w=$!
sleep 0.1; echo "# spoofed answers: $("$faults" spoof 127.0.0.7 53 127.0.0.1 silent-spoof.example)"; wait $w
check "spoofed answers are not believed" no "$(grep -q 6.6.6.6 "$dir/spoofed" && echo yes || echo no)"
check "... nor later" no "$(d +short silent-spoof.example | grep -q 6.6.6.6 && echo yes || echo no)"
kill -STOP $bad
t=$(date +%s%N)
check "a dead upstream: what is out of date is better than nothing" 192.0.2.1 "$(d +short short-d.example)"
is "... after two seconds at most, microseconds" $((($(date +%s%N) - t) / 1000)) lt 2500000
for i in 1 2; do status dead$i.example >/dev/null; done
t=$(date +%s%N)
check "an upstream known to be dead" 192.0.2.1 "$(d +short short-d.example)"
is "... at once" $((($(date +%s%N) - t) / 1000)) lt 500000
check "its TTL says that it is old" 30 "$(d +noall +answer short-d.example | awk '{print $2}')"
check "the cluster does not wait" 10.43.0.7 "$(d +time=1 +short web.default.svc.cluster.local)"
kill -CONT $bad
check "an upstream that comes back" 192.0.2.1 "$(eventually 20 sh -c "dig +tries=1 +time=2 +short @10.42.3.1 back\$(date +%N).example | grep -q 192.0.2.1" && d +short back-f.example)"

echo "# TCP"
check "64 KB: refused, and the next question answered" "1 0 1" "$("$faults" tcp 10.42.3.1 huge)"
check "garbage" 0 "$("$faults" tcp 10.42.3.1 garbage)"
check "connections of one address are bounded, others are served" "64 0" "$("$faults" tcp 10.42.3.1 many)"
check "3,000 idle connections of 3,000 addresses: the oldest go, who comes is served" "3000 256 0 0" "$("$faults" tcp 10.42.3.1 thousands)"
"$faults" tcp 10.42.3.1 slow > "$dir/tcp.slow" & a=$!
"$faults" tcp 10.42.3.1 drip > "$dir/tcp.drip" & b=$!
wait $a $b
check "who never reads is cut off" "closed after 10 s" "$(cat "$dir/tcp.slow")"
check "who sends a byte a second is cut off" "closed after 10 s" "$(cat "$dir/tcp.drip")"
check "nothing is left open" 0 "$(eventually 15 sh -c "curl -fsS http://10.42.3.1:9153/metrics | grep -q '^minik_dns_tcp_open 0$'" && metric minik_dns_tcp_open)"

echo "# search lists"
cat "$dir/our.json" > "$dir/feed2"
start 127.0.0.8 53 "$dir/resolv.conf" cluster.local "$dir/feed2" 0 autopath
p() { dig -b 127.0.0.3 +tries=1 +time=4 @127.0.0.8 "$@"; }
check "a Service by its search list" "kube-dns.kube-system.svc.cluster.local. 10.43.0.10" "$(echo $(p +short kube-dns.kube-system.default.svc.cluster.local))"
check "a name outside: one round trip" "www.good.example. 192.0.2.1" "$(echo $(printf 'nameserver 127.0.0.7\n' > "$dir/resolv.conf"; sleep 0.3; p +short www.good.example.default.svc.cluster.local))"
check "a domain of the host's list" "www.corp.example. 192.0.2.1" "$(echo $(printf 'search corp.example\nnameserver 127.0.0.7\n' > "$dir/resolv.conf"; sleep 0.3; p +short www.default.svc.cluster.local))"
check "nothing found: as without" NXDOMAIN "$(p nx.nx.example.default.svc.cluster.local | sed -n 's/.*status: \([A-Z]*\),.*/\1/p')"
check "another client walks by itself" NXDOMAIN "$(dig -b 127.0.0.4 +tries=1 +time=4 @127.0.0.8 www.good.example.default.svc.cluster.local | sed -n 's/.*status: \([A-Z]*\),.*/\1/p')"
check "by TCP" 192.0.2.1 "$(p +tcp +short www.good.example.default.svc.cluster.local | tail -1)"

echo "# metrics"
text=$(curl -fsS http://10.42.3.1:9153/metrics)
S='server="dns://10.42.3.1:53"' C='zone="cluster.local."' V='view=""'
for m in "coredns_dns_requests_total $S $C $V proto=\"udp\" family=\"1\" type=\"A\"" "coredns_dns_requests_total $S $C $V proto=\"tcp\" family=\"1\" type=\"A\"" \
	"coredns_dns_requests_total $S zone=\".\" $V proto=\"udp\" family=\"1\" type=\"TXT\"" "coredns_dns_do_requests_total $S zone=\".\" $V" \
	"coredns_dns_responses_total $S $C $V rcode=\"NXDOMAIN\" plugin=\"kubernetes\"" "coredns_dns_responses_total $S zone=\".\" $V rcode=\"NOERROR\" plugin=\"hosts\"" \
	"coredns_dns_responses_total $S zone=\".\" $V rcode=\"SERVFAIL\" plugin=\"forward\"" "coredns_dns_responses_total $S zone=\".\" $V rcode=\"REFUSED\" plugin=\"\"" "coredns_dns_responses_total rcode=\"BADVERS\"" \
	"coredns_dns_request_duration_seconds_bucket $S $C $V le=\"0.00025\"" "coredns_dns_request_duration_seconds_count $S zone=\".\" $V" \
	"coredns_dns_request_size_bytes_bucket $S $C $V proto=\"udp\" le=\"100\"" "coredns_dns_response_size_bytes_sum $S $C $V proto=\"tcp\"" \
	"coredns_cache_hits_total $S zones=\".\" $V type=\"success\"" "coredns_cache_misses_total $S zones=\".\"" "coredns_cache_requests_total $S zones=\".\"" \
	"coredns_cache_served_stale_total $S zones=\".\"" "coredns_cache_prefetch_total $S zones=\".\"" \
	'coredns_proxy_request_duration_seconds_count proxy_name="forward" to="127.0.0.7:53" rcode="NXDOMAIN"' \
	minik_dns_forward_truncated_total minik_dns_forward_strangers_total minik_dns_tcp_connections_total; do
	is "$m" "$(metric $m)" gt 0
done
check "what has not happened is there as well, as 0" 4 "$(printf '%s\n' "$text" | grep -cE '^(coredns_cache_evictions_total|coredns_hosts_entries|coredns_forward_max_concurrent_rejects_total|coredns_autopath_success_total)(\{server=.dns://10.42.3.1:53.(,zones=...,view=..,type=.denial.)?\})? [0-9]+$')"
check "... of requests, sizes and durations one for each" "1" "$(for k in dns_requests_total dns_request_size_bytes_count dns_response_size_bytes_count dns_responses_total dns_request_duration_seconds_count; do
	printf '%s\n' "$text" | awk -v m="coredns_$k{" 'index($0, m) == 1 {t += $NF} END {print t}'; done | sort -u | wc -l)"
check "well formed" 0 "$(printf '%s\n' "$text" | grep -vcE '^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [0-9.e+-]+)$' || :)"
check "nothing else there" 404 "$(curl -s -o /dev/null -w '%{http_code}' http://10.42.3.1:9153/other)"
check "the responder is alive" yes "$(kill -0 "$our" && echo yes)"
