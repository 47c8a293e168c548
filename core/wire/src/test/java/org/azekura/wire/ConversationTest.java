package org.azekura.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.transport.Connection;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(300)
class ConversationTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Message QUESTION = new PoolOrder.ClosePool(new PoolName("p"));

    private final LocalTransport transport = new LocalTransport();
    private Connection rawServer;
    private Conversation client;

    private Conversation connect(Conversation.Listener server, Conversation.Listener client) throws Exception {
        dial(client);
        return new Conversation(rawServer, server).start();
    }

    private void dial(Conversation.Listener listener) throws Exception {
        SynchronousQueue<Connection> accepted = new SynchronousQueue<>();
        transport.listen("server", "server/s", connection -> {
            try {
                accepted.put(connection);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        client = new Conversation(transport.dial("server", "client/c", LONG), listener).start();
        rawServer = accepted.take();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static BackupException failsWith(String code, Executable call) {
        BackupException e = assertThrows(BackupException.class, call);
        assertEquals(code, e.failure().code());
        return e;
    }

    @Test
    void asksAreAnsweredBothWays() throws Exception {
        Conversation server = connect(m -> new ChunkAnswer.Flushed(((NodeRequest.FlushJob) m).job().value()), m -> new Answer.Done());
        assertEquals(7, client.ask(new NodeRequest.FlushJob(new JobId(7)), ChunkAnswer.Flushed.class, LONG).stored());
        server.ask(QUESTION, Answer.Done.class, LONG);
        assertEquals("client/c", server.connection().peer());
    }

    @Test
    void anAskDoesNotWaitForTheOneBefore() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        connect(m -> {
            if (m instanceof NodeRequest.FlushJob) {
                later.countDown();
            } else {
                assertTrue(await(later));
            }
            return new Answer.Done();
        }, m -> null);
        CompletableFuture<Answer> first = client.askAsync(QUESTION, LONG);
        client.ask(new NodeRequest.FlushJob(new JobId(7)), Answer.Done.class, LONG);
        assertInstanceOf(Answer.Done.class, Conversation.await(first));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aListenerMayAskBackBeforeItAnswers() throws Exception {
        Conversation[] server = new Conversation[1];
        server[0] = connect(m -> server[0].ask(QUESTION, Answer.Done.class, LONG), m -> new Answer.Done());
        client.ask(QUESTION, Answer.Done.class, LONG);
    }

    @Test
    void whatIsToldComesInOrder() throws Exception {
        List<Long> heard = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(500);
        connect(m -> {
            heard.add(((ClientReport.Progress) m).files());
            all.countDown();
            return null;
        }, m -> null);
        List<Long> told = new ArrayList<>();
        for (long i = 0; i < 500; i++) {
            client.tell(new ClientReport.Progress(new JobId(1), i, 0, 0));
            told.add(i);
        }
        assertTrue(await(all));
        assertEquals(told, heard);
    }

    @Test
    void failuresArriveWithCodeKindAndMessage() throws Exception {
        connect(m -> {
            throw BackupException.operator("pool.unknown", "p", "there is no pool p");
        }, m -> null);
        BackupException e = failsWith("pool.unknown", () -> client.ask(QUESTION, Answer.Done.class, LONG));
        assertEquals(new Failure("pool.unknown", Failure.Kind.OPERATOR, false, "p", "there is no pool p"), e.failure());
        ExecutionException async = assertThrows(ExecutionException.class, () -> client.askAsync(QUESTION, LONG).get());
        assertInstanceOf(BackupException.class, async.getCause());
    }

    @Test
    void aListenerThatBreaksAnswersABug() throws Exception {
        connect(m -> {
            throw new IllegalStateException("oops");
        }, m -> null);
        BackupException e = failsWith("bug", () -> client.ask(QUESTION, Answer.Done.class, LONG));
        assertEquals(Failure.Kind.BUG, e.failure().kind());
        assertTrue(e.getMessage().contains("oops"));
    }

    @Test
    void anAskThatNobodyAnswersIsABug() throws Exception {
        connect(m -> null, m -> null);
        failsWith("bug", () -> client.ask(QUESTION, Answer.Done.class, LONG));
    }

    @Test
    void asksEndInTimeAndNameWhatWasAsked() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        connect(m -> {
            await(end);
            return new Answer.Done();
        }, m -> null);
        BackupException e = failsWith("transport.timeout", () -> client.ask(QUESTION, Answer.Done.class, Duration.ofMillis(20)));
        assertTrue(e.getMessage().contains("NodeOrder.ClosePool"), e.getMessage());
        end.countDown();
        client.ask(QUESTION, Answer.Done.class, LONG);
    }

    @Test
    void anAnswerOfAnotherTypeIsUnexpected() throws Exception {
        connect(m -> new Answer.Done(), m -> null);
        failsWith("message.unexpected", () -> client.ask(QUESTION, ChunkAnswer.Flushed.class, LONG));
    }

    @Test
    void openAsksFailWhenTheOtherSideGoes() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Conversation server = connect(m -> {
            asked.countDown();
            await(end);
            return new Answer.Done();
        }, m -> null);
        CompletableFuture<Answer> answer = client.askAsync(QUESTION, LONG);
        assertTrue(await(asked));
        server.close();
        failsWith("transport.closed", () -> Conversation.await(answer));
        client.ended().get(120, TimeUnit.SECONDS);
        failsWith("transport.closed", () -> client.ask(QUESTION, Answer.Done.class, LONG));
        failsWith("transport.closed", () -> client.tell(QUESTION));
        end.countDown();
    }

    @Test
    void garbageEndsTheConversation() throws Exception {
        dial(m -> new Answer.Done());
        rawServer.control().send(ByteBuffer.wrap(new byte[] {1, 2, 3}), LONG);
        client.ended().get(120, TimeUnit.SECONDS);
    }

    @Test
    void anAskThatIsNotUnderstoodIsRefusedAndTheConversationGoesOn() throws Exception {
        dial(m -> new Answer.Done());
        byte[] unknown = Cbor.encode(5, gen -> {
            gen.writeNumber(Cbor.VERSION);
            gen.writeNumber(1);
            gen.writeNumber(77);
            gen.writeString("NodeOrder.FromTheFuture");
        }, new Answer.Done());
        rawServer.control().send(ByteBuffer.wrap(unknown), LONG);
        Envelope refusal = Envelope.decode(rawServer.control().receive(LONG));
        assertEquals(Envelope.Kind.FAILURE, refusal.kind());
        assertEquals(77, refusal.number());
        assertEquals("message.corrupt", ((Failure) refusal.body()).code());
        rawServer.control().send(Envelope.encode(Envelope.Kind.ASK, 78, QUESTION), LONG);
        assertEquals(new Envelope(Envelope.Kind.ANSWER, 78, new Answer.Done(), null), Envelope.decode(rawServer.control().receive(LONG)));
    }

    @Test
    void moreAsksThanTheBoundAreRefused() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        connect(m -> {
            await(end);
            return new Answer.Done();
        }, m -> null);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < Incoming.MAX_OPEN; i++) {
            answers.add(client.askAsync(QUESTION, LONG));
        }
        failsWith("message.busy", () -> client.ask(QUESTION, Answer.Done.class, LONG));
        end.countDown();
        for (CompletableFuture<Answer> answer : answers) {
            Conversation.await(answer);
        }
        client.ask(QUESTION, Answer.Done.class, LONG);
    }

    @Test
    void aMessageLargerThanAFrameIsRefusedBeforeItIsSent() throws Exception {
        connect(m -> new Answer.Done(), m -> null);
        Message large = new PoolOrder.StoreManifest(new JobId(1), new PoolName("p"), new org.azekura.api.SnapshotId(1, 1), new byte[6 << 20]);
        assertThrows(IllegalArgumentException.class, () -> client.askAsync(large, LONG));
        client.ask(QUESTION, Answer.Done.class, LONG);
    }

    @Test
    void anAnswerLargerThanAFrameIsABugNotASilence() throws Exception {
        connect(m -> new ChunkAnswer.Known(new byte[6 << 20]), m -> null);
        failsWith("bug", () -> client.ask(QUESTION, ChunkAnswer.Known.class, LONG));
    }
}
