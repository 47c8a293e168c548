package org.azekura.api.device;

/** What came of loading a cartridge. */
public sealed interface LoadResult {

    /** It can be read and, unless it says else, written. */
    record Ready(Drive.Cartridge cartridge) implements LoadResult {}

    /** It goes on; ask again. {@code why} is for people, like {@code calibrating}. */
    record Busy(String why) implements LoadResult {}

    /** There is no cartridge in the drive. */
    record Empty() implements LoadResult {}

    /** It was a cleaning cartridge; the drive is clean, or an {@link Alert} says why not. It is unloaded. */
    record Cleaned() implements LoadResult {}
}
