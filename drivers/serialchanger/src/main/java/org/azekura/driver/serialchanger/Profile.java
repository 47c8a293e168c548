package org.azekura.driver.serialchanger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.serial.LineSettings;

/**
 * How a robot is spoken to, and what it has; as the package's description says.
 *
 * @param calibrate null if it has no such command
 * @param codes     what codes of failed commands mean, by code
 */
record Profile(String name, LineSettings line, Duration patience, List<String> ok, List<Failed> failed, Map<String, Meaning> codes, List<Group> groups, String identify,
        String calibrate, List<Move> moves) {

    /** @param code characters behind that are the code */
    record Failed(String text, int code) {}

    /** What a code means. */
    record Meaning(Kind kind, String text) {}

    enum Kind { EMPTY, TAKEN, HELD, JAM, HARDWARE }

    /**
     * Elements of one kind.
     *
     * @param number the robot's own of the first one
     * @param stack  they lie on each other, the first one lowest, and have one number
     */
    record Group(Range range, Element.Kind kind, int number, boolean stack) {

        int number(ElementAddress address) {
            return stack ? number : number + address.value() - range.first();
        }
    }

    record Move(Range from, Range to, List<Command> commands) {}

    Optional<Group> group(ElementAddress address) {
        return groups.stream().filter(group -> group.range().has(address)).findFirst();
    }

    Optional<Move> move(ElementAddress from, ElementAddress to) {
        return moves.stream().filter(move -> move.from().has(from) && move.to().has(to)).findFirst();
    }

    int drives() {
        return groups.stream().filter(group -> group.kind() == Element.Kind.DRIVE).mapToInt(group -> group.range().size()).sum();
    }
}
