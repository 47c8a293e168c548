"""Proves that the walk sees every kind of change, and nothing where there is none."""
import sys

sys.dont_write_bytecode = True

import hashlib
import os
import shutil
import subprocess
import tempfile
import unittest

import bulk
import kinds
import walk

ROOT = os.geteuid() == 0


class Trees(unittest.TestCase):
    def setUp(self):
        self.dir = os.fsencode(tempfile.mkdtemp(dir=os.environ.get("TREES")))

    def tearDown(self):
        # The tools of the system take paths of any length; as a user they can't enter what is closed.
        subprocess.run(["chmod", "-R", "u+rwx", self.dir], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", self.dir], check=True)

    def make(self, name, seed=7):
        path = os.path.join(self.dir, name)
        kinds.make(path, seed)
        return path

    def test_same_seed_makes_the_same_tree(self):
        self.assertEqual([], walk.diff(self.make(b"a"), self.make(b"b"), True, set()))
        self.assertNotEqual([], walk.diff(self.make(b"c", 8), os.path.join(self.dir, b"a"), True, set()))

    def test_tree_has_every_kind(self):
        found = walk.entries(self.make(b"a"), True)
        wanted = {"file", "directory", "symlink", "fifo", "socket"} | ({"block", "character"} if ROOT else set())
        self.assertEqual(wanted, {fields["type"] for _, fields in found} - {"closed"})
        self.assertGreater(max(len(path) for path, _ in found), 5000)
        self.assertTrue(any(fields["mtime"] < 0 for _, fields in found))
        sparse = dict(found)[b"sparse/islands"]
        self.assertLess(sparse["blocks"], 2 * 1024 * 1024)
        self.assertEqual("links/one/A,links/one/A\\x20again,links/two/three/linked-A,links/two/\\xffC", dict(found)[b"links/one/A"]["links"])
        if ROOT:
            self.assertIn("security.capability", dict(found)[b"capabilities/bind"]["xattrs"])
            self.assertIn("system.posix_acl_default", dict(found)[b"lists/both"]["xattrs"])

    @unittest.skipUnless(ROOT, "owners and devices need root")
    def test_copy_by_tar_is_equal(self):
        a, b = self.make(b"a"), os.path.join(self.dir, b"b")
        os.mkdir(b)
        # What GNU tar cannot copy: sockets, FIFOs with several links, paths beyond 4096 bytes.
        for path in (b"specials/socket", b"specials/socket with attributes", b"links/two/three/linked-fifo", b"deep"):
            subprocess.run(["rm", "-r", os.path.join(a, path)], check=True)
        keep = ["--xattrs", "--xattrs-include=*", "--acls"]
        with subprocess.Popen(["tar", "-C", a, "--format=posix", "-cSf", "-", *keep, "."], stdout=subprocess.PIPE) as pack:
            subprocess.run(["tar", "-C", b, "-xSpf", "-", "--same-owner", "--delay-directory-restore", "--warning=no-timestamp", *keep],
                           stdin=pack.stdout, check=True)
        self.assertEqual([], walk.diff(a, b, True, set()))

    def test_bulk_makes_exactly_so_many_files_and_bytes(self):
        path = os.path.join(self.dir, b"bulk")
        bulk.make(path, 1203, 5_000_000, 3)
        files = [fields for _, fields in walk.entries(path) if fields["type"] == "file"]
        self.assertEqual((1203, 5_000_000), (len(files), sum(fields["size"] for fields in files)))

    def test_a_sparse_file_has_the_digest_of_its_bytes(self):
        path = os.path.join(self.dir, b"sparse")
        bulk.sparse(path, 8_000_001, 5)
        with open(path, "rb") as file:
            expected = hashlib.sha256(file.read()).hexdigest()
        self.assertEqual(expected, dict(walk.entries(self.dir))[b"sparse"]["sha256"])

    def test_every_mutation_is_seen_and_nothing_else(self):
        root = self.make(b"a")
        for unneeded in (b"small", b"deep"):
            subprocess.run(["rm", "-r", os.path.join(root, unneeded)], check=True)
        os.chdir(root)
        before = dict(walk.entries(root, True))
        for name, mutate, expected in self.mutations():
            if expected is None:
                continue
            with self.subTest(name):
                times = {each: os.lstat(each).st_mtime_ns for each in (b"contents", b"modes", b"links/one", b"links/two/three")}
                mutate()
                for each, time in times.items():
                    os.utime(each, ns=(time, time))
                after = dict(walk.entries(root, True))
                self.assertEqual(expected, [shown.split(": ")[0] for shown in walk.compare(before, after)])
                before = after
        os.chdir("/")

    def mutations(self):
        file = b"contents/random-4096"
        root = lambda expected: expected if ROOT else None
        yield "one nanosecond", lambda: self.later(file, 1), ["! contents/random-4096 mtime"]
        yield "nanosecond of a symlink", lambda: self.later(b"links/two/up", -1), ["! links/two/up mtime"]
        yield "nanosecond of a directory", lambda: self.later(b"contents/empty directory", 1), ["! contents/empty\\x20directory mtime"]
        yield "one bit", lambda: self.flip(file, 4000), ["! contents/random-4096 sha256"]
        yield "one byte longer", lambda: self.grow(file), ["! contents/random-4096 sha256", "! contents/random-4096 size"]
        yield "mode", lambda: os.chmod(b"modes/file-4755", 0o755), ["! modes/file-4755 mode"]
        yield "mode of a FIFO", lambda: os.chmod(b"modes/fifo-0644", 0o600), ["! modes/fifo-0644 mode"]
        yield "owner", lambda: os.lchown(b"links/two/up", 5, 0), root(["! links/two/up uid"])
        yield "group", lambda: os.lchown(b"contents/random-4097", -1, 6), root(["! contents/random-4097 gid"])
        yield "link target", lambda: self.retarget(b"links/two/up", b"..", 0), ["! links/two/up target"] + (["! links/two/up uid"] if ROOT else [])
        yield "xattr value", lambda: os.setxattr(b"attributes/file", b"user.text", b"valuf"), ["! attributes/file xattrs"]
        yield "xattr gone", lambda: os.removexattr(b"attributes/directory", b"user.empty"), ["! attributes/directory xattrs"]
        yield "xattr of a symlink", lambda: os.setxattr(b"attributes/symlink", b"trusted.x", b"", follow_symlinks=False), root(["! attributes/symlink xattrs"])
        yield "ACL", lambda: os.removexattr(b"lists/both/", b"system.posix_acl_default"), ["! lists/both xattrs"]
        yield "capability", lambda: os.removexattr(b"capabilities/bind", b"security.capability"), root(["! capabilities/bind xattrs"])
        yield "hole filled", lambda: self.fill(b"sparse/islands"), ["! sparse/islands blocks"]
        yield "hole made", lambda: self.dig(b"sparse/written zeros"), ["! sparse/written\\x20zeros blocks"]
        yield "renamed", lambda: os.rename(b"contents/twin", b"contents/twin2"), ["- contents/twin", "+ contents/twin2"]
        yield "gone", lambda: os.unlink(b"contents/twin2"), ["- contents/twin2"]
        yield "added", lambda: os.mkfifo(b"contents/\xff"), ["+ contents/\\xff"]
        yield "another kind", lambda: self.become_directory(b"contents/\xff"), ["! contents/\\xff type"]
        yield "device number", lambda: self.renumber(b"specials/null"), root(["! specials/null rdev"])
        yield "link broken", lambda: self.unshare(b"links/two/three/linked-empty"), \
            ["! links/one/empty links", "! links/two/three/linked-empty links"]

    def keeping(self, path, act):
        """Does it and puts the time and the mode back, so that only the change itself is left to be seen."""
        status = os.lstat(path)
        act()
        if not os.path.islink(path):
            os.chmod(path, status.st_mode & 0o7777)
        os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns), follow_symlinks=False)

    def later(self, path, nanoseconds):
        time = os.lstat(path).st_mtime_ns + nanoseconds
        os.utime(path, ns=(time, time), follow_symlinks=False)

    def flip(self, path, offset):
        def act():
            with open(path, "r+b") as file:
                file.seek(offset)
                byte = file.read(1)[0]
                file.seek(offset)
                file.write(bytes([byte ^ 1]))
        self.keeping(path, act)

    def grow(self, path):
        def act():
            with open(path, "ab") as file:
                file.write(b"\0")
        self.keeping(path, act)

    def retarget(self, path, target, owner):
        parent = os.path.dirname(path)
        def act():
            os.unlink(path)
            os.symlink(target, path)
        self.keeping(parent, lambda: self.keeping(path, act))

    def fill(self, path):
        def act():
            with open(path, "r+b") as file:
                file.write(bytes(1024 * 1024))
                os.fsync(file)
        self.keeping(path, act)

    def dig(self, path):
        def act():
            subprocess.run(["fallocate", "--dig-holes", path], check=True)
        self.keeping(path, act)

    def become_directory(self, path):
        def act():
            os.unlink(path)
            os.mkdir(path)
        self.keeping(path, act)

    def renumber(self, path):
        def act():
            os.unlink(path)
            os.mknod(path, 0o20666, os.makedev(1, 5))
        self.keeping(b"specials", lambda: self.keeping(path, act))

    def unshare(self, path):
        def act():
            shutil.copy2(path, path + b"2")
            os.rename(path + b"2", path)
        self.keeping(path, act)


if __name__ == "__main__":
    unittest.main()
