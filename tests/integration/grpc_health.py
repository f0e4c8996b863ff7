#!/usr/bin/env python3
"""A server of grpc.health.v1.Health on plain HTTP/2, as far as a probe looks. Arguments: address, port. The file named by the third says what it answers:
a number is the status (1: serving), anything else a gRPC code to fail with, "code N". Prints each service it is asked for.
"""
import socket, struct, sys, threading


def frame(kind, flags, stream, payload=b''):
    return struct.pack('>I', len(payload))[1:] + bytes([kind, flags]) + struct.pack('>I', stream) + payload


def literal(name, value):  # HPACK: without indexing, new name, no Huffman code
    return b'\0' + bytes([len(name)]) + name + bytes([len(value)]) + value


def serve(c):
    f = c.makefile('rb')
    if f.read(24) != b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n':
        return
    c.sendall(frame(4, 0, 0))
    bodies = {}
    while True:
        h = f.read(9)
        if len(h) < 9:
            return
        n, kind, flags, stream = int.from_bytes(h[:3], 'big'), h[3], h[4], int.from_bytes(h[5:], 'big') & 0x7fffffff
        p = f.read(n)
        if kind == 4 and not flags & 1:
            c.sendall(frame(4, 1, 0))
        elif kind == 6 and not flags & 1:
            c.sendall(frame(6, 1, 0, p))
        elif kind == 0:
            bodies[stream] = bodies.get(stream, b'') + p
        if kind in (0, 1) and flags & 1:
            body = bodies.pop(stream, b'')
            assert body[:1] == b'\0' and int.from_bytes(body[1:5], 'big') == len(body) - 5
            print('asked for', body[7:].decode() or '(all)', flush=True)
            say = open(sys.argv[3]).read().strip()
            head = b'\x88' + literal(b'content-type', b'application/grpc')  # :status 200
            if say.startswith('code '):
                c.sendall(frame(1, 5, stream, head + literal(b'grpc-status', say[5:].encode())))
            else:
                msg = bytes([8, int(say)]) if int(say) else b''
                c.sendall(frame(1, 4, stream, head) + frame(0, 0, stream, b'\0' + struct.pack('>I', len(msg)) + msg) + frame(1, 5, stream, literal(b'grpc-status', b'0')))


s = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    threading.Thread(target=serve, args=(s.accept()[0],), daemon=True).start()
