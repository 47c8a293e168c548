package org.azekura.server.firmware;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.driver.DriverInstaller.Unserved;
import org.azekura.api.server.Firmware.Stage;
import org.azekura.api.server.Firmware.Update;

/** How an update changes from one moment to the next. */
final class Installing {

    private static final Pattern STEP = Pattern.compile("\\s*([0-9]{1,3})% (.+?)(?: done\\.)?");

    private Installing() {}

    static Update begun(Update update) {
        return with(update, Stage.INSTALLING, 0, "", "");
    }

    /** Behind a line that the updater said. */
    static Update told(Update update, String line) {
        Matcher step = STEP.matcher(line);
        return step.matches() ? with(update, Stage.INSTALLING, Math.min(100, Integer.parseInt(step.group(1))), step.group(2), "") : update;
    }

    /** @param problem empty if there is none */
    static Update ended(Update update, String problem) {
        return problem.isEmpty() ? with(update, Stage.INSTALLED, 100, "", "") : with(update, Stage.FAILED, 0, "", problem);
    }

    /** The same, of which other drivers are known that it does not serve. */
    static Update with(Update update, List<Unserved> drivers) {
        return new Update(update.id(), update.version(), update.bytes(), drivers, update.stage(), update.percent(), update.doing(), update.problem());
    }

    private static Update with(Update update, Stage stage, int percent, String doing, String problem) {
        return new Update(update.id(), update.version(), update.bytes(), update.drivers(), stage, percent, doing, problem);
    }
}
