package org.azekura.driver.tape;

import java.util.List;
import java.util.stream.Stream;
import org.azekura.driver.tape.iscsi.IscsiTargets;
import org.azekura.driver.tape.replay.ReplayTargets;
import org.azekura.testkit.fuzz.Target;

/** All that reads what others have written. */
final class TapeTargets {

    private TapeTargets() {}

    static List<Target> all() {
        return Stream.of(IscsiTargets.all(), ReplayTargets.all(), AnswerTargets.all()).flatMap(List::stream).toList();
    }
}
