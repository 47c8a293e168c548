package org.azekura.engine.volume;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The byte form of what a checkpoint says of cartridges and drives. */
final class MediaForm {

    private static final int POOL = 0;
    private static final int VOLUME = 1;
    private static final int CARTRIDGE = 2;
    private static final int GIVEN_UP = 3;
    private static final int ERRORS = 4;
    private static final int DRIVE = 5;
    private static final int ID = 16;
    private static final int MAX_TEXT = 1024;

    private MediaForm() {}

    static void write(MediaItem item, ByteOutput out) {
        switch (item) {
            case MediaItem.PoolMedia p -> {
                out.u8(POOL);
                out.text(p.name().value());
                out.flag(p.blank());
                out.flag(p.scratch());
                out.uint(p.keep_s());
                out.uint(p.repack());
                out.uint(p.cutAfter_s());
                out.uint(p.cutSize());
                out.uint(p.reserve());
                out.uint(p.setAfter_s());
                out.uint(p.setSize());
                out.flag(p.sealed());
                out.uint(p.errorFactor());
                out.sint(p.spool());
            }
            case MediaItem.KnownVolume v -> {
                out.u8(VOLUME);
                out.raw(v.id().bytes());
                out.flag(v.locked());
                out.flag(v.suspect());
                out.flag(v.accepted());
                out.text(v.why());
                out.text(v.location());
                Parts.write(v.labelled(), out);
                Parts.write(v.written(), out);
                out.uint(v.errors());
            }
            case MediaItem.KnownCartridge c -> {
                out.u8(CARTRIDGE);
                out.text(c.barcode());
                out.uint(c.mounts());
                out.time(c.seen());
                out.sint(c.loads());
                out.sint(c.written());
                out.sint(c.read());
                out.sint(c.uncorrected());
            }
            case MediaItem.GivenUp g -> {
                out.u8(GIVEN_UP);
                out.raw(g.volume().bytes());
                out.text(g.label());
                out.text(g.barcode());
                out.time(g.since());
                out.text(g.why());
            }
            case MediaItem.PairErrors e -> {
                out.u8(ERRORS);
                out.text(e.drive());
                out.text(e.barcode());
                out.uint(e.errors());
                out.time(e.last());
                out.text(e.what());
            }
            case MediaItem.KnownDrive d -> {
                out.u8(DRIVE);
                out.text(d.drive());
                out.flag(d.down());
                out.text(d.why());
                out.time(d.since());
            }
        }
    }

    /** @throws IllegalArgumentException if the parts do not make one */
    static MediaItem read(ByteInput in) throws BackupException {
        int kind = in.u8("kind of what is known of media");
        return switch (kind) {
            case POOL -> new MediaItem.PoolMedia(new PoolName(in.text(Parts.MAX_NAME, "pool")), in.flag("blank"), in.flag("scratch"), in.uint(Long.MAX_VALUE, "keep"),
                    (int) in.uint(100, "repack"), in.uint(Long.MAX_VALUE, "cut after"), in.uint(Long.MAX_VALUE, "cut size"), number(in, "reserve"),
                    in.uint(Long.MAX_VALUE, "set after"), in.uint(Long.MAX_VALUE, "set size"), in.flag("sealed"), number(in, "error factor"), in.sint("spool"));
            case VOLUME -> new MediaItem.KnownVolume(id(in), in.flag("locked"), in.flag("suspect"), in.flag("accepted"), in.text(MAX_TEXT, "why"),
                    in.text(MAX_TEXT, "location"), Parts.time(in, "labelled"), Parts.time(in, "written"), number(in, "errors"));
            case CARTRIDGE -> new MediaItem.KnownCartridge(in.text(MAX_TEXT, "barcode"), number(in, "mounts"), in.time("seen"), in.sint("loads"), in.sint("written"),
                    in.sint("read"), in.sint("errors"));
            case GIVEN_UP -> new MediaItem.GivenUp(id(in), in.text(MAX_TEXT, "label"), in.text(MAX_TEXT, "barcode"), in.time("since"), in.text(MAX_TEXT, "why"));
            case ERRORS -> new MediaItem.PairErrors(in.text(MAX_TEXT, "drive"), in.text(MAX_TEXT, "barcode"), number(in, "errors"), in.time("last"),
                    in.text(MAX_TEXT, "what"));
            case DRIVE -> new MediaItem.KnownDrive(in.text(MAX_TEXT, "drive"), in.flag("down"), in.text(MAX_TEXT, "why"), in.time("since"));
            default -> throw in.corrupt("what is known of media, of kind " + kind + ", expected 0 to " + DRIVE);
        };
    }

    private static VolumeId id(ByteInput in) throws BackupException {
        return VolumeId.read(ByteBuffer.wrap(in.raw(ID, "id")));
    }

    private static int number(ByteInput in, String what) throws BackupException {
        return (int) in.uint(Integer.MAX_VALUE, what);
    }
}
