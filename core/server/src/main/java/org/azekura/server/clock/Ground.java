package org.azekura.server.clock;

import java.util.List;

/** What the time of a run of the server rests on. */
sealed interface Ground {

    /** What the machine's clock said when there was nothing yet that could be kept; nobody has confirmed it. */
    record New() implements Ground {}

    /** Little time can have passed since the run before, by the machine's clock. It is not counted. */
    record Continued() implements Ground {}

    /** Time has passed since the run before, or the machine's clock was set, and nobody knows which. */
    record Frozen() implements Ground {}

    /** @param by whom: {@code ntp}, {@code admin}, or names like {@code client/web1} */
    record Confirmed(List<String> by) implements Ground {
        public Confirmed {
            by = List.copyOf(by);
        }
    }
}
