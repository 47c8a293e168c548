package org.azekura.api.message;

import org.azekura.api.RawPath;

/** What a client asks the server for a mount; one {@link MountAnswer} comes to each, in order. Paths are absolute, as saved. */
public sealed interface MountQuestion extends Message {

    /** What is at this path? Answer: {@link MountAnswer.Entries} with one, or with none if nothing is. Nobody asks for {@code /}. */
    record Look(RawPath path) implements MountQuestion {}

    /**
     * What is in this directory? Answer: {@link MountAnswer.Entries}.
     *
     * @param after only names behind this one; empty for all
     * @param limit how many at most, from 1
     */
    record ListNames(RawPath directory, byte[] after, int limit) implements MountQuestion {}

    /**
     * Where do these bytes of a file lie? Answer: {@link MountAnswer.Range}.
     *
     * @param from   in the file, in bytes
     * @param length of what is wanted; less may be told, more also
     */
    record FindRange(RawPath file, long from, long length) implements MountQuestion {}
}
