package org.azekura.server.pool;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.message.PoolAnswer;
import org.azekura.engine.volume.AuditSegment;

/** Where lines of the audit log are beside a broken segment: in whole ones, or in the catalog. */
record AuditCover(CatalogStore catalog, List<PoolAnswer.SegmentFound> whole) {

    /** @param all segments of a medium; those that are broken do not count */
    static AuditCover of(CatalogStore catalog, List<PoolAnswer.SegmentFound> all) {
        return new AuditCover(catalog, all.stream().filter(one -> one.what() == null).sorted(Comparator.comparingLong(PoolAnswer.SegmentFound::first)).toList());
    }

    private interface Hole {
        /** @return whether to look on */
        boolean at(long first, long last) throws BackupException;
    }

    /** Shows all from a line to another that no whole segment has. */
    private void holes(long first, long last, Hole hole) throws BackupException {
        long next = first;
        for (PoolAnswer.SegmentFound one : whole) {
            if (next > last) {
                return;
            }
            if (one.first() > next && !hole.at(next, Math.min(one.first() - 1, last))) {
                return;
            }
            next = Math.max(next, one.last() + 1);
        }
        if (next <= last) {
            hole.at(next, last);
        }
    }

    /** The first line up to this one that no whole segment has and the catalog does. What a rebuild has not brought back can't be written again. */
    Optional<Long> lacking(long last) throws BackupException {
        long[] found = {0};
        holes(1, last, (from, to) -> {
            for (long at = from; at <= to && found[0] == 0; at += AuditSegment.LINES) {
                found[0] = lines(at, Math.min(to, at + AuditSegment.LINES - 1)).stream().findFirst().orElse(0L);
            }
            return found[0] == 0;
        });
        return found[0] == 0 ? Optional.empty() : Optional.of(found[0]);
    }

    /**
     * Whether nothing is lost with a broken segment.
     *
     * @param written the last line that the medium has of the catalog, by itself or just written anew
     */
    boolean replaces(PoolAnswer.SegmentFound broken, long written) throws BackupException {
        boolean[] all = {true};
        holes(broken.first(), broken.last(), (from, to) -> {
            all[0] = to <= written;
            for (long at = from; at <= to && all[0]; at += AuditSegment.LINES) {
                long end = Math.min(to, at + AuditSegment.LINES - 1);
                all[0] = lines(at, end).size() == end - at + 1;
            }
            return all[0];
        });
        return all[0];
    }

    /** Those of the catalog, in their order; at most {@link AuditSegment#LINES}. */
    private List<Long> lines(long from, long to) throws BackupException {
        return catalog.read(view -> view.audit(to + 1, AuditSegment.LINES)).reversed().stream().map(AuditEntry::number).filter(number -> number >= from).toList();
    }
}
