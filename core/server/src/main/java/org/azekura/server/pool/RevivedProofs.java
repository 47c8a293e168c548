package org.azekura.server.pool;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Proof;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.DrillItem;
import org.azekura.engine.volume.PrivateItem;

/** Brings back what drills proved: it is about the same snapshots in the same pools. */
final class RevivedProofs {

    private RevivedProofs() {}

    static void put(CatalogEdit edit, List<ConfigurationItem> items) throws BackupException {
        for (DrillItem.Proven proven : RevivedConfiguration.only(items, DrillItem.Proven.class)) {
            if (edit.proof(proven.job()).isEmpty()) {
                edit.putProof(proof(proven));
            }
        }
    }

    private static Proof proof(DrillItem.Proven p) throws BackupException {
        DrillItem.Sample sample = p.sample();
        return new Proof(p.job(), p.snapshot(), p.received(), p.saveSet(), p.pool(), p.client(), sample == null ? null : new Proof.Sample(sample.seed(), sample.chosen(), sample.of()),
                p.began(), p.ended(), p.entries(), p.bytes(), p.differences(), List.of(), new Proof.Times(Duration.ofMillis(p.times().waiting()),
                Duration.ofMillis(p.times().restoring()), Duration.ofMillis(p.times().comparing())), outcome(p));
    }

    private static Proof.Outcome outcome(DrillItem.Proven proven) throws BackupException {
        try {
            return Proof.Outcome.valueOf(proven.outcome().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw BackupException.corrupt("checkpoint.corrupt", proven.job().toString(), "the checkpoint says that drill " + proven.job() + " ended \"" + proven.outcome() + "\"");
        }
    }

    /** Adds what one told, which waited for a key. */
    static void tell(CatalogEdit edit, PrivateItem.Told told) throws BackupException {
        Proof proof = edit.proof(told.job()).orElse(null);
        if (proof != null && proof.told().isEmpty()) {
            edit.putProof(new Proof(proof.job(), proof.snapshot(), proof.received(), proof.saveSet(), proof.pool(), proof.client(), proof.sample(), proof.began(), proof.ended(),
                    proof.entries(), proof.bytes(), proof.differences(), told.lines(), proof.times(), proof.outcome()));
        }
    }
}
