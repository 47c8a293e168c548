package org.azekura.server.job.restore;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.message.RestoreAnswer;
import org.azekura.api.message.RestoreQuestion;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.api.transport.Transport;
import org.azekura.server.job.client.ClientOutcome;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.MessageCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class QuestionStreamTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final JobId JOB = new JobId(1);
    private static final RestoreQuestion QUESTION = new RestoreQuestion.Elsewhere(List.of(new ChunkId(1, 2, 3, 4)), 0);

    private final ClientOutcome outcome = new ClientOutcome(new ClientName("web1"));
    private Transport.Listener listener;
    private Connection client;
    private Connection server;

    @BeforeEach
    void connect() throws Exception {
        LocalTransport transport = new LocalTransport();
        CompletableFuture<Connection> accepted = new CompletableFuture<>();
        listener = transport.listen("server", "server/s", accepted::complete);
        client = transport.dial(listener.address(), "client/web1", LONG);
        server = accepted.get(120, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
        listener.close();
    }

    private QuestionStream open(QuestionStream.Answers answers) throws BackupException {
        return QuestionStream.open(server.open(), JOB, outcome, answers);
    }

    private Stream accept() throws BackupException {
        Stream stream = client.accept(LONG);
        assertEquals(new StreamOpening.RestoreQuestions(JOB), MessageCodec.decode(stream.receive(LONG)));
        return stream;
    }

    @Test
    void answersOneQuestionAfterTheOther() throws Exception {
        try (QuestionStream _ = open(question -> question.equals(QUESTION) ? new RestoreAnswer.Nowhere() : new RestoreAnswer.Noted()); Stream stream = accept()) {
            stream.send(MessageCodec.encode(QUESTION), LONG);
            stream.send(MessageCodec.encode(new RestoreQuestion.Came(0, 1, 2)), LONG);
            assertEquals(new RestoreAnswer.Nowhere(), MessageCodec.decode(stream.receive(LONG)));
            assertEquals(new RestoreAnswer.Noted(), MessageCodec.decode(stream.receive(LONG)));
        }
    }

    @Test
    void aClientThatAsksWhatItMayNotGetsNothingMoreAndItsJobEnds() throws Exception {
        try (QuestionStream _ = open(question -> {
            throw BackupException.corrupt("chunk.unplanned", "web1", "no");
        }); Stream stream = accept()) {
            stream.send(MessageCodec.encode(QUESTION), LONG);
            assertRefused("chunk.unplanned", () -> outcome.await(LONG));
        }
    }

    /** An older client closes what it does not know. */
    @Test
    void aClientThatDoesNotTakeItHindersNothing() throws Exception {
        try (QuestionStream _ = open(question -> new RestoreAnswer.Nowhere())) {
            accept().close();
        }
        outcome.heard();
    }

    @Test
    void whatWaitsForAVolumeEndsWithTheStream() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        QuestionStream questions = open(question -> {
            waits.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw BackupException.network("transport.interrupted", "", "interrupted", e);
            }
            return new RestoreAnswer.Nowhere();
        });
        accept().send(MessageCodec.encode(QUESTION), LONG);
        waits.await();
        questions.close();
    }
}
