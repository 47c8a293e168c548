package org.azekura.storagenode.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.azekura.api.JobId;
import org.junit.jupiter.api.Test;

class WayTest {

    private static final JobId ONE = new JobId(1);
    private static final JobId OTHER = new JobId(2);

    private final Way way = new Way();

    private List<Long> join(JobId job, Set<Long> objects, Long... order) {
        return way.join(job, objects, new Pass.Plan(List.of(order), null));
    }

    @Test
    void whoComesLaterIsPutBetween() {
        assertEquals(List.of(10L, 40L, 20L), join(ONE, Set.of(10L, 20L, 40L), 10L, 40L, 20L));
        way.at(ONE, 40);
        assertEquals(List.of(40L, 20L), way.left(OTHER));
        assertEquals(List.of(45L, 21L, 11L), join(OTHER, Set.of(11L, 21L, 45L), 40L, 45L, 20L, 21L, 11L));
        assertEquals(List.of(40L, 45L, 20L, 21L, 11L), way.left(new JobId(3)));
    }

    @Test
    void whoWasToldHisOrderKeepsItWhateverIsPlannedNow() {
        join(ONE, Set.of(10L, 20L, 30L), 30L, 10L, 20L);
        assertEquals(List.of(5L, 12L, 31L), join(OTHER, Set.of(5L, 12L, 31L), 5L, 10L, 12L, 20L, 30L, 31L).stream().sorted().toList());
        assertEquals(List.of(5L, 30L, 31L, 10L, 12L, 20L), way.left(new JobId(3)));
    }

    @Test
    void whoComesLaterIsPutWhereTheWayGetsLongerByLeast() {
        join(ONE, Set.of(10L, 20L, 40L), 10L, 40L, 20L);
        assertEquals(List.of(9L, 21L, 30L, 38L), way.join(OTHER, Set.of(9L, 21L, 30L, 38L), new Pass.Plan(List.of(9L, 10L, 20L, 21L, 30L, 38L, 40L), (from, to) -> Math.abs(from - to))));
        assertEquals(List.of(10L, 9L, 21L, 30L, 38L, 40L, 20L), way.left(new JobId(3)));
    }

    @Test
    void whatAPlanDoesNotKnowOfOthersStaysWhereItWas() {
        join(ONE, Set.of(10L, 20L, 40L), 10L, 40L, 20L);
        assertEquals(List.of(41L, 21L), join(OTHER, Set.of(21L, 41L), 20L, 21L, 10L, 41L));
        assertEquals(List.of(10L, 41L, 40L, 20L, 21L), way.left(new JobId(3)));
    }

    @Test
    void whatTwoWantComesOnceAndStaysAsLongAsOneWantsIt() {
        join(ONE, Set.of(10L, 20L), 10L, 20L);
        assertEquals(List.of(10L, 15L, 20L), join(OTHER, Set.of(10L, 15L, 20L), 10L, 15L, 20L));
        way.at(OTHER, 20);
        way.leave(ONE);
        assertEquals(List.of(20L), way.left(ONE));
        way.leave(OTHER);
        assertEquals(List.of(), way.left(ONE));
    }

    @Test
    void whatNobodyHasAnnouncedComesWhereItLies() {
        join(ONE, Set.of(10L, 40L, 20L), 10L, 40L, 20L);
        List<Long> objects = new ArrayList<>(List.of(20L, 42L, 5L, 10L, 25L, 40L, 12L));
        objects.sort(Comparator.comparingInt((Long object) -> way.rank(ONE, object)).thenComparing(object -> object));
        assertEquals(List.of(5L, 10L, 12L, 40L, 42L, 20L, 25L), objects);
        assertEquals(Integer.MAX_VALUE, way.rank(OTHER, 10));
    }

    @Test
    void everybodyGetsAPermutationAndKeepsIt() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<JobId, List<Long>> told = new HashMap<>();
        for (int i = 1; i <= 200; i++) {
            JobId job = new JobId(1 + random.nextInt(6));
            if (told.containsKey(job) && random.nextInt(3) == 0) {
                way.leave(job);
                told.remove(job);
            } else if (told.containsKey(job) && !told.get(job).isEmpty()) {
                int at = random.nextInt(told.get(job).size());
                way.at(job, told.get(job).get(at));
                told.put(job, told.get(job).subList(at, told.get(job).size()));
            } else {
                Set<Long> objects = new HashSet<>(LongStream.generate(() -> random.nextInt(60)).limit(random.nextInt(20)).boxed().toList());
                List<Long> all = new ArrayList<>(way.left(job));
                objects.stream().filter(object -> !all.contains(object)).forEach(all::add);
                Collections.shuffle(all, random);
                List<Long> his = way.join(job, objects, new Pass.Plan(all, random.nextBoolean() ? null : (from, to) -> Math.abs(from - to)));
                assertEquals(objects.stream().sorted().toList(), his.stream().sorted().toList(), "seed " + seed);
                told.put(job, his);
            }
            List<Long> path = way.left(new JobId(99));
            told.forEach((other, order) -> assertEquals(order, path.stream().filter(order::contains).toList(), "seed " + seed));
        }
    }
}
