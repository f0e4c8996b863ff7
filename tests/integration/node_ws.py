#!/usr/bin/env python3
"""What no kubectl speaks: the older WebSocket protocols, and clients that misbehave. Arguments: certificate, key of a client of the node's server;
with "logs" behind them, of a client of the API server, which serves logs over WebSocket; with "v5", of one that speaks v5.channel.k8s.io alone to the API server
about the container main of the pod default/box, whatever its node speaks.

Prints one line a case, for node_server.sh to look at. The pod is default/t with the containers a (toolbox) and web (hostnames).
"""
import base64, json, os, socket, ssl, struct, sys, time, urllib.parse

ctx = ssl.create_default_context()
ctx.check_hostname, ctx.verify_mode = False, ssl.CERT_NONE
ctx.load_cert_chain(sys.argv[1], sys.argv[2])


def connect(path, protocol, port=10250):
    s = ctx.wrap_socket(socket.create_connection(('127.0.0.1', port), timeout=20))
    key = base64.b64encode(os.urandom(16)).decode()
    s.sendall((f'GET {path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'
               f'Sec-WebSocket-Key: {key}\r\n' + (f'Sec-WebSocket-Protocol: {protocol}\r\n' if protocol else '') + '\r\n').encode())
    head = b''
    while not head.endswith(b'\r\n\r\n'):
        b = s.recv(1)
        if not b:
            break
        head += b
    return s, int(head.split()[1])


def read(s, n):
    b = b''
    while len(b) < n:
        c = s.recv(n - len(b))
        if not c:
            raise EOFError
        b += c
    return b


def frame(s):
    a, n = read(s, 2)
    n &= 127
    if n == 126:
        n, = struct.unpack('>H', read(s, 2))
    elif n == 127:
        n, = struct.unpack('>Q', read(s, 8))
    return a & 15, read(s, n)


def send(s, op, p):
    m = os.urandom(4)
    head = bytes([0x80 | op]) + (bytes([0x80 | len(p)]) if len(p) < 126 else bytes([0xfe]) + struct.pack('>H', len(p)))
    s.sendall(head + m + bytes(x ^ m[i % 4] for i, x in enumerate(p)))


def drain(s):
    out = []
    try:
        while True:
            op, p = frame(s)
            out.append((op, p))
            if op == 8:
                send(s, 8, p[:2])
    except (EOFError, OSError):
        return out


def logs():
    """binary.k8s.io and base64.binary.k8s.io: an empty message, then the log, then the end."""
    at = '/api/v1/namespaces/default/pods/'
    for protocol in ['binary.k8s.io', 'base64.binary.k8s.io', 'nonsense, binary.k8s.io', '']:
        s, status = connect(at + 'once/log', protocol, 6443)
        got = drain(s)
        kinds = sorted({op for op, p in got})
        print('log', protocol.replace(' ', '') or '-', status, kinds, got[0][1] == b'', struct.unpack('>H', got[-1][1][:2])[0],
              b''.join((base64.b64decode(p) if op == 1 else p) for op, p in got if op != 8).replace(b'\n', b','))
    print('log-nonsense', connect(at + 'once/log', 'nonsense', 6443)[1])
    print('log-no-pod', connect(at + 'nope/log', 'binary.k8s.io', 6443)[1])
    print('log-no-container', connect(at + 'once/log?container=nope', 'binary.k8s.io', 6443)[1])
    s, status = connect(at + 't/log?container=a&follow=true&tailLines=1', 'binary.k8s.io', 6443)
    first = [frame(s), frame(s)]
    send(s, 9, b'there?')
    print('log-follow', first[0][1], frame(s))
    s.close()
    s, status = connect(at + 't/log?container=a', 'binary.k8s.io', 6443)
    print('log-large', sum(len(p) for op, p in drain(s) if op == 2) > 3000000)


def v5():
    at = '/api/v1/namespaces/default/pods/box/'

    def run(command, more='', protocol='v5.channel.k8s.io', sub='exec', container='main'):
        return connect(at + sub + '?container=' + container + '&stdout=true' + more + ''.join('&command=' + urllib.parse.quote(c) for c in command), protocol, 6443)

    def channels(s):
        got = {}
        for op, p in drain(s):
            k = 'close' if op == 8 else p[0]
            got[k] = got.get(k, b'') + (p[:2] if op == 8 else p[1:])
            if op == 8:  # nothing counts behind it: Kubernetes' library says 1002 and, where that is still heard, 1000 as it closes
                break
        got['close'] = struct.unpack('>H', got['close'])[0] if len(got.get('close', b'')) == 2 else None
        return got

    s, status = run(['sh', '-c', 'echo hi; echo oh >&2; exit 3'], '&stderr=true')
    got = channels(s)
    end = json.loads(got[3])
    print('exec', status, got[1], got[2], end['status'], end['details']['causes'], got['close'])
    s, status = run(['wc', '-c'], '&stdin=true')
    for _ in range(40):
        send(s, 2, b'\0' + b'x' * 50000)
    send(s, 2, b'\xff\0')
    got = channels(s)
    print('close-stdin', status, got[1].strip(), json.loads(got[3])['status'], got['close'])
    s, status = run(['head', '-c', '6000000', '/dev/zero'])
    time.sleep(2)
    got = channels(s)
    print('slow', status, len(got[1]), json.loads(got[3])['status'], got['close'])
    s, status = run(['sh', '-c', 'while [ "$(stty size 2>/dev/null)" != "31 97" ]; do sleep 0.1; done; stty size; tty'], '&stdin=true&tty=true')
    send(s, 2, b'\4{"Width":97,"Height":31}\n')
    print('terminal', status, channels(s)[1].split())
    s, status = run(['nobody'])
    got = channels(s)
    print('no-program', status, json.loads(got[3])['status'])
    s, status = run(['sleep', '1000'])
    # No mask: what a random one begins with may be a frame to the library of Kubernetes', which minds no unknown opcode, then its end, or one of 2^63 bytes.
    s.sendall(bytes([0x80 | 3, 125]) + os.urandom(3000))
    print('garbage', status, channels(s)['close'])
    s, status = run(['true'], protocol='nonsense, v5.channel.k8s.io, v4.channel.k8s.io')
    print('both', status, json.loads(channels(s)[3])['status'])
    print('v4', run(['true'], protocol='v4.channel.k8s.io')[1])
    print('nonsense', run(['true'], protocol='nonsense')[1] != 101)
    s, status = run([], '&stdin=true', sub='attach', container='reader')
    send(s, 2, b'\0attached\n')
    first = frame(s)
    while len(first[1]) < 2:  # Kubernetes' own begins with an empty message
        first = frame(s)
    print('attach', status, first)
    send(s, 8, struct.pack('>H', 1000))
    print('goodbye', channels(s)['close'])
    s, status = connect(at + 'portforward?ports=1', 'SPDY/3.1+portforward.k8s.io', 6443)
    send(s, 2, bytes([0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 7]))  # SPDY's PING, which comes back
    op, back = frame(s)
    while len(back) < 12:  # bytes in a row, however many messages they come in
        back += frame(s)[1]
    print('tunnel', status, (op, back))


if sys.argv[3:] == ['v5']:
    v5()
    sys.exit(0)
if sys.argv[3:] == ['logs']:
    logs()
    sys.exit(0)
SH = '/exec/default/t/a?command=sh&command=-c&command=echo+hi%3B+echo+oh+%3E%262%3B+exit+3&output=1&error=1'
for protocol in ['v5.channel.k8s.io', 'v4.channel.k8s.io', 'channel.k8s.io', 'base64.channel.k8s.io', 'v4.base64.channel.k8s.io', '']:
    s, status = connect(SH, protocol)
    got = {}
    for op, p in drain(s):
        if op == 8:
            got['close'] = struct.unpack('>H', p[:2])[0]
        elif 'base64' in protocol:
            got[p[:1]] = got.get(p[:1], b'') + base64.b64decode(p[1:])
        else:
            k = bytes([48 + p[0]])
            got[k] = got.get(k, b'') + p[1:]
    print('exec', protocol or '-', status, got)
print('nonsense', connect(SH, 'nonsense')[1])
print('no-pod', connect('/exec/default/nope/a?command=x&output=1', 'v4.channel.k8s.io')[1])
for protocol in ['v4.channel.k8s.io', 'v4.base64.channel.k8s.io']:
    s, status = connect('/portForward/default/t?port=9376', protocol)
    q = b'GET / HTTP/1.0\r\n\r\n'
    send(s, 1, b'0' + base64.b64encode(q)) if 'base64' in protocol else send(s, 2, b'\0' + q)
    got = [base64.b64decode(p[1:]) if op == 1 else p[1:] for op, p in drain(s) if op != 8]
    print('forward', protocol, status, got[0] == got[1] == struct.pack('<H', 9376), b''.join(got[2:]).split(b'\r\n\r\n')[-1])
s, status = connect('/portForward/default/t?port=1', 'v4.channel.k8s.io')
print('forward-refused', [p[1:] for op, p in drain(s) if op == 2 and p[0] == 1][-1])
s, status = connect('/exec/default/t/a?command=cat&input=1&output=1', 'v5.channel.k8s.io')
send(s, 2, b'\0hello')
first = frame(s)
send(s, 2, b'\xff\0')
print('close-stdin', first, drain(s))
s, status = connect('/exec/default/t/a?command=cat&input=1&output=1', 'v5.channel.k8s.io')
s.sendall(bytes([0x80 | 3]) + os.urandom(3000))
print('garbage', drain(s)[-1:])
slow = [connect('/exec/default/t/a?command=yes&output=1', 'v5.channel.k8s.io')[0] for _ in range(5)]
time.sleep(2)
s, status = connect('/exec/default/t/a?command=yes&output=1', 'v5.channel.k8s.io')
n, end = 0, time.time() + 30
while n <= 1000000 and time.time() < end:
    n += len(frame(s)[1])
print('slow-readers', n > 1000000)
