package org.azekura.api.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SnapshotId;

/**
 * What a drill found out: whether a snapshot came back from one of its copies, byte for byte. It stays when the job, the snapshot or the pool is deleted.
 *
 * @param job         the drill; a job has one proof, that of its last attempt
 * @param received    when the snapshot was, by the server's retention time
 * @param pool        whose copy was read, as people name it: the snapshot's own pool, or the one that holds the copy; of a media set the pool that it is of
 * @param client      on whose host it was restored
 * @param sample      what was chosen; null if all of the snapshot was
 * @param began       by the server's retention time, as {@code ended}
 * @param entries     that were compared: files, directories and all else
 * @param bytes       of their content
 * @param differences how many there are, those that are not told included
 * @param told        the first of them for people, a line each; at most {@link #MOST_TOLD} of {@link #MOST_TEXT} characters; empty in lists
 * @param outcome     {@link Outcome#FAILED} also if it ended before all was compared; {@code told} says why then
 */
public record Proof(JobId job, SnapshotId snapshot, Instant received, SaveSetId saveSet, PoolName pool, ClientName client, Sample sample, Instant began,
        Instant ended, long entries, long bytes, long differences, List<String> told, Times times, Outcome outcome) {

    public static final int MOST_TOLD = 100;
    public static final int MOST_TEXT = 500;

    /** What is more than may be told is left out. */
    public Proof {
        told = told.stream().limit(MOST_TOLD).map(Proof::line).toList();
    }

    /** Names of files may have line ends in them. */
    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "\ufffd");
        return line.length() > MOST_TEXT ? line.substring(0, MOST_TEXT - 1) + "…" : line;
    }

    /**
     * Files that were chosen by chance.
     *
     * @param seed   with which the same ones are chosen again
     * @param chosen how many
     * @param of     how many there are in the snapshot
     */
    public record Sample(long seed, long chosen, long of) {}

    /**
     * How long the phases of a drill took, in milliseconds.
     *
     * @param waiting until the media were there
     */
    public record Times(Duration waiting, Duration restoring, Duration comparing) {

        public static final Times NONE = new Times(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** How it ended; the later the worse. */
    public enum Outcome {
        /** All that was chosen came back and is what was saved, as far as the place can hold it to which it came; what it can't is told. */
        PROVEN,
        /** All that was compared is what was saved, and something could not be compared: its medium is away, or nobody may make it there; it is told what. */
        PARTLY,
        /** Something is different or missing, or it ended before all was compared. */
        FAILED;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
