package org.azekura.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.azekura.bench.run.Sample;
import org.azekura.bench.run.Work;

/** Medians over the rounds of one state of the caches. What was not measured is NaN, and so is all that is computed from it. */
public final class Median {

    private final List<Sample> samples;

    Median(List<Sample> samples, boolean cold) {
        this.samples = samples.stream().filter(sample -> sample.cold() == cold).toList();
    }

    /** Starts alone do not count. */
    boolean isEmpty() {
        return samples.stream().allMatch(sample -> sample.work() == Work.START);
    }

    double of(String tool, String corpus, Work work, ToDoubleFunction<Sample> value) {
        return of(samples.stream().filter(s -> s.tool().equals(tool) && s.corpus().equals(corpus) && s.work() == work).mapToDouble(value));
    }

    public static double of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Sum of the medians of several corpora. */
    double sum(String tool, List<String> corpora, Work work, ToDoubleFunction<Sample> value) {
        return corpora.isEmpty() ? Double.NaN : corpora.stream().mapToDouble(corpus -> of(tool, corpus, work, value)).sum();
    }

    /** What the repository grew by from one work to the next, in bytes. */
    double growth(String tool, String corpus, Work before, Work after) {
        return of(tool, corpus, after, Sample::stored) - of(tool, corpus, before, Sample::stored);
    }
}
