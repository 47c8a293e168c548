package org.azekura.server.pool;

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
        long newest = catalog.read(view -> view.audit(Long.MAX_VALUE, 1)).stream().mapToLong(AuditEntry::number).findFirst().orElse(0);
        long broken = segments.stream().filter(one -> one.what() != null).mapToLong(PoolAnswer.SegmentFound::last).max().orElse(0);
        return AuditCover.of(catalog, segments).lacking(Math.max(noted(), Math.min(broken, newest)));
    }

    /**
     * Whether all lines that a broken segment had are on the medium without it.
     *
     * @param all     segments of the medium before it was mended
     * @param written whether all that was lacking and could be written has been
     */
    boolean replaces(PoolAnswer.SegmentFound broken, List<PoolAnswer.SegmentFound> all, boolean written) throws BackupException {
        return AuditCover.of(catalog, all).replaces(broken, written ? noted() : 0);
    }

    /**
     * Writes this line again, and all behind it; what can't be written comes with the next checkpoint.
     *
     * @throws BackupException {@code audit.unwritten}; if the node or its device is gone
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
            List<AuditEntry> before = edit.audit(line, 1); // not the one before by its number where a rebuild has not brought that back
            if (before.isEmpty()) {
                WrittenAudit.forget(edit, pool);
            } else {
                WrittenAudit.note(edit, pool, new AuditHead(before.getFirst().number(), before.getFirst().hash()));
            }
            return null;
        });
    }
}
