package org.azekura.client.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.azekura.client.posix.NameVisitor;

/**
 * The names of a directory, sorted by their bytes, each once even if the file system listed it twice: in memory up to a bound, beyond
 * that in files that are merged. One thread.
 */
final class SortedNames implements AutoCloseable {

    /** Together with their order about 8 MiB. */
    static final int MAX_NAMES = 256 << 10;
    static final int MAX_BYTES = 4 << 20;

    private final NameBlock block = new NameBlock();
    private final List<NameRun> runs = new ArrayList<>();
    private PriorityQueue<NameRun> merge;
    private int[] order;
    private int at;
    private byte[] last;

    /** Lists a directory. */
    @FunctionalInterface
    interface Listed {
        void names(NameVisitor visitor) throws IOException;
    }

    private SortedNames() {}

    /** Names that are already in order. */
    static SortedNames of(Iterable<byte[]> sorted) {
        SortedNames names = new SortedNames();
        sorted.forEach(names.block::add);
        names.order = names.block.order();
        return names;
    }

    /** @param folder for the files */
    static SortedNames of(Listed directory, Path folder) throws IOException {
        return of(directory, folder, MAX_NAMES, MAX_BYTES);
    }

    static SortedNames of(Listed directory, Path folder, int maxNames, int maxBytes) throws IOException {
        SortedNames names = new SortedNames();
        try {
            directory.names(name -> names.take(name, folder, maxNames, maxBytes));
            names.finish(folder);
            return names;
        } catch (IOException | RuntimeException e) {
            names.close();
            throw e;
        }
    }

    private void take(byte[] name, Path folder, int maxNames, int maxBytes) throws IOException {
        if (block.count() == maxNames || block.bytes() > maxBytes) {
            spill(folder);
        }
        block.add(name);
    }

    private void spill(Path folder) throws IOException {
        runs.add(NameRun.write(folder, block));
        block.clear();
    }

    private void finish(Path folder) throws IOException {
        if (runs.isEmpty()) {
            order = block.order();
        } else {
            if (block.count() > 0) {
                spill(folder);
            }
            merge = new PriorityQueue<>(runs);
        }
    }

    /** The next name, null behind the last. */
    byte[] next() throws IOException {
        byte[] name = nextListed();
        while (name != null && Arrays.equals(name, last)) {
            name = nextListed();
        }
        last = name;
        return name;
    }

    private byte[] nextListed() throws IOException {
        if (merge == null) {
            return at < order.length ? block.name(order[at++]) : null;
        }
        NameRun first = merge.poll();
        if (first == null) {
            return null;
        }
        byte[] name = first.next();
        first.advance();
        if (first.next() != null) {
            merge.add(first);
        }
        return name;
    }

    @Override
    public void close() throws IOException {
        for (NameRun run : runs) {
            run.close();
        }
    }
}
