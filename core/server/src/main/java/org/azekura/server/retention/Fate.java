package org.azekura.server.retention;

import java.util.List;

/**
 * Whether a snapshot stays.
 *
 * @param reasons why it does; without one it goes
 */
record Fate(Aged snapshot, List<Ground> reasons) {

    boolean expires() {
        return reasons.isEmpty();
    }
}
