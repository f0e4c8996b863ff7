#!/usr/bin/env python3
"""
A disk with a volatile write cache, as NBD server (NBD protocol, fixed newstyle): volatile_disk.py IMAGE SOCKET

What is written stays in memory until the guest flushes, as in a real drive. SIGUSR1 is the power cut: of what was not flushed a
random part reaches the image, sector by sector and in no order, the rest is gone, and the program ends.
"""
import os
import random
import signal
import socket
import struct
import sys

SECTOR = 512
FLAGS = 1 | 4 | 8  # has flags, flush, FUA
EINVAL = 22


class Disk:
    def __init__(self, path):
        self.fd = os.open(path, os.O_RDWR)
        self.size = os.fstat(self.fd).st_size
        self.cache = {}  # sector number -> bytes

    def read(self, at, n):
        data = bytearray(os.pread(self.fd, n, at))
        if self.cache:
            for s in range(at // SECTOR, (at + n) // SECTOR):
                c = self.cache.get(s)
                if c is not None:
                    data[s * SECTOR - at:(s + 1) * SECTOR - at] = c
        return bytes(data)

    def write(self, at, data):
        for i in range(0, len(data), SECTOR):
            self.cache[(at + i) // SECTOR] = data[i:i + SECTOR]

    def flush(self):
        for s, c in self.cache.items():
            os.pwrite(self.fd, c, s * SECTOR)
        self.cache.clear()

    def cut(self):
        lost = 0
        luck = random.random()
        for s, c in self.cache.items():
            if random.random() < luck:
                os.pwrite(self.fd, c, s * SECTOR)
            else:
                lost += 1
        print(f"power cut: {lost} of {len(self.cache)} unflushed sectors lost", flush=True)
        os._exit(0)


def get(c, n):
    b = bytearray()
    while len(b) < n:
        p = c.recv(n - len(b))
        if not p:
            raise EOFError
        b += p
    return bytes(b)


def option_reply(c, option, kind, data=b""):
    c.sendall(struct.pack(">QIII", 0x3E889045565A9, option, kind, len(data)) + data)


def negotiate(c, disk):
    c.sendall(b"NBDMAGIC" + b"IHAVEOPT" + struct.pack(">H", 3))
    zeroes = not struct.unpack(">I", get(c, 4))[0] & 2
    while True:
        _, option, n = struct.unpack(">QII", get(c, 16))
        get(c, n)
        if option == 1:  # EXPORT_NAME
            c.sendall(struct.pack(">QH", disk.size, FLAGS) + (bytes(124) if zeroes else b""))
            return
        if option in (6, 7):  # INFO, GO
            option_reply(c, option, 3, struct.pack(">HQH", 0, disk.size, FLAGS))
            option_reply(c, option, 1)
            if option == 7:
                return
        elif option == 2:  # ABORT
            option_reply(c, option, 1)
            raise EOFError
        else:
            option_reply(c, option, 0x80000001)


def serve(c, disk):
    negotiate(c, disk)
    while True:
        _, flags, kind, handle, at, n = struct.unpack(">IHHQQI", get(c, 28))
        error, out = 0, b""
        if kind == 0:
            out = disk.read(at, n)
        elif kind == 1:
            data = get(c, n)
            if at % SECTOR or n % SECTOR or at + n > disk.size:
                error = EINVAL
            else:
                disk.write(at, data)
                if flags & 1:  # FUA: this one at once, and it may come before others
                    for i in range(0, n, SECTOR):
                        os.pwrite(disk.fd, disk.cache.pop((at + i) // SECTOR), at + i)
        elif kind == 2:
            return
        elif kind == 3:
            disk.flush()
        else:
            error = EINVAL
        c.sendall(struct.pack(">IIQ", 0x67446698, error, handle) + out)


def main():
    disk = Disk(sys.argv[1])
    signal.signal(signal.SIGUSR1, lambda *_: disk.cut())
    s = socket.socket(socket.AF_UNIX)
    s.bind(sys.argv[2])
    s.listen(1)
    print("ready", flush=True)
    while True:
        c, _ = s.accept()
        try:
            serve(c, disk)
        except EOFError:
            pass
        c.close()


main()
