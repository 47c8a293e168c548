package org.azekura.api.device;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A device that keeps named, immutable blobs: a directory, a bucket. Published as an OSGi service, one per factory
 * configuration; the part of {@code service.pid} after {@code ~} is the device's name.
 *
 * <p><b>Keys</b> are one or more parts of {@code [a-z0-9._-]} joined by {@code /}, at most 512 characters and 255 in a part;
 * no part is {@code .} or {@code ..}, the first is not {@code .tmp}. Any other throws {@code blob.key}. <b>Threads:</b> any
 * number at once. Every call may block for as long as the device needs; callers run it on platform threads under their own
 * time-out. <b>After close</b> (the service is gone) every call throws {@code device.closed}.
 */
@ConsumerType
public interface BlobStore {

    /**
     * Begins a blob. Nothing is visible under the key before {@link BlobWriter#commit}.
     *
     * @throws BackupException {@code blob.exists} if the key is taken, {@code device.*} if the device fails
     */
    BlobWriter create(String key) throws BackupException;

    /**
     * Fills the buffer from the blob, starting at {@code offset}. Fewer bytes come only at the blob's end.
     *
     * @return bytes read; 0 at or behind the end
     * @throws BackupException {@code blob.missing} if there is no such blob; the buffer's content is then undefined
     */
    int read(String key, long offset, ByteBuffer into) throws BackupException;

    /** Size of the blob in bytes, or -1 if there is none. */
    long size(String key) throws BackupException;

    /**
     * Names every committed blob whose key begins with the prefix, in no order. Blobs that come or go meanwhile may or may
     * not be named.
     *
     * @param prefix empty for all; may end within a part
     */
    void list(String prefix, Consumer<Blob> each) throws BackupException;

    /** Deletes the blob; durable at return. Deleting what is not there is no error. */
    void delete(String key) throws BackupException;

    /** Room on the device. */
    Space space() throws BackupException;

    /** For people: where this is, like {@code /srv/backup}. Holds no secret. */
    String location();

    /**
     * What this device can do beyond the above. The contract test asserts the refusal of what is not there.
     */
    Capabilities capabilities();

    /**
     * Tries whether the device works, as far as that leaves no trace on it; called when a driver was installed or changed, and when an operator asks.
     * It ends within a minute. What is not said here is the contract's probe, which the caller does anyway: a small blob there and back.
     *
     * @throws BackupException {@code device.*} if it does not work
     */
    default void selfTest() throws BackupException {
        space();
    }

    /** A committed blob and its size in bytes. */
    record Blob(String key, long size) {}

    /**
     * Room in bytes.
     *
     * @param capacity whole size, -1 if the device has no bound
     * @param free     what can still be written, -1 if the device has no bound
     */
    record Space(long capacity, long free) {}

    /**
     * @param atomicPut a blob appears whole or not at all, also across power loss
     * @param delete    blobs can be deleted
     */
    record Capabilities(boolean atomicPut, boolean delete) {}
}
