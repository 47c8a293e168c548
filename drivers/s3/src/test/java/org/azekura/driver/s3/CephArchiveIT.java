package org.azekura.driver.s3;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Readiness;
import org.azekura.api.device.Traffic;
import org.azekura.testkit.device.BlobArchiveContract;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.s3.ArchiveFront;
import org.azekura.testkit.s3.Radosgw;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** An archive before a real service, which knows its class and checks what is signed. */
class CephArchiveIT implements BlobArchiveContract {

    private static final int MANY = 300;

    @TempDir
    static Path dir;
    private static Radosgw server;
    private static int buckets;

    private final String bucket = "archive-" + buckets++;
    private ArchiveFront front;
    private S3Store store;

    @BeforeAll
    static void start() throws Exception {
        Radosgw.assumeUsable();
        server = Radosgw.start(dir);
        server.add("GLACIER");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        try (Owner owner = new Owner(server)) {
            owner.make(bucket, false);
        }
        front = ArchiveFront.before(server.endpoint());
        store = new S3Store(Settings.at(front.endpoint(), bucket, Map.of("packsClass", "GLACIER", "retrievalPrices", "Bulk 0 0.025, Standard 0.01 0.05, Expedited 0.03 10")));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        front.close();
    }

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    public void putCold(String key, byte[] content) throws Exception {
        store.bucket().open().putObject(put -> put.bucket(bucket).key(store.bucket().name(key)).storageClass("GLACIER"), RequestBody.fromBytes(content));
    }

    @Override
    public void bring() {
        front.bring();
    }

    @Override
    public void end() {
        front.expire();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    /** A look at each of so many took as many requests, each time. */
    @Test
    void whatBecameOfManyRequestsIsToldByAFewLists() throws Exception {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            keys.add("packs/%02x/%08x".formatted(i % 256, i));
            putCold(keys.getLast(), new byte[1]);
        }
        assertEquals(0, front.lists());
        assertEquals(Map.of(), store.survey(keys), "nobody has asked for any: only a look at each is certain");
        assertEquals(1, front.lists());
        int looks = front.looks();
        for (String key : keys) {
            store.retrieve(key, "Bulk", KEPT);
        }
        assertEquals(MANY, front.retrievals());
        int lists = front.lists();
        assertEquals(all(keys, Readiness.Coming.class), kinds(store.survey(keys)));
        front.bring();
        assertEquals(all(keys, Readiness.Retrieved.class), kinds(store.survey(keys)));
        assertEquals(2, front.lists() - lists);
        assertEquals(looks, front.looks(), "nothing was looked at");
        List<String> few = keys.subList(0, ArchiveSurvey.WORTH - 1);
        assertEquals(Map.of(), store.survey(few), "a look at each is no dearer");
        assertEquals(2, front.lists() - lists);
    }

    /** Between those that are wanted lie a thousand others: the next list would cost more than it tells. */
    @Test
    void whatLiesFarApartIsNotSearchedByLists() throws Exception {
        List<String> far = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            far.add("packs/%02x/wanted".formatted(i));
            for (int j = 0; j < 20; j++) {
                putCold("packs/%02x/other-%d".formatted(i, j), new byte[1]);
            }
        }
        for (String key : far) {
            putCold(key, new byte[1]);
            store.retrieve(key, "Bulk", KEPT);
        }
        int lists = front.lists();
        Set<String> told = store.survey(far).keySet();
        assertTrue(told.size() < ArchiveSurvey.WORTH, told::toString);
        assertEquals(1, front.lists() - lists);
    }

    /** By its own service: each request, each byte that is sent, and each that is read; of those Ceph leaves out the last of a read. */
    @Test
    void countsAsTheServiceDoes() throws Exception {
        try (S3Store plain = new S3Store(Settings.at(server.endpoint(), bucket, Map.of()), 5 << 20)) {
            Radosgw.Counted before = server.counted();
            byte[] content = Blobs.random(new Random(81), 12_000_000);
            Blobs.put(plain, "packs/long", content);
            Blobs.put(plain, "label", new byte[1000]);
            assertRefused("blob.exists", () -> Blobs.put(plain, "label", new byte[10]));
            int reads = 5;
            for (int i = 0; i < reads; i++) {
                plain.read("packs/long", 2_000_000L * i, ByteBuffer.allocate(1_000_000));
            }
            assertEquals(-1, plain.size("packs/none"));
            plain.list("", blob -> { });
            plain.delete("packs/long");
            Traffic ours = plain.traffic().orElseThrow();
            Radosgw.Counted now = server.counted();
            assertEquals(now.requests() - before.requests(), ours.writes() + ours.reads() + ours.free());
            assertEquals(now.bytesIn() - before.bytesIn(), ours.bytesIn());
            assertEquals(now.bytesOut() - before.bytesOut(), ours.bytesOut() - reads);
            assertEquals(reads * 1_000_000, ours.bytesOut());
        }
    }

    private static Map<String, Class<?>> all(List<String> keys, Class<?> kind) {
        return keys.stream().collect(Collectors.toMap(key -> key, key -> kind));
    }

    private static Map<String, Class<?>> kinds(Map<String, Readiness> told) {
        return told.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getClass()));
    }
}
