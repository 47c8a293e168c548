package org.azekura.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Job;

/** Jobs that wait, perhaps for somebody who brings a cartridge or starts a host. */
final class ParkedJobs {

    static final String CODE = "job.parked";
    /** A host that is away may have hundreds wait. */
    private static final int NAMED = 5;

    private ParkedJobs() {}

    static List<Alert> alerts(List<Job> jobs) {
        return jobs.stream().filter(job -> job.state() == Job.State.PARKED).map(ParkedJobs::alert).toList();
    }

    private static Alert alert(Job job) {
        Map<String, String> values = new HashMap<>(Map.of("job", job.id().toString(), "kind", job.kind().word(), "why", String.valueOf(job.error())));
        if (job.client() != null) {
            values.put("client", job.client().value());
        }
        return Alert.of(CODE, Severity.WARNING, Alert.Subject.of("job", job.id()), values, job.kind().word() + " " + job.id() + " is parked: " + job.error());
    }

    /** For {@code status}: of parked jobs a line for each of the first, at the end, and one for the others. */
    static List<String> texts(List<Alert> alerts) {
        List<String> texts = new ArrayList<>(alerts.stream().filter(alert -> !alert.code().equals(CODE)).map(Alert::text).toList());
        List<Alert> parked = alerts.stream().filter(alert -> alert.code().equals(CODE)).toList();
        parked.stream().limit(NAMED).map(Alert::text).forEach(texts::add);
        if (parked.size() > NAMED) {
            texts.add("parked, too: " + (parked.size() - NAMED) + " more; \"azekura job list\" shows them");
        }
        return texts;
    }
}
