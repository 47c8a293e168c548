package org.azekura.driver.s3;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Traffic;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.net.Direction;
import org.azekura.testkit.net.Ending;
import org.azekura.testkit.net.TcpProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** What the contract does not ask for, which the built package is tried with. */
class S3StoreTest {

    /** The least that services take for a part but the last. */
    private static final int PART = 5 << 20;
    private static final byte[] LONG = Blobs.random(new Random(8), PART + 12_345);
    private static S3Server server;

    private String bucket;
    private S3Store store;

    @BeforeAll
    static void serve() throws Exception {
        server = new S3Server();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        bucket = server.newBucket();
        store = store(Map.of());
    }

    private S3Store store(Map<String, Object> given) throws Exception {
        return new S3Store(Settings.at(server.endpoint(), bucket, given), PART);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Begin, two parts, their joining and the looks before; then a read, a list and a deletion. */
    @Test
    void countsEachRequestAndEachByteOfObjectsOnce() throws Exception {
        Traffic before = store.traffic().orElseThrow();
        Blobs.put(store, "packs/long", LONG);
        Traffic put = store.traffic().orElseThrow();
        assertEquals(LONG.length, put.minus(before).bytesIn());
        assertTrue(put.minus(before).writes() >= 4 && put.minus(before).reads() >= 1, put::toString);
        store.read("packs/long", 7, ByteBuffer.allocate(1000));
        Traffic read = store.traffic().orElseThrow();
        assertEquals(new Traffic(0, 1000, 0, 1, 0), read.minus(put));
        store.list("packs/", blob -> { });
        Traffic list = store.traffic().orElseThrow();
        assertEquals(new Traffic(0, 0, 1, 0, 0), list.minus(read));
        store.delete("packs/long");
        assertTrue(store.traffic().orElseThrow().minus(list).free() >= 1);
    }

    private int uploads() throws Exception {
        return store.bucket().open().listMultipartUploads(list -> list.bucket(bucket)).uploads().size();
    }

    @Test
    void joinsPartsOfALongBlobAndLeavesNoneOfADroppedOne() throws Exception {
        Blobs.put(store, "packs/long", LONG);
        assertEquals(LONG.length, store.size("packs/long"));
        assertArrayEquals(LONG, Blobs.get(store, "packs/long", 0, LONG.length));
        try (BlobWriter dropped = store.create("packs/dropped")) {
            dropped.write(ByteBuffer.wrap(LONG));
            assertEquals(1, uploads());
        }
        assertEquals(Map.of("packs/long", (long) LONG.length), Blobs.list(store, ""));
        assertEquals(0, uploads());
    }

    @Test
    void aLongBlobTakesNoTakenKey() throws Exception {
        try (BlobWriter late = store.create("packs/long")) {
            late.write(ByteBuffer.wrap(LONG));
            Blobs.put(store, "packs/long", new byte[] {1});
            assertRefused("blob.exists", late::commit);
        }
        assertEquals(1, store.size("packs/long"));
    }

    @Test
    void whatAKilledRunLeftGoesBeforeTheFirstBlob() throws Exception {
        for (String key : List.of("azekura/cellar/packs/left", "azekura/cellar/UPPER", "azekura/attic/packs/others")) {
            store.bucket().open().createMultipartUpload(begin -> begin.bucket(bucket).key(key));
        }
        try (BlobWriter living = store.create("packs/living")) {
            living.write(ByteBuffer.wrap(LONG));
            assertEquals(3, uploads(), "what is no blob of this device stays");
            try (S3Store again = store(Map.of())) {
                again.create("packs/other").close();
                assertEquals(3, uploads(), "what this process writes stays");
            }
            living.commit();
        }
        assertEquals(LONG.length, store.size("packs/living"));
    }

    @Test
    void anAnswerThatIsLostIsNotTakenForSomebodyElsesBlob() throws Exception {
        try (TcpProxy line = TcpProxy.to(server.address()); S3Store far = new S3Store(Settings.at("http://127.0.0.1:" + line.address().getPort(), bucket, Map.of()), PART)) {
            for (byte[] content : List.of(new byte[] {1, 2, 3}, LONG)) {
                String key = "packs/" + content.length;
                try (BlobWriter writer = far.create(key)) {
                    writer.write(ByteBuffer.wrap(content));
                    line.endAfter(Direction.BACK, 1, Ending.CUT);
                    writer.commit();
                    assertTrue(line.awaitEnd(Duration.ZERO), "no answer was lost");
                }
                assertArrayEquals(content, Blobs.get(store, key, 0, content.length));
            }
            assertEquals(0, uploads());
        }
    }

    @Test
    void partsOfABlobThatBrokeOffWithTheServiceGoWithTheNextBlob() throws Exception {
        try (TcpProxy line = TcpProxy.to(server.address()); S3Store far = new S3Store(Settings.at("http://127.0.0.1:" + line.address().getPort(), bucket, Map.of()), PART)) {
            try (BlobWriter broken = far.create("packs/broken")) {
                broken.write(ByteBuffer.wrap(LONG));
                line.refuse();
                line.cut();
                assertRefused("device.away", broken::commit);
            }
            assertEquals(1, uploads());
            line.admit();
            Blobs.put(far, "packs/next", new byte[] {1});
            assertEquals(0, uploads());
        }
    }

    @Test
    void bytesThatChangeOnTheirWayAreReadAgain() throws Exception {
        byte[] content = Blobs.random(new Random(9), 100_000);
        try (TcpProxy line = TcpProxy.to(server.address()); S3Store far = new S3Store(Settings.at("http://127.0.0.1:" + line.address().getPort(), bucket, Map.of()), PART)) {
            Blobs.put(far, "label", content);
            line.flipAfter(Direction.BACK, content.length / 2);
            assertArrayEquals(content, Blobs.get(far, "label", 0, 2 * content.length));
        }
    }

    @Test
    void bytesThatChangeOnTheirWayAreNotTaken() throws Exception {
        byte[] content = Blobs.random(new Random(10), 100_000);
        try (TcpProxy line = TcpProxy.to(server.address()); S3Store far = new S3Store(Settings.at("http://127.0.0.1:" + line.address().getPort(), bucket, Map.of()), PART);
                BlobWriter writer = far.create("packs/blob")) {
            writer.write(ByteBuffer.wrap(content));
            line.flipAfter(Direction.FORWARD, content.length / 2);
            assertRefused("device.io", writer::commit);
        }
        assertEquals(-1, store.size("packs/blob"));
    }

    @Test
    void listsMoreThanAPageAtATime() throws Exception {
        for (int i = 0; i < 1001; i++) {
            int number = i;
            store.bucket().open().putObject(put -> put.bucket(bucket).key("azekura/cellar/snapshots/" + number), RequestBody.empty());
        }
        assertEquals(1001, Blobs.list(store, "snapshots/").size());
    }

    @Test
    void saysWhoIsDeniedAndWhichBucketIsMissing() throws Exception {
        try (S3Store denied = store(Map.of("secret", "wrong")); S3Store nowhere = new S3Store(Settings.at(server.endpoint(), "nowhere", Map.of()))) {
            String message = assertRefused("device.denied", denied::selfTest).getMessage();
            assertTrue(message.contains(Settings.KEY) && message.contains(bucket) && !message.contains("wrong"), message);
            assertRefused("device.missing", nowhere::selfTest);
            assertRefused("device.missing", () -> nowhere.size("blob"));
            assertTrue(assertRefused("device.missing", () -> Blobs.put(nowhere, "blob", new byte[1])).getMessage().contains("bucket nowhere"));
        }
    }

    @Test
    void theSelfTestLeavesNothingAndASettingThatTheBucketDoesNotKeepIsNamed() throws Exception {
        store.selfTest();
        assertEquals(0, store.bucket().open().listObjectsV2(list -> list.bucket(bucket)).keyCount());
        try (S3Store locked = store(Map.of("objectLock", true))) {
            assertRefused("setting.objectLock", locked::selfTest);
        }
        assertRefused("device.unsupported", () -> store.extend("packs/blob", new BlobLock(BlobLock.Mode.COMPLIANCE, Instant.now())));
    }
}
