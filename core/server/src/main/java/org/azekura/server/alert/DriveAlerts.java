package org.azekura.server.alert;

import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DriveHealth;

/** Drives that no job gets. One that is only to be cleaned is cleaned by itself. */
public final class DriveAlerts {

    private DriveAlerts() {}

    public static List<Alert> of(CatalogView view) throws BackupException {
        return view.driveHealth().stream().filter(drive -> drive.state() == DriveHealth.State.DOWN)
                .map(drive -> Alert.of("drive.down", Severity.ERROR, Alert.Subject.of("drive", drive.drive()), Map.of("drive", drive.drive(), "why", drive.why()),
                        "drive " + drive.drive() + " gets no job: " + drive.why() + "; look at it, and take it in again with \"azekura library drive\""))
                .toList();
    }
}
