package org.azekura.server.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.api.server.AlertSource;
import org.azekura.api.server.ApplianceDisks.DiskSet;

/**
 * Disk sets that lack disks.
 *
 * @param sets written by the image each minute; missing where there is no image
 */
record SetAlerts(Path sets) implements AlertSource {

    @Override
    public List<Alert> alerts() throws BackupException {
        try {
            return DiskLines.listed(Files.readAllLines(sets)).sets().stream().flatMap(SetAlerts::alert).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | IllegalArgumentException e) {
            throw BackupException.device("disk.system", sets.toString(), "how the disk sets are can't be read: " + e.getMessage(), e);
        }
    }

    private static Stream<Alert> alert(DiskSet set) {
        String name = "disk set " + set.name();
        return switch (set.condition()) {
            case WHOLE, FOUND -> Stream.of();
            case DEGRADED -> alert("disk.set.degraded", Severity.WARNING, set, name + " (" + set.level() + ") works without " + set.lacks()
                    + " of its disks: put in another before the next one fails");
            case MISSING -> alert("disk.set.missing", Severity.ERROR, set, name + " is not there, and neither are the pools on it: look whether its disks (" + set.lacks()
                    + ") are connected and powered");
            case UNMOUNTED -> alert("disk.set.unmounted", Severity.ERROR, set, name + " can't be mounted, and the pools on it can't be used: its file system is broken, or a disk; the machine's log says more");
        };
    }

    private static Stream<Alert> alert(String code, Severity severity, DiskSet set, String text) {
        return Stream.of(Alert.of(code, severity, Subject.of("disk set", set.name()), Map.of("set", set.name(), "level", set.level(), "lacks", Integer.toString(set.lacks())), text));
    }
}
