package org.azekura.storagenode.cartridge.set;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.note.Note;
import org.azekura.storagenode.cartridge.note.Noted;
import org.azekura.storagenode.cartridge.volume.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes of the cartridges of a set that are not written any more, on each later one of it, as blobs {@code azekura-notes/} and the volume's id, and who they
 * are: who has lost them reads the last cartridge through, and loads no other. They are as good as those on the node's disk: lost, or not understood, they
 * cost that reading.
 *
 * @param notes folder of this node's notes
 */
record CarriedNotes(Path notes, Owners owners) {

    private static final String END = ".note";
    private static final String MEMBER = ".member";
    private static final long MOST = 1 << 30;
    private static final Logger LOG = LoggerFactory.getLogger(CarriedNotes.class);

    private Path file(VolumeId volume) {
        return notes.resolve(volume + END);
    }

    /** Writes those of the others on one that was labelled just before. That it can't is no reason not to go on. */
    void write(List<Tape> others, Tape fresh) {
        List<FileContent> open = new ArrayList<>();
        try {
            List<Waiting> all = new ArrayList<>();
            for (Tape other : others) {
                Volume volume = other.volume();
                all.add(new Waiting(Keys.CARRIED + volume.id() + MEMBER,
                        new Content.Bytes(new CarriedMember(volume.labelled(), volume.barcode(), Note.of(notes, volume.id()).isDamaged()).bytes())));
                Path file = file(other.volume().id());
                if (other.isClosed() && Files.exists(file)) {
                    open.add(FileContent.of(file));
                    all.add(new Waiting(Keys.CARRIED + other.volume().id(), open.getLast()));
                }
            }
            if (!all.isEmpty()) {
                writeAll(all, fresh);
            }
        } catch (IOException | BackupException e) {
            LOG.warn("{}: what lies on the cartridges before it is not noted on it: {}", fresh.where(), e.getMessage());
        } finally {
            open.forEach(FileContent::close);
        }
    }

    /** Whoever wants the drive in between gets it, and then it goes on. */
    private static void writeAll(List<Waiting> all, Tape fresh) throws IOException, BackupException {
        boolean more = true;
        while (more) {
            more = fresh.write(all, key -> false);
            fresh.volume().isAsFreshAsEver();
        }
        for (Waiting one : all) {
            one.result();
            if (!one.isDone()) {
                throw new IOException("there is no room for \"" + one.key() + "\" of " + one.size() + " bytes");
            }
        }
    }

    /**
     * Takes those that this node lacks, or has only as they were when their cartridges were written still; not of those that have left since. That it can't is
     * no reason not to go on.
     */
    void take(Tape from) {
        Set<LeftMark> left = LeftMark.on(List.of(from));
        List<String> keys = new ArrayList<>();
        if (from.contents() != null) {
            from.contents().list(Keys.CARRIED, blob -> keys.add(blob.key()));
        }
        for (String key : keys) {
            try {
                if (key.endsWith(MEMBER)) {
                    member(from, key, left);
                    continue;
                }
                VolumeId volume = VolumeId.parse(key.substring(Keys.CARRIED.length()));
                if (!volume.equals(from.volume().id()) && !LeftMark.isOf(left, volume) && !new Note(file(volume), volume).isClosed() && take(from, key, volume)) {
                    LOG.info("{} tells what lies on volume {}", from.where(), key.substring(Keys.CARRIED.length()));
                }
            } catch (IOException | BackupException | IllegalArgumentException e) {
                LOG.warn("{}: \"{}\" tells nothing, the cartridge is read: {}", from.where(), key, e.getMessage());
            }
        }
    }

    /** What this node has seen itself, it knows better. */
    private void member(Tape from, String key, Set<LeftMark> left) throws IOException, BackupException {
        Noted blob = from.contents().get(key);
        if (blob == null || blob.size() > CarriedMember.MOST) {
            throw new IOException("it can't be that long");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) blob.size());
        while (bytes.hasRemaining() && from.read(blob, bytes.position(), bytes) > 0) { }
        CarriedMember member = CarriedMember.parse(bytes.array());
        VolumeId volume = member.label().label().volume();
        if (LeftMark.isOf(left, member.label().label())) {
            return;
        }
        if (owners.label(volume) == null) {
            owners.remember(member.barcode().filter(barcode -> isFree(barcode, member.label().label())), member.label());
        }
        if (member.damaged()) {
            Note.of(notes, volume).damaged(true);
        }
    }

    /** Whether nothing is known to be on it, or what was there before: a cartridge is labelled anew when it has left its pool. */
    private boolean isFree(Barcode barcode, Label label) {
        CartridgeNotes.Owner owner = owners.owner(barcode).orElse(null);
        First.Labelled there = owner == null ? null : owners.label(owner.volume());
        return owner == null || there != null && there.label().made().isBefore(label.made());
    }

    /** Whether it says more than what is there. */
    private boolean take(Tape from, String key, VolumeId volume) throws IOException, BackupException {
        Noted blob = from.contents().get(key);
        if (blob == null || blob.size() > MOST) {
            throw new IOException("it can't be that long");
        }
        Note noted = new Note(file(volume), volume);
        return noted.take((at, piece) -> from.read(blob, at, piece), blob.size(), carried -> carried.isClosed() || carried.isSound() && !noted.isSound());
    }

    /**
     * Writes on the cartridge that is written what lies on it up to here, and has its memory say where. That it can't is no reason not to go on; of one on which
     * something could not be read it is not noted that this is so, and so nothing is.
     */
    void sumUp(Tape tape) {
        VolumeId volume = tape.volume().id();
        Path file = file(volume);
        if (!Files.exists(file) || tape.volume().isDoubtful() || tape.isClosed()) {
            return;
        }
        FileContent content = null;
        try {
            content = FileContent.of(file);
            Waiting note = new Waiting(Keys.CARRIED + volume, content);
            tape.sumUp(note);
            note.result();
        } catch (IOException | BackupException e) {
            LOG.warn("{}: what lies on it is not noted on it: {}", tape.where(), e.getMessage());
        } finally {
            if (content != null) {
                content.close();
            }
        }
    }

    /** What does not change any more. */
    private record FileContent(FileChannel file, long size) implements Content {

        static FileContent of(Path file) throws IOException {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new FileContent(channel, channel.size());
        }

        @Override
        public void read(long offset, ByteBuffer into) throws BackupException {
            try {
                for (long at = offset; into.hasRemaining();) {
                    int got = file.read(into, at);
                    if (got < 0) {
                        throw new IOException("it ends at " + at + ", expected " + size);
                    }
                    at += got;
                }
            } catch (IOException e) {
                throw BackupException.device("device.io", "note", "cannot read a note: " + e.getMessage(), e);
            }
        }

        void close() {
            try {
                file.close();
            } catch (IOException e) {
                LOG.debug("a note can't be closed: {}", e.toString());
            }
        }
    }
}
