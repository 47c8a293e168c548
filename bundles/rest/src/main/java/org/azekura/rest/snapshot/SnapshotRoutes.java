package org.azekura.rest.snapshot;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SnapshotId;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Retention;
import org.azekura.api.server.Snapshots;
import org.azekura.api.server.Snapshots.Listed;
import org.azekura.api.server.Spread;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.MayBeNull;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Pages;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Scope;

/** Snapshots and the directories in them. Paths are in percent form, both ways. */
public final class SnapshotRoutes {

    static final int PAGE_DEFAULT = 1000;
    static final int PAGE_MAX = 10_000;

    private static final Parameter CLIENT = Parameter.text("client", "web1", "Only those of this client");
    private static final Parameter PATH = Parameter.text("path", "/srv", "In percent form");
    private static final Parameter AFTER = Parameter.text("after", "notes.txt", "What the page before gave as next");
    private static final Parameter LIMIT = Parameter.whole("limit", 1, PAGE_MAX, "At most so many");

    private final Snapshots snapshots;
    private final Retention retention;

    public SnapshotRoutes(Snapshots snapshots, Retention retention) {
        this.snapshots = snapshots;
        this.retention = retention;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("snapshots").needs(Right.READ, Right.RESTORE).says("Snapshots, oldest first, and what keeps each of them").pages(Kept.class)
                        .asks(CLIENT, Parameter.text("pool", "default", "Only those in this pool"), Parameter.time("since", "Only those of this time or later"),
                                Parameter.time("until", "Only those before")).by(this::list),
                Route.get("snapshots/{snapshot}").needs(Right.READ, Right.RESTORE).says("One snapshot, by its id or the first digits of it").answers(One.class)
                        .by(call -> Reply.ok(one(snapshot(call)))),
                Route.delete("snapshots/{snapshot}").needs(Right.OPERATE).says("Forgets a snapshot; its space returns at a prune").scoped().answers(Row.class)
                        .dangerous(this::terms).by(this::delete),
                Route.get("snapshots/{snapshot}/entries").needs(Right.RESTORE).says("A page of a folder in a snapshot, or the one file").answers(Page.class)
                        .asks(PATH, AFTER, LIMIT).by(this::entries),
                Route.get("snapshots/{snapshot}/where").needs(Right.RESTORE).says("Where a snapshot or a path of it lies").lists(LyingView.class).asks(PATH).by(this::where),
                Route.get("snapshots/{snapshot}/differences").needs(Right.RESTORE).says("A page of what differs between two snapshots").answers(Changes.class)
                        .asks(Parameter.text("to", "0193b2c4", "The other snapshot").needed(), AFTER, LIMIT).by(this::differences),
                Route.get("search").needs(Right.RESTORE).says("Names in all snapshots, each version with the first and the last snapshot that has it").answers(FoundView.class)
                        .asks(Stream.concat(Searching.PARAMETERS.stream(), Stream.of(LIMIT)).toArray(Parameter[]::new)).by(this::search));
    }

    private SeenSnapshots seen(Call call) {
        return new SeenSnapshots(snapshots, call.caller());
    }

    private Snapshot snapshot(Call call) throws BackupException {
        return seen(call).find(call.place("snapshot"));
    }

    private Reply list(Call call) throws BackupException, Refusal {
        PoolName pool = Names.pool(call.query("pool"));
        Instant since = call.instant("since");
        Instant until = call.instant("until");
        ClientName client = Scope.client(call.caller(), call.query("client"));
        Predicate<Snapshot> wanted = one -> (pool == null || one.pool().equals(pool)) && (since == null || !one.received().isBefore(since));
        if (!Pages.isAsked(call)) {
            return Reply.ok(kept(seen(call).list(client).stream().filter(wanted.and(one -> until == null || one.received().isBefore(until))).toList(), retention.stays(client)));
        }
        Snapshots.Page page = seen(call).page(client, SnapshotPlace.after(call), call.whole("limit", Pages.MOST), until, wanted);
        List<ClientName> clients = page.rows().stream().map(Snapshot::client).distinct().toList();
        return Pages.Page.upTo(page.rows(), SnapshotPlace.text(page.next())).reply(call, kept(page.rows(), retention.stays(clients)));
    }

    private List<Kept> kept(List<Snapshot> rows, List<Retention.Stay> stays) throws BackupException {
        Map<SnapshotId, StayView> views = new HashMap<>();
        stays.forEach(stay -> views.put(stay.snapshot().id(), StayView.of(stay)));
        Map<SnapshotId, Spread> spreads = snapshots.spreads(rows);
        return rows.stream().map(snapshot -> new Kept(row(snapshot), SpreadView.of(spreads.get(snapshot.id())), views.get(snapshot.id()))).toList();
    }

    private Terms terms(Call call) throws BackupException {
        Snapshot snapshot = snapshot(call);
        return new Terms(snapshot.id().toString(), snapshot.client().value(), snapshot.saveSet().value(), snapshot.pool().value(), Json.time(snapshot.received()), snapshot.files());
    }

    /** Which one it is. */
    private record Terms(String id, String client, String saveSet, String pool, String time, long files) {}

    private Reply delete(Call call) throws BackupException {
        Snapshot snapshot = snapshot(call);
        snapshots.delete(snapshot.id());
        return Reply.ok(row(snapshot));
    }

    private Reply entries(Call call) throws BackupException, Refusal {
        SnapshotId id = snapshot(call).id();
        RawPath path = RawPath.fromPercent(call.query("path") == null ? "/" : call.query("path"));
        RawPath after = call.query("after") == null ? null : RawPath.fromPercent(call.query("after"));
        int limit = call.whole("limit", PAGE_DEFAULT);
        List<Listed> page = snapshots.list(id, path, after, limit);
        String next = page.size() < limit ? null : name(page.getLast().path()).toPercent();
        return Reply.ok(new Page(page.stream().map(SnapshotRoutes::entry).toList(), next));
    }

    private Reply where(Call call) throws BackupException {
        SnapshotId id = snapshot(call).id();
        return Reply.ok(LyingView.of(snapshots.where(id, call.query("path") == null ? List.of() : List.of(RawPath.fromPercent(call.query("path"))))));
    }

    private Reply differences(Call call) throws BackupException, Refusal {
        SnapshotId before = snapshot(call).id();
        SnapshotId now = seen(call).find(call.query("to")).id();
        RawPath after = call.query("after") == null ? null : RawPath.fromPercent(call.query("after"));
        int limit = call.whole("limit", PAGE_DEFAULT);
        List<Change> page = snapshots.differences(before, now, after, limit).stream()
                .map(difference -> new Change(difference.path().toPercent(), difference.change().word())).toList();
        return Reply.ok(new Changes(page, page.size() < limit ? null : page.getLast().path()));
    }

    private Reply search(Call call) throws BackupException, Refusal {
        return Reply.ok(FoundView.of(snapshots.search(Searching.wanted(call), call.whole("limit", PAGE_DEFAULT))));
    }

    private static RawPath name(RawPath path) {
        byte[] bytes = path.bytes();
        int slash = bytes.length - 1;
        while (slash >= 0 && bytes[slash] != '/') {
            slash--;
        }
        return new RawPath(Arrays.copyOfRange(bytes, slash + 1, bytes.length));
    }

    private static Row row(Snapshot s) {
        return new Row(s.id().toString(), s.client().value(), s.saveSet().value(), Json.time(s.received()), s.files(), s.bytes(),
                s.stored(), s.pool().value(), s.job().value(), Json.time(s.started()), s.warnings(),
                s.parent() == null ? null : s.parent().toString());
    }

    /** With what only keys open, if they are here. */
    private One one(Snapshot s) throws BackupException {
        Row row = row(s);
        Snapshots.Details details = null;
        try {
            details = snapshots.details(s.id());
        } catch (BackupException e) {
            if (!e.failure().code().equals("key.missing")) {
                throw e;
            }
        }
        return new One(row.id, row.client, row.saveSet, row.time, row.files, row.bytes, row.stored, row.pool, row.job, row.started, row.warnings,
                row.parent, details == null, details == null ? null : details.roots().stream().map(RawPath::toPercent).toList(),
                details == null ? null : details.rules(), details != null && details.oneFileSystem(), details == null ? null
                        : details.skipped().stream().map(skipped -> new Skipped(skipped.path().toPercent(), skipped.reason())).toList(),
                snapshots.copies(s.id()).stream().map(copy -> new Copied(copy.pool().value(), copy.node().value(), Json.time(copy.at()),
                        copy.job().value(), copy.damaged())).toList(), SpreadView.of(snapshots.spreads(List.of(s)).get(s.id())), StayView.of(retention.stay(s.id())));
    }

    private static Entry entry(Listed listed) {
        return new Entry(listed.path().toPercent(), listed.type(), listed.size(), listed.mode(), Json.time(listed.mtime()),
                listed.user(), listed.group(), listed.target() == null ? null : listed.target().toPercent());
    }

    /**
     * @param time    when the server had everything
     * @param started when the client began to collect
     */
    private record Row(String id, String client, String saveSet, String time, long files, long bytes, long stored, String pool,
            long job, String started, int warnings, String parent) {}

    /** @param sealed whether roots, rules and skipped paths are not told because the pool's key is not here */
    private record One(String id, String client, String saveSet, String time, long files, long bytes, long stored, String pool,
            long job, String started, int warnings, String parent, boolean sealed, @MayBeNull List<String> roots, @MayBeNull List<Rule> rules,
            boolean oneFileSystem, @MayBeNull List<Skipped> skipped, List<Copied> copies, SpreadView spread,
            @JsonUnwrapped StayView stay) {}

    /** @param stay null of one that came in this moment */
    private record Kept(@JsonUnwrapped Row row, SpreadView spread, @JsonUnwrapped StayView stay) {}

    /** @param damaged whether parts of it were found damaged since it was made */
    private record Copied(String pool, String node, String time, long job, boolean damaged) {}

    private record Skipped(String path, String reason) {}

    /** @param next what to give as {@code after} for the next page, null if this was the last */
    private record Page(List<Entry> entries, String next) {}

    /** @param next what to give as {@code after} for the next page, null if this was the last */
    private record Changes(List<Change> differences, String next) {}

    private record Change(String path, String change) {}

    private record Entry(String path, String type, long size, int mode, String mtime, String user, String group, String target) {}
}
