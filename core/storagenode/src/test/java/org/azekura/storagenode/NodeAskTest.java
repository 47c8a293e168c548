package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.ChunkId;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.job.Gathering;
import org.azekura.wire.Conversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which of these do you have? Many at once, many times at once. */
@Timeout(300)
class NodeAskTest extends OnOneNode {

    @Test
    void questionsAreAnsweredSideBySideAlsoWhileTheDeviceIsHeldUp() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> stored = client.newChunks(200);
            client.store(stored, 100);
            store.fault((doing, key) -> {
                if (doing.equals("write")) {
                    writing.countDown();
                    assertTrue(await(answered), "the device is held up until all questions are answered");
                }
            });
            Stream stream = client.storeStream();
            stream.send(bench.frames.data(client.session, bench.frames.id(), 2 * Gathering.BYTES), NodeBench.LONG);
            assertTrue(await(writing));
            List<CompletableFuture<Answer>> questions = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                List<ChunkId> ids = new ArrayList<>(client.newChunks(10));
                ids.addAll(stored.subList(i, i + 10));
                questions.add(client.talk.askAsync(new NodeRequest.ChunksKnown(client.job, ids), NodeBench.LONG));
            }
            for (CompletableFuture<Answer> question : questions) {
                ChunkAnswer.Known known = (ChunkAnswer.Known) Conversation.await(question);
                for (int i = 0; i < 20; i++) {
                    assertEquals(i >= 10, known.test(i));
                }
            }
            answered.countDown();
            stream.endSending();
            client.flush();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
