package org.azekura.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs one command as a shell would and keeps what came out. */
final class Shell {

    private final Map<String, String> environment = new HashMap<>();
    /** Null: a terminal. */
    InputStream in;
    String out = "";
    String err = "";
    Duration patience = Duration.ZERO;
    Duration quiet = Duration.ofSeconds(5);

    Shell(Path home) {
        environment.put("AZEKURA_HOME", home.toString());
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    int run(String... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(outBytes, false, StandardCharsets.UTF_8);
        Root root = new Root(new Terminal(in, outStream, new PrintStream(errBytes, true, StandardCharsets.UTF_8), false), environment);
        root.patience = patience;
        root.quiet = quiet;
        int exit = Azekura.run(root, args);
        outStream.flush();
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return exit;
    }

    List<String> errLines() {
        return err.lines().toList();
    }
}
