"""Big trees and sparse files, fast, the same for the same seed."""
import os
import random

FILES_PER_DIRECTORY = 500


def make(root, files, total, seed):
    """So many files of together exactly so many bytes: most are small, a few are big; every second one can be compressed."""
    rng = random.Random(seed)
    weights = [rng.random() * (40 if rng.random() < 0.02 else 1) for _ in range(files)]
    scale = total / max(sum(weights), 1e-9)
    sizes = [int(weight * scale) for weight in weights]
    if sizes:
        sizes[-1] += total - sum(sizes)
    os.makedirs(root, exist_ok=True)
    top = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    directory = None
    for number, size in enumerate(sizes):
        if number % FILES_PER_DIRECTORY == 0:
            if directory is not None:
                os.close(directory)
            name = b"dir-%05d" % (number // FILES_PER_DIRECTORY)
            os.mkdir(name, dir_fd=top)
            directory = os.open(name, os.O_RDONLY | os.O_DIRECTORY, dir_fd=top)
        file = os.open(b"file-%07d" % number, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644, dir_fd=directory)
        content = rng.randbytes(size) if number % 2 else rng.randbytes((size + 1) // 2).hex().encode()[:size]
        write(file, content)
        os.close(file)
    if directory is not None:
        os.close(directory)
    os.close(top)


def sparse(path, size, seed, island=300_000):
    """Holes and three islands of data; it begins and ends with a hole."""
    rng = random.Random(seed)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    os.ftruncate(file, size)
    for part in (1, 4, 6):
        os.lseek(file, size * part // 8 + 12_345 % (size // 8), os.SEEK_SET)
        write(file, rng.randbytes(min(island, size // 16)))
    os.close(file)


def write(file, content):
    view = memoryview(content)
    while view:
        view = view[os.write(file, view):]
