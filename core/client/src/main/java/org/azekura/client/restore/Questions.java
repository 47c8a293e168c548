package org.azekura.client.restore;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.message.RestoreAnswer;
import org.azekura.api.message.RestoreQuestion;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.Breaker;
import org.azekura.wire.MessageCodec;

/** What a restore asks its server, one question after the other. One thread but for {@link #accept}. */
final class Questions {

    /** The server opens its stream before that of the batches; one that is older never does. */
    static final Duration STREAM_TIME = Duration.ofSeconds(3);
    /** A volume may have to be loaded for the answer. */
    private static final Duration ANSWER_TIME = Duration.ofMinutes(15);

    private final Breaker breaker;
    private final Duration patience;
    private volatile Stream server;
    private boolean mute;

    /** @param patience how long the server's stream is waited for */
    Questions(Breaker breaker, Duration patience) {
        this.breaker = breaker;
        this.patience = patience;
    }

    /** The stream on which the server is asked, behind its opening. */
    void accept(Stream stream) {
        breaker.onTrip(stream::close);
        server = stream;
        breaker.signal();
    }

    /** Whether the server answers any. */
    boolean areTaken() throws BackupException {
        if (server == null && !mute) {
            try {
                breaker.await(() -> server != null, "the server's stream for questions", patience);
            } catch (BackupException e) {
                breaker.check();
                mute = true;
            }
        }
        return !mute;
    }

    RestoreAnswer ask(RestoreQuestion question) throws BackupException {
        server.send(MessageCodec.encode(question), ANSWER_TIME);
        var frame = server.receive(ANSWER_TIME);
        if (frame == null) {
            throw BackupException.network("transport.closed", "", "the server answers no more questions of this restore", null);
        }
        return MessageCodec.decode(frame, RestoreAnswer.class);
    }

    static BackupException unexpected(RestoreAnswer answer) {
        return new BackupException(new Failure("message.unexpected", Failure.Kind.BUG, false, "", "the server answered a question of a restore with "
                + answer.getClass().getSimpleName()));
    }
}
