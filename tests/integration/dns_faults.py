#!/usr/bin/env python3
"""What goes wrong around a DNS responder.

dns_faults.py upstream ADDRESS PORT LOG    a resolver that misbehaves as the first label of the name says; writes what it is asked to LOG
dns_faults.py spoof UPSTREAM PORT VICTIM NAME    while NAME is being asked for: answers from others, one guess for every port
dns_faults.py flood ADDRESS PREFIX SECONDS [SOURCE]    random names as fast as they go; prints how many were sent and answered
dns_faults.py relay ADDRESS PORT TO    hands what it is asked on to TO as it is, and the answers back
dns_faults.py burst ADDRESS PID COUNT SOURCE    so many questions while PID is stopped, then one of another client of the same queue: prints what was answered
dns_faults.py tcp ADDRESS CASE    huge | slow | drip | many | thousands | garbage: prints what came of it
dns_faults.py malformed ADDRESS COUNT    noise, and questions with something changed or cut off, by UDP: prints what was answered
dns_faults.py raw ADDRESS HEX    one message by UDP: prints its code, or 'silence'
dns_faults.py same ADDRESS NAME COUNT    the same question by so many clients at once: prints how many had an answer
dns_faults.py case ADDRESS NAME    the question in odd case, by UDP: prints the name as it comes back
"""
import os
import random
import resource
import select
import socket
import struct
import sys
import threading
import time


def name_wire(text):
    return b"".join(bytes([len(x)]) + x.encode() for x in text.rstrip(".").split(".") if x) + b"\0"


def question(name, qtype=1, ident=None, edns=True, size=1232):
    ident = random.getrandbits(16) if ident is None else ident
    out = struct.pack("!6H", ident, 0x100, 1, 0, 0, 1 if edns else 0) + name_wire(name) + struct.pack("!2H", qtype, 1)
    return out + (struct.pack("!BHHIH", 0, 41, size, 0, 0) if edns else b"")


def parse(msg):
    labels, i = [], 12
    while msg[i]:
        labels.append(msg[i + 1:i + 1 + msg[i]])
        i += 1 + msg[i]
    return b".".join(labels).decode("latin1"), struct.unpack("!H", msg[i + 1:i + 3])[0], i + 5


def record(owner, rtype, ttl, data):
    return owner + struct.pack("!2HIH", rtype, 1, ttl, len(data)) + data


def answer(msg, rcode=0, records=(), authority=(), additional=(), flags=0x8180, qname=None, ident=None):
    _, _, end = parse(msg)
    q = msg[12:end] if qname is None else qname + msg[end - 4:end]
    head = struct.pack("!6H", struct.unpack("!H", msg[:2])[0] if ident is None else ident, flags | rcode, 1, len(records), len(authority), len(additional))
    return head + q + b"".join(records) + b"".join(authority) + b"".join(additional)


class Upstream:
    def __init__(self, address, port, log):
        self.log = open(log, "a", buffering=1)
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind((address, port))
        self.tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.tcp.bind((address, port))
        self.tcp.listen(64)

    def said(self, msg, peer, proto):
        """A list of packets to send."""
        name, qtype, end = parse(msg)
        edns = len(msg) > end
        flags = struct.unpack("!H", msg[2:4])[0]
        dnssec = edns and bool(msg[-4] & 0x80)
        self.log.write("%s %d %d %s %d %s %s\n" % (proto, peer[1], struct.unpack("!H", msg[:2])[0], name, qtype, "edns" if edns else "plain",
                                                  " ".join(n for n, on in (("ad", flags & 0x20), ("cd", flags & 0x10), ("do", dnssec)) if on)))
        what = name.split(".")[0].lower().split("-")[0]
        owner = b"\xc0\x0c"
        good = record(owner, 1, 60, bytes([192, 0, 2, 1]))
        if qtype != 1 and what not in ("long", "nx", "full"):
            return [answer(msg, 0, authority=[soa(60)])]
        if what == "silent":
            return []
        if what == "short":
            return [answer(msg, 0, [record(owner, 1, 1, bytes([192, 0, 2, 1]))])]
        if what == "popular":
            return [answer(msg, 0, [record(owner, 1, 10, bytes([192, 0, 2, 1]))])]
        if what == "nx":
            return [answer(msg, 3, authority=[soa(60)])]
        if what == "stranger" and proto == "udp":  # all is right but who sends it: another address, and another port of the same
            evil = answer(msg, 0, [record(owner, 1, 60, bytes([6, 6, 6, 6]))])
            for where in ((STRANGER, 53), (self.udp.getsockname()[0], 5399)):
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                    s.bind(where)
                    s.sendto(evil, peer)
            time.sleep(0.1)
            return [answer(msg, 0, [good])]
        if what == "chain":  # an address for somebody else's name, as what a CNAME leads to
            return [answer(msg, 0, [record(owner, 5, 60, name_wire("bank2.example")), record(name_wire("bank2.example"), 1, 60, bytes([6, 6, 6, 6]))])]
        if what == "opcode" and proto == "udp":  # an answer to what nobody asked, and questions, before the answer
            evil = record(owner, 1, 60, bytes([6, 6, 6, 6]))
            return [answer(msg, 0, [evil], flags=0x0180), answer(msg, 0, [evil], flags=0xa980), answer(msg, 0, [good])]
        if what == "count":  # says that there is more than there is
            out = answer(msg, 0, [good])
            return [out[:6] + b"\xff\xff" + out[8:]]
        if what == "rdlen":  # a record that is longer than the message
            return [answer(msg, 0, [owner + struct.pack("!2HIH", 1, 1, 60, 4000) + bytes([6, 6, 6, 6])])]
        if what == "rdshort":  # an address of three bytes
            return [answer(msg, 0, [record(owner, 1, 60, bytes([6, 6, 6]))])]
        if what == "pointer":  # names that point at themselves, forwards and in circles
            return [answer(msg, 0, [record(b"\xc0" + bytes([len(msg) & 255]), 1, 60, bytes([6, 6, 6, 6])), record(owner, 5, 60, b"\xc0\xff")])]
        if what == "oversize" and proto == "udp":  # more than was offered
            return [answer(msg, 0, [good] + [record(owner, 1, 60, bytes([10, 9, i // 250, i % 250])) for i in range(600)])]
        if what == "full" and proto == "udp":
            return [answer(msg, flags=0x8380)]
        if what == "full":  # 65,535 bytes to the last one
            room = 65535 - len(answer(msg))
            n = room // 213 - 1
            return [answer(msg, 0, [record(owner, 16, 60, strings(201))] * n + [record(owner, 16, 60, strings(room - n * 213 - 12))])]
        if what == "signed":
            signed = [record(owner, 46, 60, struct.pack("!HBBIIIH", 1, 8, 2, 60, 2**31, 1, 7) + name_wire("example") + b"x" * 64)] if dnssec else []
            return [answer(msg, 0, [good] + signed, flags=0x8180 | (0x20 if flags & 0x20 or dnssec else 0))]
        if what in ("tcplie", "tcpdrip", "tcpcut") and proto == "udp":
            return [answer(msg, flags=0x8380)]
        if what == "servfail":
            return [answer(msg, 2)]
        if what == "trunc" and proto == "udp":
            return [answer(msg, flags=0x8380)]
        if what == "lower":
            return [answer(msg, 0, [good], qname=name_wire(name.lower()))]
        if what == "noedns" and edns:
            return [answer(msg, 1)]
        if what == "liar" and proto == "udp":  # a few that are wrong, and then the right one
            evil = record(owner, 1, 60, bytes([6, 6, 6, 6]))
            ident = struct.unpack("!H", msg[:2])[0]
            return [answer(msg, 0, [evil], ident=ident ^ 1), answer(msg, 0, [evil], qname=name_wire("other.example")), answer(msg, 0, [good])]
        if what == "guesser" and proto == "udp":  # nothing but wrong ids: the truth is to be had by TCP
            evil = record(owner, 1, 60, bytes([6, 6, 6, 6]))
            return [answer(msg, 0, [evil], ident=i) for i in range(1, 40)]
        if what == "extra":
            return [answer(msg, 0, [good, record(name_wire("bank.example"), 1, 60, bytes([6, 6, 6, 6]))], [record(name_wire("example"), 2, 60, name_wire("ns.evil"))],
                           [record(name_wire("ns.evil"), 1, 60, bytes([6, 6, 6, 6]))])]
        if what == "long" and proto == "tcp":
            return [answer(msg, 0, [record(owner, 16, 60, bytes([200]) + b"x" * 200)] * 200)]
        if what == "long":
            return [answer(msg, flags=0x8380)]
        if what == "garbage" and proto == "udp":
            return [os.urandom(100), msg[:2] + os.urandom(200), answer(msg, 0, [good])]
        if what == "slow":
            time.sleep(0.3)
        return [answer(msg, 0, [good])]

    def by_udp(self):
        while True:
            msg, peer = self.udp.recvfrom(65535)
            threading.Thread(target=self.udp_one, args=(msg, peer), daemon=True).start()

    def udp_one(self, msg, peer):
        for out in self.said(msg, peer, "udp"):
            self.udp.sendto(out, peer)

    def by_tcp(self):
        while True:
            c, peer = self.tcp.accept()
            threading.Thread(target=self.tcp_one, args=(c, peer), daemon=True).start()

    def tcp_one(self, c, peer):
        with c:
            while True:
                msg = read_message(c)
                if msg is None:
                    return
                what = parse(msg)[0].split(".")[0].lower().split("-")[0]
                for out in self.said(msg, peer, "tcp"):
                    if what == "tcplie":  # a length that is never reached; nothing more comes
                        c.sendall(b"\xff\xff" + out)
                        time.sleep(20)
                        return
                    if what == "tcpcut":  # ends in the middle
                        c.sendall(struct.pack("!H", len(out)) + out[:20])
                        return
                    if what == "tcpdrip":  # a byte now and then, for a minute
                        for b in struct.pack("!H", len(out)) + out:
                            c.sendall(bytes([b]))
                            time.sleep(0.5)
                    # In small pieces: a reader has to put them together.
                    data = struct.pack("!H", len(out)) + out
                    c.sendall(data[:1])
                    c.sendall(data[1:7])
                    c.sendall(data[7:])


STRANGER = "127.0.0.99"


def strings(n):
    """A TXT record's data of so many bytes."""
    out = b""
    while n > 256:
        out, n = out + b"\xc8" + b"x" * 200, n - 201
    return out + bytes([n - 1]) + b"x" * (n - 1)


def soa(minimum):
    return record(name_wire("example"), 6, 300, name_wire("ns.example") + name_wire("root.example") + struct.pack("!5I", 1, 2, 3, 4, minimum))


def read_exact(c, n):
    out = b""
    while len(out) < n:
        got = c.recv(n - len(out))
        if not got:
            return None
        out += got
    return out


def read_message(c):
    head = read_exact(c, 2)
    return None if head is None else read_exact(c, struct.unpack("!H", head)[0])


def upstream(address, port, log):
    u = Upstream(address, int(port), log)
    threading.Thread(target=u.by_tcp, daemon=True).start()
    print("ready", flush=True)
    u.by_udp()


def spoof(source, port, victim, name):
    """One guess of the id for every port there is, as if it came from the resolver."""
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
    raw.setsockopt(socket.IPPROTO_IP, socket.IP_HDRINCL, 1)
    q = question(name, edns=False)
    evil = record(b"\xc0\x0c", 1, 60, bytes([6, 6, 6, 6]))
    low, high = map(int, open("/proc/sys/net/ipv4/ip_local_port_range").read().split())
    sent = 0
    for p in range(low, high + 1):
        body = answer(q, 0, [evil], ident=random.getrandbits(16))
        udp = struct.pack("!4H", int(port), p, 8 + len(body), 0) + body
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, socket.inet_aton(source), socket.inet_aton(victim))
        try:
            raw.sendto(ip + udp, (victim, 0))
            sent += 1
        except OSError:
            pass
    print(sent)


def flood(address, prefix, seconds, source=None):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if source:
        s.bind((source, 0))
    s.connect((address, 53))
    s.setblocking(False)
    end, sent, got = time.time() + float(seconds), 0, 0
    while time.time() < end:
        for _ in range(16):
            try:
                s.send(question("%s-%x.example" % (prefix, random.getrandbits(64))))
                sent += 1
            except OSError:
                pass
        try:
            while True:
                s.recv(4096)
                got += 1
        except OSError:
            pass
    print(sent, got)


def relay(address, port, to):
    """As a resolver that asks whom it was asked by: questions go on untouched but for the id."""
    here = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    here.bind((address, int(port)))
    there = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    there.bind((address, 0))
    there.connect((to, 53))
    asked = {}
    print("ready", flush=True)
    while True:
        for s in select.select([here, there], [], [])[0]:
            if s is here:
                msg, peer = here.recvfrom(4096)
                ident = random.randbytes(2)
                asked[ident] = (msg[:2], peer)
                there.send(ident + msg[2:])
            else:
                try:
                    msg = there.recv(4096)
                except OSError:
                    continue
                if msg[:2] in asked:
                    ident, peer = asked.pop(msg[:2])
                    here.sendto(ident + msg[2:], peer)


def malformed(address, count):
    random.seed(11)
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.5", 0))
    s.connect((address, 53))
    s.setblocking(False)
    codes, answers = set(), 0
    for i in range(int(count)):
        q = bytearray(question("web.default.svc.cluster.local"))
        if i % 4 == 0:
            q = bytearray(os.urandom(random.randrange(0, 600)))
        elif i % 4 == 1:
            del q[random.randrange(len(q)):]
        else:
            for _ in range(random.randrange(1, 4)):
                q[random.randrange(2, len(q))] = random.getrandbits(8)
        try:
            s.send(bytes(q))
        except OSError:
            pass
        if i % 16 == 15:
            select.select([s], [], [], 0.01)
            try:
                while True:
                    got = s.recv(4096)
                    answers += 1
                    codes.add(got[3] & 15)
                    if len(got) < 12 or not got[2] & 0x80:
                        codes.add("no answer at all")
            except OSError:
                pass
    print("answered" if answers > int(count) // 8 else answers, *sorted(map(str, codes - {0, 1, 2, 3, 4, 5})))


def raw(address, text):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(1)
    s.sendto(bytes.fromhex(text), (address, 53))
    try:
        print({0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED"}.get(s.recv(4096)[3] & 15))
    except socket.timeout:
        print("silence")


def burst(address, pid, count, source):
    """SOURCE's questions fill most of a queue; its neighbour, eight addresses on, comes behind them."""
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, 33, 1 << 23)  # SO_RCVBUFFORCE
    s.bind((source, 0))
    s.connect((address, 53))
    other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    last = source.rsplit(".", 1)
    other.bind((last[0] + "." + str(int(last[1]) + 8), 0))
    other.settimeout(3)
    os.kill(int(pid), 19)
    for i in range(int(count)):
        s.send(question("x%d.default.svc.cluster.local" % i))
    other.sendto(question("web.default.svc.cluster.local"), (address, 53))
    os.kill(int(pid), 18)
    code = other.recv(4096)[3] & 15
    s.settimeout(0.5)
    got = 0
    try:
        while True:
            s.recv(4096)
            got += 1
    except OSError:
        pass
    print(got, code)


def connect(address, source=None):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.settimeout(15)
    if source:
        s.bind((source, 0))
    s.connect((address, 53))
    return s


def framed(msg):
    return struct.pack("!H", len(msg)) + msg


def readable(s):
    p = select.poll()
    p.register(s, select.POLLIN)
    return p.poll(0)


def tcp(address, case):
    name = "web.default.svc.cluster.local"
    if case == "huge":  # a question of 64 KB, then an ordinary one behind it
        s = connect(address)
        s.sendall(framed(question(name) + b"\0" * (65535 - len(question(name)))) + framed(question(name)))
        first, second = read_message(s), read_message(s)
        print(first[3] & 15, second[3] & 15, struct.unpack("!H", second[6:8])[0])
    elif case == "slow":  # asks for much, again and again, and never reads
        s = connect(address)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.settimeout(1)
        began, sent = time.time(), 0
        try:
            while time.time() - began < 20:
                try:
                    sent += s.send(framed(question("many.default.svc.cluster.local")) * 10)
                except socket.timeout:
                    pass
            print("still open")
        except OSError:
            print("closed after", "10 s" if 8 < time.time() - began < 14 else "%d s" % (time.time() - began))
    elif case == "drip":  # one byte a second
        s = connect(address)
        began = time.time()
        try:
            for b in framed(question(name)):
                s.sendall(bytes([b]))
                if select.select([s], [], [], 1)[0] and not s.recv(1):
                    break
            print("closed after", "10 s" if 8 < time.time() - began < 14 else "%d s" % (time.time() - began))
        except OSError:
            print("closed after", "10 s" if 8 < time.time() - began < 14 else "%d s" % (time.time() - began))
    elif case == "many":  # connections of one address; then one of another is still served
        held = []
        for _ in range(300):
            try:
                held.append(connect(address, "127.0.0.5"))
            except OSError:
                break
        time.sleep(0.3)
        alive = sum(1 for c in held if not select.select([c], [], [], 0)[0])
        s = connect(address, "127.0.0.6")
        s.sendall(framed(question(name)))
        print(alive, read_message(s)[3] & 15)
    elif case == "thousands":  # idle connections of many addresses; then one more is served, by TCP and by UDP
        resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
        held = []
        for i in range(3000):
            try:
                held.append(connect(address, "127.0.%d.%d" % (1 + i // 250 % 20, 1 + i % 250)))
            except OSError:
                break
        s = connect(address, "127.0.0.6")
        s.sendall(framed(question(name)))
        by_tcp = read_message(s)[3] & 15
        alive = sum(1 for c in held if not readable(c))
        u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        u.settimeout(2)
        u.sendto(question(name), (address, 53))
        print(len(held), "256" if 250 < alive <= 256 else alive, by_tcp, u.recv(4096)[3] & 15)
    elif case == "garbage":
        random.seed(7)
        for _ in range(200):
            s = connect(address)
            s.sendall(bytes(random.getrandbits(8) for _ in range(random.randrange(1, 300))))
            s.close()
        s = connect(address)
        s.sendall(framed(question(name)))
        print(read_message(s)[3] & 15)


def same(address, name, count):
    clients = []
    for _ in range(int(count)):
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.settimeout(4)
        s.sendto(question(name), (address, 53))
        clients.append(s)
    print(sum(1 for s in clients if s.recv(4096)[6:8] == b"\0\1"))


def case(address, name):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(3)
    s.sendto(question(name), (address, 53))
    print(parse(s.recv(4096))[0])


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
