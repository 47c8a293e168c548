package org.azekura.storagenode.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.pack.SealedSession;
import org.azekura.storagenode.job.JobPacks;
import org.azekura.storagenode.job.Receipts;

/** Takes sealed chunks from a client. */
final class StoreStream {

    /** A client may be busy with files that have not changed for long; its connection tells whether it is alive. */
    private static final Duration NEXT = Duration.ofHours(24);

    private StoreStream() {}

    /** Until the client ends its sending; tells it meanwhile what is durable; then ends its own, so that it can know that everything was taken in. */
    static void run(JobPacks packs, StreamOpening.StoreChunks opening, Stream stream) throws BackupException {
        SealedSession session = session(opening);
        Receipts receipts = new Receipts(stream);
        for (ByteBuffer frame = stream.receive(NEXT); frame != null; frame = stream.receive(NEXT)) {
            packs.take(session, frame, receipts);
        }
        receipts.end();
    }

    private static SealedSession session(StreamOpening.StoreChunks opening) throws BackupException {
        try {
            return new SealedSession(opening.session(), opening.sealedKey());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw BackupException.corrupt("message.corrupt", opening.job().toString(), "session of job " + opening.job() + ": " + e.getMessage());
        }
    }
}
