package org.azekura.server.job.drill;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.server.JobOrder;

/**
 * Chooses files: so many by number, as the seed and their paths have it, and always some of the largest and of the smallest. Each file is shown once, in any order; the same seed
 * chooses the same of the same files. One thread.
 */
public final class FileSample {

    /** As many paths as the server keeps in memory for it. */
    static final int MOST = 100_000;
    /** Of the largest, and of the smallest that are not empty. */
    static final int EXTREMES = 3;

    private final JobOrder.DrillSample wanted;
    /** Those of the lowest ranks, the highest first. */
    private final PriorityQueue<Ranked> lowest = new PriorityQueue<>(Comparator.reverseOrder());
    private final PriorityQueue<Sized> largest = new PriorityQueue<>(Comparator.comparingLong(Sized::size));
    private final PriorityQueue<Sized> smallest = new PriorityQueue<>(Comparator.comparingLong(Sized::size).reversed());
    private final int most;
    private long files;

    private record Ranked(long rank, RawPath path) implements Comparable<Ranked> {
        @Override
        public int compareTo(Ranked other) {
            int byRank = Long.compareUnsigned(rank, other.rank);
            return byRank != 0 ? byRank : path.compareTo(other.path);
        }
    }

    private record Sized(long size, RawPath path) {}

    FileSample(JobOrder.DrillSample wanted) {
        this(wanted, MOST);
    }

    FileSample(JobOrder.DrillSample wanted, int most) {
        this.wanted = wanted;
        this.most = wanted.files() > 0 ? Math.min(wanted.files(), most) : most;
    }

    /** One that every program can hold. */
    public static long seed() {
        return new SecureRandom().nextLong(1, 1L << 53);
    }

    /** @param sample null for all @throws BackupException {@code drill.sample} if it says nothing that can be chosen by */
    public static void require(JobOrder.DrillSample sample) throws BackupException {
        boolean good = sample == null || sample.files() > 0 && sample.perMillion() == 0
                || sample.files() == 0 && sample.perMillion() > 0 && sample.perMillion() <= JobOrder.DrillSample.ALL;
        if (!good) {
            throw BackupException.operator("drill.sample", "", "a sample is a part of all files, above 0 and up to 100 %, or a number of files from 1 on");
        }
    }

    /** @param size in bytes; negative if it is no regular file */
    void show(RawPath path, long size) {
        files++;
        lowest.add(new Ranked(rank(path), path));
        if (lowest.size() > most) {
            lowest.remove();
        }
        if (size > 0) {
            keep(largest, new Sized(size, path));
            keep(smallest, new Sized(size, path));
        }
    }

    private static void keep(PriorityQueue<Sized> extremes, Sized one) {
        extremes.add(one);
        if (extremes.size() > EXTREMES) {
            extremes.remove();
        }
    }

    /** Of the path's bytes and the seed: FNV-1a, mixed once more so that names that are alike do not have ranks that are. */
    private long rank(RawPath path) {
        long hash = 0xcbf29ce484222325L ^ wanted.seed() * 0x9e3779b97f4a7c15L;
        for (byte b : path.bytes()) {
            hash = (hash ^ b & 0xff) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }

    /** So many were shown. */
    long files() {
        return files;
    }

    /** So many were asked for, by number. */
    long asked() {
        return wanted.files() > 0 ? Math.min(wanted.files(), files)
                : Math.ceilDiv(Math.multiplyHigh(files, wanted.perMillion()) == 0 ? files * wanted.perMillion() : Long.MAX_VALUE, JobOrder.DrillSample.ALL);
    }

    List<RawPath> chosen() {
        Set<RawPath> chosen = new LinkedHashSet<>();
        List<Ranked> ranked = new ArrayList<>(lowest);
        ranked.sort(Comparator.naturalOrder());
        ranked.stream().limit(asked()).forEach(one -> chosen.add(one.path));
        largest.forEach(one -> chosen.add(one.path));
        smallest.forEach(one -> chosen.add(one.path));
        return List.copyOf(chosen);
    }
}
