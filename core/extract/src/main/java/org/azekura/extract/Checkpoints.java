package org.azekura.extract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.engine.volume.CheckpointReader;
import org.azekura.engine.volume.ConfigurationItem;

/** What the newest sound checkpoint of one volume adds to what lies there. */
record Checkpoints(Volume volume, Notes notes) {

    void read(BiConsumer<SessionId, byte[]> session, Consumer<SnapshotId> deleted, List<KeyRing> rings) throws BackupException {
        for (Path file : volume.checkpoints()) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                new CheckpointReader(into -> fill(in, into, file), "checkpoint " + file).read(item -> {
                    switch (item) {
                        case CheckpointItem.Head head -> rings.add(KeyRing.parse(head.keyRing()));
                        case CheckpointItem.Session s -> session.accept(s.id(), s.sealedKey());
                        case CheckpointItem.Deleted d -> deleted.accept(d.id());
                        case CheckpointItem.Volume v -> {}
                        case CheckpointItem.Client c -> {}
                        case CheckpointItem.Pack p -> {}
                        case CheckpointItem.Snapshot s -> {}
                        case ConfigurationItem c -> {}
                    }
                });
                return;
            } catch (IOException e) {
                notes.warn(Volume.unreadable(file, e).getMessage());
            } catch (BackupException e) {
                notes.warn(e.getMessage() + "; an older one is looked for");
            }
        }
    }

    private static void fill(InputStream in, ByteBuffer into, Path file) throws BackupException {
        try {
            into.put(in.readNBytes(into.remaining()));
        } catch (IOException e) {
            throw Volume.unreadable(file, e);
        }
    }
}
