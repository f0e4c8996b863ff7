#!/bin/bash
# minik's nginx module in a real nginx: external authentication, client certificates, how backends are spoken to (time limits, buffers,
# retries, TLS), names outside the cluster. Tables by table_tool, backends, the auth service and a name server by ingress_auth_*.py.
# AUTH_PARTS="url keep backend tls cert names" for some. Names, auth-url and kept connections once more with the address sanitizer in the module; AUTH_ASAN=1: all with it.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
module=ingress/minik_module${AUTH_ASAN:+_asan}.so
for p in tests/integration/table_tool $module; do
	[ -x "$B/$p" ] || make -s -C "$B" "$p" >&2 || skip_all "$p cannot be built"
done
for p in curl openssl nginx python3; do command -v $p >/dev/null || [ -x "/usr/sbin/$p" ] || skip_all "no $p"; done
enter_sandbox "$@"
# Small buffers of the kernel, so that nginx' own show; a wire on which nobody answers.
for f in tcp_rmem tcp_wmem; do echo "4096 16384 32768" >/proc/sys/net/ipv4/$f; done 2>/dev/null || skip_all "cannot set sizes of buffers"
for i in 7 8 9; do ip neigh add 10.99.0.$i lladdr 02:00:00:00:00:0$i dev wire nud permanent; done
for i in 1 2 3; do ip addr add 10.99.0.$i/24 dev wire; done
mkdir -p "$T/live" "$T/pki" "$T/tmp"

# certificates: NAME CN CA [extension]
ca() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" -keyout "$T/pki/$1.key" -out "$T/pki/$1.crt" 2>/dev/null; }
cert() { # cert NAME SUBJECT CA EXTENSIONS [DAYS]
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" -keyout "$T/pki/$1.key" -out "$T/pki/$1.csr" 2>/dev/null
	openssl x509 -req -in "$T/pki/$1.csr" -CA "$T/pki/$3.crt" -CAkey "$T/pki/$3.key" -CAcreateserial -days "${5:-30}" -extfile <(printf '%b' "$4") -out "$T/pki/$1.crt" 2>/dev/null
}
ca ca1; ca ca2
cert server /CN=server ca1 'subjectAltName=DNS:*.test,DNS:a.test'
cert server2 /CN=server2 ca1 'subjectAltName=DNS:*.test'
cert backend /CN=backend ca1 'subjectAltName=DNS:backend.test'
cert alice "/O=Wonder, Land/CN=alice" ca1 'extendedKeyUsage=clientAuth'
cert bob /CN=bob ca1 'extendedKeyUsage=clientAuth'
cert eve /CN=alice ca2 'extendedKeyUsage=clientAuth'
cert middle /CN=middle ca1 'basicConstraints=critical,CA:TRUE'
cert deep /CN=deep middle 'extendedKeyUsage=clientAuth'
cert old /CN=old ca1 'extendedKeyUsage=clientAuth' -1
cat "$T/pki/middle.crt" >>"$T/pki/deep.crt"
# a revocation list that has bob
touch "$T/pki/index"; echo 01 >"$T/pki/crlnumber"
printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s/pki/index\ncrlnumber=%s/pki/crlnumber\ndefault_md=sha256\ndefault_crl_days=30\n' "$T" "$T" >"$T/pki/conf"
openssl ca -config "$T/pki/conf" -keyfile "$T/pki/ca1.key" -cert "$T/pki/ca1.crt" -revoke "$T/pki/bob.crt" 2>/dev/null
openssl ca -config "$T/pki/conf" -keyfile "$T/pki/ca1.key" -cert "$T/pki/ca1.crt" -gencrl -out "$T/pki/crl" 2>/dev/null || skip_all "openssl makes no revocation list"

server='
		location / { minik_route; proxy_pass http://minik; }
		location @minik_https { proxy_pass https://minik_own; }
		location @minik_grpc { grpc_pass grpc://minik_grpc; }
		location @minik_grpcs { grpc_pass grpcs://minik_own; }
		location @minik_stream { proxy_request_buffering off; proxy_pass http://minik; }
		location @minik_stream_https { proxy_request_buffering off; proxy_pass https://minik_own; }
		location @minik_http10 { proxy_http_version 1.0; proxy_pass http://minik_once; }
		location @minik_http10_https { proxy_http_version 1.0; proxy_pass https://minik_once; }
		location = /minik.auth {
			internal;
			proxy_pass $minik_auth_url;
			proxy_pass_request_body off;
			proxy_set_header Host $minik_auth_host;
			proxy_set_header Content-Length "";
			proxy_set_header Connection "";
			proxy_next_upstream error timeout non_idempotent;
			proxy_ssl_server_name on;
			proxy_ssl_name $minik_auth_host;
			proxy_read_timeout 1s;
			proxy_connect_timeout 1s;
		}'
cat >"$T/nginx.conf" <<E
load_module "$B/$module";
user root;
daemon off;
worker_processes 1;
pid "$T/nginx.pid";
error_log "$T/error.log" info;
events { worker_connections 1024; }
http {
	minik_live "$T/live";
	minik_limits 4m;
	access_log off;
	client_body_temp_path "$T/tmp/body"; proxy_temp_path "$T/tmp/proxy"; fastcgi_temp_path "$T/tmp/f"; uwsgi_temp_path "$T/tmp/u"; scgi_temp_path "$T/tmp/s";
	client_max_body_size 0;
	proxy_http_version 1.1;
	proxy_connect_timeout 5s;
	proxy_buffering off;
	proxy_buffer_size 8k;
	proxy_buffers 4 8k;
	proxy_max_temp_file_size 0;
	proxy_next_upstream error timeout;
	proxy_next_upstream_tries 3;
	proxy_redirect off;
	proxy_ssl_protocols TLSv1.2 TLSv1.3;
	grpc_ssl_protocols TLSv1.2 TLSv1.3;
	proxy_set_header Host \$minik_host;
	proxy_set_header X-Forwarded-For \$remote_addr;
	proxy_set_header Upgrade \$http_upgrade;
	proxy_set_header Connection \$minik_connection;
	grpc_set_header Host \$minik_host;
	add_header X-Tried "\$upstream_addr" always;
	ssl_certificate "$T/pki/server.crt"; ssl_certificate_key "$T/pki/server.key";
	ssl_protocols TLSv1.2 TLSv1.3;
	ssl_session_cache shared:minik_tls:4m; ssl_session_tickets off;
	resolver 127.0.0.1:5353; resolver_timeout 2s;
	upstream minik { server 0.0.0.1; minik_balance; keepalive 16; }
	upstream minik_grpc { server 0.0.0.1; minik_balance; keepalive 16; }
	upstream minik_own { server 0.0.0.1; minik_balance; keepalive 16; }
	upstream minik_auth { server 0.0.0.1; minik_balance; keepalive 16; }
	upstream minik_once { server 0.0.0.1; minik_balance; }
	server { listen 80; listen 443 ssl http2; $server
	}
}
E
# Backends that speak TLS and gRPC: they answer what they see of the connection.
seen='"sni=$ssl_server_name dn=$ssl_client_s_dn verify=$ssl_client_verify proto=$ssl_protocol cipher=$ssl_cipher http=$server_protocol host=$http_host uri=$request_uri"'
cat >"$T/backends.conf" <<E
user root; daemon off; worker_processes 1; pid "$T/backends.pid"; error_log "$T/backends.log" info;
events { worker_connections 1024; }
http {
	access_log off;
	client_body_temp_path "$T/tmp/b1"; proxy_temp_path "$T/tmp/b2"; fastcgi_temp_path "$T/tmp/b3"; uwsgi_temp_path "$T/tmp/b4"; scgi_temp_path "$T/tmp/b5";
	ssl_certificate "$T/pki/backend.crt"; ssl_certificate_key "$T/pki/backend.key";
	ssl_client_certificate "$T/pki/ca1.crt"; ssl_verify_client optional; ssl_protocols TLSv1.2 TLSv1.3;
	server { listen 9443 ssl; return 200 $seen; }
	server { listen 9444 http2; default_type application/grpc; add_trailer x y; location / { add_header grpc-status 0; return 200 $seen; } }
	server { listen 9445 ssl http2; default_type application/grpc; location / { add_header grpc-status 0; return 200 $seen; } }
	server { listen 9446 ssl; location / { proxy_pass http://127.0.0.1:9002; } }
}
E
sed -i 's/ add_trailer x y;//' "$T/backends.conf"
nginx -c "$T/backends.conf" 2>"$T/backends.out" & lib_pids="$lib_pids $!"
echo '{"hosts": [], "backends": {}}' | "$B/tests/integration/table_tool" "$T/live" >"$T/tool.log" 2>&1 || { not_ok "table_tool" "$(cat "$T/tool.log")"; exit 1; }
start() { # start [sanitizers]
	local with=
	if [ -n "${1:-}" ]; then with="env LD_PRELOAD=$(gcc -print-file-name=libasan.so):$(gcc -print-file-name=libubsan.so) ASAN_OPTIONS=detect_leaks=0:log_path=$T/asan UBSAN_OPTIONS=print_stacktrace=1:log_path=$T/asan"; fi
	$with nginx -c "$T/nginx.conf" 2>"$T/nginx.out" & nginx=$!
	lib_pids="$lib_pids $nginx"
	check "nginx starts with the module" eventually 10 curl -s -o /dev/null http://127.0.0.1/ || { cat "$T/nginx.out" "$T/error.log"; exit 1; }
}
worker_died() { ! grep -E '\[alert\].*(exited on signal|exited with|open socket)|exited with code [1-9]' "$T/error.log"; }
parts() {
	local part
	for part; do
		python3 "$MINIK_TOP/tests/integration/ingress_auth_$part.py" || { lib_failed=1; }
	done
	check "nginx is there yet" kill -0 "$nginx"
	check "no worker has died" worker_died
}
export T B
export PYTHONPATH=$MINIK_TOP/tests/integration
start ${AUTH_ASAN:+sanitizers}
parts ${AUTH_PARTS:-url keep backend tls cert names}
sanitizer() {
	local said
	kill -QUIT "$nginx"; wait "$nginx"
	said=$(cat "$T"/asan.* "$T/nginx.out" "$T/error.log" 2>/dev/null | grep -A20 -E 'runtime error|ERROR: ')
	check "the sanitizer has nothing to say" test -z "$said" || printf '%s\n' "$said"
}
[ -z "${AUTH_ASAN:-}" ] || sanitizer
[ -z "${AUTH_KEEP:-}" ] || cp "$T/error.log" "$AUTH_KEEP"
[ -z "${AUTH_ASAN:-}${AUTH_PARTS:-}" ] || exit $lib_failed
kill -QUIT "$nginx"; wait "$nginx"
if make -s -C "$B" ingress/minik_module_asan.so >&2 && [ -e "$(readlink -f "$(gcc -print-file-name=libasan.so)")" ]; then
	sed -i 's/minik_module\.so/minik_module_asan.so/' "$T/nginx.conf"
	start sanitizers
	failed=$lib_failed; lib_failed=0
	{ parts url keep names; sanitizer; } >"$T/out.asan"
	if [ "$lib_failed" = 0 ]; then ok "the same with AddressSanitizer: $(grep -c ^ok "$T/out.asan")"
	else not_ok "the same with AddressSanitizer" "$(grep -A20 '^not ok' "$T/out.asan")"; fi
	[ "$failed" = 0 ] || lib_failed=1
else skip "the same with AddressSanitizer" "cannot be built"; fi
exit $lib_failed
