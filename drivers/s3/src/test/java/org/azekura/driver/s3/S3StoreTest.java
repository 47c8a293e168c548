package org.azekura.driver.s3;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.testkit.device.BlobStoreContract;
import org.azekura.testkit.device.Blobs;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a server that speaks S3 and checks signatures and checksums, in this process, on loopback. */
class S3StoreTest implements BlobStoreContract {

    private static final String KEY = "AZTEST";
    private static final String SECRET = "AZSECRET123";
    private static S3Proxy server;
    private static TransientNio2BlobStore objects;
    private static int buckets;

    private String bucket;
    private S3Store store;

    @BeforeAll
    static void serve() throws Exception {
        objects = new TransientNio2BlobStore();
        server = S3Proxy.builder().blobStore(objects).endpoint(URI.create("http://127.0.0.1:0")).awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
                .build();
        server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
        objects.close();
    }

    @BeforeEach
    void open() throws BackupException {
        bucket = "bucket-" + buckets++;
        objects.createContainer(bucket);
        store = store(bucket, KEY, SECRET);
    }

    private static S3Store store(String bucket, String key, String secret) throws BackupException {
        return new S3Store(new Setup(URI.create("http://127.0.0.1:" + server.getPort()), "us-east-1", bucket, "azekura/cellar/", key, secret, true, null));
    }

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    @AfterEach
    public void close() {
        store.close();
    }

    @Test
    void joinsPartsOfALongBlobAndLeavesNoneOfADroppedOne() throws Exception {
        byte[] content = Blobs.random(new Random(8), 2 * S3Writer.PART + 12_345);
        Blobs.put(store, "packs/long", content);
        assertEquals(content.length, store.size("packs/long"));
        assertArrayEquals(content, Blobs.get(store, "packs/long", 0, content.length));
        try (BlobWriter dropped = store.create("packs/dropped")) {
            dropped.write(ByteBuffer.wrap(content));
        }
        assertEquals(Map.of("packs/long", (long) content.length), Blobs.list(store, ""));
        assertTrue(store.open().listMultipartUploads(list -> list.bucket(bucket)).uploads().isEmpty());
    }

    @Test
    void aLongBlobTakesNoTakenKey() throws Exception {
        try (BlobWriter late = store.create("packs/long")) {
            late.write(ByteBuffer.allocate(S3Writer.PART + 1));
            Blobs.put(store, "packs/long", new byte[] {1});
            assertRefused("blob.exists", late::commit);
        }
        assertEquals(1, store.size("packs/long"));
    }

    @Test
    void saysWhoIsDeniedAndWhichBucketIsMissing() throws Exception {
        String denied = assertRefused("device.denied", store(bucket, KEY, "wrong")::selfTest).getMessage();
        assertTrue(denied.contains(KEY) && denied.contains(bucket) && !denied.contains("wrong"), denied);
        S3Store nowhere = store("nowhere", KEY, SECRET);
        assertRefused("device.missing", nowhere::selfTest);
        assertRefused("device.missing", () -> nowhere.size("blob"));
        assertTrue(assertRefused("device.missing", () -> Blobs.put(nowhere, "blob", new byte[1])).getMessage().contains("bucket nowhere"));
    }
}
