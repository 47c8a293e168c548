package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobWriter;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.volume.CheckpointReader;
import org.azekura.storagenode.device.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints on a pool's volume: blobs with rising numbers, of which the two newest are kept. */
public final class CheckpointBlobs {

    private static final int KEPT = 2;
    private static final int READ_BYTES = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointBlobs.class);

    private final Pool pool;

    public CheckpointBlobs(Pool pool) {
        this.pool = pool;
    }

    /** Gives parts in order, null behind the last. */
    @FunctionalInterface
    public interface Parts {
        ByteBuffer next() throws BackupException;
    }

    /** Takes parts in order. */
    @FunctionalInterface
    public interface PartSink {
        void take(ByteBuffer part) throws BackupException;
    }

    /** Writes a checkpoint, durable at return, and deletes those that are too old. After a failure nothing of it is there. One at a time. */
    void store(Parts parts) throws BackupException {
        Device device = pool.device();
        long number = numbers(device).stream().findFirst().orElse(0L) + 1;
        try (Device.Span span = device.span("write checkpoint " + number)) {
            store(span, Presence.of(pool), number, parts);
        }
        LOG.info("volume={} has checkpoint {}", pool.label().name(), number);
        for (long old : numbers(device).stream().skip(KEPT).toList()) {
            device.call("delete checkpoint " + old, Pool.READ, store -> {
                store.delete(VolumeKeys.checkpoint(old));
                return null;
            });
        }
    }

    private static void store(Device.Span device, Presence presence, long number, Parts parts) throws BackupException {
        BlobWriter writer = device.call("begin checkpoint " + number, Pool.READ, store -> {
            presence.require(store);
            return store.create(VolumeKeys.checkpoint(number));
        });
        try {
            for (ByteBuffer part = parts.next(); part != null; part = parts.next()) {
                ByteBuffer page = part;
                device.call("write checkpoint " + number, Pool.READ, store -> {
                    writer.write(page);
                    return null;
                });
            }
            device.call("complete checkpoint " + number, Pool.READ, store -> {
                writer.commit();
                return null;
            });
        } finally {
            device.call("end checkpoint " + number, Pool.READ, store -> {
                writer.close();
                return null;
            });
        }
    }

    /**
     * Hands over the newest one that is sound, in parts; none if there is none.
     *
     * @throws BackupException {@code format.version}: an older one than that would bring back what was deleted
     */
    public void newest(PartSink sink) throws BackupException {
        Device device = pool.device();
        for (long number : numbers(device)) {
            String key = VolumeKeys.checkpoint(number);
            if (problem(key, part -> {}) == null) {
                send(key, sink);
                return;
            }
        }
    }

    /**
     * Reads one through.
     *
     * @param each is shown the bytes, in order
     * @return what is wrong with it, null if it is sound
     * @throws BackupException {@code format.version}; if the device is gone
     */
    String problem(String key, Consumer<ByteBuffer> each) throws BackupException {
        long[] at = {0};
        ByteBuffer[] part = {ByteBuffer.allocate(0)};
        try {
            new CheckpointReader(into -> {
                while (into.hasRemaining()) {
                    if (!part[0].hasRemaining()) {
                        part[0] = part(key, at[0]);
                        at[0] += part[0].remaining();
                        each.accept(part[0].duplicate());
                    }
                    if (!part[0].hasRemaining()) {
                        return;
                    }
                    int length = Math.min(into.remaining(), part[0].remaining());
                    into.put(part[0].slice(part[0].position(), length));
                    part[0].position(part[0].position() + length);
                }
            }, "checkpoint " + key).read(item -> {});
            return null;
        } catch (BackupException e) {
            if (Device.isGone(e) || FormatVersion.isOther(e)) {
                throw e;
            }
            LOG.warn("volume={}: {}", pool.label().name(), e.getMessage());
            return e.getMessage();
        }
    }

    private void send(String key, PartSink sink) throws BackupException {
        long at = 0;
        for (ByteBuffer part = part(key, 0); part.hasRemaining(); part = part(key, at)) {
            at += part.remaining();
            sink.take(part);
        }
    }

    /** In a call of its own: all of a large one would take a slow device longer than a call may. Empty behind the end. */
    private ByteBuffer part(String key, long from) throws BackupException {
        return pool.device().call("read " + key, Pool.READ, store -> {
            ByteBuffer into = ByteBuffer.allocate(READ_BYTES);
            pool.hand().on(store).read(key, from, into);
            return into.flip();
        });
    }

    /** Newest first. */
    static List<Long> numbers(Device device) throws BackupException {
        List<Long> numbers = new ArrayList<>();
        device.call("list its checkpoints", Pool.READ, store -> {
            store.list(VolumeKeys.CHECKPOINTS, blob -> numbers.add(VolumeKeys.checkpoint(blob.key())));
            return null;
        });
        numbers.removeIf(number -> number == 0);
        numbers.sort(Comparator.reverseOrder());
        return numbers;
    }
}
