package org.azekura.client.collect;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;

/** A large file. Where reading it takes long, the kernel is told to read further ahead than it does by itself. One thread. */
final class AheadFile implements LargeFile.Source {

    /** So far for each reader that the source would be worth. */
    static final long AHEAD_BYTES = 1 << 20;

    /** Begins to read a range, without waiting. */
    @FunctionalInterface
    interface Advice {
        void willNeed(long at, long bytes);
    }

    private final LargeFile.Source file;
    private final Advice advice;
    private final long size;
    private final Readers readers;
    private final LongSupplier nanos;
    private long advised;

    AheadFile(LargeFile.Source file, Advice advice, long size, Readers readers, LongSupplier nanos) {
        this.file = file;
        this.advice = advice;
        this.size = size;
        this.readers = readers;
        this.nanos = nanos;
    }

    @Override
    public int read(long at, byte[] into, int offset, int wanted) throws IOException, BackupException {
        int count = readers.count();
        if (count > 1) {
            advise(at + wanted, count * AHEAD_BYTES);
        }
        long begin = nanos.getAsLong();
        int read = file.read(at, into, offset, wanted);
        long end = nanos.getAsLong();
        readers.read(read, end - begin, end - begin, 1, end);
        return read;
    }

    private void advise(long from, long bytes) {
        long begin = Math.max(from, advised);
        long end = Math.min(size, from + bytes);
        if (begin < end) {
            advice.willNeed(begin, end - begin);
            advised = end;
        }
    }
}
