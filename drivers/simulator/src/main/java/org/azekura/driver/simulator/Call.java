package org.azekura.driver.simulator;

import java.util.Locale;

/** What can be asked of a drive or a changer and may go wrong. Its name in small letters is its name in a script. */
enum Call {
    LOAD, UNLOAD, WRITE, FILEMARKS, READ, LOCATE, SPACE, POSITION, ERASE,
    MOVE, INVENTORY, INITIALISE;

    boolean isOfChanger() {
        return compareTo(MOVE) >= 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
