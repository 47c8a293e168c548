package org.azekura.bench.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.bench.corpus.Corpus;
import org.azekura.bench.run.Sample;
import org.azekura.bench.run.Work;

/**
 * The page of results, as Markdown.
 *
 * @param facts   about the machine and the programs, in order
 * @param corpora those that were run
 * @param peers   names, without ours
 * @param starts  cheapest call of each tool and what the appliance took to be ready, lines of a table
 */
public record Page(Map<String, String> facts, List<Corpus> corpora, List<String> peers, List<String> starts, List<Sample> samples) {

    private static final String NOT_HERE = """
            Not measured by this run: tape, catalog rebuild, browse and search, prune, resume after a kill, memory at ten million files.
            """;

    public String text() {
        StringBuilder page = new StringBuilder("# Bench\n\n");
        facts.forEach((name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
        page.append("\nCPU is user and system time of every process that worked; figures are medians of the rounds. Every restored tree was compared "
                + "with its source: names, kinds, modes, owners, times, contents.\n");
        page.append("\n## Corpora\n\n");
        corpora.forEach(corpus -> page.append("- **").append(corpus.name()).append("**: ").append(corpus.what()).append('\n'));
        for (boolean cold : List.of(false, true)) {
            Median median = new Median(samples, cold);
            if (!median.isEmpty()) {
                goals(page, median, cold ? "cold" : "warm");
                details(page, median, cold ? "cold" : "warm");
            }
        }
        page.append("\n## Start\n\n| what | wall s | CPU s | peak MiB |\n|---|---|---|---|\n");
        starts.forEach(line -> page.append(line).append('\n'));
        return page.append('\n').append(NOT_HERE).toString();
    }

    private List<String> names() {
        return corpora.stream().map(Corpus::name).toList();
    }

    private void goals(StringBuilder page, Median median, String state) {
        page.append("\n## Goals, ").append(state).append("\n\n| work | azekura | against | ratio | goal | verdict |\n|---|---|---|---|---|---|\n");
        new Goals(median, names(), peers).rows().forEach(row -> page.append(row.line()).append('\n'));
    }

    private void details(StringBuilder page, Median median, String state) {
        page.append("\n## Everything, ").append(state).append("""


                | corpus | work | tool | wall s | CPU s | of which call | peak MiB | repository MiB | grown MiB | beside MiB |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        for (String corpus : names()) {
            for (Work work : Work.values()) {
                page.append(tools().map(tool -> line(median, corpus, work, tool)).reduce("", String::concat));
            }
        }
    }

    private Stream<String> tools() {
        return Stream.concat(Stream.of("azekura"), peers.stream());
    }

    private static String line(Median median, String corpus, Work work, String tool) {
        String grown = work == Work.UNCHANGED || work == Work.NEXT_DAY
                ? Figures.mib(median.growth(tool, corpus, Work.values()[work.ordinal() - 1], work)) : "";
        return "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n".formatted(corpus, work, tool,
                Figures.plain(median.of(tool, corpus, work, Sample::wall)), Figures.plain(median.of(tool, corpus, work, Sample::processor)),
                Figures.plain(median.of(tool, corpus, work, Sample::call)), Figures.mib(median.of(tool, corpus, work, Sample::peak)),
                Figures.mib(median.of(tool, corpus, work, Sample::stored)), grown, Figures.mib(median.of(tool, corpus, work, Sample::beside)));
    }
}
