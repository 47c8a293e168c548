package org.azekura.server.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;

/**
 * What runs.
 *
 * @param slot    its name, like {@code A}
 * @param version of the image
 * @param good    the version that was good in a slot when it ran there last, by the slot's name; the first stage tells it. A slot that was written since has another one
 */
record Running(String slot, String version, Map<String, String> good) {

    private static final Pattern GOOD = Pattern.compile("([A-Z])_GOOD=(\\S+)");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** @throws BackupException {@code firmware.unsupported} if this machine does not run from an image */
    static Running of(Places places) throws BackupException {
        if (!Files.isRegularFile(places.slot()) || !Files.isRegularFile(places.updater())) {
            throw BackupException.operator("firmware.unsupported", "", "this appliance does not run from an image; update its Debian package with apt");
        }
        Map<String, String> good = lines(places.slot()).stream().map(GOOD::matcher).filter(Matcher::matches).collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
        return new Running(value(places.slot(), "SLOT"), value(places.release(), "IMAGE_VERSION"), good);
    }

    private static String value(Path file, String name) throws BackupException {
        return lines(file).stream().filter(line -> line.startsWith(name + "=")).map(line -> line.substring(name.length() + 1).replace("\"", "").strip())
                .filter(value -> !value.isEmpty()).findFirst()
                .orElseThrow(() -> BackupException.device("firmware.system", file.toString(), file + " has no " + name + "; the image is not whole", null));
    }

    private static List<String> lines(Path file) throws BackupException {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw BackupException.device("firmware.system", file.toString(), "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** By the very program that the updater asks before it writes: there is one rule. */
    void requireNoOlder(Places places, String version) throws BackupException {
        Program.Said said = Program.call(LIMIT, List.of(places.check().toString(), version), Map.of("AZEKURA_OS_RELEASE", places.release().toString()));
        if (!said.went()) {
            throw Rauc.refused(said.wrong());
        }
    }
}
