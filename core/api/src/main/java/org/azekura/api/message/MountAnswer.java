package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.Failure;

/** What the server answers to a {@link MountQuestion}. */
public sealed interface MountAnswer extends Message {

    /**
     * Entries of the snapshot, without where their content lies.
     *
     * @param entries in the form of {@code org.azekura.engine.plan}, as its writer begins
     * @param facts   one for each, in order
     * @param more    whether more names come behind the last
     */
    record Entries(byte[] entries, List<Facts> facts, boolean more) implements MountAnswer {}

    /**
     * What an entry does not say itself.
     *
     * @param stored bytes of the file that are no hole
     * @param names  how many the file has in the snapshot
     */
    record Facts(long stored, int names) {}

    /**
     * Where a part of a file lies.
     *
     * @param part   one part of a plan with the extents from where it begins; none if the file ends before the place asked for. In the form of
     *               {@code org.azekura.engine.plan}
     * @param chunks   every chunk of the part with its key, in the order in which the node reads them best; one without a key can't be read there
     * @param archived those that lie in the archive of the device: they have no key, and may be elsewhere
     * @param why      what is said of one of those that is nowhere else; null if there are none
     */
    record Range(byte[] part, List<RestoreBatch.ChunkKey> chunks, List<ChunkId> archived, Failure why) implements MountAnswer {}

    /** It can't be told. */
    record Failed(Failure failure) implements MountAnswer {}
}
