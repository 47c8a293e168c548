package org.azekura.storagenode.cartridge.set;

import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.VolumeId;
import org.azekura.storagenode.cartridge.note.Contents;

/**
 * That a volume is no member of its set any more, as a blob's name says it: {@code azekura-left/}, its number in 8 hexadecimal digits, a hyphen, its id. The
 * blob is empty; that of the first volume has the pool's label.
 */
record LeftMark(int number, VolumeId volume) {

    static final String PREFIX = "azekura-left/";
    private static final int DIGITS = 8;

    String key() {
        return PREFIX + HexFormat.of().toHexDigits(number) + "-" + volume;
    }

    /** Null if the key is not that of one. */
    static LeftMark of(String key) {
        try {
            int dash = PREFIX.length() + DIGITS;
            LeftMark mark = new LeftMark(HexFormat.fromHexDigits(key, PREFIX.length(), dash), VolumeId.parse(key.substring(dash + 1)));
            return mark.number > 0 && mark.key().equals(key) ? mark : null;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** All that stand on these cartridges, as far as it is known what lies there. */
    static Set<LeftMark> on(List<Tape> tapes) {
        Set<LeftMark> all = new LinkedHashSet<>();
        for (Tape tape : tapes) {
            Contents contents = tape.contents();
            if (contents != null) {
                contents.list(PREFIX, blob -> {
                    LeftMark mark = of(blob.key());
                    if (mark != null) {
                        all.add(mark);
                    }
                });
            }
        }
        return all;
    }

    /** Whether one of these says that this volume has left. */
    static boolean isOf(Set<LeftMark> marks, VolumeId volume) {
        return marks.stream().anyMatch(mark -> mark.volume.equals(volume));
    }
}
