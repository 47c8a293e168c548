package org.azekura.server.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.azekura.api.catalog.DriveMount;

/**
 * Which cartridges had far more errors corrected in a drive than others had in the same. What is counted differs from maker to maker, from bytes to whole data sets: so
 * only mounts of one drive are compared, per byte, and with mounts that moved at least a tenth as much. Of each pair the newest counts that was more than a look.
 */
final class ErrorRates {

    /** Fewer prove nothing, whatever they are compared with. */
    static final int LEAST = 100;
    /** So many mounts of other cartridges make a comparison. */
    static final int OTHERS = 3;
    private static final int COMPARABLE = 10;
    private static final double GIGABYTE = 1e9;

    private ErrorRates() {}

    /**
     * A pair of which more was corrected than it should be.
     *
     * @param writing whether while writing, else while reading
     * @param rate    errors in a gigabyte
     * @param usual   the same of others in that drive
     */
    record Raised(DriveMount mount, boolean writing, double rate, double usual) {

        /** For people. */
        String text() {
            return "drive %s corrected %.0f errors per GB while %s, %.1f is usual there".formatted(mount.drive(), rate, writing ? "writing" : "reading", usual);
        }
    }

    /**
     * Pure.
     *
     * @param all    mounts that count, in any order
     * @param factor by barcode: so many times as many as usual are too many; 0: never
     */
    static List<Raised> of(List<DriveMount> all, ToIntFunction<String> factor) {
        Map<String, List<DriveMount>> drives = all.stream().filter(DriveMount::held).collect(Collectors.groupingBy(DriveMount::drive));
        List<Raised> raised = new ArrayList<>();
        for (List<DriveMount> inDrive : drives.values()) {
            Map<String, List<DriveMount>> pairs = inDrive.stream().collect(Collectors.groupingBy(DriveMount::barcode));
            pairs.forEach((barcode, mounts) -> {
                int times = factor.applyAsInt(barcode);
                if (times > 0) {
                    raised(mounts, true, times, inDrive).or(() -> raised(mounts, false, times, inDrive)).ifPresent(raised::add);
                }
            });
        }
        raised.sort(Comparator.comparing((Raised one) -> one.mount().barcode()).thenComparing(one -> one.mount().drive()));
        return raised;
    }

    private static Optional<Raised> raised(List<DriveMount> pair, boolean writing, int times, List<DriveMount> inDrive) {
        ToLongFunction<DriveMount> errors = writing ? DriveMount::writeCorrected : DriveMount::readCorrected;
        ToLongFunction<DriveMount> bytes = writing ? DriveMount::written : DriveMount::read;
        DriveMount mount = newest(pair, bytes);
        long moved = bytes.applyAsLong(mount);
        if (errors.applyAsLong(mount) < LEAST || moved <= 0) {
            return Optional.empty();
        }
        double[] others = inDrive.stream().filter(one -> !one.barcode().equals(mount.barcode()) && errors.applyAsLong(one) >= 0 && bytes.applyAsLong(one) > 0
                && bytes.applyAsLong(one) >= moved / COMPARABLE).mapToDouble(one -> rate(errors.applyAsLong(one), bytes.applyAsLong(one))).sorted().toArray();
        if (others.length < OTHERS) {
            return Optional.empty();
        }
        double usual = median(others);
        double rate = rate(errors.applyAsLong(mount), moved);
        return rate > times * usual ? Optional.of(new Raised(mount, writing, rate, usual)) : Optional.empty();
    }

    /** Of those that moved a tenth of what was moved at most: that a label was looked at says nothing. */
    private static DriveMount newest(List<DriveMount> pair, ToLongFunction<DriveMount> bytes) {
        long most = pair.stream().mapToLong(bytes).max().orElseThrow();
        return pair.stream().filter(one -> bytes.applyAsLong(one) >= most / COMPARABLE).max(Comparator.comparing(DriveMount::loaded)).orElseThrow();
    }

    private static double rate(long errors, long bytes) {
        return errors * GIGABYTE / bytes;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
