package org.azekura.storagenode.copy;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives packs of one pool, byte for byte as they lie there, to the other side of a copy. */
final class PackGiving {

    /** While a piece is sent the next one is read. */
    private static final int PIECE = 1 << 20;
    private static final Duration STREAM_WAIT = Duration.ofMinutes(1);
    private static final Duration OPENING = Duration.ofSeconds(60);
    private static final Duration SEND = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(PackGiving.class);

    private final JobId job;
    private final Pool pool;

    PackGiving(JobId job, Pool pool) {
        this.job = job;
        this.pool = pool;
    }

    /** Until the connection ends. */
    void serve(Conversation with) {
        while (!with.ended().isDone()) {
            try {
                Stream stream = with.connection().accept(STREAM_WAIT);
                if (stream == null) {
                    return;
                }
                Thread.ofVirtual().name("job " + job + " gives a pack").start(() -> take(stream));
            } catch (BackupException e) {
                if (!e.failure().code().equals("transport.timeout")) {
                    LOG.debug("job={} gives no more packs: {}", job, e.getMessage());
                    return;
                }
            }
        }
    }

    private void take(Stream stream) {
        try (stream) {
            ByteBuffer first = stream.receive(OPENING);
            if (first == null) {
                return;
            }
            if (MessageCodec.decode(first, StreamOpening.class) instanceof StreamOpening.SendPack wanted && wanted.job().equals(job)
                    && wanted.pool().equals(pool.name())) {
                send(wanted.pack(), stream);
                stream.endSending();
            } else {
                LOG.warn("job={} was asked for what is not its to give; nothing was sent", job);
            }
        } catch (BackupException e) {
            LOG.warn("job={} a pack was not sent: {}", job, e.getMessage());
        }
    }

    /**
     * What can't be read ends early: who gets it sees that by the size. A pack with damage that only its content shows has every checksum right, so
     * packs that are marked do not go.
     */
    private void send(PackId pack, Stream stream) throws BackupException {
        String key = VolumeKeys.pack(pack);
        Device device = pool.device();
        Duration patience = pool.patience();
        long size = pool.marks().isMarked(pack) ? -1 : device.call("look for pack " + pack, Pool.READ, store -> store.size(key));
        stream.send(MessageCodec.encode(new PackAnswer.PackSize(size)), SEND);
        Device.Call<ByteBuffer> next = size > 0 ? read(device, key, 0, size, patience) : null;
        for (long at = 0; at < size;) {
            ByteBuffer piece;
            try {
                piece = next.await();
            } catch (BackupException e) {
                LOG.warn("job={} pack {} can't be read at {}: {}", job, pack, at, e.getMessage());
                return;
            }
            if (!piece.hasRemaining()) {
                return;
            }
            at += piece.remaining();
            next = at < size ? read(device, key, at, size, patience) : null;
            stream.send(piece, SEND);
        }
    }

    private static Device.Call<ByteBuffer> read(Device device, String key, long at, long size, Duration patience) throws BackupException {
        return device.begin("read " + key, patience, store -> piece(store, key, at, size));
    }

    private static ByteBuffer piece(BlobStore store, String key, long at, long size) throws BackupException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, size - at));
        store.read(key, at, piece);
        return piece.flip();
    }
}
