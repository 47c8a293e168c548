package org.azekura.server.pool;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.AuditHead;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.volume.AuditSegment;
import org.azekura.server.host.ConnectedNode;
import org.azekura.wire.MessageCodec;

/** Writes of the audit log what a pool's medium lacks: each line once, in segments that nobody changes any more. */
record WrittenAudit(CatalogStore catalog, PoolVault vault, ConnectedNode node, PoolName pool) {

    /** At one time; what is left comes with the next checkpoint. */
    private static final int SEGMENTS = 64;
    private static final Duration SEND = Duration.ofSeconds(30);
    private static final String SETTING = "audited.";

    /** Durable at return. */
    void write() throws BackupException {
        for (int i = 0; i < SEGMENTS; i++) {
            AuditSegment next = next();
            if (next == null) {
                return;
            }
            send(next);
            catalog.write(edit -> {
                if (edit.pool(pool).isPresent()) {
                    note(edit, pool, new AuditHead(next.last(), next.hash()));
                }
                return null;
            });
        }
    }

    /** Null if nothing is lacking, or the log is not whole yet: then its lines may get other numbers. */
    private AuditSegment next() throws BackupException {
        Pool row = catalog.read(view -> view.pool(pool)).orElseThrow();
        List<AuditSegment.Line> lines = catalog.read(view -> RevivedAudit.waits(view) ? List.of() : lines(view));
        if (lines.isEmpty()) {
            return null;
        }
        AuditHead before = catalog.read(view -> noted(view, pool)).orElse(null);
        return AuditSegment.of(ApplianceId.parse(catalog.read(view -> view.setting("appliance.id")).orElseThrow()), before == null ? AuditEntry.beginning() : before.hash(), lines,
                KeyRing.parse(row.keyRing()), vault.idKey(row));
    }

    private List<AuditSegment.Line> lines(CatalogView view) throws BackupException {
        long from = noted(view, pool).map(AuditHead::number).orElse(0L) + 1;
        List<AuditSegment.Line> lines = new ArrayList<>();
        long bytes = 0;
        for (AuditEntry entry : view.audit(from + AuditSegment.LINES, AuditSegment.LINES).reversed()) {
            AuditSegment.Line line = line(entry);
            if (line.number() >= from) {
                bytes += AuditSegment.size(line);
                if (!lines.isEmpty() && (line.number() != lines.getLast().number() + 1 || bytes > AuditSegment.FULL)) {
                    break;
                }
                lines.add(line);
            }
        }
        return lines;
    }

    private static AuditSegment.Line line(AuditEntry e) {
        return new AuditSegment.Line(e.number(), e.time(), e.machine(), e.who(), e.from(), e.operation(), e.object(), e.outcome(), e.hash());
    }

    private void send(AuditSegment segment) throws BackupException {
        try (Stream stream = node.open()) {
            stream.send(MessageCodec.encode(new StreamOpening.StoreAudit(pool)), SEND);
            stream.send(ByteBuffer.wrap(segment.encoded()), SEND);
            stream.endSending();
            if (stream.receive(ConnectedNode.DURABLE) != null) {
                throw BackupException.network("message.unexpected", node.name().value(), "node " + node.name() + " answered a segment of the audit log with data", null);
            }
        }
    }

    /** How far the medium of a pool has it; empty if it has nothing of it, or another log's. */
    static Optional<AuditHead> noted(CatalogView view, PoolName pool) throws BackupException {
        Optional<AuditHead> noted = view.setting(SETTING + pool).map(AuditHead::parse);
        return noted.isPresent() && noted.get().isIn(view) ? noted : Optional.empty();
    }

    /** Whether the medium of a pool lacks anything of it. */
    static boolean isBehind(CatalogView view, PoolName pool) throws BackupException {
        List<AuditEntry> newest = view.audit(Long.MAX_VALUE, 1);
        return !newest.isEmpty() && !RevivedAudit.waits(view) && noted(view, pool).map(AuditHead::number).orElse(0L) < newest.getFirst().number();
    }

    static void note(CatalogEdit edit, PoolName pool, AuditHead head) throws BackupException {
        edit.putSetting(SETTING + pool, head.toString());
    }

    static void forget(CatalogEdit edit, PoolName pool) throws BackupException {
        edit.deleteSetting(SETTING + pool);
    }
}
