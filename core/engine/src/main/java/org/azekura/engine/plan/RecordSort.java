package org.azekura.engine.plan;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.azekura.api.BackupException;

/**
 * Sorts any number of records by their first bytes: in memory up to a bound, beyond that in files without a name, which are gone when this is closed, and
 * with the process. One thread.
 */
final class RecordSort implements AutoCloseable {

    private static final int BUFFER = 64 << 10;
    /** What a record costs beside its bytes. */
    private static final int OVERHEAD = 24;

    private final int key;
    private final long memory;
    private final Path folder;
    private final FileChannel runs;
    private final FileChannel sorted;
    private final List<byte[]> pending = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private long weight;

    /** Takes sorted records, each with its place in the file. */
    @FunctionalInterface
    interface Sink {
        void record(long at, byte[] record);
    }

    /**
     * @param key    so many bytes of each record order them; two records with the same may come in either order
     * @param memory bytes
     */
    RecordSort(int key, long memory) throws BackupException {
        this.key = key;
        this.memory = memory;
        this.folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            this.runs = unnamed();
            this.sorted = unnamed();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private FileChannel unnamed() throws IOException {
        Path path = Files.createTempFile(folder, "azekura-plan-", null);
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    private BackupException failed(IOException e) {
        return BackupException.device("plan.spill", folder.toString(), "a restore plan can't be kept in " + folder + ": " + e + "; make room there", e);
    }

    private Comparator<byte[]> order() {
        return (a, b) -> Arrays.compareUnsigned(a, 0, key, b, 0, key);
    }

    void add(byte[] record) throws BackupException {
        pending.add(record);
        weight += record.length + OVERHEAD;
        if (weight >= memory) {
            try {
                pending.sort(order());
                Writer writer = new Writer(runs, ends.isEmpty() ? 0 : ends.getLast());
                for (byte[] one : pending) {
                    writer.add(one);
                }
                ends.add(writer.end());
            } catch (IOException e) {
                throw failed(e);
            }
            pending.clear();
            weight = 0;
        }
    }

    /** Ends the adding. @return bytes of the sorted file */
    long sort(Sink sink) throws BackupException {
        try {
            pending.sort(order());
            PriorityQueue<Run> open = new PriorityQueue<>((a, b) -> order().compare(a.head, b.head));
            long from = 0;
            for (long end : ends) {
                open(open, new Run(new Reader(runs, from, end)));
                from = end;
            }
            open(open, new Run(pending));
            Writer writer = new Writer(sorted, 0);
            while (!open.isEmpty()) {
                Run least = open.remove();
                sink.record(writer.at(), least.head);
                writer.add(least.head);
                open(open, least);
            }
            pending.clear();
            return writer.end();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void open(PriorityQueue<Run> open, Run run) throws IOException {
        if (run.next()) {
            open.add(run);
        }
    }

    /** Records that are sorted, one after the other. */
    private static final class Run {

        private final Reader file;
        private final List<byte[]> memory;
        private int taken;
        private byte[] head;

        Run(Reader file) {
            this.file = file;
            this.memory = null;
        }

        Run(List<byte[]> memory) {
            this.file = null;
            this.memory = memory;
        }

        boolean next() throws IOException {
            head = file != null ? file.read() : taken < memory.size() ? memory.get(taken++) : null;
            return head != null;
        }
    }

    /** Reads a stretch of the sorted file. One thread. */
    final class Stretch {

        private final Reader reader;

        private Stretch(long from, long to) {
            reader = new Reader(sorted, from, to);
        }

        /** Null behind the last. */
        byte[] next() throws BackupException {
            try {
                return reader.read();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    Stretch stretch(long from, long to) {
        return new Stretch(from, to);
    }

    private static final class Writer {

        private final FileChannel file;
        private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private long flushed;

        Writer(FileChannel file, long at) {
            this.file = file;
            this.flushed = at;
        }

        long at() {
            return flushed + buffer.position();
        }

        void add(byte[] record) throws IOException {
            if (buffer.remaining() < Integer.BYTES + record.length) {
                end();
            }
            if (buffer.capacity() < Integer.BYTES + record.length) {
                buffer = ByteBuffer.allocate(Integer.BYTES + record.length);
            }
            buffer.putInt(record.length).put(record);
        }

        long end() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                flushed += file.write(buffer, flushed);
            }
            buffer.clear();
            return flushed;
        }
    }

    private static final class Reader {

        private final FileChannel file;
        private final long to;
        private ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
        private long at;

        Reader(FileChannel file, long from, long to) {
            this.file = file;
            this.at = from;
            this.to = to;
        }

        byte[] read() throws IOException {
            if (at >= to && !buffer.hasRemaining()) {
                return null;
            }
            require(Integer.BYTES);
            byte[] record = new byte[buffer.getInt()];
            require(record.length);
            buffer.get(record);
            return record;
        }

        private void require(int bytes) throws IOException {
            if (buffer.remaining() >= bytes) {
                return;
            }
            ByteBuffer larger = buffer.capacity() >= bytes ? buffer.compact() : ByteBuffer.allocate(bytes).put(buffer);
            while (larger.position() < bytes) {
                larger.limit((int) Math.min(larger.capacity(), larger.position() + to - at));
                int got = larger.hasRemaining() ? file.read(larger, at) : -1;
                if (got < 0) {
                    throw new EOFException("it ends at " + at);
                }
                at += got;
            }
            buffer = larger.flip();
        }
    }

    @Override
    public void close() {
        try (runs; sorted) {
            pending.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
