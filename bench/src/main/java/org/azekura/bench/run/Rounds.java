package org.azekura.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.bench.corpus.Corpus;
import org.azekura.bench.meter.Cost;
import org.azekura.bench.meter.Program;
import org.azekura.bench.meter.Service;
import org.azekura.bench.tool.Folders;
import org.azekura.bench.tool.Ground;
import org.azekura.bench.tool.Tool;

/**
 * Runs all tools over all corpora and notes each sample as it is made. A tool that fails is left out until the next corpus begins; the
 * others go on.
 */
public final class Rounds {

    static final int WARM_UPS = 3;
    private static final Work LAST = Work.PRUNE;

    private final List<Tool> tools;
    private final Ground ground;
    private final Path work;
    private final Program program;
    private final Ledger ledger;
    private final Consumer<String> progress;
    private final Set<Tool> failed = new HashSet<>();

    /** @param ground of the tools' repositories */
    public Rounds(List<Tool> tools, Ground ground, Path work, Ledger ledger, Consumer<String> progress) {
        this.tools = tools;
        this.ground = ground;
        this.work = work;
        this.program = new Program(work, Map.of());
        this.ledger = ledger;
        this.progress = progress;
    }

    public static boolean mayBeCold() {
        return PageCache.mayDrop();
    }

    /** Work that is not noted: a running agent has its code compiled. The peers are not harmed by it. */
    public void warmUp(Corpus corpus) throws IOException, InterruptedException {
        Tool appliance = tools.getFirst();
        Path tree = make(corpus);
        for (int i = 1; i <= WARM_UPS; i++) {
            progress.accept("warm-up " + i + " of " + WARM_UPS);
            appliance.begin("warm-up-" + corpus.name() + "-" + i);
            appliance.backup(tree);
            appliance.backup(tree);
            appliance.restore(to(appliance, Work.RESTORE));
            Folders.delete(to(appliance));
            appliance.end();
        }
        Folders.delete(tree);
    }

    /** What the warm-up is, for the report. */
    public static String warmUps(List<Corpus> corpora) {
        return "%d × (2 backups, 1 restore) of each of %s, not counted".formatted(WARM_UPS, String.join(", and of ", corpora.stream().map(Corpus::what).toList()));
    }

    /** One round; what the ledger has already is not done again. */
    public void run(List<Corpus> corpora, Round round) throws InterruptedException, IOException {
        for (Corpus corpus : corpora) {
            boolean wanted = !corpus.once() || round.number() == 0 && !round.cold();
            if (wanted && !isDone(round, corpus)) {
                ledger.forget(line -> line instanceof Sample sample && sample.in(round, corpus.name())
                        || line instanceof Fault fault && fault.where().startsWith(where(round, corpus)));
                guarded(round, corpus);
            }
        }
    }

    private boolean isDone(Round round, Corpus corpus) {
        List<Sample> samples = ledger.samples().stream().filter(sample -> sample.in(round, corpus.name()) && sample.work() == LAST).toList();
        return tools.stream().allMatch(tool -> samples.stream().anyMatch(sample -> sample.tool().equals(tool.name())));
    }

    private static String where(Round round, Corpus corpus) {
        return "round " + (round.number() + 1) + (round.cold() ? " cold, " : ", ") + corpus.name();
    }

    private void guarded(Round round, Corpus corpus) throws InterruptedException, IOException {
        failed.clear();
        Path tree = work.resolve("source").resolve(corpus.name());
        try {
            run(round, corpus);
        } catch (IOException | RuntimeException e) {
            fault(where(round, corpus), e);
        }
        for (Tool tool : tools) {
            tidy(where(round, corpus) + ", end, " + tool.name(), tool::end);
            tidy(where(round, corpus) + ", restored, " + tool.name(), () -> Folders.delete(to(tool)));
        }
        tidy(where(round, corpus), () -> Folders.delete(tree));
    }

    private interface Tidying {
        void run() throws IOException, InterruptedException;
    }

    private void tidy(String where, Tidying tidying) throws IOException, InterruptedException {
        try {
            tidying.run();
        } catch (IOException | RuntimeException e) {
            fault(where, e);
        }
    }

    private void fault(String where, Exception e) throws IOException {
        Fault fault = Fault.of(where, e);
        progress.accept("FAILED: " + fault.where() + ": " + fault.what());
        ledger.add(fault);
    }

    private void run(Round round, Corpus corpus) throws IOException, InterruptedException {
        List<Tool> order = round.order(tools);
        Path tree = make(corpus);
        Steps steps = new Steps(round, corpus, order);
        for (Tool tool : order) {
            tool.begin(corpus.name() + "-" + round.number());
        }
        steps.each(Work.FIRST, 0, tool -> tool.backup(tree), tool -> {});
        steps.each(Work.UNCHANGED, 0, tool -> tool.backup(tree), tool -> {});
        if (!corpus.once()) {
            long changed = corpus.nextDay(tree);
            Aging.await(tree);
            steps.each(Work.NEXT_DAY, changed, tool -> tool.backup(tree), tool -> {});
        }
        steps.each(Work.RESTORE, 0, tool -> tool.restore(to(tool, Work.RESTORE)), tool -> verify(to(tool, Work.RESTORE), tree));
        Path one = tree.resolve(corpus.one());
        steps.each(Work.RESTORE_ONE, 0, tool -> tool.restoreOne(one, to(tool, Work.RESTORE_ONE)), tool -> verify(to(tool, Work.RESTORE_ONE), one));
        steps.each(Work.PRUNE, 0, Tool::prune, tool -> {});
    }

    private Path make(Corpus corpus) throws IOException, InterruptedException {
        Path tree = work.resolve("source").resolve(corpus.name());
        Folders.delete(tree);
        Files.createDirectories(tree);
        progress.accept("making " + corpus.name() + ": " + corpus.what());
        corpus.make(tree);
        Aging.await(tree);
        return tree;
    }

    private Path to(Tool tool) {
        return work.resolve("restored").resolve(tool.name());
    }

    private Path to(Tool tool, Work kind) {
        return to(tool).resolve(kind.name());
    }

    /**
     * What was restored stays until all tools are through: ext4 gives out no inode that was deleted within the last minutes and looks at each of them, so
     * whoever restored 100,000 files just behind such a deletion took three times the CPU.
     */
    private static void verify(Path restored, Path saved) throws IOException {
        Trees.equal(saved, Path.of(restored + saved.toString()));
    }

    private interface Step {
        Cost with(Tool tool) throws IOException, InterruptedException;
    }

    private interface Check {
        void of(Tool tool) throws IOException;
    }

    /** Steps of one round over one corpus. */
    private final class Steps {

        private final Round round;
        private final Corpus corpus;
        private final List<Tool> order;

        Steps(Round round, Corpus corpus, List<Tool> order) {
            this.round = round;
            this.corpus = corpus;
            this.order = order;
        }

        void each(Work kind, long changed, Step step, Check check) throws IOException, InterruptedException {
            for (Tool tool : order) {
                if (!failed.contains(tool)) {
                    try {
                        one(kind, changed, tool, step, check);
                    } catch (IOException | RuntimeException e) {
                        failed.add(tool);
                        fault(where(round, corpus) + ", " + kind + ", " + tool.name(), e);
                    }
                }
            }
        }

        private void one(Work kind, long changed, Tool tool, Step step, Check check) throws IOException, InterruptedException {
            PageCache.settle(program, round.cold());
            Service before = ground.used();
            Cost cost = step.with(tool);
            Service service = ground.used().minus(before);
            Sample sample = Sample.of(round, corpus.name(), kind, tool.name(), cost, tool.stored(), tool.beside(), changed, service);
            check.of(tool);
            ledger.add(sample);
            progress.accept("round %d%s  %-14s %-16s %-8s %8.2f s  cpu %8.2f s  %5d MiB".formatted(round.number() + 1, round.cold() ? " cold" : "",
                    corpus.name(), kind, tool.name(), sample.wall(), sample.processor(), sample.peak() >> 20));
        }
    }
}
