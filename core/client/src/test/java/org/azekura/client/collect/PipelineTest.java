package org.azekura.client.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Tally;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions to the node, answered when and in what order the test likes. */
@Timeout(300)
class PipelineTest {

    private static final KeyRing RING = KeyRing.create(List.of(Recipient.of("test", RecipientKey.generate())));

    private record Question(List<ChunkId> ids, CompletableFuture<boolean[]> answer) {

        void answer(boolean known) {
            boolean[] all = new boolean[ids.size()];
            Arrays.fill(all, known);
            answer.complete(all);
        }
    }

    private final BlockingQueue<Question> asked = new LinkedBlockingQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final List<ChunkId> sent = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore arrivals = new Semaphore(0);
    private final Outlet outlet = new Outlet() {
        @Override
        public CompletableFuture<boolean[]> known(List<ChunkId> chunks) {
            Question question = new Question(chunks, new CompletableFuture<>());
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
            CompletableFuture<boolean[]> answer = question.answer.whenComplete((known, failure) -> open.decrementAndGet());
            asked.add(question);
            return answer;
        }

        @Override
        public void toNode(ByteBuffer frame) throws BackupException {
            sent.add(Frame.parse(frame).header().id());
            arrivals.release();
        }

        @Override
        public void toServer(ByteBuffer frame) {
            throw new AssertionError("no pages here");
        }
    };
    private final Breaker breaker = new Breaker(new JobId(1));
    private final Safety safety = new Safety();
    private final ChunkNamer namer = new ChunkNamer(new byte[ChunkNamer.KEY_BYTES]);
    private final Sealer sealer = Sealer.open(RING.epoch(), RING.epochPublicKey());
    private final Pipeline pipeline = new Pipeline(breaker, namer, sealer, 1, outlet, safety, new Tally());

    @AfterEach
    void close() {
        pipeline.close();
        sealer.close();
    }

    private ChunkId hand(int content) throws BackupException {
        byte[] plain = ByteBuffer.allocate(64).putInt(content).array();
        pipeline.data(new ChunkName(), plain, plain.length);
        return namer.data(plain, 0, plain.length);
    }

    private Question next() throws InterruptedException {
        Question question = asked.poll(120, TimeUnit.SECONDS);
        assertTrue(question != null, "no question came");
        return question;
    }

    /** Hands one chunk on at a time, so that each is a question of its own. */
    private List<Question> ask(int count) throws Exception {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ChunkId id = hand(i);
            questions.add(next());
            assertEquals(List.of(id), questions.getLast().ids);
        }
        return questions;
    }

    @Test
    void theNextQuestionsDoNotWaitForAnAnswer() throws Exception {
        List<Question> questions = ask(Pipeline.OPEN_QUESTIONS);
        assertEquals(Pipeline.OPEN_QUESTIONS, open.get());
        questions.forEach(question -> question.answer(false));
        pipeline.drain();
        assertEquals(Pipeline.OPEN_QUESTIONS, sent.size());
    }

    @Test
    void noMoreAreOpenThanTheBoundAndWhatWaitsIsAskedTogether() throws Exception {
        List<Question> questions = ask(Pipeline.OPEN_QUESTIONS);
        int more = 500;
        for (int i = 0; i < more; i++) {
            hand(1000 + i);
        }
        assertNull(asked.poll(50, TimeUnit.MILLISECONDS));
        questions.getFirst().answer(true);
        int found = 0;
        int asks = 0;
        for (; found < more; asks++) {
            Question question = next();
            found += question.ids.size();
            question.answer(true);
        }
        assertTrue(asks < more / 4, () -> "many questions for " + more + " chunks");
        assertEquals(Pipeline.OPEN_QUESTIONS, mostOpen.get());
        questions.forEach(question -> question.answer(true));
        pipeline.drain();
        assertEquals(List.of(), sent);
    }

    @Test
    void answersMayComeInAnyOrderAndNothingIsSafeBeforeWhatCameFirst() throws Exception {
        List<Question> questions = ask(4);
        for (int i = 3; i > 0; i--) {
            questions.get(i).answer(i == 2);
        }
        assertTrue(arrivals.tryAcquire(2, 120, TimeUnit.SECONDS));
        safety.nodeHas(2);
        assertEquals(0, safety.safe());
        questions.getFirst().answer(false);
        pipeline.drain();
        assertEquals(0, safety.safe());
        safety.nodeHas(3);
        assertEquals(4, safety.safe());
    }

    @Test
    void theSameChunkIsAskedForOnceThoughTheFirstAnswerIsOut() throws Exception {
        List<Question> questions = ask(1);
        hand(0);
        hand(1);
        Question other = next();
        assertEquals(1, other.ids.size());
        other.answer(true);
        assertEquals(0, safety.safe());
        questions.getFirst().answer(false);
        pipeline.drain();
        assertEquals(1, sent.size());
        safety.nodeHas(1);
        assertEquals(3, safety.safe());
    }

    @Test
    void oneQuestionThatFailsEndsTheJobWithItsReason() throws Exception {
        List<Question> questions = ask(3);
        questions.get(1).answer.completeExceptionally(BackupException.network("transport.closed", "n", "the connection is closed", null));
        BackupException failure = assertThrows(BackupException.class, pipeline::drain);
        assertEquals("transport.closed", failure.failure().code());
        questions.get(0).answer(false);
        assertThrows(BackupException.class, () -> hand(7));
    }

    @Test
    void whateverTheOrderOfAnswersAllThatIsNewIsSentOnceAndTheBudgetIsWholeAgain() throws Exception {
        long seed = System.nanoTime();
        System.out.println("PipelineTest seed " + seed);
        Random random = new Random(seed);
        Thread answering = Thread.ofVirtual().start(() -> answerAtRandom(random));
        List<ChunkId> ids = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            ids.add(hand(i % 2500));
        }
        pipeline.drain();
        answering.interrupt();
        answering.join();
        assertEquals(ids.stream().distinct().count(), sent.size());
        assertEquals(sent.size(), sent.stream().distinct().count());
        assertTrue(mostOpen.get() <= Pipeline.OPEN_QUESTIONS);
        safety.nodeHas(sent.size());
        assertEquals(3000, safety.safe());
    }

    private void answerAtRandom(Random random) {
        List<Question> waiting = new ArrayList<>();
        try {
            while (true) {
                waiting.add(waiting.isEmpty() ? asked.take() : asked.poll(1, TimeUnit.MILLISECONDS));
                waiting.removeIf(question -> question == null);
                if (!waiting.isEmpty()) {
                    waiting.remove(random.nextInt(waiting.size())).answer(false);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
