package org.azekura.server.proof;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Coverage;
import org.azekura.api.catalog.Proof;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.Identity;
import org.azekura.api.server.DrillPlans;
import org.azekura.api.server.Proofs;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.schedule.Scheduler;

/** What was proven, as people ask for it. */
public final class ProofDesk implements Proofs {

    private final CatalogStore catalog;
    private final CertificateAuthority ca;
    private final Supplier<Instant> now;
    private final DrillPlans plans;
    private final SpreadKeeper spreads;

    /** @param now retention time */
    public ProofDesk(CatalogStore catalog, Scheduler scheduler, CertificateAuthority ca, Supplier<Instant> now, SpreadKeeper spreads) {
        this.spreads = spreads;
        this.catalog = catalog;
        this.ca = ca;
        this.now = now;
        this.plans = new KeptDrillPlans(catalog, scheduler, InstantSource.system());
    }

    @Override
    public DrillPlans plans() {
        return plans;
    }

    @Override
    public List<Proof> list(ClientName client, SaveSetName saveSet, long below, int limit) throws BackupException {
        return catalog.read(view -> view.proofs(client, saveSet, below, Math.clamp(limit, 1, MOST)));
    }

    @Override
    public Proof get(JobId job) throws BackupException {
        Proof proof = catalog.read(view -> view.proof(job)).orElse(null);
        if (proof == null) {
            throw BackupException.operator("drill.unknown", job.toString(), "job " + job + " is no drill that has ended; \"azekura drill list\" names them all");
        }
        return proof;
    }

    @Override
    public List<Standing> standings() throws BackupException {
        return catalog.read(Standings::of);
    }

    @Override
    public List<Standing> standings(ClientName client) throws BackupException {
        return client == null ? standings() : catalog.read(view -> Standings.of(view, client));
    }

    @Override
    public Optional<Proof> lastProven(Predicate<ClientName> sees) throws BackupException {
        return catalog.read(view -> Standings.lastProven(view, sees));
    }

    @Override
    public List<Newest> newest() throws BackupException {
        return spreads.newest();
    }

    @Override
    public List<Coverage> coverage(PoolName pool, int days) throws BackupException {
        return catalog.read(view -> {
            MediaSets.requireNamed(view, pool);
            Coverage today = view.coverageNow(pool, now.get());
            List<Coverage> rows = new ArrayList<>(view.coverage(pool, Math.clamp(days, 1, MOST)));
            rows.removeIf(row -> !row.day().isBefore(today.day()));
            rows.add(today);
            return List.copyOf(rows.subList(Math.max(0, rows.size() - days), rows.size()));
        });
    }

    @Override
    public Signed sign(byte[] report) throws BackupException {
        return new Signed(ca.sign(report), Identity.pem(ca.certificate()), Identity.fingerprint(ca.certificate()));
    }
}
