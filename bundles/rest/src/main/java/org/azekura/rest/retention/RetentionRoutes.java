package org.azekura.rest.retention;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Keep;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Policy;
import org.azekura.api.device.BlobLock;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Retention;
import org.azekura.api.server.Snapshots;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.MayBeNull;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.protection.SeenPolicies;
import org.azekura.rest.snapshot.SeenSnapshots;
import org.azekura.rest.snapshot.StayView;

/** What keeps snapshots. */
public final class RetentionRoutes {

    private static final Duration YEAR = Duration.ofDays(366);

    private final Retention retention;
    private final Snapshots snapshots;
    private final Policies policies;

    public RetentionRoutes(Retention retention, Snapshots snapshots, Policies policies) {
        this.retention = retention;
        this.snapshots = snapshots;
        this.policies = policies;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("policies/{policy}/retention").needs(Right.READ).says("Which snapshots of a policy stay and why, and which expire").lists(Row.class)
                        .by(this::stays),
                Route.post("retention/simulate").needs(Right.READ).says("Tries rules: which snapshots would live when").answers(Lives.class).takes(Trial.class, this::simulate),
                Route.post("snapshots/{snapshot}/pin").needs(Right.OPERATE).says("Has a snapshot stay whatever the rules say").scoped().answers(StayView.Pinned.class)
                        .dangerousIf(this::endsSooner, this::pinned).takes(Order.class, this::pin),
                Route.delete("snapshots/{snapshot}/pin").needs(Right.OPERATE).says("Leaves a snapshot to the rules again").scoped().answers(StayView.Pinned.class)
                        .dangerous(this::pinned).by(this::unpin),
                Route.get("pools/{pool}/lock").needs(Right.READ).says("For how long nobody can delete what lies in a pool").answers(Lock.class).by(this::lock),
                Route.post("pools/{pool}/lock").needs(Right.ADMINISTER).says("Locks what lies in a pool, for good; a lock can only be made longer").answers(Lock.class)
                        .dangerousIf(this::binds, this::locked).takes(LockOrder.class, this::putLock));
    }

    private Reply stays(Call call) throws BackupException {
        Policy policy = new SeenPolicies(policies, call.caller()).get(call.place("policy"));
        return Reply.ok(retention.stays(policy.name()).stream().map(Row::of).toList());
    }

    private SnapshotId snapshot(Call call) throws BackupException {
        return new SeenSnapshots(snapshots, call.caller()).find(call.place("snapshot")).id();
    }

    private Pinned pinned(Call call) throws BackupException {
        Retention.Stay stay = retention.stay(snapshot(call));
        return new Pinned(stay.snapshot().id().toString(), stay.snapshot().client().value(), stay.snapshot().saveSet().value(), Json.time(stay.snapshot().received()),
                stay.pin() == null ? null : Json.time(stay.pin().since()), stay.pin() == null ? null : Json.time(stay.pin().until()), stay.pin() == null ? null : stay.pin().why());
    }

    /** @param since null if it is not pinned @param until null until somebody unpins it */
    private record Pinned(String snapshot, String client, String saveSet, String time, String since, String until, String why) {}

    /** Whether a pin that is there may end before its time. */
    private boolean endsSooner(Call call) throws BackupException, Refusal {
        Order order = call.read(Order.class);
        Pin pin = retention.stay(snapshot(call)).pin();
        boolean later = order.until != null && pin != null && pin.until() != null && !time("until", order.until).isBefore(pin.until());
        return pin != null && !later && (order.until != null || order.seconds != null);
    }

    private Reply pin(Call call, Order order) throws BackupException, Refusal {
        SnapshotId snapshot = snapshot(call);
        Duration time = order.seconds == null ? null : Duration.ofSeconds(order.seconds);
        Instant until = order.until == null ? null : time("until", order.until);
        return Reply.ok(view(retention.pin(snapshot, time, until, order.why == null ? "" : order.why)));
    }

    private Reply unpin(Call call) throws BackupException {
        return Reply.ok(view(retention.unpin(snapshot(call))));
    }

    private static StayView.Pinned view(Pin pin) {
        return StayView.Pinned.of(pin);
    }

    private Reply lock(Call call) throws BackupException {
        return Reply.ok(locked(call));
    }

    private Lock locked(Call call) throws BackupException {
        PoolName pool = Names.pool(call.place("pool"));
        return Lock.of(pool, retention.lock(pool));
    }

    /** Whether it can cost for years, and nobody could take it back: in a mode that nobody lifts, or for longer than a year. */
    private boolean binds(Call call) throws BackupException, Refusal {
        LockOrder order = call.read(LockOrder.class);
        Retention.PoolLock now = retention.lock(Names.pool(call.place("pool")));
        boolean longer = order.seconds != null && order.seconds > YEAR.toSeconds() && order.seconds > now.time().toSeconds();
        return longer || mode(order.mode) == BlobLock.Mode.COMPLIANCE && now.mode() != BlobLock.Mode.COMPLIANCE;
    }

    private Reply putLock(Call call, LockOrder order) throws BackupException, Refusal {
        if (order.seconds == null) {
            throw Refusal.badRequest("request.value", "seconds", "the field \"seconds\" says for how long, like 2592000");
        }
        PoolName pool = Names.pool(call.place("pool"));
        return Reply.ok(Lock.of(pool, retention.lock(pool, Duration.ofSeconds(order.seconds), mode(order.mode))));
    }

    private static BlobLock.Mode mode(String word) throws Refusal {
        try {
            return word == null ? null : BlobLock.Mode.of(word);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("request.value", "mode", "the field \"mode\": " + e.getMessage());
        }
    }

    private Reply simulate(Call call, Trial trial) throws BackupException, Refusal {
        if (trial.times == null || trial.times.contains(null)) {
            throw Refusal.badRequest("request.value", "times", "the field \"times\" says when snapshots are received, like [\"2026-01-01T22:00:00Z\"]");
        }
        if (trial.until == null) {
            throw Refusal.badRequest("request.value", "until", "the field \"until\" says when the trial ends, like \"2027-01-01T00:00:00Z\"");
        }
        List<Instant> times = new ArrayList<>();
        for (String text : trial.times) {
            times.add(time("times", text));
        }
        Keep keep = Keep.parse(trial.keep == null ? List.of() : trial.keep);
        List<Retention.Life> lives = retention.simulate(new Retention.Trial(times, keep, zone(trial.zone), time("until", trial.until)));
        return Reply.ok(new Lives(keep.text(), lives.stream().map(Life::of).toList()));
    }

    private static Instant time(String field, String text) throws Refusal {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.badRequest("request.value", field, "the field \"" + field + "\" has a time like \"2026-01-01T22:00:00Z\", not \"" + text + "\"");
        }
    }

    private static ZoneId zone(String name) throws Refusal {
        try {
            return name == null ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Refusal.badRequest("request.value", "zone", "the field \"zone\" names a time zone, like \"Europe/Berlin\", not \"" + name + "\"");
        }
    }

    /**
     * Until, or for how long; neither: until somebody unpins it.
     *
     * @param until   a time
     * @param seconds from now on
     */
    private record Order(String until, Long seconds, String why) {}

    /** @param mode null: that which it has */
    private record LockOrder(Long seconds, String mode) {}

    /**
     * @param seconds from when a snapshot was received; 0: there is no lock
     * @param mode    governance or compliance
     * @param device  the modes that its device has; null if its storage node is not there
     */
    private record Lock(String pool, long seconds, String mode, @MayBeNull List<String> device) {

        static Lock of(PoolName pool, Retention.PoolLock lock) {
            return new Lock(pool.value(), lock.time().toSeconds(), lock.mode().word(), lock.device() == null ? null : lock.device().stream().map(BlobLock.Mode::word).toList());
        }
    }

    /**
     * @param times when snapshots are received
     * @param keep  rules, like {@code daily=7}
     * @param zone  by whose calendar they count; null: that of the server
     * @param until when the trial ends
     */
    private record Trial(List<String> times, List<String> keep, String zone, String until) {}

    /** @param keep as it was understood */
    private record Lives(String keep, List<Life> lives) {}

    /** @param expired null if it is there still when the trial ends */
    private record Life(String made, String expired, List<Spell> spells) {

        static Life of(Retention.Life life) {
            return new Life(Json.time(life.made()), Json.time(life.expired()), life.spells().stream()
                    .map(spell -> new Spell(spell.kind(), Json.time(spell.from()), Json.time(spell.until()))).toList());
        }
    }

    /** While a rule wanted it. */
    private record Spell(String rule, String from, String until) {}

    private record Row(String id, String client, String saveSet, String pool, String time, @JsonUnwrapped StayView stay) {

        static Row of(Retention.Stay stay) {
            return new Row(stay.snapshot().id().toString(), stay.snapshot().client().value(), stay.snapshot().saveSet().value(), stay.snapshot().pool().value(),
                    Json.time(stay.snapshot().received()), StayView.of(stay));
        }
    }
}
