package org.azekura.catalog.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.catalog.Rows;
import org.azekura.testkit.fault.FileCut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The catalog's files as a power loss may leave them during a commit: the log's sectors that were being written are old or new in any
 * mixture; or, while the log is written back into the database, those of the database are. What was acknowledged is there, the
 * transaction under way is there whole or not at all.
 */
@Timeout(600)
class PowerCutTest {

    private static final String DATABASE = "azekura.db";
    /** Made anew by the first who opens; a power loss leaves nothing of it that counts. */
    private static final String SHARED_MEMORY = "-shm";
    private static final int CUTS = Seeds.slow() ? 1000 : 60;
    /** Of one catalog: a cut reads and writes all of it, so that it must not become large. */
    private static final int CUTS_EACH = 60;
    /** About every so many transactions of this size SQLite writes its log back. */
    private static final int LINES = 40;

    @TempDir
    Path dir;

    private final long seed = Seeds.start();
    private final Random random = Seeds.random(seed);
    private final String text = "x".repeat(900);
    private int cuts;
    private int writeBacks;
    private int kept;

    @Test
    void losesNothingThatWasAcknowledgedAndKeepsNothingByHalves() throws Exception {
        while (cuts < CUTS) {
            cutOften(dir.resolve("home-" + cuts), Math.min(CUTS, cuts + CUTS_EACH));
        }
        assertTrue(kept > 0 && kept < cuts, kept + " of " + cuts + " kept the transaction under way: the cuts hit nothing, seed " + seed);
        assertTrue(writeBacks > 0, "the log was never written back, seed " + seed);
        System.out.println("cuts of the catalog: " + cuts + ", " + writeBacks + " of them while the log was written back; " + kept
                + " kept the transaction under way; seed " + seed);
    }

    private void cutOften(Path home, int until) throws Exception {
        try (SqlStore store = SqliteStore.open(home.resolve(DATABASE))) {
            FileCut before = FileCut.of(home, SHARED_MEMORY);
            for (long done = 0; cuts < until; done++) {
                commit(store);
                FileCut after = FileCut.of(home, SHARED_MEMORY);
                boolean writtenBack = !Arrays.equals(before.files().get(DATABASE), after.files().get(DATABASE));
                if (writtenBack) {
                    // The log was synced, with this transaction, before the first byte went into the database.
                    FileCut synced = with(after, DATABASE, before.files().get(DATABASE));
                    assertEquals(done + 1, jobs(synced.torn(after, random)), () -> "while the log was written back, seed " + seed);
                    writeBacks++;
                    cuts++;
                } else if (random.nextInt(3) == 0) {
                    long found = jobs(before.torn(after, random));
                    assertTrue(found == done || found == done + 1, found + " jobs, acknowledged are " + done + ", seed " + seed);
                    kept += found == done + 1 ? 1 : 0;
                    cuts++;
                }
                before = after;
            }
        }
    }

    private void commit(SqlStore store) throws Exception {
        store.write(edit -> {
            JobId next = edit.nextJob();
            edit.putJob(Rows.job(next.value(), Job.State.RUNNING));
            for (int i = 0; i < LINES; i++) {
                edit.addLine(new JobLine(next, Rows.TIME, JobLine.Level.INFO, text));
            }
            return next;
        });
    }

    private static FileCut with(FileCut cut, String name, byte[] content) {
        Map<String, byte[]> files = new HashMap<>(cut.files());
        files.put(name, content);
        return new FileCut(files);
    }

    /** @return how many jobs there are, each whole; writes one more, for that must go on too */
    private long jobs(FileCut cut) throws Exception {
        Path other = dir.resolve("after");
        cut.writeTo(other);
        try (SqlStore store = SqliteStore.open(other.resolve(DATABASE))) {
            List<Job> jobs = store.read(view -> view.jobs(false));
            for (int i = 0; i < jobs.size(); i++) {
                JobId id = new JobId(i + 1);
                assertEquals(id, jobs.get(i).id(), "seed " + seed);
                // The older ones were looked at when they were the last.
                if (i >= jobs.size() - 3) {
                    assertEquals(LINES, store.read(view -> view.log(id)).size(), "half of transaction " + id + ", seed " + seed);
                }
            }
            commit(store);
            return jobs.size();
        }
    }
}
