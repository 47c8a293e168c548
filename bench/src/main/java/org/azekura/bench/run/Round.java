package org.azekura.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One pass over all corpora. Whoever began one comes later in the next: the machine's state should favour nobody. */
public record Round(int number, boolean cold) {

    public static List<Round> of(int warm, int cold) {
        return Stream.concat(IntStream.range(0, warm).mapToObj(i -> new Round(i, false)), IntStream.range(warm, warm + cold).mapToObj(i -> new Round(i, true)))
                .toList();
    }

    /** A B C, then C A B, then B C A. */
    <T> List<T> order(List<T> all) {
        List<T> turned = new ArrayList<>(all);
        Collections.rotate(turned, number);
        return turned;
    }
}
