package org.azekura.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.azekura.api.catalog.Job;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;

class ParkedJobsTest {

    @Test
    void whatIsParkedIsNamedWithItsReasonAndWhatRunsIsNot() {
        assertEquals(List.of("backup 2 is parked: an error"),
                ParkedJobs.texts(ParkedJobs.alerts(List.of(Rows.job(1, Job.State.RUNNING), Rows.job(2, Job.State.PARKED), Rows.job(3, Job.State.PAUSED)))));
    }

    @Test
    void ofManyTheRestIsCounted() {
        List<String> warnings = ParkedJobs.texts(ParkedJobs.alerts(LongStream.rangeClosed(1, 200).mapToObj(id -> Rows.job(id, Job.State.PARKED)).toList()));
        assertEquals(6, warnings.size());
        assertEquals("backup 5 is parked: an error", warnings.get(4));
        assertEquals("parked, too: 195 more; \"azekura job list\" shows them", warnings.getLast());
    }
}
