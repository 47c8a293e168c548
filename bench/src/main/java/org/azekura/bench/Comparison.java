package org.azekura.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.azekura.bench.corpus.Corpora;
import org.azekura.bench.corpus.Corpus;
import org.azekura.bench.corpus.Scale;
import org.azekura.bench.meter.Cost;
import org.azekura.bench.meter.Program;
import org.azekura.bench.report.Machine;
import org.azekura.bench.report.Page;
import org.azekura.bench.report.Starts;
import org.azekura.bench.run.Rounds;
import org.azekura.bench.run.Sample;
import org.azekura.bench.tool.Folders;
import org.azekura.bench.tool.Tool;
import org.azekura.bench.tool.Tools;

/** One run over all tools, and its page. */
record Comparison(List<Corpus> corpora, Scale scale, List<String> peers, int warm, int cold) {

    private static final int STARTS = 5;

    /**
     * Runs and prints the page; what lies in the work folder is deleted at the end.
     *
     * @param project the checkout
     * @param given   work folder, null for a new one
     * @param page    also written here, if not null
     * @param json    samples; null for a file beside the page
     */
    void run(Path project, Path given, Path page, Path json) throws IOException, InterruptedException {
        Path parent = given == null ? null : Files.createDirectories(given.toAbsolutePath());
        Path work = parent == null ? Files.createTempDirectory("azekura-bench") : Files.createTempDirectory(parent, "azekura-bench");
        List<Sample> samples = new ArrayList<>();
        Path raw = json != null ? json : page != null ? page.resolveSibling(page.getFileName() + ".jsonl") : Path.of("samples.jsonl");
        Map<String, String> facts = facts(project, work);
        try (Tools tools = new Tools(project.resolve("azekura"), peers, work); PrintWriter lines = new PrintWriter(Files.newBufferedWriter(raw))) {
            for (Tool tool : tools.all()) {
                facts.put(tool.name(), tool.version() + "; " + tool.settings());
            }
            Rounds rounds = new Rounds(tools.all(), work, sample -> note(sample, samples, lines), System.err::println);
            for (Corpus corpus : corpora(Scale.SMALL)) {
                rounds.warmUp(corpus);
            }
            rounds.run(corpora, warm, cold);
            String text = new Page(facts, corpora, peers, starts(tools), samples).text();
            System.out.print(text);
            if (page != null) {
                Files.writeString(page, text);
            }
        } finally {
            Folders.delete(work);
        }
    }

    /** What is compiled by these the corpora need too; they are others than those that are measured at full scale. */
    private static List<Corpus> corpora(Scale scale) {
        return Corpora.all(scale).stream().filter(corpus -> List.of("small-files", "binaries").contains(corpus.name())).toList();
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

    private static void note(Sample sample, List<Sample> samples, PrintWriter lines) {
        try {
            samples.add(sample);
            lines.println(new ObjectMapper().writeValueAsString(sample));
            lines.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> starts(Tools tools) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (Tool tool : tools.all()) {
            List<Cost> costs = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                costs.add(tool.start());
            }
            lines.add(Starts.line("call of " + tool.name() + " that prints its version", costs));
        }
        lines.add(Starts.line("appliance, from `up` to ready", List.of(tools.started())));
        return lines;
    }
}
