#!/usr/bin/env python3
"""Many short commands over WebSocket, from several clients at once: each must bring all of its output, its status and its exit code.

Arguments: certificate, key, URL prefix (as far as the exec's query), count, threads. The prefix decides who is asked: the node's server or the API
server. Prints one line a kind of command: NAME, how many, how many of them were wrong, and what was wrong with the first.
"""
import base64, json, os, socket, ssl, struct, sys, threading, time, urllib.parse

cert, key, prefix, count, n_threads = sys.argv[1], sys.argv[2], urllib.parse.urlparse(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
node = prefix.path.startswith('/exec/')
ctx = ssl.create_default_context()
ctx.check_hostname, ctx.verify_mode = False, ssl.CERT_NONE
ctx.load_cert_chain(cert, key)


def connect(argv, stdin=False, tty=False, rcvbuf=0):
    names = {'stdin': 'input', 'stdout': 'output', 'stderr': 'error'} if node else {}
    q = [('command', a) for a in argv] + [(names.get('stdout', 'stdout'), '1')]
    q += [('tty', '1')] if tty else [(names.get('stderr', 'stderr'), '1')]
    q += [(names.get('stdin', 'stdin'), '1')] if stdin else []
    raw = socket.socket()
    raw.settimeout(120)
    if rcvbuf:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, rcvbuf)
    raw.connect((prefix.hostname, prefix.port))
    s = ctx.wrap_socket(raw)
    s.sendall((f'GET {prefix.path}?{urllib.parse.urlencode(q)} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
               f'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n'
               'Sec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n').encode())
    f = s.makefile('rb')
    status = f.readline()
    while f.readline().strip():
        pass
    if b' 101 ' not in status:
        raise OSError(status)
    return s, f


def drain(s, f):
    got = {1: b'', 2: b'', 3: b'', 'close': None}
    while True:
        h = f.read(2)
        if len(h) < 2:
            return got
        n = h[1] & 127
        if n == 126:
            n, = struct.unpack('>H', f.read(2))
        elif n == 127:
            n, = struct.unpack('>Q', f.read(8))
        p = f.read(n)
        if h[0] & 15 == 8:
            got['close'] = struct.unpack('>H', p[:2])[0]
            m = os.urandom(4)
            s.sendall(b'\x88\x82' + m + bytes(x ^ m[i] for i, x in enumerate(p[:2])))
        elif h[0] & 15 == 2:
            got[p[0]] += p[1:]


def wrong(got, out, err, code):
    if got['close'] != 1000:
        return 'no goodbye: %r' % {k: v[-60:] if v else v for k, v in got.items()}
    if got[1] != out or got[2] != err:
        return 'output of %d and %d bytes instead of %d and %d' % (len(got[1]), len(got[2]), len(out), len(err))
    st = json.loads(got[3] or b'{}')
    want = 'Failure' if code else 'Success'
    causes = (st.get('details') or {}).get('causes') or [{}]
    if st.get('status') != want or (code and causes[0].get('message') != str(code)):
        return 'status %r' % got[3]


def plain():
    s, f = connect(['sh', '-c', 'echo out; echo err >&2; exit 3'])
    return wrong(drain(s, f), b'out\n', b'err\n', 3)


def terminal():
    s, f = connect(['echo', 'hello'], tty=True)
    return wrong(drain(s, f), b'hello\r\n', b'', 0)


def lines():
    s, f = connect(['sh', '-c', 'i=0; while [ $i -lt 3000 ]; do echo a line of some length $i; i=$((i+1)); done'])
    return wrong(drain(s, f), b''.join(b'a line of some length %d\n' % i for i in range(3000)), b'', 0)


def blob(size, pause):
    def run():
        s, f = connect(['head', '-c', str(size), '/dev/zero'], rcvbuf=4096)
        time.sleep(pause)
        return wrong(drain(s, f), b'\0' * size, b'', 0)
    return run


def run_all(name, fns):
    bad, lock, todo = [], threading.Lock(), list(fns)

    def work():
        while True:
            with lock:
                if not todo:
                    return
                fn = todo.pop()
            try:
                w = fn()
            except Exception as e:  # a line of the report like any other failure
                w = repr(e)
            if w:
                with lock:
                    bad.append(w)
    threads = [threading.Thread(target=work) for _ in range(n_threads)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(name, len(fns), len(bad), bad[0] if bad else '', flush=True)


run_all('plain', [plain] * count)
run_all('terminal', [terminal] * count)
run_all('lines', [lines] * (count // 4 + 1))
# What lies between command and reader when the command has ended differs: one of these is in every buffer on the way.
n_threads = 12
run_all('paused', [blob(k * 65536 + 1, 13) for k in (1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16)])
