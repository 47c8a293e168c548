package org.azekura.server.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.api.server.AlertSource;
import org.azekura.api.server.DiskHealth;
import org.azekura.api.server.DiskHealth.Verdict;

/** Disks of this machine that need a look, where it runs from an image. A disk is known by its serial number: its name may be another's after a start. */
record HealthAlerts(DiskPlaces places, InstantSource clock) implements AlertSource {

    /** They are asked every half hour, unless they sleep. */
    private static final Duration SILENCE = Duration.ofDays(1);

    @Override
    public List<Alert> alerts() throws BackupException {
        if (!Files.isRegularFile(places.slot())) {
            return List.of();
        }
        Checkups checkups = Checkups.read(places.health());
        List<Alert> alerts = new ArrayList<>();
        checkups.disks().forEach(disk -> alerts.addAll(of(disk)));
        // The system writes the slot when it starts.
        Instant asked = checkups.asked() == null ? modified(places.slot()) : checkups.asked();
        if (asked.plus(SILENCE).isBefore(clock.instant())) {
            alerts.add(Alert.of("disk.unasked", Severity.WARNING, Subject.APPLIANCE, Map.of("since", asked.toString()),
                    "nobody has asked the disks of this machine for their health since " + asked + "; restart it, and look at the logs if that does not help"));
        }
        return alerts;
    }

    private static Instant modified(Path file) throws BackupException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw BackupException.device("disk.system", file.toString(), "cannot read " + file + ": " + e, e);
        }
    }

    static List<Alert> of(Checkup disk) {
        DiskHealth health = disk.health();
        List<Alert> alerts = new ArrayList<>();
        if (health.verdict() == Verdict.FAILING) {
            alerts.add(alert("disk.failing", Severity.ERROR, disk, Map.of(), "says that it is failing: replace it"));
        }
        if (health.erring()) {
            long pending = health.pending() == null ? 0 : health.pending();
            alerts.add(alert("disk.errors", Severity.WARNING, disk, Map.of("pending", Long.toString(pending), "grown", Long.toString(health.grown())),
                    "has " + pending + " sectors that can't be read, and has lost or replaced " + health.grown() + " within thirty days: have another one at hand"));
        }
        if (health.worn()) {
            String used = health.used() == null ? "" : health.used().toString();
            alerts.add(alert("disk.worn", Severity.WARNING, disk, Map.of("used", used),
                    health.spent() ? "has no spare blocks any more: replace it" : "has spent " + used + " % of its life: have another one at hand"));
        }
        if (health.hot()) {
            alerts.add(alert("disk.hot", Severity.WARNING, disk, Map.of("temperature", String.valueOf(health.temperature())),
                    "is hotter than it may be (" + health.temperature() + " °C): look at the fans"));
        }
        return alerts;
    }

    private static Alert alert(String code, Severity severity, Checkup disk, Map<String, String> more, String what) {
        Map<String, String> values = new HashMap<>(more);
        values.putAll(Map.of("disk", disk.health().device(), "model", disk.model(), "serial", disk.serial()));
        String who = "disk " + disk.health().device() + (disk.model().isEmpty() ? "" : " (" + disk.model() + (disk.serial().isEmpty() ? "" : ", serial number " + disk.serial()) + ")");
        return Alert.of(code, severity, Subject.of("disk", disk.serial().isEmpty() ? disk.health().device() : disk.serial()), values, who + " " + what);
    }
}
