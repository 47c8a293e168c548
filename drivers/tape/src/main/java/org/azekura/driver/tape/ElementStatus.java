package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;

/**
 * What a changer says of one element (SMC-3, READ ELEMENT STATUS). All lengths are those of the answer's own heads.
 *
 * @param accessible whether it says that the picker can get there
 * @param problem    empty if nothing is wrong
 * @param name       of the drive there, as {@link Inquiry#name} has it; empty if there is none, or it was cut off
 */
record ElementStatus(int address, Element.Content content, boolean accessible, Optional<ElementAddress> source, String problem, Optional<String> name) {

    /** Bytes of the head of the whole answer, which tells how long that is. */
    static final int HEADER = 8;

    private static final int PAGE_HEADER = 8;
    private static final int LEAST = 12;
    private static final int TAG = 36;
    private static final int TAG_TEXT = 32;
    private static final int PRIMARY_TAG = 0x80;
    private static final int ALTERNATE_TAG = 0x40;
    private static final int FULL = 1;
    private static final int EXCEPTION = 4;
    private static final int ACCESS = 8;
    private static final int HAS_SOURCE = 0x80;

    /** How many bytes the whole answer has, by its head. */
    static int length(byte[] header) {
        return header.length < HEADER ? 0 : HEADER + (ByteBuffer.wrap(header).getInt(4) & 0xffffff);
    }

    /** The elements of one type; what else the answer has is left out. */
    static List<ElementStatus> parse(byte[] bytes, int type) {
        List<ElementStatus> found = new ArrayList<>();
        int end = Math.min(bytes.length, length(bytes));
        for (int at = HEADER; at + PAGE_HEADER <= end;) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int descriptor = Short.toUnsignedInt(in.getShort(at + 2));
            int pageEnd = Math.min(end, at + PAGE_HEADER + (in.getInt(at + 4) & 0xffffff));
            if ((bytes[at] & 0xf) == type && descriptor >= LEAST) {
                // One peer forgets to count the head, so that its last descriptor is cut off: what came of it counts.
                for (int next = at + PAGE_HEADER; next + LEAST <= pageEnd; next += descriptor) {
                    found.add(one(ByteBuffer.wrap(bytes, next, Math.min(descriptor, pageEnd - next)).slice(), bytes[at + 1] & 0xff));
                }
            }
            at = pageEnd;
        }
        return found;
    }

    private static ElementStatus one(ByteBuffer in, int tags) {
        byte[] bytes = new byte[in.capacity()];
        in.get(0, bytes);
        int flags = bytes[2] & 0xff;
        boolean hasTag = (tags & PRIMARY_TAG) != 0 && bytes.length >= LEAST + TAG_TEXT;
        int behind = LEAST + (hasTag ? TAG : 0) + ((tags & ALTERNATE_TAG) != 0 ? TAG : 0);
        String problem = (flags & EXCEPTION) == 0 ? "" : "the changer says %02X/%02X".formatted(bytes[4], bytes[5]);
        Optional<ElementAddress> source = (bytes[9] & HAS_SOURCE) == 0 ? Optional.empty()
                : Optional.of(new ElementAddress(Short.toUnsignedInt(in.getShort(10))));
        return new ElementStatus(Short.toUnsignedInt(in.getShort(0)), content(flags, hasTag ? Inquiry.text(bytes, LEAST, LEAST + TAG_TEXT) : ""),
                (flags & ACCESS) != 0, source, problem, behind + 4 <= bytes.length ? Inquiry.name(bytes, behind) : Optional.empty());
    }

    private static Element.Content content(int flags, String tag) {
        if ((flags & FULL) == 0) {
            return (flags & EXCEPTION) == 0 ? new Element.Empty() : new Element.Unknown();
        }
        if (tag.isEmpty() || tag.contains("?")) {
            return new Element.Unnamed();
        }
        return new Element.Named(new Barcode(tag));
    }
}
