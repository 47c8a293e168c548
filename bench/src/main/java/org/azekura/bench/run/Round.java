package org.azekura.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One pass over all corpora. Whoever began one comes later in the next: the machine's state should favour nobody. */
public record Round(int number, boolean cold) {

    /** Cold ones behind the first warm one: should time be short, a second of one kind is missed less than the only one of the other. */
    public static List<Round> of(int warm, int cold) {
        Stream<Round> first = IntStream.range(0, Math.min(warm, 1)).mapToObj(i -> new Round(i, false));
        Stream<Round> then = IntStream.range(warm, warm + cold).mapToObj(i -> new Round(i, true));
        return Stream.of(first, then, IntStream.range(1, warm).mapToObj(i -> new Round(i, false))).flatMap(rounds -> rounds).toList();
    }

    /** A B C, then C A B, then B C A. */
    <T> List<T> order(List<T> all) {
        List<T> turned = new ArrayList<>(all);
        Collections.rotate(turned, number);
        return turned;
    }
}
