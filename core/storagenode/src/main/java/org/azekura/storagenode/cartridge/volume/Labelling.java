package org.azekura.storagenode.cartridge.volume;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Position;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Held;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.drive.Bays;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.drive.Loaded;
import org.azekura.storagenode.cartridge.note.Contents;
import org.azekura.storagenode.cartridge.note.Noted;
import org.azekura.storagenode.cartridge.note.Tail;

/**
 * Makes a volume of a blank cartridge: the label, what was kept until there is one, and the deletion of a blob called as the label, which says that
 * all of that is there. Without it the labelling was cut off and begins anew. It counts only after it was read back.
 */
final class Labelling {

    private Labelling() {}

    /**
     * @param loaded blank, or with the label of an attempt that was cut off
     * @return what lies on it
     */
    static Contents write(Loaded loaded, First.Labelled label, Held held, Room room, String where) throws BackupException {
        Bay bay = loaded.bay();
        bay.moved();
        bay.drive().rewind();
        Position begin = bay.drive().position();
        if (!bay.drive().write(ByteBuffer.wrap(label.bytes())).isWritten() || !bay.drive().writeFilemarks(1, true).isWritten()) {
            throw Trouble.full(where, "there is no room for a label");
        }
        Contents contents = new Contents(Tail.ofLabel(begin, bay.drive().position()));
        bay.provenAt(contents.tail().end());
        Scan scan = new Scan(bay, label.label().volume(), label.bytes(), where);
        Append append = new Append(bay, label.label().volume(), scan, contents, key -> contents.get(key) != null, room, where);
        List<Waiting> all = new ArrayList<>();
        held.all().forEach((key, content) -> all.add(new Waiting(key, new Content.Bytes(content))));
        all.add(Waiting.mark(Keys.LABEL));
        append.write(all);
        append.done();
        if (all.stream().anyMatch(one -> !one.isDone())) {
            throw Trouble.full(where, "there is no room for what belongs to a label");
        }
        for (Waiting one : all) {
            one.result();
        }
        readBack(bay, label, scan, contents, append, where);
        contents.add(append.objects(), append.tail());
        return contents;
    }

    private static void readBack(Bay bay, First.Labelled label, Scan scan, Contents contents, Append append, String where) throws BackupException {
        List<Noted> found = new ArrayList<>();
        Tail end = null;
        if (Bays.isLabel(bay, label.bytes())) {
            end = scan.forward(contents.tail(), (objects, tail) -> found.addAll(objects));
        }
        if (!append.tail().equals(end) || found.size() != append.objects().size()) {
            throw BackupException.media("volume.label", where, where + ": the label of " + Label.BYTES + " bytes and what belongs to it were written,"
                    + " and not read back as they were; try another cartridge, or another drive", null);
        }
    }
}
