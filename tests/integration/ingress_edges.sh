#!/bin/bash
# The edges of Ingress: classes that are others' or change hands, headless Services, certificates that are broken or over, PROXY protocol in version 2
# and with TLS, WebSocket with TLS, gRPC as a stream, bytes in the access log that are no text, ports other than 80 and 443, names of hosts that fill no
# metrics, workers that are killed. The controller alone (ingress_tool, at the end minik itself) against an API server alone.
. "$(dirname "$0")/lib.sh"
. "$MINIK_TOP/tests/integration/lib_ingress.sh"
ingress_needs openssl
enter_sandbox "$@"
ingress_apiserver
N=nginx.ingress.kubernetes.io

# HTTP on 9001 that answers with the request's head and speaks WebSocket, echoing until the client ends.
cat >"$T/backend.py" <<'P'
import base64, hashlib, http.server, time
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.headers.get("Upgrade") == "websocket":
            key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            self.send_response(101); self.send_header("Upgrade", "websocket"); self.send_header("Connection", "Upgrade")
            self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()); self.end_headers()
            while True:
                d = self.connection.recv(65536)
                if not d: break
                self.connection.sendall(d[::-1])
            self.close_connection = True
            return
        if self.path == "/late": time.sleep(0.7)
        body = (self.requestline + "\n" + str(self.headers)).encode("latin-1")
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(("192.168.77.254", 9001), H).serve_forever()
P
python3 "$T/backend.py" & lib_pids="$lib_pids $!"
# HTTP/2 on 9002: answers each message of a gRPC stream with itself as it comes, and ends when the client does.
cat >"$T/grpc.py" <<'P'
import socket, struct, threading
def frame(kind, flags, stream, payload=b''): return struct.pack('>I', len(payload))[1:] + bytes([kind, flags]) + struct.pack('>I', stream) + payload
def literal(name, value): return b'\0' + bytes([len(name)]) + name + bytes([len(value)]) + value
def serve(c):
    f = c.makefile('rb')
    if f.read(24) != b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n': return
    c.sendall(frame(4, 0, 0))
    begun = set()
    while True:
        h = f.read(9)
        if len(h) < 9: return
        n, kind, flags, stream = int.from_bytes(h[:3], 'big'), h[3], h[4], int.from_bytes(h[5:], 'big') & 0x7fffffff
        p = f.read(n)
        if kind == 4 and not flags & 1: c.sendall(frame(4, 1, 0))
        elif kind == 6 and not flags & 1: c.sendall(frame(6, 1, 0, p))
        elif kind == 1: c.sendall(frame(1, 4, stream, b'\x88' + literal(b'content-type', b'application/grpc')))
        elif kind == 0 and p:
            c.sendall(frame(0, 0, stream, p) + frame(8, 0, stream, struct.pack('>I', len(p))) + frame(8, 0, 0, struct.pack('>I', len(p))))
        if kind in (0, 1) and flags & 1: c.sendall(frame(1, 5, stream, literal(b'grpc-status', b'0')))
s = socket.create_server(("192.168.77.254", 9002))
while True: threading.Thread(target=serve, args=(s.accept()[0],), daemon=True).start()
P
python3 "$T/grpc.py" & lib_pids="$lib_pids $!"
service() { # service NAME PORT MORE-OF-SPEC
	k apply -f - <<-X >/dev/null
	{"apiVersion":"v1","kind":"Service","metadata":{"name":"$1"},"spec":{${3:-}"ports":[{"name":"http","port":80,"targetPort":$2}]}}
	X
	slice "$1" "$2"
}
service web 9001; service grpc 9002; service bare 9001 '"clusterIP":"None",'
ing() { # ing NAME HOST SERVICE ANNOTATIONS [MORE OF SPEC] [PORT]
	k apply -f - <<-X >/dev/null
	{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"$1","annotations":{$4}},"spec":{${5:-}"rules":[{"host":"$2","http":{"paths":[
	 {"path":"/","pathType":"Prefix","backend":{"service":{"name":"$3","port":${6:-{\"number\":80\}}}}}]}}]}}
	X
}
controller node=n1 log=1 metrics=127.0.0.1:10254
eventually 10 answers x / 404 && ok "nginx answers" || { not_ok "nginx answers" "$(cat "$T/tool.log" "$T/data/ingress/nginx.log")"; exit 1; }
eventually 10 k get ingressclass nginx >/dev/null
first=$(nginx_pid)

# --- classes ---
k apply -f - <<'X' >/dev/null
{"apiVersion":"v1","kind":"List","items":[
 {"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"public"},"spec":{"controller":"minik.io/ingress-nginx"}},
 {"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"theirs"},"spec":{"controller":"example.com/other"}}]}
