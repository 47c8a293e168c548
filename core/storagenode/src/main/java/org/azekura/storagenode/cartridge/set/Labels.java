package org.azekura.storagenode.cartridge.set;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.note.NoteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The labels that this node has seen or is about to write: who belongs to a set is known without its cartridge. Thread-safe. */
final class Labels {

    private static final Logger LOG = LoggerFactory.getLogger(Labels.class);
    private static final String END = ".label";

    private final Path folder;
    private Map<VolumeId, First.Labelled> known;

    Labels(Path folder) {
        this.folder = folder;
    }

    private Map<VolumeId, First.Labelled> known() {
        if (known == null) {
            known = new HashMap<>();
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + END)) {
                    files.forEach(this::read);
                } catch (IOException e) {
                    LOG.warn("{} can't be read, labels are read anew: {}", folder, e.toString());
                }
            }
        }
        return known;
    }

    private void read(Path file) {
        try {
            byte[] bytes = Files.size(file) == Label.BYTES ? Files.readAllBytes(file) : new byte[0];
            Label label = Label.parse(bytes);
            known.put(label.volume(), new First.Labelled(label, bytes));
        } catch (IOException | BackupException e) {
            LOG.warn("{} says nothing: {}", file, e.getMessage());
        }
    }

    synchronized Optional<First.Labelled> get(VolumeId volume) {
        return Optional.ofNullable(known().get(volume));
    }

    /** Of a set, in order. */
    synchronized List<First.Labelled> of(VolumeId set) {
        return known().values().stream().filter(one -> one.label().set().equals(set))
                .sorted(Comparator.comparingInt((First.Labelled one) -> one.label().number()).thenComparing(one -> one.label().made())).toList();
    }

    /** Durable at return, if it can be written. */
    synchronized void keep(First.Labelled label) {
        First.Labelled before = known().put(label.label().volume(), label);
        if (before == null || !before.label().equals(label.label())) {
            try {
                Files.createDirectories(folder);
                NoteFile.replace(folder.resolve(label.label().volume() + END), label.bytes());
            } catch (IOException e) {
                LOG.warn("the label of {} can't be kept, it is read again: {}", label, e.toString());
            }
        }
    }

    synchronized void remove(VolumeId volume) {
        known().remove(volume);
        try {
            Files.deleteIfExists(folder.resolve(volume + END));
        } catch (IOException e) {
            LOG.warn("the label of volume {} can't be removed: {}", volume, e.toString());
        }
    }
}
