package org.azekura.api.device;

/**
 * How far the drive went.
 *
 * @param passed how many of what was counted it went over, forwards or backwards; 0 or more
 */
public record SpaceResult(long passed, Stop stop) {

    /** Why it went no further. */
    public enum Stop {
        /** All that were asked for. */
        COUNT,
        /** There was a filemark where blocks were counted. It was passed as well, and is not counted. */
        FILEMARK,
        /** The data end here. */
        END_OF_DATA,
        /** The tape begins here. */
        BEGINNING
    }
}
