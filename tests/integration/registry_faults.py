#!/usr/bin/env python3
"""A registry that misbehaves in ways a real one cannot be made to: stands in front of a real one (argv[1]) and listens on argv[2].

Wants a token, gives it only for user:secret; redirects blobs to another host name, where an Authorization is recorded as a leak;
breaks off each blob the first time in the middle. argv[3] is the log.
"""
import base64, http.server, sys, threading, urllib.request, urllib.error

upstream, port, log = sys.argv[1], int(sys.argv[2]), open(sys.argv[3], 'a', buffering=1)
broken, lock = set(), threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *a):
        pass

    def answer(self, status, headers, body=b''):
        self.send_response(status)
        for k, v in headers:
            self.send_header(k, v)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        host, auth = self.headers.get('Host'), self.headers.get('Authorization')
        if self.path.startswith('/token'):
            want = 'Basic ' + base64.b64encode(b'user:secret').decode()
            log.write(f'token {self.path}\n')
            if auth != want:
                return self.answer(401, [])
            return self.answer(200, [('Content-Type', 'application/json')], b'{"token":"t0ken"}')
        if host.startswith('localhost'):  # the other host, that redirects lead to
            if auth:
                log.write('LEAK ' + auth + '\n')
            return self.blob()
        if auth != 'Bearer t0ken':
            return self.answer(401, [('WWW-Authenticate', f'Bearer realm="http://127.0.0.1:{port}/token",service="faults"')])
        if '/blobs/' in self.path:
            return self.answer(307, [('Location', f'http://localhost:{port}{self.path}')])
        q = urllib.request.Request(upstream + self.path.split('?')[0], headers={'Accept': self.headers.get('Accept', '*/*')})
        try:
            with urllib.request.urlopen(q) as r:
                return self.answer(200, [('Content-Type', r.headers['Content-Type'])], r.read())
        except urllib.error.HTTPError as e:
            return self.answer(e.code, [], e.read())

    def blob(self):
        body = urllib.request.urlopen(upstream + self.path.split('?')[0]).read()
        start, status = 0, 200
        rng = self.headers.get('Range')
        if rng:
            start, status = int(rng.split('=')[1].rstrip('-')), 206
            log.write(f'resume {start}\n')
        self.send_response(status)
        if status == 206:
            self.send_header('Content-Range', f'bytes {start}-{len(body) - 1}/{len(body)}')
        self.send_header('Content-Length', str(len(body) - start))
        self.end_headers()
        with lock:
            first = self.path not in broken
            broken.add(self.path)
        if first:
            log.write('break\n')
            self.wfile.write(body[start:start + (len(body) - start) // 2])
            self.wfile.flush()
            self.close_connection = True
            return
        self.wfile.write(body[start:])


http.server.ThreadingHTTPServer(('127.0.0.1', port), Handler).serve_forever()
