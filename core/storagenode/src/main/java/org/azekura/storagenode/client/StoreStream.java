package org.azekura.storagenode.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.pack.SealedSession;
import org.azekura.engine.seal.SealedKey;
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
        requireOwn(session, packs.group());
        Receipts receipts = new Receipts(stream);
        for (ByteBuffer frame = stream.receive(NEXT); frame != null; frame = stream.receive(NEXT)) {
            packs.take(session, frame, receipts);
        }
        receipts.end();
    }

    /** A sealed key that says whose it is can't be another's: the node need not know the key for that. What says nothing, the server judges. */
    private static void requireOwn(SealedSession session, TrustGroup group) throws BackupException {
        SealedKey key;
        try {
            key = SealedKey.parse(session.sealedKey());
        } catch (BackupException e) {
            return;
        }
        boolean own = key.session().equals(session.session()) && (key.group() == null || key.group().equals(group));
        if (!own) {
            throw BackupException.operator("session.foreign", session.session().toString(), "session " + session.session()
                    + " came with the sealed key of session " + key.session() + " of trust group " + key.group() + "; the ticket is for " + group);
        }
    }

    private static SealedSession session(StreamOpening.StoreChunks opening) throws BackupException {
        try {
            return new SealedSession(opening.session(), opening.sealedKey());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw BackupException.corrupt("message.corrupt", opening.job().toString(), "session of job " + opening.job() + ": " + e.getMessage());
        }
    }
}
