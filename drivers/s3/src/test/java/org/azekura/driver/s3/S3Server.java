package org.azekura.driver.s3;

import java.net.InetSocketAddress;
import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** Speaks S3 and checks signatures and checksums, in this process, on loopback; keeps no versions and has no locks. */
final class S3Server {

    private final TransientNio2BlobStore objects = new TransientNio2BlobStore();
    private final S3Proxy server = S3Proxy.builder().blobStore(objects).endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, Settings.KEY, Settings.SECRET).build();
    private int buckets;

    S3Server() throws Exception {
        server.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", server.getPort());
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** An empty one. */
    String newBucket() {
        String bucket = "bucket-" + buckets++;
        objects.createContainer(bucket);
        return bucket;
    }

    public void close() throws Exception {
        server.stop();
        objects.close();
    }
}
