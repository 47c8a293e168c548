package org.azekura.server;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.catalog.Job;

/** What {@code status} says of jobs that wait, perhaps for somebody who brings a cartridge or starts a host. */
final class ParkedJobs {

    /** A host that is away may have hundreds wait. */
    private static final int NAMED = 5;

    private ParkedJobs() {}

    /** A line for each of the first, and one for the others. */
    static List<String> warnings(List<Job> jobs) {
        List<Job> parked = jobs.stream().filter(job -> job.state() == Job.State.PARKED).toList();
        List<String> warnings = new ArrayList<>();
        parked.stream().limit(NAMED).forEach(job -> warnings.add(job.kind().word() + " " + job.id() + " is parked: " + job.error()));
        if (parked.size() > NAMED) {
            warnings.add("parked, too: " + (parked.size() - NAMED) + " more; \"azekura job list\" shows them");
        }
        return warnings;
    }
}
