package org.azekura.client.collect;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.azekura.client.cache.CacheFolder;

/** Sorted names in a file that nobody else sees: it is removed as soon as it is open. One thread. */
final class NameRun implements AutoCloseable, Comparable<NameRun> {

    private static final int BUFFER_BYTES = 16 << 10;

    private final DataInputStream in;
    private byte[] next;

    private NameRun(DataInputStream in) {
        this.in = in;
    }

    static NameRun write(Path folder, NameBlock names) throws IOException {
        Path file = Files.createTempFile(folder, "names", CacheFolder.PASSING);
        try {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
                for (int i : names.order()) {
                    byte[] name = names.name(i);
                    out.writeShort(name.length);
                    out.write(name);
                }
            }
            NameRun run = new NameRun(new DataInputStream(new BufferedInputStream(Files.newInputStream(file, StandardOpenOption.READ), BUFFER_BYTES)));
            run.advance();
            return run;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Null behind the last. */
    byte[] next() {
        return next;
    }

    void advance() throws IOException {
        try {
            next = new byte[in.readUnsignedShort()];
        } catch (EOFException e) {
            next = null;
            return;
        }
        in.readFully(next);
    }

    @Override
    public int compareTo(NameRun other) {
        return Arrays.compareUnsigned(next, other.next);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
