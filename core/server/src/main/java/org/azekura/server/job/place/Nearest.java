package org.azekura.server.job.place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.engine.plan.RecallPlan;

/**
 * The nearest of the places of a snapshot.
 *
 * @param plan    null if it lies on no cartridges
 * @param thawing what of it lies in an archive; null if the place has none
 * @param others that answered as well
 */
public record Nearest<P>(SnapshotPlaces.Served place, P plan, Thawing thawing, Nearness near, List<Nearness> others) {

    /** Finds out on which cartridges of a place something lies, or what of it in an archive. */
    public interface Planner<P> {
        P plan(SnapshotPlaces.Served tape) throws BackupException;

        Map<Integer, RecallPlan.Need> needs(P plan);

        /** What of a place with an archive lies in that. */
        Thawing thawing(SnapshotPlaces.Served archive) throws BackupException;

        /** Another place is nearer. */
        void drop(P plan);
    }

    /** For people: why it is read. */
    public String why() {
        return near.words(others);
    }

    /** Where something lies on cartridges, and what in an archive, is looked up only where that can be nearer than what was found by then. */
    public static <P> Nearest<P> of(List<SnapshotPlaces.Served> served, Wanted wanted, Planner<P> planner) throws BackupException {
        Choice<P> choice = new Choice<>(planner);
        boolean chosen = false;
        try {
            for (SnapshotPlaces.Served place : served) {
                if (place.cartridges() == null && !place.reading().hasArchive()) {
                    choice.take(place, null, null, place.reading().of(wanted));
                }
            }
            for (SnapshotPlaces.Served archive : archives(served, wanted)) {
                Nearness atBest = archive.reading().of(wanted);
                if (choice.near != null && choice.near.compareTo(atBest) <= 0) {
                    choice.others.add(atBest);
                } else {
                    Thawing thawing = planner.thawing(archive);
                    choice.take(archive, null, thawing, archive.reading().of(wanted, thawing));
                }
            }
            for (SnapshotPlaces.Served tape : tapes(served, wanted)) {
                Nearness atBest = tape.reading().atBest(wanted, choice.near == null || choice.near.cost() == 0);
                if (choice.near != null && choice.near.compareTo(atBest) <= 0) {
                    choice.others.add(atBest);
                } else {
                    P plan = planner.plan(tape);
                    choice.take(tape, plan, null, tape.reading().of(tape.cartridges(), planner.needs(plan)));
                }
            }
            chosen = true;
            return new Nearest<>(choice.place, choice.plan, choice.thawing, choice.near, List.copyOf(choice.others));
        } finally {
            if (!chosen) {
                choice.drop();
            }
        }
    }

    private static List<SnapshotPlaces.Served> archives(List<SnapshotPlaces.Served> served, Wanted wanted) {
        return served.stream().filter(place -> place.reading().hasArchive()).sorted(Comparator.comparing(place -> place.reading().of(wanted))).toList();
    }

    private static List<SnapshotPlaces.Served> tapes(List<SnapshotPlaces.Served> served, Wanted wanted) {
        return served.stream().filter(place -> place.cartridges() != null).sorted(Comparator.comparing(tape -> tape.reading().atBest(wanted, true))).toList();
    }

    /** The nearest of those that were looked at. */
    private static final class Choice<P> {

        private final Planner<P> planner;
        private final List<Nearness> others = new ArrayList<>();
        private SnapshotPlaces.Served place;
        private P plan;
        private Thawing thawing;
        private Nearness near;

        Choice(Planner<P> planner) {
            this.planner = planner;
        }

        void take(SnapshotPlaces.Served next, P planned, Thawing thawed, Nearness how) {
            if (near != null && near.compareTo(how) <= 0) {
                others.add(how);
                drop(planned);
                return;
            }
            if (near != null) {
                others.add(near);
                drop();
            }
            place = next;
            plan = planned;
            thawing = thawed;
            near = how;
        }

        void drop() {
            drop(plan);
        }

        private void drop(P planned) {
            if (planned != null) {
                planner.drop(planned);
            }
        }
    }
}
