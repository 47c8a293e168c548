package org.azekura.server.job.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.SessionId;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.azekura.server.trees.TreeStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeIntakeTest {

    private static final int MOST = 10_000;

    @TempDir
    Path folder;

    /** Gives frames, then ends. */
    private static final class Frames implements Stream {

        private final Deque<ByteBuffer> frames;
        boolean ended;

        Frames(List<ByteBuffer> frames) {
            this.frames = new ArrayDeque<>(frames);
        }

        @Override
        public void send(ByteBuffer frame, Duration timeout) {}

        @Override
        public ByteBuffer receive(Duration timeout) {
            return frames.poll();
        }

        @Override
        public void endSending() {
            ended = true;
        }

        @Override
        public void close() {}
    }

    private SessionId session;

    private static ChunkId id(int number) {
        return new ChunkId(number, 0, 0, 1);
    }

    private List<ByteBuffer> pages(int count) throws BackupException {
        KeyRing ring = KeyRing.create(List.of(Recipient.of("appliance", RecipientKey.generate())));
        List<ByteBuffer> frames = new ArrayList<>();
        try (Sealer sealer = Sealer.open(1, ring.epochPublicKey())) {
            session = sealer.session();
            for (int i = 0; i < count; i++) {
                frames.add(sealer.seal(ChunkKind.TREE, id(i), new byte[0], new byte[500], 0, 500, 3));
            }
        }
        return frames;
    }

    private Frames take(TreeIntake intake, List<ByteBuffer> frames) throws BackupException {
        Frames stream = new Frames(frames.stream().map(ByteBuffer::duplicate).toList());
        intake.take(new StreamOpening.StoreTrees(new JobId(1), session, new byte[0]), stream);
        return stream;
    }

    @Test
    void pagesThatAreHereAlreadyCostNothing() throws BackupException {
        List<ByteBuffer> frames = pages(3);
        long[] came = new long[1];
        try (TreeStore trees = TreeStore.open(folder)) {
            TreeIntake intake = new TreeIntake(trees, bytes -> came[0] += bytes);
            assertTrue(take(intake, frames.subList(0, 2)).ended);
            take(intake, frames);
            assertEquals(frames.stream().mapToLong(ByteBuffer::remaining).sum(), came[0]);
            assertEquals(List.of(id(0), id(1), id(2)), intake.pages());
            intake.relyOn(id(2));
            intake.relyOn(id(7));
            assertEquals(List.of(id(0), id(1), id(2), id(7)), intake.pages());
        }
    }

    @Test
    void aBoundThatIsReachedEndsIt() throws BackupException {
        List<ByteBuffer> frames = pages(200);
        long[] came = new long[1];
        try (TreeStore trees = TreeStore.open(folder)) {
            TreeIntake intake = new TreeIntake(trees, bytes -> {
                came[0] += bytes;
                if (came[0] > MOST) {
                    throw BackupException.operator("pages.exceeded", "", "enough");
                }
            });
            assertEquals("pages.exceeded", assertThrows(BackupException.class, () -> take(intake, frames)).failure().code());
            assertTrue(came[0] <= MOST + frames.getFirst().remaining(), came[0] + " bytes");
        }
    }
}
