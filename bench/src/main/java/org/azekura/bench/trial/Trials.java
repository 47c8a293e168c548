package org.azekura.bench.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.azekura.bench.corpus.Scale;
import org.azekura.bench.run.Fact;
import org.azekura.bench.run.Fault;
import org.azekura.bench.run.Ledger;
import org.azekura.bench.tool.Folders;

/** All trials, one after the other; one that fails does not keep the others from running. */
public final class Trials {

    private Trials() {}

    private static final Set<String> NAMES = new TreeSet<>(Set.of(BigFolder.NAME, Killed.NAME, Apart.NAME));

    /** @param names none for all */
    public static Set<String> named(Set<String> names) {
        for (String name : names) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("there is no trial " + name + "; there are: " + String.join(", ", NAMES));
            }
        }
        return names.isEmpty() ? NAMES : names;
    }

    /** What the ledger has already is not done again. @param script the project's */
    public static void run(Set<String> names, Path script, Path work, Scale scale, Ledger ledger, Consumer<String> progress) throws IOException, InterruptedException {
        boolean full = scale == Scale.FULL;
        List<Trial> all = List.of(new BigFolder(script, work.resolve("big-folder"), full ? 1_000_000 : 20_000), new Killed(script, work.resolve("killed"), full ? 640 : 256),
                new Apart(script, work.resolve("apart"), full ? 512 : 128));
        for (Trial trial : all) {
            if (names.contains(trial.name()) && !ledger.isTried(trial.name())) {
                run(trial, ledger, progress);
            }
        }
        for (Trial trial : all) {
            Folders.delete(work.resolve(trial.name()));
        }
    }

    private static void run(Trial trial, Ledger ledger, Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept("trial " + trial.name());
        try {
            trial.run((name, value, of) -> {
                ledger.add(new Fact(trial.name(), name.name(), value, of));
                progress.accept("trial %s: %s %.3f (%s)".formatted(trial.name(), name, value, of));
            });
            ledger.add(new Fact(trial.name(), Ledger.TRIED, 1, ""));
        } catch (IOException | RuntimeException e) {
            Fault fault = Fault.of("trial " + trial.name(), e);
            progress.accept("FAILED: " + fault.where() + ": " + fault.what());
            ledger.add(fault);
        }
    }
}
