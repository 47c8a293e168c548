package org.azekura.api.device;

/** What lay where the drive stood. */
public sealed interface ReadResult {

    /** A block of so many bytes, all of it in the buffer. The drive stands behind it. */
    record Block(int length) implements ReadResult {}

    /** A filemark. The drive stands behind it. */
    record Filemark() implements ReadResult {}

    /** There is nothing more on the cartridge; the drive stands there still. Sense key 8, whatever more it says. */
    record EndOfData() implements ReadResult {}

    /**
     * A block that is longer than the buffer. The drive stands behind it.
     *
     * @param length of the block in bytes, -1 if the drive did not say. Some drives cut in silence: only a length within the block is proof
     */
    record TooLong(long length) implements ReadResult {}
}
