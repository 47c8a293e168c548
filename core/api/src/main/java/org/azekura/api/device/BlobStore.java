package org.azekura.api.device;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * Deletes the blob; durable at return. Deleting what is not there is no error.
     *
     * @throws BackupException {@code blob.locked} if it is locked, see {@link #extend}; it is still there then, under its key
     */
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
     * Begins a blob that takes the place of the one that has the key. Until {@link BlobWriter#commit} the old bytes are read under it, and after anything
     * that fails the old ones or the new ones, never a part or a mixture. Where nothing has the key it is as {@link #create}.
     * What takes the place of a locked blob is locked no less from its commit on; the old bytes may stay on the device until their lock ends.
     *
     * @throws BackupException {@code device.unsupported} where {@link Capabilities#replace} is false; {@code device.*} if the device fails
     */
    default BlobWriter replace(String key) throws BackupException {
        throw unsupported("puts nothing in the place of another blob");
    }

    /**
     * Locks a blob, or lengthens its lock; durable at return. What {@linkplain BlobLock#covers covers} the new lock already is left as it is, so that nobody
     * shortens or weakens one by this. After a failure the old lock holds.
     *
     * @throws BackupException {@code device.unsupported} if {@link Capabilities#locks} has not this mode, or the medium at hand will not have it;
     *                         {@code blob.missing}, {@code device.*}
     */
    default void extend(String key, BlobLock lock) throws BackupException {
        throw unsupported("locks nothing");
    }

    /**
     * The lock as the device tells it now: what somebody believes about it is checked against this.
     *
     * @return empty if it is free, or its lock has ended
     * @throws BackupException {@code blob.missing}, {@code device.*}
     */
    default Optional<BlobLock> lock(String key) throws BackupException {
        return Optional.empty();
    }

    /**
     * Whether the blob can be read at once; {@link #read} of one that can't be throws {@code blob.archived}.
     *
     * @throws BackupException {@code blob.missing}, {@code device.*}
     */
    default Readiness readiness(String key) throws BackupException {
        return new Readiness.Ready();
    }

    /**
     * What a few requests tell of many blobs: the others are asked for by {@link #readiness}, one by one. It is no duty to know anything.
     *
     * @param keys any number, in any order
     * @return of those alone of which it is certain
     */
    default Map<String, Readiness> survey(Collection<String> keys) throws BackupException {
        return Map.of();
    }

    /** How blobs can be had from this device's archive, the cheapest first; empty if it has none. Asks nobody. */
    default List<RetrievalTier> tiers() {
        return List.of();
    }

    /**
     * Asks for a readable copy of a blob that is {@link Readiness.Archived}, and returns at once. Asking again is no error and can lengthen its time.
     *
     * @param tier a name of {@link #tiers}
     * @param keep how long the copy is wanted
     * @throws BackupException {@code device.unsupported} if the device has no such tier, {@code blob.missing}, {@code device.*}
     */
    default void retrieve(String key, String tier, Duration keep) throws BackupException {
        throw unsupported("has no archive");
    }

    /** What reading from this device takes. Asks nobody. */
    default Terms terms() {
        return Terms.OF_A_DISK;
    }

    /**
     * What this device has carried since its service was made, all calls together; it only grows. Asks nobody, returns at once, also after close.
     *
     * @return empty if nothing is counted, as on a disk
     */
    default Optional<Traffic> traffic() {
        return Optional.empty();
    }

    /**
     * Where this is, as the system or service beneath says it, so that a place is told from another one that bears its name: the folder in which a disk is to be
     * mounted has another one than the disk. It stays the same whatever becomes of the blobs, and also if all of them are gone with what held them; whoever has the
     * text anew is in the same place. Empty where that can't be told for certain.
     *
     * @throws BackupException {@code volume.missing}, {@code device.*} if nothing can be told now
     */
    default Optional<String> place() throws BackupException {
        return Optional.empty();
    }

    /**
     * Makes what holds the blobs anew where it is gone, as a folder may be that somebody has removed; what is there stays as it is.
     *
     * @param place if {@link #place} is another one, nothing is made
     * @throws BackupException {@code volume.missing} if this is another place now; {@code device.*}
     */
    default void remake(String place) throws BackupException {
        if (!place().equals(Optional.of(place))) {
            throw BackupException.media("volume.missing", location(), location() + " is not the place that it was; mount or connect its medium", null);
        }
    }

    private BackupException unsupported(String what) {
        return BackupException.operator("device.unsupported", location(), location() + ": this device " + what);
    }

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
     * @param replace   a blob can take the place of another
     * @param locks     modes in which blobs can be locked where the medium goes along; empty if in none
     */
    record Capabilities(boolean atomicPut, boolean delete, boolean replace, Set<BlobLock.Mode> locks) {

        /** Of a device that replaces and locks nothing. */
        public Capabilities(boolean atomicPut, boolean delete) {
            this(atomicPut, delete, false, Set.of());
        }
    }
}
