package org.azekura.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Everything that was found, in memory and, line by line as it is found, in a file that a later run can go on from. One thread. */
public final class Ledger {

    /** Name of the last fact of a trial. */
    public static final String TRIED = "TRIED";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final List<Line> lines = new ArrayList<>();

    private Ledger(Path file) {
        this.file = file;
    }

    /** @param file made anew */
    public static Ledger begin(Path file) throws IOException {
        Files.write(file, new byte[0]);
        return new Ledger(file);
    }

    /** Takes over what an earlier run found. A last line that was cut off is dropped. */
    public static Ledger resume(Path file) throws IOException {
        Ledger ledger = new Ledger(file);
        List<String> texts = Files.readAllLines(file);
        for (String text : texts) {
            try {
                ledger.lines.add(JSON.readValue(text, Line.class));
            } catch (IOException e) {
                if (!text.equals(texts.getLast())) {
                    throw new IOException(file + ": not a line of results: " + text, e);
                }
            }
        }
        ledger.rewrite();
        return ledger;
    }

    public void add(Line line) throws IOException {
        lines.add(line);
        Files.writeString(file, text(line), StandardOpenOption.APPEND);
    }

    private static String text(Line line) throws IOException {
        return JSON.writerFor(Line.class).writeValueAsString(line) + "\n";
    }

    private void rewrite() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Line line : lines) {
            all.append(text(line));
        }
        Files.write(file, all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a trial came to its end; if not, what it left is forgotten. */
    public boolean isTried(String trial) throws IOException {
        boolean tried = facts().stream().anyMatch(fact -> fact.trial().equals(trial) && fact.name().equals(TRIED));
        if (!tried) {
            forget(line -> line instanceof Fact fact && fact.trial().equals(trial) || line instanceof Fault fault && fault.where().equals("trial " + trial));
        }
        return tried;
    }

    /** Forgets what was only half measured, or failed. */
    void forget(Predicate<Line> which) throws IOException {
        if (lines.removeIf(which)) {
            rewrite();
        }
    }

    public List<Sample> samples() {
        return of(Sample.class);
    }

    public List<Fact> facts() {
        return of(Fact.class);
    }

    public List<Fault> faults() {
        return of(Fault.class);
    }

    private <T> List<T> of(Class<T> kind) {
        return lines.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
