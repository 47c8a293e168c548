package org.azekura.storagenode.cartridge.drive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.lease.Pass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In which order places on one cartridge are visited. A tape lies in wraps, to and fro: as the places are numbered is seldom the shortest way. */
public final class RecallOrder {

    /** For as few as these the way hardly differs. */
    static final int FEW = 3;
    /** More than a drive takes at once, and so many that the tape is read from end to end anyway. */
    static final int MOST = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(RecallOrder.class);

    private RecallOrder() {}

    /**
     * By the drive if it answers, else by a map of the wraps if there is one, else as they lie.
     *
     * @return a permutation
     */
    public static List<Position> of(Drive drive, List<Position> places) throws BackupException {
        List<Position> asTheyLie = places.stream().sorted().toList();
        if (places.size() <= FEW || places.size() > MOST) {
            return asTheyLie;
        }
        try {
            if (drive.capabilities().order()) {
                List<Position> said = drive.order(asTheyLie);
                if (isPermutation(said, asTheyLie)) {
                    return said;
                }
                LOG.warn("{}: the order it recommends for {} places has {} places, or others; it is not used", drive.location(), places.size(), said.size());
            }
            WrapMap wraps = WrapMap.of(drive.wraps());
            return wraps == null ? asTheyLie : wraps.nearestFirst(drive.position(), asTheyLie);
        } catch (BackupException e) {
            if (!Trouble.is(e, "device.unsupported")) {
                throw e;
            }
            return asTheyLie;
        }
    }

    /**
     * The same for several who read there.
     *
     * @param joins whether the tape is on its way through some of them: as they lie means from where it is to the end then, and what lies before comes last
     */
    public static Pass.Plan plan(Drive drive, List<Position> places, boolean joins) throws BackupException {
        List<Position> order = of(drive, places);
        if (!joins) {
            return new Pass.Plan(objects(order), null);
        }
        WrapMap wraps = places.size() > MOST ? null : WrapMap.of(drive.wraps());
        long here = drive.position().object();
        List<Position> asTheyLie = places.stream().sorted().toList();
        List<Position> onwards = !order.equals(asTheyLie) ? order : Stream.concat(asTheyLie.stream().filter(place -> place.object() >= here),
                asTheyLie.stream().filter(place -> place.object() < here)).toList();
        return new Pass.Plan(objects(onwards), wraps == null ? null : wraps::seconds);
    }

    private static List<Long> objects(List<Position> places) {
        return places.stream().map(Position::object).toList();
    }

    static boolean isPermutation(List<Position> one, List<Position> other) {
        return one.size() == other.size() && counts(one).equals(counts(other));
    }

    private static Map<Position, Integer> counts(List<Position> places) {
        Map<Position, Integer> counts = new HashMap<>();
        new ArrayList<>(places).forEach(place -> counts.merge(place, 1, Integer::sum));
        return counts;
    }
}
