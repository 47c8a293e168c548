package org.azekura.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.message.RestoreBatch;
import org.azekura.client.restore.Batches;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.TreeReader;

/** Plans a restore on a thread of its own, at most a few batches ahead of who takes them. */
final class Planner implements Batches, AutoCloseable {

    private static final int AHEAD = 3;
    private static final byte[] NO_KEY = {};

    /** A batch, the end (both null), or why there is no more. */
    private record Step(RestoreBatch batch, BackupException failure) {}

    private final Media media;
    private final PlanWriter writer = new PlanWriter();
    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;

    Planner(Media media, TreeReader trees, ChunkId root, List<RawPath> wanted) {
        this.media = media;
        this.thread = Thread.ofPlatform().daemon().name("extract plan").start(() -> plan(trees, root, wanted));
    }

    private void plan(TreeReader trees, ChunkId root, List<RawPath> wanted) {
        Step end = new Step(null, null);
        try {
            new RestorePlan(trees, wanted, (parts, chunks, problems) -> put(new Step(batch(parts, chunks, problems), null))).run(root);
        } catch (BackupException e) {
            end = new Step(null, e);
        } catch (RuntimeException | Error e) {
            end = new Step(null, BackupException.bug("plan", e));
        }
        try {
            put(end);
        } catch (BackupException e) {
            // Nobody takes any more.
            steps.clear();
        }
    }

    private void put(Step step) throws BackupException {
        try {
            if (!steps.offer(step, media.patience_s(), TimeUnit.SECONDS)) {
                throw BackupException.device("device.timeout", "", "nothing was written for " + media.patience_s() + " s", null);
            }
        } catch (InterruptedException e) {
            throw BackupException.device("device.interrupted", "", "the plan was given up", e);
        }
    }

    private RestoreBatch batch(List<RestorePlan.Part> parts, Set<ChunkId> chunks, List<PathProblem> problems) {
        List<ChunkId> ordered = ordered(chunks);
        return new RestoreBatch(writer.parts(parts, ordered), ordered.stream().map(chunk -> new RestoreBatch.ChunkKey(chunk, NO_KEY)).toList(), problems);
    }

    private record At(ChunkId chunk, int pack, long offset) {}

    /** As they lie in the packs; those that are nowhere last. */
    private List<ChunkId> ordered(Set<ChunkId> chunks) {
        List<At> all = new ArrayList<>();
        for (ChunkId chunk : chunks) {
            List<ChunkPlaces.Place> places = media.places(chunk);
            all.add(places.isEmpty() ? new At(chunk, Integer.MAX_VALUE, 0) : new At(chunk, places.getFirst().pack(), places.getFirst().offset()));
        }
        all.sort(Comparator.comparingInt(At::pack).thenComparingLong(At::offset));
        return all.stream().map(At::chunk).toList();
    }

    @Override
    public RestoreBatch next() throws BackupException {
        try {
            Step step = steps.poll(media.patience_s(), TimeUnit.SECONDS);
            if (step == null) {
                throw BackupException.device("device.timeout", "", "the plan did not go on for " + media.patience_s() + " s: a volume does not answer", null);
            }
            if (step.failure != null) {
                throw step.failure;
            }
            return step.batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", "", "interrupted while waiting for the plan", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
