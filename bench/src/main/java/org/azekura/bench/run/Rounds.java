package org.azekura.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.azekura.bench.corpus.Corpus;
import org.azekura.bench.meter.Cost;
import org.azekura.bench.meter.Program;
import org.azekura.bench.tool.Folders;
import org.azekura.bench.tool.Tool;

/** Runs all tools over all corpora and hands out each sample as it is made. */
public final class Rounds {

    /** A file is only taken as unchanged if it was changed long enough before it was saved; all tools have such a rule. */
    private static final Duration AGE = Duration.ofSeconds(3);
    private static final int WARM_UPS = 3;

    private final List<Tool> tools;
    private final Path work;
    private final Program program;
    private final Consumer<Sample> samples;
    private final Consumer<String> progress;

    public Rounds(List<Tool> tools, Path work, Consumer<Sample> samples, Consumer<String> progress) {
        this.tools = tools;
        this.work = work;
        this.program = new Program(work, Map.of());
        this.samples = samples;
        this.progress = progress;
    }

    public static boolean mayBeCold() {
        return PageCache.mayDrop();
    }

    /** Work that is not noted: a running agent has its code compiled. The peers are not harmed by it. */
    public void warmUp(Corpus corpus) throws IOException, InterruptedException {
        Tool appliance = tools.getFirst();
        Path tree = fresh(corpus);
        for (int i = 1; i <= WARM_UPS; i++) {
            progress.accept("warm-up " + i + " of " + WARM_UPS);
            appliance.begin("warm-up-" + corpus.name() + "-" + i);
            appliance.backup(tree);
            appliance.backup(tree);
            appliance.restore(to(appliance));
            Folders.delete(to(appliance));
            appliance.end();
        }
        Folders.delete(tree);
    }

    /** @throws IOException if a tool fails, or what it restored is not what was saved */
    public void run(List<Corpus> corpora, int warm, int cold) throws IOException, InterruptedException {
        for (Round round : Round.of(warm, cold)) {
            for (Corpus corpus : corpora) {
                run(round, corpus);
            }
        }
    }

    private void run(Round round, Corpus corpus) throws IOException, InterruptedException {
        List<Tool> order = round.order(tools);
        Path tree = fresh(corpus);
        for (Tool tool : order) {
            tool.begin(corpus.name() + "-" + round.number());
        }
        each(round, corpus, Work.FIRST, 0, order, tool -> tool.backup(tree));
        each(round, corpus, Work.UNCHANGED, 0, order, tool -> tool.backup(tree));
        long changed = corpus.nextDay(tree);
        Thread.sleep(AGE);
        each(round, corpus, Work.NEXT_DAY, changed, order, tool -> tool.backup(tree));
        each(round, corpus, Work.RESTORE, 0, order, tool -> tool.restore(to(tool)), tool -> verify(tool, tree));
        Path one = tree.resolve(corpus.one());
        each(round, corpus, Work.RESTORE_ONE, 0, order, tool -> tool.restoreOne(one, to(tool)), tool -> verify(tool, one));
        for (Tool tool : order) {
            tool.end();
        }
        Folders.delete(tree);
    }

    private Path fresh(Corpus corpus) throws IOException, InterruptedException {
        Path tree = Files.createDirectories(work.resolve("source").resolve(corpus.name()));
        progress.accept("making " + corpus.name() + ": " + corpus.what());
        corpus.make(tree);
        Thread.sleep(AGE);
        return tree;
    }

    private Path to(Tool tool) {
        return work.resolve("restored").resolve(tool.name());
    }

    private void verify(Tool tool, Path saved) throws IOException {
        Trees.equal(saved, Path.of(to(tool) + saved.toString()));
        Folders.delete(to(tool));
    }

    private interface Step {
        Cost with(Tool tool) throws IOException, InterruptedException;
    }

    private interface Check {
        void of(Tool tool) throws IOException;
    }

    private void each(Round round, Corpus corpus, Work work, long changed, List<Tool> order, Step step) throws IOException, InterruptedException {
        each(round, corpus, work, changed, order, step, tool -> {});
    }

    private void each(Round round, Corpus corpus, Work work, long changed, List<Tool> order, Step step, Check check)
            throws IOException, InterruptedException {
        for (Tool tool : order) {
            PageCache.settle(program, round.cold());
            Cost cost = step.with(tool);
            Sample sample = Sample.of(round, corpus.name(), work, tool.name(), cost, tool.stored(), tool.beside(), changed);
            check.of(tool);
            samples.accept(sample);
            progress.accept("round %d%s  %-14s %-16s %-8s %8.2f s  cpu %8.2f s  %5d MiB".formatted(round.number() + 1, round.cold() ? " cold" : "",
                    corpus.name(), work, tool.name(), sample.wall(), sample.processor(), sample.peak() >> 20));
        }
    }
}
