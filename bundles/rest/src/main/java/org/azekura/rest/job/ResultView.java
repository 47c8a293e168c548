package org.azekura.rest.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.azekura.api.DrillTimes;
import org.azekura.api.JobId;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Mapped;
import org.azekura.rest.snapshot.LyingView;
import org.azekura.rest.snapshot.SpotView;

/** A job's result as JSON. Paths are in percent form. */
sealed interface ResultView {

    /**
     * @param pool   where it lies
     * @param detour why not in the pool that it was meant for; null if it does
     * @param listed what would be saved; only there after a dry run
     * @param copies that were ordered with it; only there if any were
     */
    record Backup(String snapshot, long job, long files, long bytes, long stored, String pool, String detour,
            List<SpotView> warnings, @JsonInclude(JsonInclude.Include.NON_NULL) List<String> listed,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Copying> copies) implements ResultView {}

    /** @param job that copies it to this pool */
    record Copying(String to, long job) {

        static Copying of(JobResult.OrderedCopy copy) {
            return new Copying(copy.to().value(), copy.job().value());
        }
    }

    record Mount(long job, long files, long bytes) implements ResultView {}

    /**
     * @param outcome   proven, partly or failed
     * @param pool      whose copy was read
     * @param sample    how it was chosen; null if it was all
     * @param chosen    files that were chosen, of so many
     * @param differing the first 100 of the differences
     * @param left      the first 100 of what could not be compared
     * @param notes     what the scratch place can't hold, and which media were away
     * @param times     in milliseconds
     * @param kept      where what was compared last stays, in percent form; null if it does not
     */
    record Drill(long job, String outcome, String snapshot, String pool, JobOrder.DrillSample sample, long chosen, long ofFiles, long entries, long files, long bytes,
            long differences, List<SpotView> differing, long unproven, List<SpotView> left, List<String> notes, DrillTimes times, String kept) implements ResultView {

        static Drill of(JobId job, JobResult.Drill d) {
            return new Drill(job.value(), d.outcome().word(), d.snapshot().toString(), d.pool().value(), d.sample(), d.chosen(), d.ofFiles(), d.entries(), d.files(), d.bytes(),
                    d.differences(), spots(d.differing()), d.unproven(), spots(d.left()), d.notes(), d.times(), d.kept() == null ? null : d.kept().toPercent());
        }
    }

    record Restore(long job, long files, long bytes, List<SpotView> notRestored, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LyingView> lying,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Elsewhere> elsewhere) implements ResultView {}

    /** What came from a pool because it could not be read in another. */
    record Elsewhere(String pool, long chunks, long bytes) {

        static Elsewhere of(JobResult.Elsewhere one) {
            return new Elsewhere(one.pool().value(), one.chunks(), one.bytes());
        }
    }

    /** @param snapshots ids */
    record Copy(long job, List<String> snapshots, int packs, long bytes, List<LeftOut> left, List<Damage> damaged) implements ResultView {}

    record Verify(long job, int packs, List<Damage> damaged, List<Damage> healed, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Laid> records)
            implements ResultView {}

    /** What lay beside packs and was gone or damaged. @param damaged whether it is so still; else it has been laid down anew */
    record Laid(String pool, String blob, String what, boolean damaged) {

        static Laid of(JobResult.Laid one) {
            return new Laid(one.pool().value(), one.blob(), one.what(), one.damaged());
        }
    }

    /** @param warnings what people had laid down and is not in force, or not as it was */
    record Rebuild(long job, List<String> pools, int snapshots, long files, long pages, List<LeftOut> leftOut, List<String> warnings)
            implements ResultView {}

    /**
     * @param change install, update or remove
     * @param driver its name; null if nobody could read it
     */
    record Driver(long job, String change, String driver, List<DriverView.Part> nodes) implements ResultView {}

    record Cartridges(long job, List<Cartridge> cartridges) implements ResultView {}

    /**
     * @param barcode null if it has none that can be read
     * @param volume  on it, null if it is none
     * @param address of the element in which it is, -1 if it is in none
     * @param state   what became of it, in one word
     * @param warns   whether somebody has to look after it
     * @param what    the same for people
     * @param content what was met when it was read through; null if it was not
     */
    record Cartridge(String barcode, String volume, String pool, int address, String state, boolean warns, String what, JobResult.Content content) {

        static Cartridge of(JobResult.Cartridge one) {
            return new Cartridge(one.barcode() == null ? null : one.barcode().value(), one.volume(), one.pool() == null ? null : one.pool().value(), one.address(),
                    one.fate().word(), one.fate().warns(), one.what(), one.content());
        }
    }

    /** @param snapshot null if its manifest cannot be read */
    record LeftOut(String snapshot, String reason) {

        static LeftOut of(JobResult.LeftOut left) {
            return new LeftOut(left.snapshot() == null ? null : left.snapshot().toString(), left.reason());
        }
    }

    /**
     * @param count   of the snapshots that expired
     * @param expired the first 10,000 of them
     */
    record Expire(long job, int count, List<Gone> expired, List<LeftOut> left) implements ResultView {}

    /** @param packs whose lock was made or lengthened */
    record Lock(long job, int snapshots, long packs, List<LeftOut> left) implements ResultView {}

    /** @param time when the server had it */
    record Gone(String id, String client, String saveSet, String pool, String time) {

        static Gone of(JobResult.Gone one) {
            return new Gone(one.snapshot().toString(), one.client().value(), one.saveSet().value(), one.pool().value(), Json.time(one.received()));
        }
    }

    record Prune(long job, boolean dryRun, int packs, int dropped, int rewritten, int kept, long freed, long written, long live, long pages,
            List<JobResult.Reason> reasons, List<Plan> plans) implements ResultView {}

    record Plan(String pack, String pool, String action, String why, long size, long live) {

        static Plan of(JobResult.PackPlan plan) {
            return new Plan(plan.pack().toString(), plan.pool().value(), plan.action(), plan.why(), plan.size(), plan.live());
        }
    }

    record Damage(String pack, String volume, List<String> snapshots, List<String> files, String what) {

        static Damage of(JobResult.Damage damage) {
            return new Damage(damage.pack().toString(), damage.volume(), damage.snapshots().stream().map(Object::toString).toList(),
                    damage.files(), damage.what());
        }
    }

    static ResultView of(JobId job, JobResult result) {
        return switch (result) {
            case JobResult.Backup b -> new Backup(b.snapshot() == null ? null : b.snapshot().toString(), job.value(), b.files(), b.bytes(),
                    b.stored(), b.pool() == null ? null : b.pool().value(), b.detour(), spots(b.warnings()), b.snapshot() == null ? new Mapped<>(b.listed(), RawPath::toPercent) : null,
                    b.copies().stream().map(Copying::of).toList());
            case JobResult.Restore r -> new Restore(job.value(), r.files(), r.bytes(), spots(r.notRestored()), LyingView.of(r.lying()),
                    r.elsewhere().stream().map(Elsewhere::of).toList());
            case JobResult.Drill d -> Drill.of(job, d);
            case JobResult.Mount m -> new Mount(job.value(), m.files(), m.bytes());
            case JobResult.Copy c -> new Copy(job.value(), c.snapshots().stream().map(Object::toString).toList(), c.packs(), c.bytes(),
                    c.left().stream().map(LeftOut::of).toList(), c.damaged().stream().map(Damage::of).toList());
            case JobResult.Verify v -> new Verify(job.value(), v.packs(), v.damaged().stream().map(Damage::of).toList(),
                    v.healed().stream().map(Damage::of).toList(), v.records().stream().map(Laid::of).toList());
            case JobResult.Rebuild r -> new Rebuild(job.value(), r.pools().stream().map(PoolName::value).toList(), r.snapshots(), r.files(), r.pages(),
                    r.leftOut().stream().map(LeftOut::of).toList(), r.warnings());
            case JobResult.Driver d -> new Driver(job.value(), d.kind().word(), d.driver(), d.nodes().stream().map(DriverView.Part::of).toList());
            case JobResult.Cartridges c -> new Cartridges(job.value(), c.cartridges().stream().map(Cartridge::of).toList());
            case JobResult.Lock l -> new Lock(job.value(), l.snapshots(), l.packs(), l.left().stream().map(LeftOut::of).toList());
            case JobResult.Expire e -> new Expire(job.value(), e.count(), e.expired().stream().map(Gone::of).toList(), e.left().stream().map(LeftOut::of).toList());
            case JobResult.Prune p -> new Prune(job.value(), p.dryRun(), p.packs(), p.dropped(), p.rewritten(), p.kept(), p.freed(), p.written(),
                    p.live(), p.pages(), p.reasons(), new Mapped<>(p.plans(), Plan::of));
        };
    }

    private static List<SpotView> spots(List<PathProblem> problems) {
        return new Mapped<>(problems, SpotView::of);
    }
}
