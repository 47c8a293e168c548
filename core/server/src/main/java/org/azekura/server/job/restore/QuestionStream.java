package org.azekura.server.job.restore;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.message.RestoreAnswer;
import org.azekura.api.message.RestoreQuestion;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.server.job.client.ClientOutcome;
import org.azekura.server.job.run.Ending;
import org.azekura.server.job.run.Orders;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a restore's client asks beside its batches, answered on a thread of its own until this is closed, or the client closes it: one that is older does so at once. */
public final class QuestionStream implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(QuestionStream.class);

    private final JobId job;
    private final Stream stream;
    private final ClientOutcome outcome;
    private final Answers answers;
    private final Thread thread;

    /** Answers one question after the other. */
    @FunctionalInterface
    public interface Answers {

        /** @throws BackupException if the client asks what it may not: its job ends with that */
        RestoreAnswer to(RestoreQuestion question) throws BackupException;
    }

    private QuestionStream(JobId job, Stream stream, ClientOutcome outcome, Answers answers) {
        this.job = job;
        this.stream = stream;
        this.outcome = outcome;
        this.answers = answers;
        this.thread = Thread.ofVirtual().name("job-" + job + "-questions").start(this::run);
    }

    /** Before the batches are sent. @param stream to the client, nothing has been sent on it */
    public static QuestionStream open(Stream stream, JobId job, ClientOutcome outcome, Answers answers) throws BackupException {
        try {
            stream.send(MessageCodec.encode(new StreamOpening.RestoreQuestions(job)), Orders.PROMPT);
        } catch (BackupException e) {
            stream.close();
            throw e;
        }
        return new QuestionStream(job, stream, outcome, answers);
    }

    private void run() {
        try {
            for (RestoreQuestion question = next(); question != null; question = next()) {
                outcome.heard();
                RestoreAnswer answer = answer(question);
                outcome.heard();
                stream.send(MessageCodec.encode(answer), Orders.PROMPT);
            }
        } catch (BackupException e) {
            log.debug("job={} no more questions: {}", job, e.getMessage());
        } finally {
            stream.close();
        }
    }

    private RestoreAnswer answer(RestoreQuestion question) throws BackupException {
        try {
            return answers.to(question);
        } catch (BackupException e) {
            outcome.failed(e);
            throw e;
        } catch (RuntimeException e) {
            BackupException bug = BackupException.bug("a question of job " + job, e);
            outcome.failed(bug);
            throw bug;
        }
    }

    /** Null behind the last. */
    private RestoreQuestion next() throws BackupException {
        while (true) {
            try {
                ByteBuffer frame = stream.receive(Orders.READ);
                return frame == null ? null : MessageCodec.decode(frame, RestoreQuestion.class);
            } catch (BackupException e) {
                if (!e.failure().code().equals("transport.timeout")) {
                    throw e;
                }
            }
        }
    }

    /** Nothing is being answered afterwards. */
    @Override
    public void close() {
        stream.close();
        thread.interrupt();
        Ending.await(thread);
    }
}
