package org.azekura.felix.config.scenario;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.testkit.s3.Radosgw;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of a server, as its owner sees it, whatever the appliance does. */
final class Bucket implements AutoCloseable {

    private final Radosgw server;
    private final String name;
    private final S3Client owner;
    private final AtomicInteger requests = new AtomicInteger();

    /** Made anew. */
    Bucket(Radosgw server, String name) {
        this.server = server;
        this.name = name;
        owner = S3Client.builder().endpointOverride(URI.create(server.endpoint())).region(Region.US_EAST_1).forcePathStyle(true).httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(Radosgw.ACCESS_KEY, Radosgw.SECRET)))
                .overrideConfiguration(all -> all.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                        requests.incrementAndGet();
                    }
                })).build();
        owner.createBucket(make -> make.bucket(name));
    }

    /** What {@code pool create NAME} takes for a pool in it. */
    List<String> settings() {
        return settings(server.endpoint());
    }

    /** @param endpoint of what stands before the server */
    List<String> settings(String endpoint) {
        return List.of("--driver", "s3", "--set", "endpoint=" + endpoint, "--set", "bucket=" + name, "--set", "accessKey=" + Radosgw.ACCESS_KEY, "--set",
                "secret=" + Radosgw.SECRET);
    }

    List<String> objects(String prefix) {
        return owner.listObjectsV2Paginator(list -> list.bucket(name).prefix(prefix)).contents().stream().map(S3Object::key).toList();
    }

    /** So often the owner has asked for anything. */
    int requests() {
        return requests.get();
    }

    int unfinished() {
        return owner.listMultipartUploads(list -> list.bucket(name)).uploads().size();
    }

    @Override
    public void close() {
        owner.close();
    }
}
