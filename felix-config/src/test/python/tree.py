#!/usr/bin/python3
"""Makes, lists and compares file trees for black-box tests. Standard library only; shares no code with the product.

Names are bytes. In what is printed, every byte that is not plain ASCII text, and space and backslash, is \\xNN.
Directories are opened one below the other, so paths may be longer than the kernel takes in one piece.
"""
import sys

sys.dont_write_bytecode = True

import argparse
import os
import resource

import bulk
import kinds
import walk


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="a tree of all file kinds")
    make.add_argument("dir")
    make.add_argument("--seed", type=int, default=1)
    many = commands.add_parser("bulk", help="many plain files")
    many.add_argument("dir")
    many.add_argument("--files", type=int, required=True)
    many.add_argument("--bytes", type=int, required=True)
    many.add_argument("--seed", type=int, default=1)
    sparse = commands.add_parser("sparse", help="one file of three islands")
    sparse.add_argument("file")
    sparse.add_argument("--size", type=int, required=True)
    sparse.add_argument("--seed", type=int, default=1)
    listing = commands.add_parser("list", help="one line per entry")
    listing.add_argument("dir")
    listing.add_argument("--blocks", action="store_true", help="also the allocated bytes of files")
    diff = commands.add_parser("diff", help="compares; exit 1 if there is a difference")
    diff.add_argument("a")
    diff.add_argument("b")
    diff.add_argument("--blocks", action="store_true", help="also allocated bytes, within a tolerance")
    diff.add_argument("--ignore", default="", help="fields not to compare, by comma")
    args = parser.parse_args()

    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    if args.command == "make":
        for line in kinds.make(os.fsencode(args.dir), args.seed):
            print("skipped: " + line, file=sys.stderr)
    elif args.command == "bulk":
        bulk.make(os.fsencode(args.dir), args.files, args.bytes, args.seed)
    elif args.command == "sparse":
        bulk.sparse(os.fsencode(args.file), args.size, args.seed)
    elif args.command == "list":
        for path, fields in walk.entries(os.fsencode(args.dir), args.blocks):
            print(walk.line(path, fields))
    else:
        ignored = set(args.ignore.split(",")) - {""}
        differences = walk.diff(os.fsencode(args.a), os.fsencode(args.b), args.blocks, ignored)
        for line in differences:
            print(line)
        return 1 if differences else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
