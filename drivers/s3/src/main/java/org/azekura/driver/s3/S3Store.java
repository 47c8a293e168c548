package org.azekura.driver.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.function.Consumer;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Keeps each blob in an object whose name is the prefix and its key. Of a range S3 tells no checksum: who reads it checks what is in it. */
final class S3Store implements BlobStore, AutoCloseable {

    static final Capabilities CAPABILITIES = new Capabilities(true, true);

    private final Setup setup;
    private final Connection connection;
    private volatile boolean closed;

    /** @throws BackupException {@code setting.ca}; the service is not asked */
    S3Store(Setup setup) throws BackupException {
        this.setup = setup;
        connection = new Connection(setup);
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        BlobKeys.check(key);
        if (head(key) >= 0) {
            throw S3Fault.exists(key, setup);
        }
        return new S3Writer(this, key);
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        BlobKeys.check(key);
        int begin = into.position();
        if (!into.hasRemaining() || offset > Long.MAX_VALUE - into.remaining()) {
            if (size(key) < 0) {
                throw S3Fault.missing(key, setup);
            }
            return 0;
        }
        String range = "bytes=" + offset + "-" + (offset + into.remaining() - 1);
        try {
            return open().getObject(get -> get.bucket(setup.bucket()).key(name(key)).range(range), (answer, bytes) -> {
                // A request that broke off is made again, from its begin.
                into.position(begin);
                return fill(bytes, into);
            });
        } catch (SdkException e) {
            into.position(begin);
            if (S3Fault.behindTheEnd(e)) {
                return 0;
            }
            throw S3Fault.absent(e) ? S3Fault.missing(key, setup) : S3Fault.of(e, setup, "read " + key);
        }
    }

    private static int fill(InputStream bytes, ByteBuffer into) throws IOException {
        int begin = into.position();
        try (ReadableByteChannel channel = Channels.newChannel(bytes)) {
            while (into.hasRemaining() && channel.read(into) >= 0) {
                // the channel has moved the position
            }
        }
        return into.position() - begin;
    }

    /** Asks for the bucket, too, before it says that something is not there: the answer to HEAD is the same if that is gone. */
    @Override
    public long size(String key) throws BackupException {
        long size = head(BlobKeys.check(key));
        if (size < 0) {
            requireBucket();
        }
        return size;
    }

    private long head(String key) throws BackupException {
        try {
            return open().headObject(head -> head.bucket(setup.bucket()).key(name(key))).contentLength();
        } catch (SdkException e) {
            if (S3Fault.absent(e)) {
                return -1;
            }
            throw S3Fault.of(e, setup, "look for " + key);
        }
    }

    private void requireBucket() throws BackupException {
        try {
            open().headBucket(head -> head.bucket(setup.bucket()));
        } catch (SdkException e) {
            if (S3Fault.absent(e)) {
                throw BackupException.operator("device.missing", setup.location(), "there is no bucket " + setup.bucket() + " at " + setup.location()
                        + "; make it, or mend the setting bucket");
            }
            throw S3Fault.of(e, setup, "look for the bucket");
        }
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        BlobKeys.checkPrefix(prefix);
        String start = name(prefix);
        // Services that keep objects as files take dots at the end for a folder, and list it or refuse.
        String asked = start.replaceFirst("\\.+$", "");
        Iterable<S3Object> objects = call("list " + (prefix.isEmpty() ? "blobs" : prefix),
                client -> client.listObjectsV2Paginator(list -> list.bucket(setup.bucket()).prefix(asked)).contents());
        try {
            for (S3Object object : objects) {
                open();
                if (object.key().startsWith(start) && BlobKeys.isKey(object.key().substring(setup.prefix().length()))) {
                    each.accept(new Blob(object.key().substring(setup.prefix().length()), object.size()));
                }
            }
        } catch (SdkException e) {
            throw S3Fault.of(e, setup, "list " + (prefix.isEmpty() ? "blobs" : prefix));
        }
    }

    @Override
    public void delete(String key) throws BackupException {
        BlobKeys.check(key);
        try {
            open().deleteObject(delete -> delete.bucket(setup.bucket()).key(name(key)));
        } catch (SdkException e) {
            if (!S3Fault.absent(e)) {
                throw S3Fault.of(e, setup, "delete " + key);
            }
        }
    }

    @Override
    public Space space() throws BackupException {
        open();
        return new Space(-1, -1);
    }

    @Override
    public void selfTest() throws BackupException {
        requireBucket();
        call("list blobs", client -> client.listObjectsV2(list -> list.bucket(setup.bucket()).prefix(setup.prefix()).maxKeys(1)));
    }

    @Override
    public String location() {
        return setup.location();
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public void close() {
        closed = true;
        connection.close();
    }

    /** @throws BackupException what the request failed with, as {@link S3Fault} says */
    <T> T call(String doing, Function<S3Client, T> request) throws BackupException {
        try {
            return request.apply(open());
        } catch (SdkException e) {
            throw S3Fault.of(e, setup, doing);
        }
    }

    /** @throws BackupException {@code device.closed} */
    S3Client open() throws BackupException {
        if (closed) {
            throw S3Fault.closed(setup);
        }
        return connection.client();
    }

    String name(String key) {
        return setup.prefix() + key;
    }

    Setup setup() {
        return setup;
    }
}
