package org.azekura.extract;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.VolumeId;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.engine.volume.CheckpointReader;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.MediaItem;

/** What the newest sound checkpoint of one volume adds to what lies there. */
record Checkpoints(Volume volume, Notes notes) {

    /** A volume that a checkpoint names. {@code barcode}: null if it has none. */
    record Named(VolumeId id, String name, String barcode) {

        @Override
        public String toString() {
            return "cartridge " + (barcode == null ? "\"" + name + "\"" : barcode);
        }
    }

    /** Tells the volumes that it names. */
    void volumes(Consumer<Named> each) throws BackupException {
        read(item -> {
            if (item instanceof CheckpointItem.Volume v) {
                each.accept(new Named(v.id(), v.name(), v.barcode()));
            }
        });
    }

    void read(BiConsumer<SessionId, byte[]> session, Consumer<SnapshotId> deleted, List<KeyRing> rings) throws BackupException {
        read(item -> {
            switch (item) {
                case CheckpointItem.Head head -> rings.add(KeyRing.parse(head.keyRing()));
                case CheckpointItem.Session s -> session.accept(s.id(), s.sealedKey());
                case CheckpointItem.Deleted d -> deleted.accept(d.id());
                case CheckpointItem.Volume v -> {}
                case CheckpointItem.Client c -> {}
                case CheckpointItem.Pack p -> {}
                case CheckpointItem.Snapshot s -> {}
                case CheckpointItem.Verified v -> {}
                case ConfigurationItem c -> {}
                case MediaItem m -> {}
            }
        });
    }

    private void read(CheckpointReader.Visitor sink) throws BackupException {
        for (String name : volume.checkpoints()) {
            try (Medium.Blob blob = volume.medium().open(name)) {
                long[] at = {0};
                new CheckpointReader(into -> at[0] += fill(blob, at[0], into), "checkpoint " + volume.at(name)).read(sink);
                return;
            } catch (BackupException e) {
                notes.warn(e.getMessage() + "; an older one is looked for");
            }
        }
    }

    private static int fill(Medium.Blob blob, long from, ByteBuffer into) throws BackupException {
        int before = into.position();
        while (into.hasRemaining() && blob.read(from + into.position() - before, into) > 0) { }
        return into.position() - before;
    }
}
