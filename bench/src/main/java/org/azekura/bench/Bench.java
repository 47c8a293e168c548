package org.azekura.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.azekura.bench.corpus.Corpora;
import org.azekura.bench.corpus.Scale;
import org.azekura.bench.run.Rounds;
import org.azekura.bench.stage.Stages;
import org.azekura.bench.tool.Cloud;
import org.azekura.bench.tool.Tools;
import org.azekura.bench.trial.Trials;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** Measures the appliance beside its peers. */
@Command(name = "azekura bench", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Measures the appliance beside restic and borg: makes corpora from a seed, runs all of them in turns, compares what they restore.",
        "Prints a page of results as Markdown; every sample goes to a file of JSON lines."},
        footer = {"", "Example:", "  azekura bench --scale full --rounds 3 --cold 1 --page bench/results/2026-01-01.md"})
final class Bench implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--project", hidden = true, required = true)
    Path project;

    @Option(names = "--corpus", arity = "1..*", paramLabel = "NAME", description = "Only these corpora (default: all).")
    Set<String> corpora = new LinkedHashSet<>();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds with warm caches (default: ${DEFAULT-VALUE}).")
    int rounds = 3;

    @Option(names = "--cold", paramLabel = "N", description = "Rounds more with the kernel's caches dropped before every step; only as root (default: ${DEFAULT-VALUE}).")
    int cold;

    @Option(names = "--scale", paramLabel = "small|full", converter = ScaleReader.class, description = "Size of the corpora (default: small).")
    Scale scale = Scale.SMALL;

    @Option(names = "--peers", split = ",", paramLabel = "NAME", description = "Of restic, borg (default: both that can); \"none\" for none.")
    List<String> peers;

    @Option(names = "--cloud", description = "Repositories lie in a bucket of a real S3 service on this machine, Ceph's, and not in folders: beside restic, without trials.")
    boolean cloud;

    @Option(names = "--tiny-files", paramLabel = "N", description = "So many tiny files (default: by the scale).")
    int tiny;

    @Option(names = "--no-trials", description = "Without what the appliance alone shows: browse, search, rebuild, prune, kill.")
    boolean noTrials;

    @Option(names = "--trials", split = ",", paramLabel = "NAME", description = "Of what the appliance alone shows only these, and no corpus unless one is named: big-folder, killed, apart.")
    Set<String> trials = new LinkedHashSet<>();

    @Option(names = "--minutes", paramLabel = "N", description = "Begin no round of a corpus later than this; what is missing then is named on the page (default: ${DEFAULT-VALUE}).")
    int minutes = 600;

    @Option(names = "--resume", description = "Go on from the samples of a run that broke off, if they are there.")
    boolean resume;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the samples go (default: samples.jsonl beside the page, or in the working folder).")
    Path json;

    @Option(names = "--page", paramLabel = "FILE", description = "Write the page to this file too.")
    Path page;

    @Option(names = "--work", paramLabel = "DIR", description = "Folder for corpora, repositories and what is restored; up to 16 GB and 3 million files at full scale, on a journaled file system (default: a new one in the folder for temporary files).")
    Path work;

    @Option(names = "--stages", arity = "0..1", fallbackValue = ".*", paramLabel = "REGEX", description = "Measure the stages of the data path alone instead, by JMH.")
    String stages;

    private static final class ScaleReader implements CommandLine.ITypeConverter<Scale> {
        @Override
        public Scale convert(String value) {
            return Scale.valueOf(value.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public Integer call() throws Exception {
        if (stages != null) {
            Stages.run(stages);
            return 0;
        }
        if (peers == null) {
            peers = cloud ? List.of("restic") : List.of("restic", "borg");
        } else if (peers.equals(List.of("none"))) {
            peers = List.of();
        }
        if (cloud && (peers.contains("borg") || !trials.isEmpty())) {
            throw wrong("--cloud: borg and trials know folders only");
        }
        if (rounds < 0 || cold < 0 || rounds + cold == 0) {
            throw wrong("--rounds and --cold: nothing to run");
        }
        if (cold > 0 && !Rounds.mayBeCold()) {
            throw wrong("--cold: only root may drop the kernel's caches");
        }
        Comparison comparison;
        try {
            List<String> missing = new ArrayList<>(Tools.missing(peers));
            missing.addAll(cloud ? Cloud.missing() : List.of());
            if (!missing.isEmpty()) {
                System.err.println("azekura: bench: missing Debian packages: " + String.join(" ", missing)
                        + "; install them (sudo apt-get install …) or leave them out with --peers");
                return 1;
            }
            comparison = new Comparison(!trials.isEmpty() && corpora.isEmpty() ? List.of() : Corpora.named(scale, tiny, corpora), scale, peers, rounds, cold,
                    noTrials || cloud ? Set.of() : Trials.named(trials), cloud, Duration.ofMinutes(minutes));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        Path raw = json != null ? json : page != null ? page.resolveSibling(page.getFileName() + ".jsonl") : Path.of("samples.jsonl");
        comparison.run(new Comparison.Places(project, folder(), page, raw), resume && Files.exists(raw));
        return 0;
    }

    private Path folder() throws IOException {
        return work == null ? Files.createTempDirectory("azekura-bench")
                : Files.createTempDirectory(Files.createDirectories(work.toAbsolutePath()), "azekura-bench");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    public static void main(String... args) {
        CommandLine line = new CommandLine(new Bench());
        line.setParameterExceptionHandler((e, given) -> {
            System.err.println("azekura: bench: " + e.getMessage().lines().findFirst().orElse(""));
            return 2;
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            System.err.println("azekura: bench: " + e);
            return 1;
        });
        System.exit(line.execute(args));
    }
}
