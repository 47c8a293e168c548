package org.azekura.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.RawPath;
import org.azekura.api.content.Content;
import org.azekura.api.content.Contents;
import org.azekura.api.content.Saved;

/** One snapshot in memory, in which a test puts what it wants to be read. */
public final class FakeContents implements Contents {

    /** In percent form. */
    final Map<String, Saved> entries = new TreeMap<>();
    final Map<String, byte[]> files = new TreeMap<>();
    /** Read as zeros, without being in memory. */
    long endless;
    /** What the file is damaged from on. */
    long damagedFrom = Long.MAX_VALUE;
    boolean ready = true;
    Runnable onAwait = () -> { };
    /** Why each that was closed had failed, or "". */
    final LinkedBlockingQueue<String> closed = new LinkedBlockingQueue<>();
    CompletableFuture<Void> may = CompletableFuture.completedFuture(null);

    void folder(String path) {
        entries.put(path, saved(path, Saved.Type.DIRECTORY, 0, null, 0));
    }

    void file(String path, byte[] bytes, long linkGroup) {
        entries.put(path, saved(path, Saved.Type.FILE, bytes.length, null, linkGroup));
        files.put(path, bytes);
    }

    void link(String path, String target) {
        entries.put(path, saved(path, Saved.Type.SYMLINK, 0, target, 0));
    }

    private static Saved saved(String path, Saved.Type type, long size, String target, long linkGroup) {
        return new Saved(RawPath.of(path.substring(path.lastIndexOf('/') + 1)), type, 0644, 1000, 1000, "ann", "staff", size, Instant.parse("2026-01-02T03:04:05Z"), linkGroup,
                target == null ? null : RawPath.of(target), 0, 0, new TreeMap<>(Map.of(RawPath.of("user.note"), "text".getBytes())));
    }

    @Override
    public ClientName client() {
        return new ClientName("host");
    }

    @Override
    public Content open() {
        return new Opened();
    }

    private final class Opened implements Content {

        private String failure = "";

        @Override
        public long stream() {
            return -7;
        }

        @Override
        public boolean await(Duration most) {
            onAwait.run();
            return ready;
        }

        @Override
        public Saved look(RawPath path) {
            return entries.get(path.toPercent());
        }

        @Override
        public Page list(RawPath directory, byte[] after, int most) {
            String below = directory.toPercent().equals("/") ? "/" : directory.toPercent() + "/";
            List<Saved> page = new ArrayList<>();
            // two at a time, so that pages follow each other
            for (String path : entries.keySet()) {
                boolean within = path.startsWith(below) && path.indexOf('/', below.length()) < 0;
                if (within && Arrays.compareUnsigned(entries.get(path).name().bytes(), after) > 0 && page.size() < 3) {
                    page.add(entries.get(path));
                }
            }
            page.sort((one, other) -> one.name().compareTo(other.name()));
            return new Page(page.subList(0, Math.min(2, page.size())), page.size() > 2);
        }

        @Override
        public byte[] read(RawPath file, long from, int length) throws BackupException {
            may.join();
            if (from + length > damagedFrom) {
                throw BackupException.corrupt("chunk.damaged", "c", file + " can't be read");
            }
            byte[] bytes = files.get(file.toPercent());
            return bytes == null ? new byte[(int) Math.min(length, endless - from)] : Arrays.copyOfRange(bytes, (int) from, (int) Math.min(bytes.length, from + length));
        }

        @Override
        public void fail(BackupException why) {
            failure = why.failure().code();
        }

        @Override
        public void close() {
            closed.add(failure);
        }
    }
}
