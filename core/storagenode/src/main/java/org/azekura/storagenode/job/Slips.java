package org.azekura.storagenode.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whom a durable pack is told to: the senders of the frames in it. Guarded by the job's turn. */
final class Slips {

    private record Slip(Receipts receipts, long frame) {}

    private final Map<PackInMaking, List<Slip>> slips = new HashMap<>();

    /** This frame of a stream is in the pack. */
    void add(PackInMaking pack, Receipts receipts, long frame) {
        slips.computeIfAbsent(pack, p -> new ArrayList<>()).add(new Slip(receipts, frame));
    }

    /** The pack is durable. @return whose streams are to be told */
    Set<Receipts> durable(PackInMaking pack) {
        Set<Receipts> tell = new HashSet<>();
        List<Slip> told = slips.remove(pack);
        for (Slip slip : told == null ? List.<Slip>of() : told) {
            slip.receipts.durable(slip.frame);
            tell.add(slip.receipts);
        }
        return tell;
    }

    /** These packs do not become durable. */
    void drop(Collection<PackInMaking> packs) {
        slips.keySet().removeAll(packs);
    }
}
