package org.azekura.client.posix;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Reads {@code struct linux_dirent64}: inode 8, offset 8, record length 2, type 1, name and NUL. */
final class NameBuffer {

    private static final int LENGTH_AT = 16;
    private static final int NAME_AT = 19;

    private NameBuffer() {}

    static void read(int handle, NameVisitor visitor) throws IOException {
        Scratch scratch = Scratch.get();
        byte[] block = scratch.takeBlock();
        while (true) {
            int n = Libc.getdents64(scratch.state, handle, scratch.buffer);
            if (n == 0) {
                scratch.giveBlock(block);
                return;
            }
            if (n < 0) {
                Directory.retryOrThrow(scratch, "getdents", null);
                continue;
            }
            // The visitor may make calls that use the scratch buffer.
            MemorySegment.copy(scratch.buffer, ValueLayout.JAVA_BYTE, 0, block, 0, n);
            for (int at = 0; at < n;) {
                int length = block[at + LENGTH_AT] & 0xff | (block[at + LENGTH_AT + 1] & 0xff) << 8;
                visit(block, at + NAME_AT, visitor);
                at += length;
            }
        }
    }

    private static void visit(byte[] block, int from, NameVisitor visitor) throws IOException {
        int to = from;
        while (block[to] != 0) {
            to++;
        }
        int length = to - from;
        boolean dots = block[from] == '.' && (length == 1 || length == 2 && block[from + 1] == '.');
        if (!dots) {
            visitor.name(Arrays.copyOfRange(block, from, to));
        }
    }
}
