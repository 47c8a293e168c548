package org.azekura.testkit.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Snapshot;

/** Measures what rows of a catalog take, and what a transaction does. The ids of packs and snapshots are spread as those of months of many jobs are. */
public final class CatalogCost {

    private static final int AT_ONCE = 1_000;
    private static final int LINES = 3;

    private final SplittableRandom random = new SplittableRandom(1);
    private final CatalogStore store;
    private final Size size;
    private final Extent extent;

    /**
     * How much is measured.
     *
     * @param rows    of each kind; a multiple of a thousand
     * @param commits of one row each
     */
    public record Extent(int rows, int commits) {

        /** Looks whether it can be measured; the figures say little. */
        public static final Extent FEW = new Extent(2_000, 50);
        /** For figures that somebody reckons with, where each statement goes to another process. */
        public static final Extent SOME = new Extent(20_000, 300);
        /** For figures that somebody reckons with. */
        public static final Extent MANY = new Extent(200_000, 500);
    }

    /**
     * What was measured.
     *
     * @param bytes   of a row on the disk, with its indexes
     * @param each_us of a row among a thousand in a transaction
     */
    public record OfRow(String what, double bytes, double each_us) {

        @Override
        public String toString() {
            return "%s: %.0f bytes, %.0f µs with %,d in a transaction".formatted(what, bytes, each_us, AT_ONCE);
        }
    }

    /** Of transactions of one row. */
    public record OfCommit(double median_us, double slow_us) {

        @Override
        public String toString() {
            return "a transaction of one row: %.2f ms median, %.2f ms at 99 %%".formatted(median_us / 1e3, slow_us / 1e3);
        }
    }

    /** All of it. */
    public record Costs(OfRow pack, OfRow snapshot, OfRow job, OfCommit commit) {

        /** A line for each figure. */
        public List<String> lines() {
            return List.of(pack.toString(), snapshot.toString(), job.toString(), commit.toString());
        }
    }

    /** The database as it lies on the disk, in bytes; called behind the last transaction. */
    @FunctionalInterface
    public interface Size {
        long bytes() throws Exception;
    }

    private interface Row {
        void put(CatalogEdit edit, int number) throws BackupException;
    }

    public CatalogCost(CatalogStore store, Size size, Extent extent) {
        this.store = store;
        this.size = size;
        this.extent = extent;
    }

    public Costs measure() throws Exception {
        store.write(edit -> {
            edit.putPool(Rows.pool("main"));
            edit.putVolume(Rows.volume(1, "main", "M1"));
            return null;
        });
        return new Costs(rows("pack", (edit, number) -> edit.putPack(pack())), rows("snapshot", (edit, number) -> edit.putSnapshot(snapshot(number))),
                rows("job with its order, its result and three lines", this::job), commits());
    }

    private OfRow rows(String what, Row row) throws Exception {
        long before = size.bytes();
        long began = System.nanoTime();
        for (int first = 0; first < extent.rows(); first += AT_ONCE) {
            int from = first;
            store.write(edit -> {
                for (int number = from; number < from + AT_ONCE; number++) {
                    row.put(edit, number);
                }
                return null;
            });
        }
        double each_us = (System.nanoTime() - began) / 1e3 / extent.rows();
        return new OfRow(what, (double) (size.bytes() - before) / extent.rows(), each_us);
    }

    private OfCommit commits() throws Exception {
        long[] times = new long[extent.commits()];
        for (int i = 0; i < times.length; i++) {
            long began = System.nanoTime();
            store.write(edit -> {
                edit.putPack(pack());
                return null;
            });
            times[i] = System.nanoTime() - began;
        }
        Arrays.sort(times);
        return new OfCommit(times[times.length / 2] / 1e3, times[times.length * 99 / 100] / 1e3);
    }

    private Pack pack() {
        long high = random.nextLong();
        return new Pack(new PackId(high, random.nextLong()), new PoolName("main"), new JobId(1_000_000 + random.nextInt(1_000_000)), false, 32 << 20, 30, new VolumeId(-1, 1),
                "packs/%02x/%016x%016x".formatted(high >>> 56, high, high), Rows.TIME, new ClientName("client-0001"));
    }

    private Snapshot snapshot(int number) {
        return new Snapshot(new SnapshotId(random.nextLong(), number), new JobId(number + 1), new PoolName("main"), new ClientName("client-" + number % 10_000), new SaveSetName("all"),
                new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()), new SnapshotId(random.nextLong(), number), Rows.TIME, Rows.TIME, 1_000_000, 1L << 40,
                1L << 33, 0, new byte[1500]);
    }

    private void job(CatalogEdit edit, int number) throws BackupException {
        JobId id = new JobId(number + 1);
        edit.putJob(new Job(id, Job.Kind.BACKUP, Job.State.DONE, new ClientName("client-" + number % 10_000), new PoolName("main"), Rows.TIME, Rows.TIME, 1_000_000, 1L << 40, null, null, 1,
                new byte[193], new byte[124]).of(new PolicyName("nightly")));
        for (int line = 0; line < LINES; line++) {
            edit.addLine(new JobLine(id, Rows.TIME, JobLine.Level.INFO, "client client-0001 collects all, compared with snapshot 0199b8c4a1d27b3c8f00"));
        }
    }
}
