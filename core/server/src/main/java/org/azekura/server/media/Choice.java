package org.azekura.server.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.PendingVolume;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;

/** Which cartridge comes next; docs/decisions/0033 has the order and why. */
sealed interface Choice {

    /** One that has the very label already that is wanted: its node was cut off before it wrote anything behind it. */
    record Labelled(Volume volume) implements Choice {}

    /** One that was labelled for the pool beforehand, and belongs to no set yet. */
    record Prepared(Volume volume) implements Choice {}

    /** One that is given up. */
    record GivenUp(ScratchVolume volume) implements Choice {}

    /** One that nobody has labelled, as far as anybody knows. */
    record Blank(Barcode barcode) implements Choice {}

    /** Whatever blank one the node finds. */
    record Any() implements Choice {}

    /** @param why for people: what is there and will not do */
    record None(String why) implements Choice {}

    /**
     * What is wanted.
     *
     * @param number  the lowest that it may have within its set
     * @param refused cartridges that the node has tried
     * @param frees   what is written frees another one: those are not too good for it that are left for that
     */
    record Wish(PoolName pool, int number, Set<Barcode> refused, boolean frees) {

        Wish(PoolName pool, int number, Set<Barcode> refused) {
            this(pool, number, refused, false);
        }
    }

    /**
     * What is known.
     *
     * @param volumes   all there are
     * @param inventory of the library; empty: nobody can say
     */
    record Known(List<Volume> volumes, List<PendingVolume> pending, List<ScratchVolume> scratch, MediaRules rules, Optional<List<Element>> inventory) {}

    /** Why a cartridge that is there will not do. */
    enum Obstacle {
        MAIL_SLOT("in mail slots"),
        CLEANING("for cleaning"),
        REFUSED("tried and found unusable"),
        AWAITED("being labelled for another pool"),
        OTHERS("of other pools"),
        WRITTEN("written already"),
        UNFIT("suspect, quarantined or locked"),
        UNLABELLED("without a label, which this pool does not take"),
        GIVEN_UP("given up, which this pool does not take"),
        UNNAMED("without a barcode that can be read");

        private final String words;

        Obstacle(String words) {
            this.words = words;
        }
    }

    /** @param kind smaller ones first */
    record Candidate(Choice choice, Element element, int kind, int number) {

        private static final Comparator<Candidate> ORDER = Comparator.<Candidate>comparingInt(one -> one.element.kind() == Element.Kind.DRIVE ? 0 : 1)
                .thenComparingInt(Candidate::kind).thenComparingInt(Candidate::number).thenComparing(one -> one.element.barcode().orElseThrow());

        /** Whether it is one of the pool's already. */
        boolean isOwn() {
            return choice instanceof Labelled;
        }
    }

    /** Pure: the same wish and the same knowledge have the same outcome. */
    static Choice of(Wish wish, Known known) {
        List<Element> elements = known.inventory().orElse(List.of()).stream().filter(element -> !(element.content() instanceof Element.Empty)).toList();
        if (known.inventory().isEmpty() || elements.isEmpty()) {
            return known.rules().blank() && known.inventory().isEmpty() ? new Any() : new None("there is no cartridge that anybody knows of");
        }
        Map<Obstacle, Integer> obstacles = new EnumMap<>(Obstacle.class);
        List<Candidate> candidates = candidates(wish, known, elements, obstacles);
        if (!candidates.isEmpty()) {
            return best(candidates, wish, known);
        }
        // What lies in a drive without a barcode only the node can look at.
        boolean inDrive = elements.stream().anyMatch(one -> one.kind() == Element.Kind.DRIVE && one.barcode().isEmpty());
        return inDrive && known.rules().blank() ? new Any() : new None(told(elements.size(), obstacles));
    }

    private static List<Candidate> candidates(Wish wish, Known known, List<Element> elements, Map<Obstacle, Integer> obstacles) {
        List<Candidate> candidates = new ArrayList<>();
        for (Element element : elements) {
            switch (Verdicts.of(element, wish, known)) {
                case Verdicts.Fits(Candidate candidate) -> candidates.add(candidate);
                case Verdicts.Fails(Obstacle obstacle) -> obstacles.merge(obstacle, 1, Integer::sum);
            }
        }
        return candidates;
    }

    /** How many there are, and how many are left for what frees others; empty if nobody can say. */
    static Optional<Reserve> reserve(Wish wish, Known known) {
        return known.inventory().map(elements -> Reserve.of(candidates(wish, known, elements.stream().filter(one -> !(one.content() instanceof Element.Empty)).toList(),
                new EnumMap<>(Obstacle.class)), wish.pool(), known));
    }

    /** The best of those there, but for those that are left for what frees others. */
    private static Choice best(List<Candidate> candidates, Wish wish, Known known) {
        Reserve reserve = Reserve.of(candidates, wish.pool(), known);
        return candidates.stream().filter(one -> wish.frees() || !reserve.isReached() || one.isOwn()).min(Candidate.ORDER).map(Candidate::choice)
                .orElseGet(() -> new None(reserve.words()));
    }

    private static String told(int all, Map<Obstacle, Integer> obstacles) {
        return "of " + all + (all == 1 ? " cartridge" : " cartridges") + " there "
                + obstacles.entrySet().stream().map(one -> one.getValue() + (one.getValue() == 1 ? " is " : " are ") + one.getKey().words)
                .collect(Collectors.joining(", "));
    }
}
