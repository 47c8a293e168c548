package org.azekura.rest.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Element;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Catalog;
import org.azekura.api.server.ClockState;
import org.azekura.api.server.JobTotal;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Libraries;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Proofs;
import org.azekura.api.server.Spread;

/**
 * What the appliance tells of itself in figures. Nothing is counted along the way: it is read from where it is known, so figures of jobs are those that the catalog has, and outlive a
 * restart.
 */
public record Metrics(Appliance appliance, Catalog catalog, Jobs jobs, Pools pools, Libraries libraries, Proofs proofs, JobTally tally) {

    public Metrics(Appliance appliance, Catalog catalog, Jobs jobs, Pools pools, Libraries libraries, Proofs proofs) {
        this(appliance, catalog, jobs, pools, libraries, proofs, new JobTally());
    }

    MetricSnapshots now() throws BackupException {
        List<MetricSnapshot> all = new ArrayList<>();
        whole(all);
        jobs(all);
        pools(all);
        drives(all);
        return new MetricSnapshots(all);
    }

    private void whole(List<MetricSnapshot> all) throws BackupException {
        Appliance.Status status = appliance.status();
        all.add(new Figures("azekura_build", "1, with the version", "version").add(1, status.version()).gauge());
        all.add(new Figures("azekura_leads", "1 if this server leads among those that share its catalog; where it is 0, hosts, drives and warnings are not what who leads knows")
                .add(catalog.leads() ? 1 : 0).gauge());
        all.add(new Figures("azekura_warnings", "Things that need a look, as the status names them").add(status.warnings().size()).gauge());
        all.add(new Figures("azekura_snapshots", "Snapshots in the catalog").add(status.snapshots()).gauge());
        all.add(new Figures("azekura_clock_frozen", "1 while nothing expires because nobody vouches for the time")
                .add(appliance.clock().ground() == ClockState.Ground.FROZEN ? 1 : 0).gauge());
        Figures sets = new Figures("azekura_save_sets", "Save sets, by how the newest snapshot of each is spread: safe, partly, single or lost", "spread");
        for (Spread.State state : Spread.State.values()) {
            sets.add(0, state.word());
        }
        proofs.newest().forEach(newest -> sets.add(1, newest.spread().state().word()));
        all.add(sets.gauge());
        Figures connected = new Figures("azekura_connected", "1 if the host is connected in this role", "kind", "name");
        status.roles().forEach(role -> connected.add(role.connected() ? 1 : 0, role.kind(), role.name()));
        all.add(connected.gauge());
        Figures held = new Figures("azekura_power_held", "1 while jobs wait because of this source of power", "node", "device", "supply");
        status.power().forEach(power -> held.add(power.held() ? 1 : 0, power.node(), power.device(), power.supply()));
        all.add(held.gauge());
    }

    private void jobs(List<MetricSnapshot> all) throws BackupException {
        Figures now = new Figures("azekura_jobs", "Jobs that have not ended", "kind", "state");
        Figures ended = new Figures("azekura_jobs_ended", "Jobs that have ended", "kind", "state");
        Figures bytes = new Figures("azekura_jobs_bytes", "Bytes of what jobs that have ended took or gave", "kind");
        Figures seconds = new Figures("azekura_jobs_seconds", "Time that jobs took that have ended", "kind");
        Figures last = new Figures("azekura_backup_last_timestamp_seconds", "When the last backup of a client ended well", "client");
        jobs.list(true).forEach(job -> now.add(1, job.kind().word(), job.state().word()));
        JobTally.Sums sums = tally.now(jobs, Instant.now());
        for (JobTotal total : sums.all()) {
            ended.add(total.jobs(), total.kind().word(), total.state().word());
            bytes.add(total.bytes(), total.kind().word());
            seconds.add(total.millis() / 1000.0, total.kind().word());
        }
        sums.lastBackup().forEach((client, at) -> last.latest(at, client));
        all.addAll(List.of(now.gauge(), ended.counter(), bytes.counter(), seconds.counter(), last.gauge()));
    }

    private void pools(List<MetricSnapshot> all) throws BackupException {
        Figures used = new Figures("azekura_pool_used_bytes", "Bytes that lie on a pool's volumes", "pool");
        Figures capacity = new Figures("azekura_pool_capacity_bytes", "Bytes that a pool's volumes hold; none if one has no bound", "pool");
        Figures volumes = new Figures("azekura_volumes", "Volumes of a pool", "pool", "state");
        for (Pool pool : pools.list()) {
            List<Volume> lying = pools.volumes(pool.name());
            used.add(lying.stream().mapToLong(Volume::used).sum(), pool.name().value());
            if (lying.stream().allMatch(volume -> volume.capacity() >= 0)) {
                capacity.add(lying.stream().mapToLong(Volume::capacity).sum(), pool.name().value());
            }
            lying.forEach(volume -> volumes.add(1, pool.name().value(), volume.state().word()));
        }
        all.addAll(List.of(used.gauge(), capacity.gauge(), volumes.gauge()));
    }

    private void drives(List<MetricSnapshot> all) throws BackupException {
        Figures failed = new Figures("azekura_library_failed", "1 if a library does not answer as it should", "library", "node");
        Figures drives = new Figures("azekura_drives", "Drives of a library: ready, in use, unclean or down", "library", "node", "state");
        for (Libraries.Library library : libraries.list(null)) {
            failed.add(library.problem().isEmpty() ? 0 : 1, library.name().value(), library.node().value());
            library.places().stream().filter(place -> place.kind() == Element.Kind.DRIVE)
                    .forEach(drive -> drives.add(1, library.name().value(), library.node().value(), state(drive)));
        }
        all.addAll(List.of(failed.gauge(), drives.gauge()));
    }

    private static String state(Libraries.Place drive) {
        if (drive.health() != null) {
            return drive.health().state().word();
        }
        return drive.used() ? "used" : "ready";
    }
}
