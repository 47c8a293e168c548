package org.azekura.server.pool;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.AuditHead;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.message.PoolAnswer;

/** How much of the audit log lies on the medium of a pool, and from where on it is to be written again. Segments may say the same lines twice. */
record LaidAudit(CatalogStore catalog, PoolName pool) {

    /** @return the first line that the medium should have and lacks; empty if it has all that was written, and all that broken segments had and the log has */
    Optional<Long> gap(List<PoolAnswer.SegmentFound> segments) throws BackupException {
        long noted = noted();
        long next = 1;
        for (PoolAnswer.SegmentFound segment : segments.stream().filter(one -> one.what() == null).sorted(Comparator.comparingLong(PoolAnswer.SegmentFound::first)).toList()) {
            if (segment.first() > next && has(next)) {
                break;
            }
            next = Math.max(next, segment.last() + 1);
        }
        long lacking = next;
        boolean broken = segments.stream().anyMatch(one -> one.what() != null && one.last() >= lacking);
        return next <= noted || broken && has(next) ? Optional.of(next) : Optional.empty();
    }

    /** What a rebuild has not brought back can't be written again either. */
    private boolean has(long line) throws BackupException {
        List<AuditEntry> there = catalog.read(view -> view.audit(line + 1, 1));
        return !there.isEmpty() && there.getFirst().number() == line;
    }

    /**
     * Writes this line again, and all behind it; what can't be written comes with the next checkpoint.
     *
     * @throws BackupException {@code audit.lost} if the log itself lacks what is before; {@code audit.unwritten}; if the node or its device is gone
     */
    void lay(long line, WrittenAudit medium) throws BackupException {
        long all = Math.max(noted(), line);
        goBackTo(line);
        for (long at = noted(); at < all;) {
            medium.write();
            long now = noted();
            if (now <= at) {
                throw BackupException.operator("audit.unwritten", pool.value(), "the audit log of this appliance is not whole now; the next checkpoint writes it");
            }
            at = now;
        }
    }

    private long noted() throws BackupException {
        return catalog.read(view -> WrittenAudit.noted(view, pool)).map(AuditHead::number).orElse(0L);
    }

    private void goBackTo(long line) throws BackupException {
        catalog.write(edit -> {
            List<AuditEntry> before = line == 1 ? List.of() : edit.audit(line, 1);
            if (line > 1 && (before.isEmpty() || before.getFirst().number() != line - 1)) {
                throw BackupException.operator("audit.lost", pool.value(), "the audit log of this appliance has no line " + (line - 1));
            }
            if (before.isEmpty()) {
                WrittenAudit.forget(edit, pool);
            } else {
                WrittenAudit.note(edit, pool, new AuditHead(line - 1, before.getFirst().hash()));
            }
            return null;
        });
    }
}
