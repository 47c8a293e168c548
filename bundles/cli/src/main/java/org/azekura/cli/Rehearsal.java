package org.azekura.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.cli.command.Patience;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Terminal;

/**
 * Runs the everyday commands once, so that Java can remember what they load ({@code -XX:AOTCacheOutput}): against an appliance made
 * up for it, because no real one shall see jobs that nobody ordered.
 */
public final class Rehearsal {

    private static final List<String> COMMANDS = List.of("status", "snapshot list", "job list", "backup /a", "restore 01a2 /a --to /b");

    private Rehearsal() {}

    /** Exits 1 if a command ends otherwise than it should. */
    public static void main(String[] args) throws IOException {
        Path home = Files.createTempDirectory("azekura");
        boolean right = true;
        try (MadeUpAppliance appliance = new MadeUpAppliance(home)) {
            for (String command : COMMANDS) {
                for (String form : List.of(command, command + " --json")) {
                    int exit = Azekura.run(root(appliance.home()), form.split(" "));
                    right &= exit == Exit.DONE || exit == Exit.WARNED;
                }
            }
        } finally {
            for (String made : List.of("run/socket", "run/url", "run", "token", "")) {
                Files.deleteIfExists(home.resolve(made));
            }
        }
        System.exit(right ? Exit.DONE : Exit.FAILED);
    }

    private static Root root(Path home) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Map<String, String> environment = new HashMap<>(System.getenv());
        // none that leads to a real appliance
        environment.keySet().removeIf(name -> name.startsWith("AZEKURA_"));
        environment.put("AZEKURA_HOME", home.toString());
        return new Root(new Terminal(Azekura.input(), nowhere, nowhere, Azekura.human()), environment, Patience.USUAL);
    }
}
