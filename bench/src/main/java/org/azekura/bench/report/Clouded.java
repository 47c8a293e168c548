package org.azekura.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.azekura.bench.run.Sample;
import org.azekura.bench.run.Work;

/** What a run shows whose repositories lie in a service: who used what, and the rounds in pairs. It has no goals. */
final class Clouded {

    private static final double MIB = 1 << 20;

    private final Median median;
    private final List<Sample> samples;
    private final List<String> corpora;
    private final List<String> tools;

    /** @param tools ours first */
    Clouded(List<Sample> samples, boolean cold, List<String> corpora, List<String> tools) {
        this.samples = samples.stream().filter(sample -> sample.cold() == cold).toList();
        this.median = new Median(samples, cold);
        this.corpora = corpora;
        this.tools = tools;
    }

    /** Whether the samples are of such a run. */
    static boolean fits(List<Sample> samples) {
        return samples.stream().anyMatch(sample -> sample.service().requests() > 0);
    }

    String text() {
        StringBuilder text = new StringBuilder("""

                CPU is the tool's: for azekura its command and the process with client, node and server. Behind it are CPU seconds of the gateway (radosgw) and of what keeps its objects, bytes in bodies \
                that it took and gave, and requests.

                | corpus | work | tool | wall s | CPU s | gateway CPU s | store CPU s | put MiB | got MiB | requests | repository MiB |
                |---|---|---|---|---|---|---|---|---|---|---|
                """);
        each((corpus, work) -> tools.forEach(tool -> text.append(line(corpus, work, tool))));
        for (String peer : tools.subList(1, tools.size())) {
            text.append("""

                    ### azekura / %s, round by round: median (least to most)

                    | corpus | work | wall | CPU | CPU of all, with the service |
                    |---|---|---|---|---|
                    """.formatted(peer));
            each((corpus, work) -> text.append("| %s | %s | %s | %s | %s |\n".formatted(corpus, work, pairs(peer, corpus, work, Sample::wall), pairs(peer, corpus, work, Sample::processor),
                    pairs(peer, corpus, work, sample -> sample.processor() + sample.service().gateway() + sample.service().store()))));
        }
        return text.toString();
    }

    private interface Each {
        void of(String corpus, Work work);
    }

    private void each(Each each) {
        for (String corpus : corpora) {
            for (Work work : Work.values()) {
                if (samples.stream().anyMatch(sample -> sample.corpus().equals(corpus) && sample.work() == work)) {
                    each.of(corpus, work);
                }
            }
        }
    }

    private String line(String corpus, Work work, String tool) {
        ToDoubleFunction<ToDoubleFunction<Sample>> of = value -> median.of(tool, corpus, work, value);
        return "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n".formatted(corpus, work, tool, Figures.plain(of.applyAsDouble(Sample::wall)),
                Figures.plain(of.applyAsDouble(Sample::processor)), Figures.plain(of.applyAsDouble(s -> s.service().gateway())),
                Figures.plain(of.applyAsDouble(s -> s.service().store())), Figures.plain(of.applyAsDouble(s -> s.service().put() / MIB)),
                Figures.plain(of.applyAsDouble(s -> s.service().got() / MIB)), String.format(Locale.ROOT, "%.0f", of.applyAsDouble(s -> s.service().requests())),
                Figures.plain(of.applyAsDouble(s -> s.stored() / MIB)));
    }

    /** Of what was done in one round, one behind the other. */
    private String pairs(String peer, String corpus, Work work, ToDoubleFunction<Sample> value) {
        double[] ratios = of(tools.getFirst(), corpus, work).stream().flatMapToDouble(ours -> of(peer, corpus, work).stream()
                .filter(theirs -> theirs.round() == ours.round()).mapToDouble(theirs -> value.applyAsDouble(ours) / value.applyAsDouble(theirs))).sorted().toArray();
        return ratios.length == 0 ? "–" : "%s (%s to %s)".formatted(Figures.plain(Median.of(Arrays.stream(ratios))), Figures.plain(ratios[0]), Figures.plain(ratios[ratios.length - 1]));
    }

    private List<Sample> of(String tool, String corpus, Work work) {
        return samples.stream().filter(sample -> sample.tool().equals(tool) && sample.corpus().equals(corpus) && sample.work() == work).toList();
    }
}
