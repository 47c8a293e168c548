package org.azekura.server.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.server.ApplianceDisks.Disk;
import org.azekura.api.server.ApplianceDisks.DiskSet;
import org.azekura.api.server.ApplianceDisks.State;
import org.azekura.server.disk.DiskLines.Listed;

/**
 * The file in which the system writes what disks say of their health.
 *
 * @param asked when they were; null if nobody has since the start
 */
record Checkups(Instant asked, List<Checkup> disks) {

    Checkups {
        disks = List.copyOf(disks);
    }

    /** @throws BackupException {@code disk.system} */
    static Checkups read(Path file) throws BackupException {
        try {
            Instant asked = Files.getLastModifiedTime(file).toInstant();
            return new Checkups(asked, DiskLines.checkups(Files.readAllLines(file)));
        } catch (NoSuchFileException e) {
            return new Checkups(null, List.of());
        } catch (IOException e) {
            throw BackupException.device("disk.system", file.toString(), "cannot read what disks say of their health in " + file + ": " + e, e);
        }
    }

    /** Each disk once, with its set and its health, those last that were asked and that the system does not have. */
    State of(Listed listed) {
        Stream<Disk> there = listed.disks().stream().map(disk -> new Disk(disk.name(), disk.serial(), disk.model(), disk.bytes(), disk.holds(), disk.hindrance(),
                listed.sets().stream().filter(set -> set.disks().contains(disk.name())).map(DiskSet::name).findFirst().orElse(""),
                disks.stream().filter(checkup -> checkup.isOf(disk)).map(Checkup::health).findFirst().orElse(null)));
        Stream<Disk> others = disks.stream().filter(checkup -> listed.disks().stream().noneMatch(checkup::isOf)).map(Checkup::alone);
        return new State(asked, Stream.concat(there, others).toList(), listed.sets());
    }
}
