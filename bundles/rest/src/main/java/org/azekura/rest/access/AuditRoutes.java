package org.azekura.rest.access;

import java.util.HexFormat;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.access.AuditLog;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** What was done. */
public final class AuditRoutes {

    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final AuditLog log;

    public AuditRoutes(AuditLog log) {
        this.log = log;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("audit").needs(Right.READ).says("What was done, the newest first").aboutAll()
                        .asks(Parameter.whole("below", 1, Integer.MAX_VALUE, "Only lines with a smaller number"),
                                Parameter.whole("limit", 1, MOST, "How many at the most; 100 without it"))
                        .lists(Row.class).by(this::page),
                Route.get("audit/verify").needs(Right.READ).says("Whether all lines follow from each other, and where they do not").aboutAll().answers(Verdict.class)
                        .by(call -> verify()),
                Route.post("audit/accept").needs(Right.ADMINISTER).says("What media say of lines that are missing has been looked into: the log counts as it is from here on")
                        .answers(Verdict.class).dangerous(call -> doubt()).by(this::accept));
    }

    private Reply page(Call call) throws BackupException {
        return Reply.ok(log.page(call.whole("below", Integer.MAX_VALUE), call.whole("limit", USUAL)).stream().map(Row::of).toList());
    }

    private Reply accept(Call call) throws BackupException {
        log.accept();
        return verify();
    }

    private Doubt doubt() throws BackupException {
        AuditLog.Verdict found = log.verify();
        return new Doubt(found.broken(), found.onMedia(), found.cut());
    }

    /** What is accepted. @param broken the oldest line that does not follow; 0: none */
    private record Doubt(long broken, long onMedia, boolean cut) {}

    private Reply verify() throws BackupException {
        AuditLog.Verdict found = log.verify();
        return Reply.ok(new Verdict(found.broken() == 0 && !found.cut(), found.entries(), found.broken() == 0 ? null : found.broken(), found.head(),
                found.onMedia() == 0 ? null : found.onMedia(), found.cut()));
    }

    /**
     * @param broken  the oldest line that does not follow from the one before; null: none
     * @param head    hash of the newest line, in hex
     * @param onMedia how many lines there were when media were told last; null: never
     * @param cut     whether the last one of these is not in the log: lines are missing at the end, or it is another log
     */
    private record Verdict(boolean whole, long entries, Long broken, String head, Long onMedia, boolean cut) {}

    /**
     * @param time    retention time
     * @param machine what the machine's clock said
     * @param from    an address, empty on this machine
     * @param outcome done, or a code
     * @param hash    in hex
     */
    private record Row(long number, String time, String machine, String who, String from, String operation, String object, String outcome, String hash) {

        static Row of(AuditEntry entry) {
            return new Row(entry.number(), Json.time(entry.time()), Json.time(entry.machine()), entry.who(), entry.from(), entry.operation(), entry.object(),
                    entry.outcome(), HexFormat.of().formatHex(entry.hash()));
        }
    }
}
