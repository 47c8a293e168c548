package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Element.Kind;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Verdict;

/**
 * Asks a changer what lies where: each type of element by itself, for one peer breaks when it is asked for all, and the first eight bytes before the
 * rest, for they say how long that is. One thread at a time.
 */
final class Elements {

    private static final int READ_ELEMENT_STATUS = 0xb8;
    private static final int WITH_TAGS = 0x10;
    private static final int WITH_NAMES = 1;
    /** At once: an answer stays below what any way carries. */
    private static final int MOST = 500;
    private static final int LONGEST = 1 << 20;

    private final SpcDevice device;
    private boolean tags = true;
    private boolean names = true;

    Elements(SpcDevice device) {
        this.device = device;
    }

    /** Whether the changer reads labels, as far as it was asked. */
    boolean hasTags() {
        return tags;
    }

    /** All elements of this kind in the range; what the changer tells beyond it is left out. */
    List<ElementStatus> all(Kind kind, ElementMap.Range range) throws BackupException {
        List<ElementStatus> all = new ArrayList<>();
        for (int first = range.first(); first < range.first() + range.count(); first += MOST) {
            ElementMap.Range part = new ElementMap.Range(first, Math.min(MOST, range.first() + range.count() - first));
            ask(kind, part).stream().filter(element -> part.has(element.address())).forEach(all::add);
        }
        return all;
    }

    private List<ElementStatus> ask(Kind kind, ElementMap.Range part) throws BackupException {
        while (true) {
            ByteBuffer head = ByteBuffer.allocate(ElementStatus.HEADER);
            Answer answer = device.ask(cdb(kind, part, head.capacity()), head);
            if (answer.isDone()) {
                int length = ElementStatus.length(Arrays.copyOf(head.array(), answer.length()));
                if (length > LONGEST) {
                    throw Trouble.device("device.io", device.location(), "the changer wants to tell " + length + " bytes of " + part.count() + " elements");
                }
                ByteBuffer data = ByteBuffer.allocate(Math.max(length, ElementStatus.HEADER));
                answer = device.ask(cdb(kind, part, data.capacity()), data);
                if (answer.isDone()) {
                    return ElementStatus.parse(Arrays.copyOf(data.array(), answer.length()), ElementMap.code(kind));
                }
            }
            giveUpSomething(answer, kind);
        }
    }

    /** Not every changer knows drives by name, or reads labels. */
    private void giveUpSomething(Answer answer, Kind kind) throws BackupException {
        if (answer.verdict() != Verdict.UNSUPPORTED || !names && !tags) {
            throw device.refused(answer, Doing.ASKING);
        }
        if (names && kind == Kind.DRIVE) {
            names = false;
        } else {
            tags = false;
        }
    }

    private Cdb cdb(Kind kind, ElementMap.Range part, int length) {
        return Cdb.of(12, READ_ELEMENT_STATUS, Direction.IN).with(1, (tags ? WITH_TAGS : 0) | ElementMap.code(kind)).with16(2, part.first())
                .with16(4, part.count()).with(6, names && kind == Kind.DRIVE ? WITH_NAMES : 0).with24(7, length);
    }
}
