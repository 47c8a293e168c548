package org.azekura.server.firmware;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.azekura.api.BackupException;

/**
 * The updater, by its own program, as its manual has people use it.
 *
 * @param settings its file
 * @param bus      as {@link Places}
 */
record Rauc(Path settings, Map<String, String> bus) {

    /** It reads a signature, or asks its service. */
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Behind the last line that it says. */
    private static final Duration END = Duration.ofMinutes(1);
    private static final String WHY = "LastError: ";
    private static final String BUSY = "already processing";
    private static final String NO_FORM = "Invalid bundle format";

    static BackupException refused(String why) {
        return BackupException.operator("firmware.refused", "", "the update is refused: " + why);
    }

    static BackupException invalid(String why) {
        return BackupException.operator("firmware.invalid", "", "no update at all: " + why);
    }

    /**
     * What a file says of itself if its signature is of somebody whom this appliance trusts, and if every block of it is signed.
     *
     * @throws BackupException {@code firmware.invalid}, {@code firmware.refused}
     */
    Content look(Path file) throws BackupException {
        Program.Said said = call("info", "--output-format=shell", file.toString());
        if (!said.went()) {
            throw said.wrong().startsWith(NO_FORM) ? invalid(said.wrong()) : refused(said.wrong());
        }
        Variables manifest = Variables.of(said.out());
        Blocks.requireWhole(file, call("info", file.toString()).out());
        return Content.of(manifest.get("MF_COMPATIBLE"), manifest.get("MF_VERSION"), manifest.get("MF_DESCRIPTION"));
    }

    /** This machine and its slots as the service tells of them. */
    Variables status() throws BackupException {
        Program.Said said = call("status", "--detailed", "--output-format=shell");
        if (!said.went()) {
            throw BackupException.device("firmware.updater", "", "the updater does not say how the slots are: " + said.wrong(), null);
        }
        return Variables.of(said.out());
    }

    /** Whether the service writes, for whomever. One that can't be asked does not. */
    boolean writes() {
        try {
            return call("status", "--detailed").wrong().contains(BUSY);
        } catch (BackupException e) {
            return false;
        }
    }

    /**
     * Has the service write an update.
     *
     * @param running told of the program that waits for it
     * @return why it did not; empty if it did
     */
    String install(Path file, Consumer<Process> running, Consumer<String> line) throws BackupException {
        Program.Said said = Program.follow(END, command("install", file.toString()), bus, running, line);
        return said.went() ? "" : said.out().lines().filter(one -> one.startsWith(WHY)).map(one -> one.substring(WHY.length())).findFirst()
                .orElse(said.wrong().isEmpty() ? "the updater ended with " + said.exit() : said.wrong());
    }

    private Program.Said call(String... words) throws BackupException {
        return Program.call(LIMIT, command(words), bus);
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("rauc", "-c", settings.toString()));
        command.addAll(List.of(words));
        return command;
    }
}
