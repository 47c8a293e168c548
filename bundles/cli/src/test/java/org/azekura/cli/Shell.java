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
import org.azekura.cli.command.Patience;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Terminal;

/** Runs one command as a shell would and keeps what came out. */
public final class Shell {

    private final Map<String, String> environment = new HashMap<>();
    /** Null: a terminal. */
    public InputStream in;
    public String out = "";
    public String err = "";
    public Duration patience = Duration.ZERO;
    public Duration quiet = Duration.ofSeconds(5);

    public Shell(Path home) {
        environment.put("AZEKURA_HOME", home.toString());
    }

    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public int run(String... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(outBytes, false, StandardCharsets.UTF_8);
        Root root = new Root(new Terminal(in, outStream, new PrintStream(errBytes, true, StandardCharsets.UTF_8), false), environment, new Patience(patience, quiet));
        int exit = Azekura.run(root, args);
        outStream.flush();
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return exit;
    }

    public List<String> errLines() {
        return err.lines().toList();
    }
}
