package org.azekura.felix.config.scenario;

import java.net.URI;
import java.util.List;
import org.azekura.testkit.s3.Radosgw;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of a server, as its owner sees it, whatever the appliance does. */
final class Bucket implements AutoCloseable {

    private final Radosgw server;
    private final String name;
    private final S3Client owner;

    /** Made anew. */
    Bucket(Radosgw server, String name) {
        this.server = server;
        this.name = name;
        owner = S3Client.builder().endpointOverride(URI.create(server.endpoint())).region(Region.US_EAST_1).forcePathStyle(true).httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(Radosgw.ACCESS_KEY, Radosgw.SECRET))).build();
        owner.createBucket(make -> make.bucket(name));
    }

    /** What {@code pool create NAME} takes for a pool in it. */
    List<String> settings() {
        return List.of("--driver", "s3", "--set", "endpoint=" + server.endpoint(), "--set", "bucket=" + name, "--set", "accessKey=" + Radosgw.ACCESS_KEY, "--set",
                "secret=" + Radosgw.SECRET);
    }

    List<String> objects(String prefix) {
        return owner.listObjectsV2Paginator(list -> list.bucket(name).prefix(prefix)).contents().stream().map(S3Object::key).toList();
    }

    int unfinished() {
        return owner.listMultipartUploads(list -> list.bucket(name)).uploads().size();
    }

    @Override
    public void close() {
        owner.close();
    }
}
