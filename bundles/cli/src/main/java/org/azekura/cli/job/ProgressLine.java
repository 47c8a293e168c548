package org.azekura.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.azekura.api.ByteSize;
import org.azekura.cli.text.Terminal;

/** One line of a terminal that tells how far a job is. Nothing is drawn in the first second, nor in a pipe. */
final class ProgressLine {

    private static final long QUIET_NS = 1_000_000_000;
    private static final String ERASE = "\r\u001b[K";

    private final Terminal terminal;
    private final boolean verbose;
    private final long began = System.nanoTime();
    private long first = -1;
    private boolean drawn;
    private String phase = "";

    ProgressLine(Terminal terminal, boolean verbose) {
        this.terminal = terminal;
        this.verbose = verbose;
    }

    void show(JsonNode progress) {
        long elapsed = System.nanoTime() - began;
        if (first < 0) {
            first = progress.path("bytes").asLong();
        }
        if (terminal.human() && elapsed > QUIET_NS) {
            terminal.err().print(ERASE + text(progress, first, elapsed / 1e9));
            terminal.err().flush();
            drawn = true;
        } else if (verbose && !terminal.human() && !progress.path("phase").asText("").equals(phase)) {
            phase = progress.path("phase").asText("");
            terminal.err().println(text(progress, first, elapsed / 1e9));
        }
    }

    void clear() {
        if (drawn) {
            terminal.err().print(ERASE);
            terminal.err().flush();
            drawn = false;
        }
    }

    /** @param from bytes that were done already when we began to watch, {@code seconds} ago */
    static String text(JsonNode progress, long from, double seconds) {
        long bytes = progress.path("bytes").asLong();
        long stored = progress.path("stored").asLong();
        String phase = progress.path("phase").asText("");
        StringBuilder line = new StringBuilder(phase.isEmpty() ? progress.path("state").asText() : phase);
        line.append(String.format(Locale.ROOT, "  %,d files  %s", progress.path("files").asLong(), ByteSize.format(bytes)));
        if (seconds > 0) {
            line.append("  ").append(ByteSize.format((long) ((bytes - from) / seconds))).append("/s");
        }
        if (stored > 0 && bytes > 0) {
            line.append(String.format(Locale.ROOT, "  reduction %.1f:1", bytes / (double) stored));
        }
        return line.toString();
    }
}
