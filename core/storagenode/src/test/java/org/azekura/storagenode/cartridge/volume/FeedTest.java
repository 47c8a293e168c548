package org.azekura.storagenode.cartridge.volume;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.azekura.api.BackupException;
import org.azekura.api.device.Position;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.note.Noted;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.Test;

/** Blocks that were read ahead of a drive. */
class FeedTest {

    private static final int PAYLOAD = TapeBlock.MAX - TapeBlock.HEADER;

    private static Noted shape(Waiting one) {
        return new Noted(one.key(), false, 1, 1, PAYLOAD, one.size(), Position.of(1));
    }

    private static byte[] content(int number) {
        return Blobs.random(new Random(number), 1_000_000 + 7 * number);
    }

    private static List<Waiting> blobs() {
        List<Waiting> blobs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            blobs.add(i == 4 ? new Waiting("packs/" + i, null) : new Waiting("packs/" + i, new Content.Bytes(content(i))));
        }
        return blobs;
    }

    private static void assertRead(Feed feed, Waiting one, int number) throws BackupException {
        Noted shape = shape(one);
        for (int i = 0; i < shape.blocks(); i++) {
            int before = TapeBlock.HEADER + (i == 0 ? shape.head().length() : 0);
            ByteBuffer block = feed.take(one, i);
            assertEquals(before + shape.content(i), block.limit());
            assertEquals(ByteBuffer.wrap(content(number), (int) shape.offset(i), shape.content(i)), block.slice(before, shape.content(i)));
        }
    }

    @Test
    void allBlocksComeInTheirOrder() throws Exception {
        List<Waiting> blobs = blobs();
        try (Feed feed = Feed.of(blobs, PAYLOAD)) {
            for (int i = 0; i < 9; i++) {
                if (i != 4) {
                    assertRead(feed, blobs.get(i), i);
                }
            }
            assertEquals(0, feed.underruns());
            assertRefused("bug", () -> feed.take(blobs.getFirst(), 0));
        }
    }

    @Test
    void whatNobodyWantsIsPassedOver() throws Exception {
        List<Waiting> blobs = blobs();
        try (Feed feed = Feed.of(blobs, PAYLOAD)) {
            feed.take(blobs.getFirst(), 0);
            feed.take(blobs.getFirst(), 1);
            assertRead(feed, blobs.get(2), 2);
            assertRead(feed, blobs.get(8), 8);
        }
    }

    @Test
    void aBlobThatCanNotBeReadHarmsNoOther() throws Exception {
        List<Waiting> blobs = blobs();
        blobs.set(1, new Waiting("packs/1", new Content() {
            @Override
            public long size() {
                return 2_000_000;
            }

            @Override
            public void read(long offset, ByteBuffer into) throws BackupException {
                if (offset > 500_000) {
                    throw BackupException.device("device.io", "disk", "there is a hole", null);
                }
                into.position(into.limit());
            }
        }));
        try (Feed feed = Feed.of(blobs, PAYLOAD)) {
            assertRead(feed, blobs.getFirst(), 0);
            feed.take(blobs.get(1), 0);
            feed.take(blobs.get(1), 1);
            assertRefused("device.io", () -> feed.take(blobs.get(1), 2));
            assertRead(feed, blobs.get(2), 2);
        }
    }

    @Test
    void littleIsReadAsItIsNeeded() {
        assertNull(Feed.of(List.of(new Waiting("packs/1", new Content.Bytes(new byte[1000]))), PAYLOAD));
    }

    /** A drive that was quicker waits until there is much again. */
    @Test
    void aDriveStopsOnceAndNotAtEveryBlock() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int blocks = 400;
        Waiting slow = new Waiting("packs/slow", new Content() {
            @Override
            public long size() {
                return (long) blocks * PAYLOAD - 1000;
            }

            @Override
            public void read(long offset, ByteBuffer into) throws BackupException {
                if (offset > 390L * PAYLOAD) {
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw Trouble.interrupted("here", e);
                    }
                }
                into.position(into.limit());
            }
        });
        try (Feed feed = Feed.of(List.of(slow), PAYLOAD)) {
            Thread.ofPlatform().daemon().start(() -> {
                while (feed.underruns() == 0) {
                    Thread.onSpinWait();
                }
                goOn.countDown();
            });
            for (int i = 0; i < blocks; i++) {
                feed.take(slow, i);
            }
            assertTrue(feed.underruns() > 0);
            assertTrue(feed.underruns() <= 3, feed.underruns() + " stops");
        }
    }
}
