package org.azekura.server.trees;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins small segments of this server into greater ones, so that a year of small backups leaves a few hundred objects and not millions. The joined one is on
 * the device before a part goes; a crash in between leaves pages there twice, which a prune finds. Thread-safe.
 *
 * <p>One server also joins what lies longer than a day, whoever has written it: its writer may be gone for good. That it is not changes nothing but who does
 * the work, for whoever loses a part has all that was in it in what took its place.
 */
final class Joiner {

    private static final Logger log = LoggerFactory.getLogger(Joiner.class);
    /** So many of about one size become one: each page is written anew a few times at most. */
    static final int FAN = 16;
    private static final int SMALLEST_BITS = 16;
    /** A server that is there has joined by then what can be; whoever's clock is wrong joins earlier or later. */
    private static final Duration LEFT = Duration.ofDays(1);
    private static final Duration LAST = Duration.ofSeconds(10);

    private final SharedFiles home;
    private final String server;
    private final long rollBytes;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("azekura-trees-join").factory());
    private boolean asked;
    private volatile boolean tends;
    private volatile boolean closed;

    Joiner(SharedFiles home, String server, long rollBytes) {
        this.home = home;
        this.server = server;
        this.rollBytes = rollBytes;
    }

    /** From now on what other servers have left is joined, too. */
    void tend() {
        tends = true;
        look();
    }

    /** Looks whether there is something to join, soon. */
    synchronized void look() {
        if (!asked) {
            try {
                asked = true;
                thread.execute(this::join);
            } catch (RejectedExecutionException e) {
                log.debug("closed: {}", e.toString());
            }
        }
    }

    private void join() {
        synchronized (this) {
            asked = false;
        }
        try {
            for (List<Segment> parts = parts(); !parts.isEmpty() && !closed; parts = parts()) {
                join(parts);
            }
        } catch (BackupException | IOException e) {
            log.info("small segments of tree pages are not joined now: {}", e.getMessage());
        }
    }

    /** Some of one size; none if there are too few. */
    private List<Segment> parts() {
        List<Segment> sound;
        synchronized (home) {
            sound = home.table.sound();
        }
        String owner = SegmentFolder.owner(server);
        List<Segment> own = some(sound.stream().filter(segment -> SegmentFolder.owner(segment.server()).equals(owner)).toList());
        return own.isEmpty() && tends ? some(sound.stream().filter(this::isLeft).toList()) : own;
    }

    private boolean isLeft(Segment segment) {
        try {
            return Files.getLastModifiedTime(home.folder.file(segment)).toInstant().isBefore(Instant.now().minus(LEFT));
        } catch (IOException e) {
            return false; // gone
        }
    }

    private List<Segment> some(List<Segment> segments) {
        Map<Integer, List<Segment>> bySize = new HashMap<>();
        synchronized (home) {
            for (Segment segment : segments) {
                long size = home.table.has(segment) ? home.table.size(segment) : rollBytes;
                if (size < rollBytes / 2) {
                    List<Segment> same = bySize.computeIfAbsent(rank(size), rank -> new ArrayList<>());
                    same.add(segment);
                    if (same.size() == FAN) {
                        return same;
                    }
                }
            }
        }
        return List.of();
    }

    /** Each is four times the one before. */
    private static int rank(long size) {
        return Math.max(0, (Long.SIZE - Long.numberOfLeadingZeros(size) - SMALLEST_BITS + 1) / 2);
    }

    private void join(List<Segment> parts) throws IOException, BackupException {
        Path file;
        synchronized (home) {
            file = home.folder.pending(server, home.table.file());
        }
        List<Segment> joined = new ArrayList<>();
        try (RandomAccessFile to = new RandomAccessFile(file.toFile(), "rw")) {
            for (Segment part : parts) {
                if (to.length() < rollBytes) {
                    copy(part, to);
                    joined.add(part);
                }
            }
            to.getFD().sync();
        }
        home.move(file);
        for (Segment part : joined) {
            home.shelf.delete(part);
            home.gone(part);
        }
    }

    private void copy(Segment part, RandomAccessFile to) throws IOException, BackupException {
        FrameScan.Result scan = FrameScan.thorough(home.folder.file(part));
        try (RandomAccessFile from = new RandomAccessFile(home.folder.file(part).toFile(), "r")) {
            if (!scan.isWhole(from.length())) {
                home.gone(part); // it comes anew
                throw BackupException.corrupt("frame.corrupt", part.key(), home.folder.file(part) + " is damaged here");
            }
            byte[] piece = new byte[1 << 20];
            for (int got = from.read(piece); got > 0; got = from.read(piece)) {
                to.write(piece, 0, got);
            }
        }
    }

    /** What is being joined ends, if that is soon. */
    void close() {
        closed = true;
        LastWork.end(thread, LAST);
    }
}
