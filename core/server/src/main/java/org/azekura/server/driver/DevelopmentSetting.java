package org.azekura.server.driver;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.azekura.api.BackupException;
import org.azekura.api.server.Publishers.DevelopmentMode;

/** Development mode as the catalog keeps it; the form stands in the description of this package. */
final class DevelopmentSetting {

    static final String NAME = "driver.development";

    private DevelopmentSetting() {}

    static String text(DevelopmentMode mode) {
        return (mode.on() ? "on " : "off ") + mode.since() + " " + mode.by();
    }

    /** @throws BackupException {@code publisher.corrupt}: nobody can tell whether it is on, and it is not taken for on */
    static DevelopmentMode parse(String text) throws BackupException {
        String[] parts = text.split(" ", 3);
        boolean on = parts[0].equals("on");
        if (!on && !parts[0].equals("off") && !text.isEmpty()) {
            throw corrupt(text);
        }
        try {
            return parts.length < 3 ? new DevelopmentMode(on, null, "") : new DevelopmentMode(on, Instant.parse(parts[1]), parts[2]);
        } catch (DateTimeParseException e) {
            throw corrupt(text);
        }
    }

    private static BackupException corrupt(String text) {
        return BackupException.corrupt("publisher.corrupt", NAME, "the setting " + NAME + " in the catalog is \"on\" or \"off\", a time and who set it, not \"" + text
                + "\"; set it anew with \"azekura driver trust development off\"");
    }
}
