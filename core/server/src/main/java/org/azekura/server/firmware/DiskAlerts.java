package org.azekura.server.firmware;

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
import org.azekura.api.server.Firmware.Disks;
import org.azekura.api.server.HostDisk;
import org.azekura.api.server.HostDisk.Health;

/** Disks of this machine that need a look, where it runs from an image. A disk is known by its serial number: its name may be another's after a start. */
record DiskAlerts(Places places, InstantSource clock) implements AlertSource {

    /** They are asked every half hour, unless they sleep. */
    private static final Duration SILENCE = Duration.ofDays(1);

    @Override
    public List<Alert> alerts() throws BackupException {
        if (!Files.isRegularFile(places.slot())) {
            return List.of();
        }
        Disks disks = DiskLines.read(places.health());
        List<Alert> alerts = new ArrayList<>();
        disks.disks().forEach(disk -> alerts.addAll(of(disk)));
        // The system writes the slot when it starts.
        Instant asked = disks.asked() == null ? modified(places.slot()) : disks.asked();
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
            throw BackupException.device("firmware.system", file.toString(), "cannot read " + file + ": " + e, e);
        }
    }

    static List<Alert> of(HostDisk disk) {
        List<Alert> alerts = new ArrayList<>();
        if (disk.health() == Health.FAILING) {
            alerts.add(alert("disk.failing", Severity.ERROR, disk, Map.of(), "says that it is failing: replace it"));
        }
        if (disk.erring()) {
            long pending = disk.pending() == null ? 0 : disk.pending();
            alerts.add(alert("disk.errors", Severity.WARNING, disk, Map.of("pending", Long.toString(pending), "grown", Long.toString(disk.grown())),
                    "has " + pending + " sectors that can't be read, and has lost or replaced " + disk.grown() + " within thirty days: have another one at hand"));
        }
        if (disk.worn()) {
            String used = disk.used() == null ? "" : disk.used().toString();
            alerts.add(alert("disk.worn", Severity.WARNING, disk, Map.of("used", used),
                    disk.spent() ? "has no spare blocks any more: replace it" : "has spent " + used + " % of its life: have another one at hand"));
        }
        if (disk.hot()) {
            alerts.add(alert("disk.hot", Severity.WARNING, disk, Map.of("temperature", String.valueOf(disk.temperature())),
                    "is hotter than it may be (" + disk.temperature() + " °C): look at the fans"));
        }
        return alerts;
    }

    private static Alert alert(String code, Severity severity, HostDisk disk, Map<String, String> more, String what) {
        Map<String, String> values = new HashMap<>(more);
        values.putAll(Map.of("disk", disk.device(), "model", disk.model(), "serial", disk.serial()));
        String who = "disk " + disk.device() + (disk.model().isEmpty() ? "" : " (" + disk.model() + (disk.serial().isEmpty() ? "" : ", serial number " + disk.serial()) + ")");
        return Alert.of(code, severity, Subject.of("disk", disk.serial().isEmpty() ? disk.device() : disk.serial()), values, who + " " + what);
    }
}
