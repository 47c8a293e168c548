package org.azekura.storagenode;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.driver.DriverOrders;
import org.azekura.storagenode.pool.CheckpointBlobs;
import org.azekura.storagenode.pool.ManifestRead;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.Pools;
import org.azekura.storagenode.pool.Registers;
import org.azekura.storagenode.pool.TreeRead;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server sends and gets as a whole: checkpoints to volumes, everything that a catalog is made of from them, driver packages. */
final class VolumeStreams {

    private static final Duration OPENING = Duration.ofSeconds(30);
    static final Duration SEND = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(VolumeStreams.class);

    private final Pools pools;
    private final DriverOrders drivers;
    /** Two checkpoints at once would get the same number, and two registers. */
    private final ReentrantLock storing = new ReentrantLock();

    VolumeStreams(Pools pools, DriverOrders drivers) {
        this.pools = pools;
        this.drivers = drivers;
    }

    /** Serves one stream to its end. */
    void take(Stream stream) {
        try (stream) {
            if (!(MessageCodec.decode(stream.receive(OPENING)) instanceof StreamOpening opening)) {
                throw unexpected("a message");
            }
            serve(opening, stream);
            stream.endSending();
        } catch (BackupException e) {
            LOG.warn("a data stream of the server broke: {}", e.getMessage());
        }
    }

    private void serve(StreamOpening opening, Stream stream) throws BackupException {
        switch (opening) {
            case StreamOpening.StoreCheckpoint o -> store(pools.get(o.pool()), stream);
            case StreamOpening.ReadCheckpoint o -> new CheckpointBlobs(pools.get(o.pool())).newest(part -> stream.send(part, SEND));
            case StreamOpening.StoreRegister o -> register(pools.get(o.pool()), stream);
            case StreamOpening.ReadManifests o -> new ManifestRead(pools.get(o.pool())).run(manifest -> stream.send(manifest, SEND));
            case StreamOpening.ReadTrees o -> new TreeRead(pools.get(o.pool())).run(frame -> stream.send(frame, SEND));
            case StreamOpening.ReadTreePacks o -> new TreeRead(pools.get(o.pool())).packs(frame -> stream.send(frame, SEND));
            case StreamOpening.BringPackage o -> drivers.take(o, stream);
            case StreamOpening.StoreChunks o -> throw unexpected("StoreChunks");
            case StreamOpening.StoreTrees o -> throw unexpected("StoreTrees");
            case StreamOpening.ReadChunks o -> throw unexpected("ReadChunks");
            case StreamOpening.ReadPack o -> throw unexpected("ReadPack");
            case StreamOpening.SendPack o -> throw unexpected("SendPack");
            case StreamOpening.CheckBatches o -> throw unexpected("CheckBatches");
            case StreamOpening.RestoreBatches o -> throw unexpected("RestoreBatches");
        }
    }

    private static BackupException unexpected(String what) {
        return new BackupException(new Failure("message.unexpected", Failure.Kind.BUG, false, "server", "a storage node does not take " + what
                + " from the server"));
    }

    private void store(Pool pool, Stream stream) throws BackupException {
        storing.lock();
        try {
            new CheckpointBlobs(pool).store(() -> stream.receive(SEND));
        } finally {
            storing.unlock();
        }
    }

    private void register(Pool pool, Stream stream) throws BackupException {
        storing.lock();
        try {
            Registers.write(pool, new AskedContent(stream));
        } finally {
            storing.unlock();
        }
    }
}
