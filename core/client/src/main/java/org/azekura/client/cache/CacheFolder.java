package org.azekura.client.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caches of a client. A cache under way is {@code NAME.SNAPSHOT.new} until its snapshot is known to be committed: by word of
 * the server, or because the next order names it as parent. How much of it a job can go on from if it is cut off is in {@code
 * NAME.point}; both go when the snapshot is committed, and when another job begins.
 */
public final class CacheFolder {

    private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);
    /** Files that are left over if the client was killed. */
    public static final String PASSING = ".run";

    private static final String CURRENT = ".cache";
    private static final String NEW = ".new";
    private static final String POINT = ".point";
    private static final String MAPS = ".maps";

    private final Path folder;

    public CacheFolder(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Path file : files()) {
            if (file.toString().endsWith(PASSING)) {
                Files.delete(file);
            }
        }
    }

    /** Also for files that live as long as a job, if their names end with {@value #PASSING}. */
    public Path folder() {
        return folder;
    }

    /** What one cache belongs to. Names have no {@code ~}. */
    public record Key(ClientName client, SaveSetName saveSet, PoolName pool) {
        @Override
        public String toString() {
            return client + "~" + saveSet + "~" + pool;
        }
    }

    /** The cache of exactly this snapshot, null if there is none that can be used. */
    public synchronized Cache open(Key key, SnapshotId snapshot) {
        Path current = folder.resolve(key + CURRENT);
        try {
            commit(key, snapshot);
            Cache cache = Cache.open(current);
            if (cache.snapshot().equals(snapshot)) {
                return cache;
            }
            LOG.info("cache {} is of snapshot {}, not of {}: everything is read again", key, cache.snapshot(), snapshot);
            cache.close();
        } catch (NoSuchFileException e) {
            LOG.info("no cache {}: everything is read again", key);
        } catch (IOException | RuntimeException e) {
            LOG.warn("cache {} cannot be used, everything is read again: {}", key, e.toString());
        }
        return null;
    }

    /** What an attempt at a job left, and how many entries that has. */
    public record Partial(Cache cache, long entries) implements AutoCloseable {
        @Override
        public void close() {
            cache.close();
        }
    }

    /** What earlier attempts at this job left that it can go on from, null if there is nothing. */
    public synchronized Partial partial(Key key, JobId job) {
        Point point = point(key.toString());
        try {
            if (point != null && point.job().equals(job)) {
                return new Partial(Cache.open(pending(key, point.cut().snapshot()), point.cut().bytes()), point.cut().entries());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("job={} cannot go on from where it was cut off, it begins anew: {}", job, e.toString());
        }
        return null;
    }

    /** Keeps how far a job has come: from now on it can go on from this cut. Durable at return; called beside writing. */
    public void keep(Key key, JobId job, CacheWriter cache, CacheWriter.Cut cut) throws IOException {
        cache.force();
        synchronized (this) {
            Point before = point(key.toString());
            new Point(job, cut).write(folder.resolve(key + POINT), folder.resolve(key + POINT + PASSING));
            if (before != null && !before.cut().snapshot().equals(cut.snapshot())) {
                Files.deleteIfExists(pending(key, before.cut().snapshot()));
            }
        }
    }

    /** Forgets what an attempt left. */
    public synchronized void dropPartial(Key key) throws IOException {
        dropPartial(key.toString());
    }

    private void dropPartial(String key) throws IOException {
        Point point = point(key);
        if (point != null) {
            Files.deleteIfExists(folder.resolve(key + "." + point.cut().snapshot() + NEW));
        }
        Files.deleteIfExists(folder.resolve(key + POINT));
    }

    /** Null if there is none that can be read. */
    private Point point(String key) {
        try {
            return Point.read(folder.resolve(key + POINT));
        } catch (NoSuchFileException e) {
            LOG.debug("{} has no checkpoint", key);
        } catch (IOException | RuntimeException e) {
            LOG.warn("the checkpoint of {} cannot be used: {}", key, e.toString());
        }
        return null;
    }

    /** Begins the cache of a snapshot; those that were begun before and never committed are dropped. */
    public synchronized CacheWriter begin(Key key, SnapshotId snapshot, Instant started, JobId job) throws IOException {
        Point point = point(key.toString());
        boolean goesOn = point != null && point.job().equals(job);
        if (!goesOn) {
            dropPartial(key);
        }
        for (Path old : begun(key)) {
            if (!goesOn || !old.equals(pending(key, point.cut().snapshot()))) {
                Files.deleteIfExists(old);
            }
        }
        return new CacheWriter(pending(key, snapshot), snapshot, started);
    }

    /** From now on this is the save set's cache. Committing what is not there is no error. */
    public synchronized void commit(Key key, SnapshotId snapshot) throws IOException {
        if (Files.exists(pending(key, snapshot))) {
            commit(key.toString(), snapshot);
        }
    }

    private void commit(String key, SnapshotId snapshot) throws IOException {
        Files.move(folder.resolve(key + "." + snapshot + NEW), folder.resolve(key + CURRENT), StandardCopyOption.ATOMIC_MOVE);
        dropPartial(key);
    }

    /** Drops a save set's cache, because it proved to be damaged. */
    public synchronized void drop(Key key) throws IOException {
        Files.deleteIfExists(folder.resolve(key + CURRENT));
    }

    /** As {@link #commit}, by the snapshot alone. */
    public synchronized void commit(SnapshotId snapshot) throws IOException {
        String end = "." + snapshot + NEW;
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(end)) {
                commit(name.substring(0, name.length() - end.length()), snapshot);
            }
        }
    }

    /** Where the block maps of a save set are; not there before the first. */
    public Path maps(Key key) {
        return folder.resolve(key + MAPS);
    }

    private Path pending(Key key, SnapshotId snapshot) {
        return folder.resolve(key + "." + snapshot + NEW);
    }

    private List<Path> begun(Key key) throws IOException {
        int suffix = 1 + 32 + NEW.length();
        return files().stream().filter(file -> {
            String name = file.getFileName().toString();
            return name.endsWith(NEW) && name.length() == key.toString().length() + suffix && name.startsWith(key + ".");
        }).toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
