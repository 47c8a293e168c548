"""A tree with every kind of file, name, attribute and time that a Linux file system takes; the same for the same seed."""
import os
import random
import stat
import struct
from contextlib import contextmanager

import bulk

KIB, MIB = 1024, 1024 * 1024
NAMES = [b"plain", b"a", b"a.b", b"a-b", b"ab", b"A", b" leading", b"trailing ", b"-dash", b"--help", b"...", b"..twodots", b".hidden",
         b"new\nline", b"\n", b"tab\there", b"return\r", b"bell\x07", b"escape\x1b[31m", b"del\x7f", b"one\x01", b"back\\slash",
         b"quo\"te", b"quo'te", b"$(id)", b"`id`", b"*", b"?", b"[a]", b"%41", b"%", b"semi;colon", b"c\xc3\xb6mposed", b"co\xcc\x88mposed",
         "校倉".encode(), "🗄️".encode(), "\u202ertl".encode(), b"bad-\xff\xfe", b"latin1-\xe9t\xe9", b"overlong-\xc0\xaf",
         b"surrogate-\xed\xa0\x80", b"cut-\xe3\x81", b"\x80", b"n" * 255, b"\xff" * 255, ("長" * 85).encode()]
TIMES = [-1, 0, 1, -999_999_999, -1_000_000_001, -2_000_000_000_123_456_789, 4_102_444_800_999_999_999, 1_700_000_000_000_000_001]
OWNERS = [(4294967294, 4294967294), (12345, 0), (0, 12345), (12345, 54321), (0, 0)]
BORDERS = [size + delta for size in (4 * KIB, 256 * KIB, MIB, 4 * MIB) for delta in (-1, 0, 1)]


def make(root, seed):
    """Makes the tree; the directory must not be there or be empty. Answers what could not be made, one line each."""
    os.makedirs(root, exist_ok=True)
    here = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    os.chdir(root)
    try:
        builder = Builder(seed)
        for part in (names, modes, owners, times, links, specials, sparse, attributes, lists, capabilities, contents, small, deep):
            builder.rng = random.Random("%d %s" % (seed, part.__name__))
            with builder.directory(part.__name__.encode()):
                part(builder)
        builder.finish(b".", 0o750)
        return builder.skipped
    finally:
        os.chdir(here)
        os.close(here)


class Builder:
    """Works in the current directory. Attributes that a later step would change back are set when an entry is finished."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.root = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
        self.privileged = os.geteuid() == 0
        self.skipped = []

    def skip(self, what):
        if what not in self.skipped:
            self.skipped.append(what)

    def data(self, size):
        if self.rng.random() < 0.5:
            return self.rng.randbytes(size)
        line = b"%016x the same words again and again\n" % self.rng.getrandbits(64)
        return (line * (size // len(line) + 1))[:size]

    def file(self, name, content=None, mode=0o644, **attributes):
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        bulk.write(file, self.data(self.rng.randrange(1, 4000)) if content is None else content)
        os.close(file)
        self.finish(name, mode, **attributes)

    def symlink(self, name, target, **attributes):
        os.symlink(target, name)
        self.finish(name, None, **attributes)

    def node(self, name, kind, mode=0o600, device=0, **attributes):
        """A FIFO, a socket or, for root, a device."""
        try:
            os.mknod(name, kind | 0o600, device)
        except PermissionError:
            self.skip("devices (not root)")
            return
        self.finish(name, mode, **attributes)

    @contextmanager
    def directory(self, name, mode=0o755, **attributes):
        outside = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
        os.mkdir(name, 0o700)
        os.chdir(name)
        yield
        os.fchdir(outside)
        os.close(outside)
        self.finish(name, mode, **attributes)

    def finish(self, name, mode, owner=None, xattrs=(), time=None):
        """Owner before mode (it clears set-ids), mode before ACLs (it changes them), time last."""
        if owner is not None:
            if self.privileged:
                os.lchown(name, *owner)
            else:
                self.skip("owners (not root)")
        if mode is not None:
            os.chmod(name, mode)
        for attribute, value in xattrs:
            if not self.xattr(name, attribute, value):
                self.skip("%s on %s" % (attribute, kind(name)))
        if time is None:
            time = self.rng.randrange(-10 ** 18, 2 * 10 ** 18)
        os.utime(name, ns=(time, time), follow_symlinks=False)

    def xattr(self, name, attribute, value):
        try:
            os.setxattr(name, attribute, value, follow_symlinks=False)
            return True
        except OSError:
            return False


def kind(name):
    mode = os.lstat(name).st_mode
    return "a symlink" if stat.S_ISLNK(mode) else "a directory" if stat.S_ISDIR(mode) else "a file" if stat.S_ISREG(mode) else "a special file"


def names(b):
    for number, name in enumerate(NAMES):
        if number % 3 == 1:
            with b.directory(name):
                b.file(name)
        elif number % 7 == 2:
            b.symlink(name, name)
        else:
            b.file(name)


def modes(b):
    for mode in (0, 0o1, 0o200, 0o400, 0o644, 0o777, 0o1644, 0o2755, 0o4755, 0o6711, 0o7777):
        b.file(b"file-%04o" % mode, mode=mode)
        b.node(b"fifo-%04o" % mode, stat.S_IFIFO, mode)
        with b.directory(b"directory-%04o" % mode, mode):
            b.file(b"inside")


def owners(b):
    for number, owner in enumerate(OWNERS):
        b.file(b"file-%d" % number, mode=0o4755, owner=owner)
        b.symlink(b"symlink-%d" % number, b"file-%d" % number, owner=owner)
        b.node(b"fifo-%d" % number, stat.S_IFIFO, owner=owner)
        with b.directory(b"directory-%d" % number, 0o2775, owner=owner):
            b.file(b"inside", owner=owner)


def times(b):
    for number, time in enumerate(TIMES):
        b.file(b"file-%d" % number, time=time)
        b.symlink(b"symlink-%d" % number, b"nowhere", time=time)
        b.node(b"fifo-%d" % number, stat.S_IFIFO, time=time)
        with b.directory(b"directory-%d" % number, time=time):
            b.file(b"inside", time=time)


def links(b):
    """Link groups that reach over directories, of files, symlinks and FIFOs."""
    with b.directory(b"one"):
        b.file(b"A", b.data(3000))
        b.file(b"big", b.data(2 * MIB + 5))
        b.file(b"empty", b"")
        b.symlink(b"symlink", b"A")
        b.node(b"fifo", stat.S_IFIFO)
        os.link(b"A", b"A again")
    with b.directory(b"two"):
        with b.directory(b"three"):
            for name in (b"A", b"big", b"empty", b"symlink", b"fifo"):
                os.link(b"links/one/" + name, b"linked-" + name, src_dir_fd=b.root, follow_symlinks=False)
        os.link(b"links/one/A", b"\xffC", src_dir_fd=b.root)
        b.symlink(b"dangling", b"not/there")
        b.symlink(b"absolute", b"/nowhere/at/all")
        b.symlink(b"up", b"../../..")
        b.symlink(b"itself", b"itself")
        b.symlink(b"not utf-8", b"\xff\xfe/\x80")
        b.symlink(b"newline", b"a\nb")
        b.symlink(b"long", b"t" * 4095)


def specials(b):
    b.node(b"fifo", stat.S_IFIFO, 0o640)
    b.node(b"socket", stat.S_IFSOCK, 0o755)
    b.node(b"null", stat.S_IFCHR, 0o666, os.makedev(1, 3))
    b.node(b"wide", stat.S_IFCHR, 0o600, os.makedev(4095, 1048575))
    b.node(b"loop", stat.S_IFBLK, 0o660, os.makedev(7, 99), owner=(0, 12345))
    b.node(b"minor", stat.S_IFBLK, 0o000, os.makedev(259, 300))
    b.node(b"socket with attributes", stat.S_IFSOCK, owner=(12345, 12345), xattrs=trusted(b))
    b.node(b"fifo with attributes", stat.S_IFIFO, xattrs=trusted(b))


def sparse(b):
    for name, size in ((b"islands", 32 * MIB), (b"small islands", 8 * MIB)):
        bulk.sparse(name, size, b.rng.getrandbits(30))
        b.finish(name, 0o640)
    file = os.open(b"only a hole", os.O_WRONLY | os.O_CREAT, 0o600)
    os.ftruncate(file, 5 * MIB + 1)
    os.close(file)
    b.finish(b"only a hole", 0o600)
    b.file(b"written zeros", bytes(700 * KIB))


def trusted(b):
    return [("trusted.azekura", b.rng.randbytes(20))] if b.privileged else []


def attributes(b):
    binary = b.rng.randbytes(100) + b"\0"
    plain = [("user.text", b"value"), ("user.binary", binary), ("user.empty", b""), (b"user.\xff\xfe name", b"\0")]
    if not b.privileged:
        b.skip("trusted xattrs (not root)")
    both = plain + trusted(b)
    b.file(b"file", xattrs=both)
    b.file(b"empty file", b"", xattrs=both)
    b.file(b"read only", mode=0o444, xattrs=trusted(b))
    b.symlink(b"symlink", b"file", xattrs=trusted(b))
    with b.directory(b"directory", xattrs=both):
        b.file(b"inside", xattrs=both)
    b.file(b"many", xattrs=[("user.number-%02d" % number, b.rng.randbytes(30)) for number in range(30)])
    b.file(b"big")
    # The largest that this file system takes: 64 KiB on some, less than a block on others.
    if not any(b.xattr(b"big", "user.big", b.rng.randbytes(size)) for size in (65536, 16000, 3000)):
        b.skip("a big xattr")
    b.finish(b"big", 0o644)


def acl(*entries):
    """POSIX ACL as the kernel has it in an xattr: version 2, then (tag, permissions, id)."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def lists(b):
    """ACLs. The files inside were made before their directory's default ACL, so a restore must not let them inherit it."""
    nobody = 0xffffffff
    access = acl((1, 7, nobody), (2, 6, 12345), (2, 4, 4294967290), (4, 5, nobody), (8, 1, 54321), (16, 7, nobody), (32, 0, nobody))
    default = acl((1, 7, nobody), (2, 7, 12345), (4, 5, nobody), (16, 7, nobody), (32, 5, nobody))
    b.file(b"access", mode=0o700, xattrs=[("system.posix_acl_access", access)])
    with b.directory(b"both", 0o2770, xattrs=[("system.posix_acl_access", access), ("system.posix_acl_default", default)]):
        b.file(b"without", mode=0o600)
        with b.directory(b"directory without"):
            b.file(b"deep without", mode=0o640)


def capabilities(b):
    if not b.privileged:
        b.skip("file capabilities (not root)")
        return
    second = struct.pack("<IIIII", 0x02000001, 1 << 10, 0, 0, 0)
    third = struct.pack("<IIIIII", 0x03000000, 1 << 13, 0, 0, 0, 100000)
    b.file(b"bind", mode=0o755, xattrs=[("security.capability", second)])
    b.file(b"owned", mode=0o755, owner=(12345, 12345), xattrs=[("security.capability", second)])
    b.file(b"in a namespace", mode=0o755, xattrs=[("security.capability", third)])


def contents(b):
    b.file(b"empty", b"")
    with b.directory(b"empty directory"):
        pass
    for size in BORDERS:
        b.file(b"random-%d" % size, b.rng.randbytes(size))
    for size in BORDERS[3:]:
        b.file(b"text-%d" % size, (b"%d words " % size * (size // 8))[:size])
    same = b.rng.randbytes(3 * MIB)
    b.file(b"twin", same)
    b.file(b"other twin", same)
    b.file(b"shifted twin", b"x" + same)


def small(b):
    for group in range(4):
        with b.directory(b"group-%d" % group):
            for number in range(500):
                b.file(b"small-%03d" % number, b.rng.randbytes(b.rng.choice((0, 1, 17, 300, 3000))))


def deep(b):
    """Paths beyond 4096 bytes: few long names, many short ones, and deeper than a stack of calls may go."""
    for name, levels in ((b"d" * 255, 20), (b"\xfedeep", 420), (b"s", 2500)):
        outside = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
        for _ in range(levels):
            os.mkdir(name, 0o700)
            os.chdir(name)
        b.file(b"bottom", xattrs=[("user.bottom", b"here")])
        b.symlink(b"bottom link", b"bottom")
        b.node(b"bottom fifo", stat.S_IFIFO)
        for _ in range(levels):
            os.chdir("..")
            b.finish(name, 0o755, xattrs=[("user.level", b"y")])
        os.fchdir(outside)
        os.close(outside)
