package org.azekura.rest.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Coverage;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.Proofs;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Scope;
import org.azekura.rest.snapshot.SpreadView;

/** What drills proved, reports of it, and how much was read back. */
public final class ProofRoutes {

    private static final int USUAL = 100;
    private static final int DAYS = 90;
    private static final Parameter CLIENT = Parameter.text("client", "web1", "Whose data");
    private static final Parameter SAVE_SET = Parameter.text("saveSet", "docs", "Of this save set; with client");

    private final Proofs proofs;

    public ProofRoutes(Proofs proofs) {
        this.proofs = proofs;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("proofs").needs(Right.READ, Right.RESTORE).says("What drills proved, the newest first").lists(ProofRow.class)
                        .asks(CLIENT, SAVE_SET, Parameter.whole("below", 1, Integer.MAX_VALUE, "Only those of jobs with a smaller number"),
                                Parameter.whole("limit", 1, Proofs.MOST, "How many at the most; 100 without it")).by(call -> Reply.ok(page(call))),
                Route.get("proofs/{job}").needs(Right.READ, Right.RESTORE).says("What one drill proved, with the differences that it found").answers(ProofRow.class)
                        .by(call -> Reply.ok(ProofRow.of(seen(call).get(call.place("job"))))),
                Route.get("proofs/{job}/report").needs(Right.READ, Right.RESTORE).says("A signed report of one drill").answers(Report.Signed.class)
                        .by(call -> Reply.ok(Report.sign(proofs, List.of(seen(call).get(call.place("job"))), null, null))),
                Route.get("proof-report").needs(Right.READ, Right.RESTORE).says("A signed report of the drills of a time").answers(Report.Signed.class)
                        .asks(CLIENT, SAVE_SET, Parameter.time("since", "Only drills that ended then or later"), Parameter.time("until", "Only drills that ended before"))
                        .by(this::report),
                Route.get("proven").needs(Right.READ, Right.RESTORE).says("Of each copy of each save set the last drill, and the last that proved it").lists(Standing.class)
                        .asks(CLIENT, SAVE_SET).by(this::standings),
                Route.get("spread").needs(Right.READ, Right.RESTORE).says("How far apart the places are in which the newest snapshot of each save set lies").lists(Newest.class)
                        .asks(CLIENT).by(this::spread),
                Route.get("pools/{pool}/coverage").needs(Right.READ).says("How much of a pool was read back, day by day").lists(Day.class)
                        .asks(Parameter.whole("days", 1, Proofs.MOST, "How many at the most; 90 without it")).by(this::coverage));
    }

    private SeenProofs seen(Call call) {
        return new SeenProofs(proofs, call.caller());
    }

    private List<ProofRow> page(Call call) throws BackupException, Refusal {
        return find(call, call.whole("below", Integer.MAX_VALUE), call.whole("limit", USUAL)).stream().map(ProofRow::of).toList();
    }

    private static SaveSetName saveSet(Call call) throws Refusal {
        if (call.query("saveSet") != null && call.query("client") == null) {
            throw Refusal.badRequest("request.parameter", "client", "the parameter saveSet goes with client, whose it is");
        }
        return call.query("saveSet") == null ? null : new SaveSetName(call.query("saveSet"));
    }

    private List<Proof> find(Call call, long below, int limit) throws BackupException, Refusal {
        ClientName client = Scope.client(call.caller(), call.query("client"));
        SaveSetName saveSet = saveSet(call);
        List<Proof> found = new ArrayList<>();
        long next = below;
        while (found.size() < limit) {
            List<Proof> page = proofs.list(client, saveSet, next, limit);
            page.stream().filter(proof -> call.caller().sees(proof.saveSet().client())).limit(limit - found.size()).forEach(found::add);
            if (page.size() < limit) {
                break;
            }
            next = page.getLast().job().value();
        }
        return found;
    }

    private Reply report(Call call) throws BackupException, Refusal {
        Instant since = call.instant("since");
        Instant until = call.instant("until");
        List<Proof> whole = new ArrayList<>();
        for (Proof proof : find(call, Long.MAX_VALUE, Proofs.MOST)) {
            if ((since == null || !proof.ended().isBefore(since)) && (until == null || proof.ended().isBefore(until))) {
                whole.add(proofs.get(proof.job()));
            }
        }
        if (whole.isEmpty()) {
            throw BackupException.operator("drill.none", "", "no drill ended in that time; \"azekura drill list\" names them all");
        }
        return Reply.ok(Report.sign(proofs, whole, since, until));
    }

    private Reply standings(Call call) throws BackupException, Refusal {
        ClientName client = Scope.client(call.caller(), call.query("client"));
        SaveSetName saveSet = saveSet(call);
        return Reply.ok(seen(call).standings(client).stream().filter(one -> saveSet == null || one.saveSet().name().equals(saveSet)).map(Standing::of).toList());
    }

    private Reply spread(Call call) throws BackupException {
        ClientName client = Scope.client(call.caller(), call.query("client"));
        return Reply.ok(seen(call).newest().stream().filter(one -> client == null || one.saveSet().client().equals(client)).map(Newest::of).toList());
    }

    private Reply coverage(Call call) throws BackupException {
        PoolName pool = Names.pool(call.place("pool"));
        return Reply.ok(proofs.coverage(pool, call.whole("days", DAYS)).stream().map(Day::of).toList());
    }

    /**
     * @param snapshot the newest one there
     * @param proven   null if nothing ever was
     * @param last     null if there was no drill
     */
    private record Standing(String client, String saveSet, String pool, String snapshot, ProofRow proven, ProofRow last) {

        static Standing of(Proofs.Standing one) {
            return new Standing(one.saveSet().client().value(), one.saveSet().name().value(), one.pool().value(), one.newest().toString(),
                    ProofRow.orNull(one.proven()), ProofRow.orNull(one.last()));
        }
    }

    private record Newest(String client, String saveSet, String snapshot, SpreadView spread) {

        static Newest of(Proofs.Newest one) {
            return new Newest(one.saveSet().client().value(), one.saveSet().name().value(), one.snapshot().toString(), SpreadView.of(one.spread()));
        }
    }

    /**
     * @param day    of UTC
     * @param packs  that there were
     * @param month  packs of these that were read within 30 days
     * @param year   within 365 days
     * @param never  never since they were written
     * @param unread since when something is not read; null without packs
     */
    private record Day(String day, long packs, long bytes, long month, long year, long never, String unread) {

        static Day of(Coverage c) {
            return new Day(c.day().toString(), c.packs(), c.bytes(), c.month(), c.year(), c.never(), Json.time(c.unread()));
        }
    }
}
