package org.azekura.catalog.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed with SIGKILL while it commits loses nothing that it acknowledged, and leaves nothing half done. */
class KillTest {

    private static final int ROUNDS = 3;
    private static final int ACKNOWLEDGED = 100;

    @TempDir
    Path home;

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void losesNothingThatWasAcknowledged() throws Exception {
        Path file = home.resolve("azekura.db");
        for (int round = 0; round < ROUNDS; round++) {
            long acknowledged = killedWriter(file);
            try (SqliteStore store = SqliteStore.open(file)) {
                List<Job> jobs = store.read(view -> view.jobs(false));
                // One more may be committed and not yet printed.
                assertTrue(jobs.size() == acknowledged || jobs.size() == acknowledged + 1, jobs.size() + " of " + acknowledged);
                for (int i = 0; i < jobs.size(); i++) {
                    JobId id = new JobId(i + 1);
                    assertEquals(id, jobs.get(i).id());
                    assertEquals(1, store.read(view -> view.log(id)).size(), "the other half of transaction " + id);
                }
            }
        }
    }

    /** @return the last number that it acknowledged */
    private static long killedWriter(Path file) throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-cp", System.getProperty("java.class.path"), Writer.class.getName(),
                file.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = child.inputReader()) {
            long last = 0;
            for (int i = 0; i < ACKNOWLEDGED; i++) {
                String line = out.readLine();
                assertNotNull(line, "the writer ended by itself");
                last = Long.parseLong(line);
            }
            // By its handle: that of the process closes the stream, and what it printed last would be lost.
            child.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                // The kill may have cut the last number off; then it is smaller.
                last = Math.max(last, line.isEmpty() ? 0 : Long.parseLong(line));
            }
            assertEquals(128 + 9, child.waitFor(), "killed");
            return last;
        } finally {
            child.destroyForcibly();
            assertTrue(child.waitFor(20, TimeUnit.SECONDS), "the writer can be killed");
        }
    }

    /** Commits numbered jobs, each with a line, and prints each number after its commit. Ends when nobody reads. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws Exception {
            try (SqliteStore store = SqliteStore.open(Path.of(args[0]))) {
                while (!System.out.checkError()) {
                    JobId done = store.write(edit -> {
                        JobId next = edit.nextJob();
                        edit.putJob(Rows.job(next.value(), Job.State.RUNNING));
                        edit.addLine(new JobLine(next, Rows.TIME, JobLine.Level.INFO, "line"));
                        return next;
                    });
                    System.out.println(done);
                }
            }
        }
    }
}
