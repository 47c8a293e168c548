package org.azekura.server.job.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobProgress;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {

    private final ProgressBoard board = new ProgressBoard();

    private static JobProgress progress(Job.State state, long files) {
        return new JobProgress(new JobId(7), state, state.word(), files, 0, 0);
    }

    @Test
    void tellsEveryListenerInOrderAlsoIfOneFails() throws Exception {
        List<JobProgress> heard = new ArrayList<>();
        board.watch(told -> {
            throw new IllegalStateException("a listener of the test");
        });
        board.watch(heard::add);
        board.post(progress(Job.State.RUNNING, 1));
        board.post(progress(Job.State.RUNNING, 2));
        assertEquals(List.of(progress(Job.State.RUNNING, 1), progress(Job.State.RUNNING, 2)), heard);
    }

    @Test
    void tellsNothingAfterTheListenerHasGone() throws Exception {
        List<JobProgress> heard = new ArrayList<>();
        board.watch(heard::add).close();
        board.post(progress(Job.State.RUNNING, 1));
        assertEquals(List.of(), heard);
    }

    @Test
    void forgetsAJobThatHasEnded() {
        board.post(progress(Job.State.RUNNING, 1));
        assertEquals(progress(Job.State.RUNNING, 1), board.latest(new JobId(7)));
        board.post(progress(Job.State.DONE, 1));
        assertNull(board.latest(new JobId(7)));
    }
}
