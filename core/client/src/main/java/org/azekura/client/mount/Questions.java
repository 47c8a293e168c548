package org.azekura.client.mount;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.message.MountAnswer;
import org.azekura.api.message.MountQuestion;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.Breaker;
import org.azekura.wire.MessageCodec;

/** What the server is asked, one question after the other. Safe for any number of threads. */
final class Questions {

    private static final Duration TIME = Duration.ofMinutes(2);

    private final Stream server;
    private final Breaker breaker;

    Questions(Stream server, Breaker breaker) {
        this.server = server;
        this.breaker = breaker;
    }

    /** @throws BackupException what the server could not do; or that it can't be asked, which ends the job */
    <A extends MountAnswer> A ask(MountQuestion question, Class<A> type) throws BackupException {
        MountAnswer answer = answer(question);
        if (answer instanceof MountAnswer.Failed(Failure failure)) {
            throw new BackupException(failure);
        }
        return type.cast(answer);
    }

    private synchronized MountAnswer answer(MountQuestion question) throws BackupException {
        try {
            server.send(MessageCodec.encode(question), TIME);
            var frame = server.receive(TIME);
            if (frame == null) {
                throw BackupException.network("transport.closed", "", "the server answers nothing more about this mount", null);
            }
            return MessageCodec.decode(frame, MountAnswer.class);
        } catch (BackupException e) {
            // whatever comes now would be taken for the answer to another question
            breaker.trip(e);
            throw e;
        }
    }
}
