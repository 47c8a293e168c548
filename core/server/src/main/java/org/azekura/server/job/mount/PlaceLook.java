package org.azekura.server.job.mount;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Client;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.job.place.PartPlaces;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.place.Thawing;
import org.azekura.server.job.run.Halt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which place of a snapshot is the nearest, and what of it lies in an archive: that is a walk through the snapshot, and a look at all of its packs, which of a large one
 * takes longer than anybody waits for a mount. So it has a thread of its own, and who does not get an answer soon begins without. Its trees are read by nobody else. Must be closed.
 */
final class PlaceLook implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PlaceLook.class);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int STEP_MS = 200;

    private final SnapshotPlaces places;
    private final List<SnapshotPlaces.Served> served;
    private final TreeReader trees;
    private final List<RawPath> wanted;
    private final Client owner;
    private final Halt halt = new Halt();
    private final CompletableFuture<Found> found = new CompletableFuture<>();

    /** @param thawing null if nothing has an archive there */
    record Found(SnapshotPlaces.Served place, Thawing thawing) {}

    /** Who is told, for people, what lies in the archive: null if nothing does. */
    @FunctionalInterface
    interface Ear {
        void told(Thawing thawing, BackupException why);
    }

    /** @param wanted paths, none for everything */
    PlaceLook(SnapshotPlaces places, TreeReader trees, List<RawPath> wanted, Client owner) throws BackupException {
        this.places = places;
        this.served = places.served();
        this.trees = trees;
        this.wanted = wanted;
        this.owner = owner;
        if (served.stream().noneMatch(SnapshotPlaces.Served::hasArchive)) {
            found.complete(new Found(served.getFirst(), null));
        } else {
            Thread.ofVirtual().name("job-place-look").start(this::look);
        }
    }

    private void look() {
        try {
            found.complete(PartPlaces.nearest(places, served, trees, wanted, owner, halt, (place, thawing) -> new Found(place, thawing)));
        } catch (BackupException | RuntimeException e) {
            log.debug("snapshot={} what of it lies in an archive can't be found out: {}", places.snapshot().id(), e.getMessage());
            found.completeExceptionally(e);
        }
    }

    /** The nearest; what seemed so before anybody looked, if nobody knows soon. @param job whether that is to end */
    SnapshotPlaces.Served place(Halt job) throws BackupException {
        for (long end = System.nanoTime() + SOON.toNanos(); System.nanoTime() < end;) {
            job.check();
            try {
                return found.get(STEP_MS, TimeUnit.MILLISECONDS).place();
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                break;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw BackupException.network("job.interrupted", places.snapshot().id().toString(), "the look at what lies in an archive was interrupted", e);
            }
        }
        return served.getFirst();
    }

    boolean isOver() {
        return found.isDone();
    }

    /** Tells what of this place lies in its archive as soon as that is known, unless this is closed before. */
    void tell(SnapshotPlaces.Served place, Ear ear) {
        found.whenComplete((known, failed) -> {
            try {
                Thawing thawing = known == null ? null : known.place() == place ? known.thawing()
                        : place.thawing(places, trees, wanted, owner.trustGroup(), null, halt);
                hear(ear, thawing, failed == null ? null : failed instanceof BackupException why ? why : new BackupException(
                        BackupException.corrupt("tree.unreadable", places.snapshot().id().toString(), String.valueOf(failed.getMessage())).failure(), failed));
            } catch (BackupException e) {
                hear(ear, null, e);
            }
        });
    }

    private void hear(Ear ear, Thawing thawing, BackupException why) {
        if (!halt.isSaid()) {
            ear.told(thawing, why);
        }
    }

    @Override
    public void close() {
        halt.say(BackupException.operator("job.ended", places.snapshot().id().toString(), "nobody wants to know any more"));
    }
}
