package org.azekura.server.budget;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.server.MonthlyUse;

/** Devices whose budget of the month is nearly used up, and those that have none left, which are told a second time. */
public final class BudgetAlerts {

    private static final int NEARLY = 80;
    private static final int WHOLE = 100;

    private BudgetAlerts() {}

    public static List<Alert> of(CatalogView view, Instant now) throws BackupException {
        List<Alert> alerts = new ArrayList<>();
        for (MonthlyUse use : UseBook.of(view, now)) {
            String device = "device " + use.device() + " of storage node " + use.node();
            if (use.percent() >= NEARLY) {
                alerts.add(alert("device.budget.near", Severity.WARNING, use, NEARLY, device + " has used " + use.percent() + " % of its budget for " + use.month() + " ("
                        + use.words(NEARLY) + ")"));
            }
            if (use.isSpent()) {
                alerts.add(alert("device.budget.spent", Severity.ERROR, use, WHOLE, device + " has used up its budget for " + use.month() + " (" + use.words(WHOLE)
                        + "): copies, heals and planned drills wait until " + use.until() + "; backups and restores go on; \"" + raising(use) + "\" raises it"));
            }
        }
        return alerts;
    }

    /** The command by which there is more. */
    public static String raising(MonthlyUse use) {
        return "azekura device budget " + use.device() + " --bytes|--requests|--money MORE";
    }

    private static Alert alert(String code, Severity severity, MonthlyUse use, int from, String text) {
        return Alert.of(code, severity, Alert.Subject.of("device", use.node() + "/" + use.device()), Map.of("device", use.device().value(), "node", use.node().value(),
                "month", use.month().toString(), "percent", Long.toString(use.percent()), "used", use.words(from), "until", use.until().toString()), text);
    }
}
