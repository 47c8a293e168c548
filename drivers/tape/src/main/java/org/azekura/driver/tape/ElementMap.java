package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.device.Element.Kind;
import org.azekura.api.device.ElementAddress;

/** Which addresses a changer has for what (SMC-3, element address assignment page 1Dh). */
record ElementMap(Map<Kind, Range> ranges) {

    static final int PAGE = 0x1d;

    private static final int LENGTH = 18;

    /** Addresses that follow one another. */
    record Range(int first, int count) {

        boolean has(int address) {
            return address >= first && address < first + count;
        }
    }

    /** Empty if this is no such page, or its ranges have no picker or lie in one another. */
    static Optional<ElementMap> parse(byte[] page) {
        if (page.length < LENGTH) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(page);
        Map<Kind, Range> ranges = new EnumMap<>(Kind.class);
        int at = 2;
        for (Kind kind : new Kind[] {Kind.PICKER, Kind.SLOT, Kind.MAIL_SLOT, Kind.DRIVE}) {
            Range range = new Range(Short.toUnsignedInt(in.getShort(at)), Short.toUnsignedInt(in.getShort(at + 2)));
            if (range.first() + range.count() > 0x10000 || ranges.values().stream().anyMatch(other -> overlap(range, other))) {
                return Optional.empty();
            }
            ranges.put(kind, range);
            at += 4;
        }
        return ranges.get(Kind.PICKER).count() == 0 ? Optional.empty() : Optional.of(new ElementMap(ranges));
    }

    private static boolean overlap(Range one, Range other) {
        return one.count() > 0 && other.count() > 0 && one.first() < other.first() + other.count() && other.first() < one.first() + one.count();
    }

    Range range(Kind kind) {
        return ranges.get(kind);
    }

    /** The one that carries cartridges. */
    int picker() {
        return range(Kind.PICKER).first();
    }

    Optional<Kind> kind(ElementAddress address) {
        return ranges.entrySet().stream().filter(entry -> entry.getValue().has(address.value())).map(Map.Entry::getKey).findFirst();
    }

    /** The code that SMC-3 has for it. */
    static int code(Kind kind) {
        return switch (kind) {
            case PICKER -> 1;
            case SLOT -> 2;
            case MAIL_SLOT -> 3;
            case DRIVE -> 4;
        };
    }
}
