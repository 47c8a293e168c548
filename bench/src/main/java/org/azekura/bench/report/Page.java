package org.azekura.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.bench.corpus.Corpus;
import org.azekura.bench.run.Fault;
import org.azekura.bench.run.Ledger;
import org.azekura.bench.run.Sample;
import org.azekura.bench.run.Work;

/**
 * The page of results, as Markdown.
 *
 * @param facts   about the machine and the programs, in order
 * @param corpora those that are run
 * @param peers   names, without ours
 * @param ended   false: more is to come
 */
public record Page(Map<String, String> facts, List<Corpus> corpora, List<String> peers, Ledger ledger, boolean ended) {

    public String text() {
        StringBuilder page = new StringBuilder("# Bench\n\n");
        if (!ended) {
            page.append("**This run has not come to its end: what is missing below was not measured yet.**\n\n");
        }
        facts.forEach((name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
        page.append("\nCPU is user and system time of every process that worked; figures are medians of the rounds. Every restored tree was compared "
                + "with its source: names, kinds, modes, owners, times, contents.\n");
        faults(page);
        if (corpora.isEmpty()) {
            trials(page);
            return page.toString();
        }
        page.append("\n## Corpora\n\n");
        corpora.forEach(corpus -> page.append("- **").append(corpus.name()).append("**: ").append(corpus.what())
                .append(corpus.once() ? "; so many that there is one warm round only, without the next day" : "").append('\n'));
        for (boolean cold : List.of(false, true)) {
            Median median = new Median(ledger.samples(), cold);
            if (!median.isEmpty() && Clouded.fits(ledger.samples())) {
                page.append("\n## By the service, ").append(cold ? "cold" : "warm").append('\n').append(new Clouded(ledger.samples(), cold, names(), tools().toList()).text());
            } else if (!median.isEmpty()) {
                goals(page, median, cold);
                details(page, median, cold ? "cold" : "warm");
            }
        }
        starts(page, new Median(ledger.samples(), false));
        return page.toString();
    }

    /** Of a run of single trials, as they were found; goals stand on the page of a whole run. */
    private void trials(StringBuilder page) {
        page.append("\n## Trials\n\n| trial | figure | value | of |\n|---|---|---|---|\n");
        ledger.facts().stream().filter(fact -> !fact.name().equals(Ledger.TRIED)).forEach(fact -> page.append("| %s | %s | %s | %s |\n".formatted(
                fact.trial(), fact.name().toLowerCase(Locale.ROOT).replace('_', ' '), Figures.plain(fact.value()), fact.of())));
    }

    private void faults(StringBuilder page) {
        List<Fault> faults = ledger.faults();
        if (!faults.isEmpty()) {
            page.append("\n## What failed\n\n");
            faults.forEach(fault -> page.append("- ").append(fault.where()).append(": ").append(fault.what()).append('\n'));
        }
    }

    private List<String> names() {
        return corpora.stream().map(Corpus::name).toList();
    }

    private void goals(StringBuilder page, Median median, boolean cold) {
        page.append("\n## Goals, ").append(cold ? "cold: those that depend on it" : "warm")
                .append("\n\n| work | azekura | against | ratio | goal | verdict |\n|---|---|---|---|---|---|\n");
        List<Part> parts = new ArrayList<>(new Goals(median, names(), peers).parts());
        if (!cold) {
            Trialled trialled = new Trialled(new Found(ledger.facts()), median, peers);
            parts.replaceAll(part -> switch (part.work()) {
                case "restore" -> part.with(trialled.oneFile());
                case "unchanged rescan of 1 M files" -> part.with(trialled.catalogGrowth());
                default -> part;
            });
            parts.addAll(trialled.parts());
        }
        parts.stream().flatMap(part -> part.lines().stream()).forEach(line -> page.append(line).append('\n'));
    }

    private void details(StringBuilder page, Median median, String state) {
        page.append("\n## Everything, ").append(state).append("""


                | corpus | work | tool | wall s | CPU s | of which call | peak MiB | repository MiB | grown MiB | beside MiB |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        for (Corpus corpus : corpora) {
            for (Work work : Work.values()) {
                if (work != Work.START && !(corpus.once() && work == Work.NEXT_DAY)) {
                    page.append(tools().map(tool -> line(median, corpus.name(), work, tool)).reduce("", String::concat));
                }
            }
        }
    }

    private Stream<String> tools() {
        return Stream.concat(Stream.of(Goals.US), peers.stream());
    }

    private static String line(Median median, String corpus, Work work, String tool) {
        String grown = switch (work) {
            case UNCHANGED -> Figures.mib(median.growth(tool, corpus, Work.FIRST, work));
            case NEXT_DAY -> Figures.mib(median.growth(tool, corpus, Work.UNCHANGED, work));
            case PRUNE -> Figures.mib(median.growth(tool, corpus, Work.RESTORE_ONE, work));
            case START, FIRST, RESTORE, RESTORE_ONE -> "";
        };
        return "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n".formatted(corpus, work, tool,
                Figures.plain(median.of(tool, corpus, work, Sample::wall)), Figures.plain(median.of(tool, corpus, work, Sample::processor)),
                Figures.plain(median.of(tool, corpus, work, Sample::call)), Figures.mib(median.of(tool, corpus, work, Sample::peak)),
                Figures.mib(median.of(tool, corpus, work, Sample::stored)), grown, Figures.mib(median.of(tool, corpus, work, Sample::beside)));
    }

    private void starts(StringBuilder page, Median median) {
        page.append("\n## Start\n\n| what | wall s | CPU s | peak MiB |\n|---|---|---|---|\n");
        tools().forEach(tool -> page.append(start("call of " + tool + " that prints its version", tool, median)));
        page.append(start("appliance, from `up` to ready", Sample.APPLIANCE, median));
    }

    private static String start(String what, String tool, Median median) {
        return "| %s | %s | %s | %s |\n".formatted(what, Figures.plain(median.of(tool, Sample.NONE, Work.START, Sample::wall)),
                Figures.plain(median.of(tool, Sample.NONE, Work.START, Sample::processor)), Figures.mib(median.of(tool, Sample.NONE, Work.START, Sample::peak)));
    }
}
