package org.azekura.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.azekura.bench.corpus.Corpora;
import org.azekura.bench.corpus.Corpus;
import org.azekura.bench.corpus.Scale;
import org.azekura.bench.meter.Program;
import org.azekura.bench.report.Machine;
import org.azekura.bench.report.Page;
import org.azekura.bench.run.Ledger;
import org.azekura.bench.run.Round;
import org.azekura.bench.run.Rounds;
import org.azekura.bench.run.Sample;
import org.azekura.bench.tool.Cloud;
import org.azekura.bench.tool.Disk;
import org.azekura.bench.tool.Folders;
import org.azekura.bench.tool.Ground;
import org.azekura.bench.tool.Tool;
import org.azekura.bench.tool.Tools;
import org.azekura.bench.trial.Trials;

/**
 * One run over all tools, and its page. What is found is written as it is found, the page anew after each round of a corpus: a run that
 * breaks off loses what it was at, no more.
 *
 * @param trials what the appliance alone shows, by name
 * @param cloud  repositories lie in a bucket of a service, not in folders
 * @param limit  no round of a corpus begins later than this
 */
record Comparison(List<Corpus> corpora, Scale scale, List<String> peers, int warm, int cold, Set<String> trials, boolean cloud, Duration limit) {

    private static final int STARTS = 5;

    /** Where a run reads and writes. @param page null for none @param raw the samples */
    record Places(Path project, Path work, Path page, Path raw) {}

    /**
     * Runs and prints the page; what lies in the work folder is deleted at the end.
     *
     * @param resume go on from the samples that are there
     */
    void run(Places places, boolean resume) throws IOException, InterruptedException {
        Path script = places.project.resolve("azekura");
        Map<String, String> facts = facts(places.project, places.work);
        try (Ground ground = ground(places.work, facts); Tools tools = new Tools(script, peers, places.work, ground)) {
            for (Tool tool : tools.all()) {
                facts.put(tool.name(), tool.version() + "; " + tool.settings());
            }
            Ledger ledger = resume ? Ledger.resume(places.raw) : Ledger.begin(places.raw);
            Rounds rounds = new Rounds(tools.all(), ground, places.work, ledger, System.err::println);
            if (!corpora.isEmpty() && ledger.samples().stream().noneMatch(sample -> sample.corpus().equals(Sample.NONE))) {
                starts(tools, ledger);
            }
            List<Corpus> small = corpora.isEmpty() ? List.of() : warmUps();
            if (!small.isEmpty()) {
                facts.put("warm-up", Rounds.warmUps(small));
            }
            for (Corpus corpus : small) {
                rounds.warmUp(corpus);
            }
            all(places, script, rounds, ledger, facts);
            facts.put("load at the end", Machine.load());
            String text = new Page(facts, corpora, peers, ledger, true).text();
            System.out.print(text);
            write(places, text);
        } finally {
            Folders.delete(places.work);
        }
    }

    private Ground ground(Path work, Map<String, String> facts) throws IOException, InterruptedException {
        if (!cloud) {
            return new Disk(work.resolve("repositories"));
        }
        Cloud made = new Cloud(work.resolve("cloud"));
        facts.put("repositories", "in a bucket of " + made.version());
        return made;
    }

    /** The trials come behind the first round: should the run break off, something of all is there. */
    private void all(Places places, Path script, Rounds rounds, Ledger ledger, Map<String, String> facts) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(limit);
        List<Round> order = Round.of(warm, cold);
        for (Round round : order) {
            for (Corpus corpus : corpora) {
                if (Instant.now().isAfter(end)) {
                    facts.put("time", "it was up after " + limit.toMinutes() + " minutes: rounds are missing, first in " + corpus.name() + " of round " + (round.number() + 1));
                    return;
                }
                rounds.run(List.of(corpus), round);
                write(places, new Page(facts, corpora, peers, ledger, false).text());
            }
            if (round == order.getFirst() && !trials.isEmpty()) {
                Trials.run(trials, script, places.work, scale, ledger, System.err::println);
                write(places, new Page(facts, corpora, peers, ledger, false).text());
            }
        }
    }

    private static void write(Places places, String text) throws IOException {
        if (places.page != null) {
            Files.writeString(places.page, text);
        }
    }

    /** What is compiled by these the corpora need too; they are others than those that are measured at full scale. */
    private static List<Corpus> warmUps() {
        return Corpora.all(Scale.SMALL, 0).stream().filter(corpus -> List.of("small-files", "binaries").contains(corpus.name())).toList();
    }

    private Map<String, String> facts(Path project, Path work) throws IOException, InterruptedException {
        Map<String, String> facts = Machine.facts(work);
        Program git = new Program(project, Map.of());
        facts.put("commit", git.run("git", "rev-parse", "--short=12", "HEAD").out().strip()
                + (git.run("git", "status", "--porcelain", "-uno").out().isBlank() ? "" : " with changes"));
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("run", "scale " + scale.name().toLowerCase(Locale.ROOT) + ", " + warm + " warm and " + cold + " cold rounds");
        return facts;
    }

    private static void starts(Tools tools, Ledger ledger) throws IOException, InterruptedException {
        for (Tool tool : tools.all()) {
            for (int i = 0; i < STARTS; i++) {
                ledger.add(Sample.start(i, tool.name(), tool.start()));
            }
        }
        ledger.add(Sample.start(0, Sample.APPLIANCE, tools.started()));
    }
}
