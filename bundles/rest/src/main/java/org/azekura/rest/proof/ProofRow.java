package org.azekura.rest.proof;

import java.util.List;
import org.azekura.api.catalog.Proof;
import org.azekura.rest.call.Json;

/**
 * What a drill proved.
 *
 * @param job         the drill
 * @param received    when the snapshot was
 * @param pool        whose copy was read
 * @param host        the client on whose host it was restored
 * @param sample      null if all of the snapshot was restored
 * @param times       of its phases, in milliseconds
 * @param told        differences, at most a hundred; none in lists
 * @param outcome     proven, partly or failed
 */
record ProofRow(long job, String client, String saveSet, String snapshot, String received, String pool, String host, SampleRow sample, String began, String ended,
        long entries, long bytes, long differences, TimesRow times, String outcome, List<String> told) {

    /** @param seed text, since it has 64 bits @param of files that there are */
    record SampleRow(String seed, long files, long of) {}

    record TimesRow(long waiting, long restoring, long comparing) {}

    static ProofRow of(Proof p) {
        Proof.Sample sample = p.sample();
        return new ProofRow(p.job().value(), p.saveSet().client().value(), p.saveSet().name().value(), p.snapshot().toString(), Json.time(p.received()), p.pool().value(),
                p.client().value(), sample == null ? null : new SampleRow(Long.toString(sample.seed()), sample.chosen(), sample.of()), Json.time(p.began()),
                Json.time(p.ended()), p.entries(), p.bytes(), p.differences(),
                new TimesRow(p.times().waiting().toMillis(), p.times().restoring().toMillis(), p.times().comparing().toMillis()), p.outcome().word(), p.told());
    }

    /** Null stays null. */
    static ProofRow orNull(Proof p) {
        return p == null ? null : of(p);
    }
}
