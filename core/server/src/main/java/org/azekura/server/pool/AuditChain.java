package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.AuditHead;
import org.azekura.engine.volume.AuditSegment;

/**
 * Which segments that were found make up the audit log: each follows from the one before. Of several that begin at the same line those count that lead furthest. Where none follows, the next
 * that is there comes behind a gap.
 *
 * @param links in the order of the log
 * @param gaps  what is missing between them, for people
 */
record AuditChain(List<Link> links, List<String> gaps) {

    /**
     * A segment without its lines.
     *
     * @param pool  whose medium it lay on
     * @param place where it is kept meanwhile
     */
    record Link(long first, String before, long last, String hash, PoolName pool, long place) {

        static Link of(AuditSegment segment, PoolName pool, long place) {
            return new Link(segment.first(), hex(segment.before()), segment.last(), hex(segment.hash()), pool, place);
        }

        /** Its last line. */
        AuditHead head() {
            return new AuditHead(last, HexFormat.of().parseHex(hash));
        }
    }

    private record Joint(long number, String hash) {}

    /** The newest line; there is one. */
    AuditHead head() {
        return links.getLast().head();
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    static AuditChain of(List<Link> found) {
        Map<Joint, Link> best = new HashMap<>();
        Map<Link, Long> reach = new HashMap<>();
        NavigableMap<Long, Link> byFirst = new TreeMap<>();
        // What follows comes first, so how far a segment leads is known when it is looked at.
        for (Link link : found.stream().sorted(Comparator.comparingLong(Link::first).reversed()).toList()) {
            Link next = best.get(new Joint(link.last, link.hash));
            long leads = next == null ? link.last : reach.get(next);
            reach.put(link, leads);
            best.merge(new Joint(link.first - 1, link.before), link, (one, other) -> reach.get(one) >= leads ? one : other);
            byFirst.merge(link.first, link, (one, other) -> reach.get(one) >= leads ? one : other);
        }
        List<Link> links = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        Joint at = new Joint(0, hex(AuditEntry.beginning()));
        for (;;) {
            Link next = best.get(at);
            if (next == null) {
                Map.Entry<Long, Link> later = byFirst.higherEntry(at.number);
                if (later == null) {
                    return new AuditChain(List.copyOf(links), List.copyOf(gaps));
                }
                next = later.getValue();
                gaps.add(next.first == at.number + 1 ? "line " + next.first + " does not follow from the one before" : next.first == at.number + 2
                        ? "line " + (at.number + 1) + " is on no medium that was read" : "lines " + (at.number + 1) + " to " + (next.first - 1) + " are on no medium that was read");
            }
            links.add(next);
            at = new Joint(next.last, next.hash);
        }
    }
}
