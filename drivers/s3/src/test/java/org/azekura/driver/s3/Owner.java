package org.azekura.driver.s3;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobWriter;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.s3.Radosgw;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Whose buckets the tests have, as one with all rights and no driver. */
final class Owner implements AutoCloseable {

    private final Radosgw server;
    private final S3Client client;

    Owner(Radosgw server) {
        this.server = server;
        client = S3Client.builder().endpointOverride(URI.create(server.endpoint())).region(Region.US_EAST_1).forcePathStyle(true).httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(Radosgw.ACCESS_KEY, Radosgw.SECRET))).build();
    }

    void make(String bucket, boolean locks) {
        client.createBucket(make -> make.bucket(bucket).objectLockEnabledForBucket(locks));
    }

    private List<String> versions(String bucket, String key) {
        return client.listObjectVersions(list -> list.bucket(bucket).prefix("azekura/cellar/" + key)).versions().stream().map(ObjectVersion::versionId).toList();
    }

    /** The contract's blobs are shorter than a part. */
    void putsALongBlobUnderATakenKey(String bucket) throws Exception {
        try (S3Store store = new S3Store(Settings.at(server.endpoint(), bucket, Map.of())); BlobWriter late = store.create("packs/long")) {
            late.write(ByteBuffer.allocate(S3Writer.PART + 1));
            Blobs.put(store, "packs/long", new byte[] {1});
            assertRefused("blob.exists", late::commit);
            assertEquals(1, store.size("packs/long"));
        }
    }

    /** Not even by asking for it: in the mode of the owner he may, in that of nobody he may not, and nobody makes a lock shorter. */
    void triesToDeleteALockedBlob(String bucket) throws Exception {
        BlobLock lock = new BlobLock(BlobLock.Mode.COMPLIANCE, Instant.now().plusSeconds(600));
        try (S3Store store = new S3Store(Settings.at(server.endpoint(), bucket, Map.of("objectLock", true)))) {
            store.selfTest();
            for (String key : List.of("packs/kept", "packs/long")) {
                byte[] content = new byte[key.endsWith("long") ? S3Writer.PART + 1 : 3];
                Blobs.put(store, key, content);
                store.extend(key, lock);
                assertRefused("blob.locked", () -> store.delete(key));
                String name = "azekura/cellar/" + key;
                String version = versions(bucket, key).getFirst();
                assertThrows(S3Exception.class, () -> client.deleteObject(delete -> delete.bucket(bucket).key(name).versionId(version).bypassGovernanceRetention(true)));
                assertThrows(S3Exception.class, () -> client.putObjectRetention(put -> put.bucket(bucket).key(name).bypassGovernanceRetention(true).retention(
                        ObjectLockRetention.builder().mode(ObjectLockRetentionMode.COMPLIANCE).retainUntilDate(Instant.now().plusSeconds(1)).build())));
                assertThrows(S3Exception.class, () -> client.deleteBucket(delete -> delete.bucket(bucket)));
                assertArrayEquals(content, Blobs.get(store, key, 0, content.length));
            }
            BlobLock longer = new BlobLock(BlobLock.Mode.COMPLIANCE, Instant.ofEpochSecond(lock.until().getEpochSecond() + 60));
            try (BlobWriter other = store.replace("packs/kept")) {
                other.write(ByteBuffer.allocate(4));
                store.extend("packs/kept", longer);
                other.commit();
            }
            assertEquals(4, store.size("packs/kept"));
            assertEquals(longer, store.lock("packs/kept").orElseThrow(), "it was made longer while the new one came");
            Blobs.put(store, "packs/free", new byte[2]);
            try (BlobWriter other = store.replace("packs/free")) {
                other.write(ByteBuffer.allocate(3));
                other.commit();
            }
            assertEquals(1, versions(bucket, "packs/free").size(), "what was replaced is paid for");
            client.deleteObject(hide -> hide.bucket(bucket).key("azekura/cellar/packs/free"));
            store.delete("packs/free");
            assertEquals(0, Stream.concat(versions(bucket, "packs/free").stream(),
                    client.listObjectVersions(list -> list.bucket(bucket).prefix("azekura/cellar/packs/free")).deleteMarkers().stream()).count(), "what was deleted is paid for");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
