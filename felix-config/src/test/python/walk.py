"""Lists and compares trees: every property that a restore must bring back, read anew from the file system."""
import errno
import hashlib
import os
import stat

KINDS = {stat.S_IFREG: "file", stat.S_IFDIR: "directory", stat.S_IFLNK: "symlink", stat.S_IFIFO: "fifo",
         stat.S_IFSOCK: "socket", stat.S_IFBLK: "block", stat.S_IFCHR: "character"}
PLAIN = frozenset(range(0x21, 0x7f)) - {ord("\\")}
# Room for the blocks a file system keeps for itself (extent tree, xattrs) and for its rounding.
BLOCK_TOLERANCE = 64 * 1024
ZEROS = memoryview(bytes(1024 * 1024))


def escape(raw):
    return "".join(chr(b) if b in PLAIN else "\\x%02x" % b for b in raw)


def line(path, fields):
    return escape(path) + " " + " ".join(key + "=" + str(value) for key, value in fields.items())


def entries(root, blocks=False):
    """Every entry as (path below the root, fields), sorted by path bytes; the root itself is b'.'."""
    found, groups = [], {}
    for path, parent, name, status in walk(root):
        fields = {"type": "closed"} if status is None else describe(parent, name, status, blocks)
        found.append((path, fields))
        if status is not None and not stat.S_ISDIR(status.st_mode) and status.st_nlink > 1:
            groups.setdefault((status.st_dev, status.st_ino), []).append((path, fields))
    for members in groups.values():
        if len(members) > 1:
            names = sorted(path for path, _ in members)
            for _, fields in members:
                fields["links"] = ",".join(escape(name) for name in names)
    found.sort(key=lambda entry: entry[0])
    return found


def walk(root):
    """Yields (path, descriptor of the directory it is in, name, status). Never recursive: trees may be deep."""
    top = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    yield b".", top, b".", os.stat(top)
    stack = [(top, b"", iter(sorted(os.fsencode(name) for name in os.listdir(top))))]
    while stack:
        directory, prefix, names = stack[-1]
        name = next(names, None)
        if name is None:
            os.close(directory)
            stack.pop()
            continue
        path = prefix + name
        try:
            status = os.stat(name, dir_fd=directory, follow_symlinks=False)
        except PermissionError:  # names may be read here, and nothing else
            yield path, directory, name, None
            continue
        yield path, directory, name, status
        if stat.S_ISDIR(status.st_mode):
            try:
                below = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=directory)
            except PermissionError:
                continue
            stack.append((below, path + b"/", iter(sorted(os.fsencode(name) for name in os.listdir(below)))))


def describe(parent, name, status, blocks):
    kind = stat.S_IFMT(status.st_mode)
    fields = {"type": KINDS[kind], "mode": "%04o" % stat.S_IMODE(status.st_mode), "uid": status.st_uid,
              "gid": status.st_gid, "mtime": status.st_mtime_ns}
    if kind == stat.S_IFREG:
        fields["size"] = status.st_size
        fields["sha256"] = content(parent, name, status)
        if blocks:
            fields["blocks"] = status.st_blocks * 512
    elif kind == stat.S_IFLNK:
        fields["target"] = escape(os.readlink(name, dir_fd=parent))
    elif kind in (stat.S_IFBLK, stat.S_IFCHR):
        fields["rdev"] = "%d:%d" % (os.major(status.st_rdev), os.minor(status.st_rdev))
    xattrs = attributes(parent, name)
    if xattrs:
        fields["xattrs"] = xattrs
    return fields


def content(parent, name, status):
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=parent)
    except OSError as e:
        return errno.errorcode[e.errno]
    with open(descriptor, "rb", buffering=0) as file:
        if status.st_blocks * 512 < status.st_size:
            return sparse(file, status.st_size)
        return hashlib.file_digest(file, "sha256").hexdigest()


def sparse(file, size):
    """The same digest without reading the holes, which are zeros by definition."""
    digest = hashlib.sha256()
    at = 0
    while at < size:
        try:
            data = os.lseek(file.fileno(), at, os.SEEK_DATA)
        except OSError:  # nothing but a hole up to the end
            data = size
        while at < data:
            zeros = ZEROS[:data - at]
            digest.update(zeros)
            at += len(zeros)
        end = os.lseek(file.fileno(), at, os.SEEK_HOLE) if at < size else size
        while at < end:
            piece = os.pread(file.fileno(), min(len(ZEROS), end - at), at)
            if not piece:
                raise EOFError("%d bytes, expected %d" % (at, size))
            digest.update(piece)
            at += len(piece)
    return digest.hexdigest()


def attributes(parent, name):
    # There is no call relative to a directory; the descriptor's own path keeps it short and follows nothing.
    path = b"/proc/self/fd/%d/%s" % (parent, name)
    try:
        names = os.listxattr(path, follow_symlinks=False)
    except OSError as e:
        return "" if e.errno == errno.ENOTSUP else errno.errorcode[e.errno]
    shown = []
    for attribute in sorted(os.fsencode(each) for each in names):
        value = os.getxattr(path, attribute, follow_symlinks=False)
        shown.append("%s:%d:%s" % (escape(attribute), len(value), hashlib.sha256(value).hexdigest()[:16]))
    return ",".join(shown)


def diff(a, b, blocks, ignored):
    """One line per difference: '- path', '+ path', or '! path field: value of a -> value of b'."""
    return compare(dict(entries(a, blocks)), dict(entries(b, blocks)), ignored)


def compare(left, right, ignored=frozenset()):
    lines = []
    for path in sorted(left.keys() | right.keys()):
        shown = escape(path)
        if path not in right:
            lines.append("- " + shown)
        elif path not in left:
            lines.append("+ " + shown)
        else:
            for field in sorted((left[path].keys() | right[path].keys()) - ignored):
                x, y = left[path].get(field), right[path].get(field)
                if x != y and not (field == "blocks" and None not in (x, y) and abs(x - y) <= BLOCK_TOLERANCE):
                    lines.append("! %s %s: %s -> %s" % (shown, field, x, y))
    return lines
