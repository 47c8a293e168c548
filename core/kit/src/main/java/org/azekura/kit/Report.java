package org.azekura.kit;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.azekura.packages.DriverManifest;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** How each rule went. */
final class Report implements TestExecutionListener {

    private static final int MAX_PROBLEM = 400;

    private final List<Rule> rules = new ArrayList<>();
    private long begin;

    /** @param problem null if it holds */
    private record Rule(String name, double seconds, String problem) {

        /** The name of a rule is a sentence. */
        String sentence() {
            return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public void executionStarted(TestIdentifier identifier) {
        begin = System.nanoTime();
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        String problem = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? null : problem(result);
        if (identifier.isTest() || problem != null) {
            rules.add(new Rule(identifier.getDisplayName().replace("()", ""), (System.nanoTime() - begin) / 1e9, problem));
        }
    }

    private static String problem(TestExecutionResult result) {
        String text = result.getThrowable().map(t -> t instanceof AssertionError && t.getMessage() != null ? t.getMessage() : t.toString()).orElse(result.getStatus().toString())
                .replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return text.length() <= MAX_PROBLEM ? text : text.substring(0, MAX_PROBLEM) + "…";
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    long failed() {
        return rules.stream().filter(rule -> rule.problem != null).count();
    }

    void print(DriverManifest driver, PrintStream out) {
        for (Rule rule : rules) {
            out.printf(Locale.ROOT, "%-6s  %-58s %6.2f s%n", rule.problem == null ? "ok" : "BROKEN", rule.sentence(), rule.seconds);
            if (rule.problem != null) {
                out.println("        " + rule.problem);
            }
        }
        out.printf(Locale.ROOT, "%n%s %s: %d of %d rules hold%n", driver.name(), driver.version(), rules.size() - failed(), rules.size());
    }

    void write(DriverManifest driver, JsonGenerator document) throws IOException {
        document.writeStringField("driver", driver.name());
        document.writeStringField("version", driver.version().toString());
        document.writeNumberField("passed", rules.size() - failed());
        document.writeNumberField("failed", failed());
        document.writeArrayFieldStart("rules");
        for (Rule rule : rules) {
            document.writeStartObject();
            document.writeStringField("rule", rule.name);
            document.writeBooleanField("passed", rule.problem == null);
            document.writeNumberField("seconds", Math.round(rule.seconds * 1000) / 1000.0);
            document.writeStringField("problem", rule.problem);
            document.writeEndObject();
        }
        document.writeEndArray();
    }
}
