package org.azekura.extract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Library;

/**
 * Opens drives, gathers the cartridges of a pool, and lets go of all of that in the end.
 *
 * @param changer  null without a robot
 * @param chapFile with an account for iSCSI targets; empty: none
 * @param work     where what is learnt stays; null: nothing stays
 * @param keys     how drives open what they have sealed
 */
record TapeSource(Machine machine, String changer, List<String> drives, String chapFile, List<String> barcodes, Path work, Notes notes, DriveKeys keys) {

    /** What is done with the cartridges. */
    interface Work {
        int on(Medium cartridges) throws BackupException, IOException;
    }

    /** @param meant whose cartridges; null: the only pool's that has some here */
    int read(PoolName meant, Work what) throws BackupException, IOException {
        Path folder = work == null ? Files.createTempDirectory("azekura-extract") : Files.createDirectories(work.toAbsolutePath());
        Library library = machine.library(changer, drives, chapFile);
        try (Cartridges cartridges = new Cartridges(chosen(library), folder, machine.feeder(), keys)) {
            return what.on(new Gathering(cartridges, barcodes.stream().map(Barcode::new).toList(), meant, notes).gather());
        } finally {
            close(library);
            if (work == null) {
                delete(folder);
            }
        }
    }

    private Library chosen(Library library) {
        return barcodes.isEmpty() || library.changer().isEmpty() ? library
                : new ChosenCartridges(library, barcodes.stream().map(Barcode::new).toList());
    }

    private void close(Library library) {
        if (library instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                notes.detail("closing " + library.location() + ": " + e.getMessage());
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
