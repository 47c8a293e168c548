package org.azekura.transport.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Transport;
import org.azekura.testkit.transport.TransportContract;
import org.junit.jupiter.api.Test;

class LocalTransportTest implements TransportContract {

    private final LocalTransport transport = new LocalTransport();

    @Override
    public Transport transport() {
        return transport;
    }

    @Test
    void framesAreHandedOverNotCopied() throws Exception {
        try (Pair pair = connect()) {
            byte[] bytes = new byte[100];
            pair.dialled().control().send(ByteBuffer.wrap(bytes), LONG);
            assertSame(bytes, pair.accepted().control().receive(LONG).array());
        }
    }

    @Test
    void emptyFramesAreBoundedToo() throws Exception {
        try (Pair pair = connect()) {
            int[] sent = new int[1];
            TransportContract.failsWith("transport.timeout", () -> {
                for (; sent[0] < 1_000_000; sent[0]++) {
                    pair.dialled().control().send(ByteBuffer.allocate(0), SHORT);
                }
            });
            assertEquals(FrameQueue.MAX_BYTES / 64, sent[0]);
        }
    }

    @Test
    void aSenderThatFoundNoRoomGoesOnWhenTheReceiverHasTakenAll() throws Exception {
        try (Pair pair = connect()) {
            ByteBuffer large = ByteBuffer.allocate(FrameQueue.MAX_BYTES - 1000);
            pair.dialled().control().send(large.duplicate(), LONG);
            Thread sender = Thread.ofPlatform().daemon().name("sender").start(() -> {
                try {
                    pair.dialled().control().send(large.duplicate(), LONG);
                    pair.dialled().control().endSending();
                } catch (BackupException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertEquals(large.capacity(), pair.accepted().control().receive(LONG).remaining());
            assertEquals(large.capacity(), pair.accepted().control().receive(LONG).remaining());
            assertNull(pair.accepted().control().receive(LONG));
            sender.join();
        }
    }

    @Test
    void sendingAfterTheEndIsAMistakeOfTheCaller() throws Exception {
        try (Pair pair = connect()) {
            pair.dialled().control().endSending();
            assertThrows(IllegalStateException.class, () -> pair.dialled().control().send(ByteBuffer.allocate(1), LONG));
        }
    }

    @Test
    void streamsThatNobodyAcceptsAreBounded() throws Exception {
        try (Pair pair = connect()) {
            TransportContract.failsWith("transport.busy", () -> {
                for (int i = 0; i < 10_000; i++) {
                    pair.dialled().open();
                }
            });
        }
    }

    @Test
    void whenTheTransportGoesEveryConnectionEnds() throws Exception {
        try (Pair pair = connect()) {
            transport.close();
            BackupException e = assertThrows(BackupException.class, () -> pair.dialled().control().receive(LONG));
            assertEquals("transport.closed", e.failure().code());
            assertNull(pair.accepted().accept(LONG));
            TransportContract.failsWith("transport.unreachable", () -> transport.dial(pair.listener().address(), SELF, LONG));
        }
    }
}
