package org.azekura.storagenode;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.volume.AuditSegment;
import org.azekura.storagenode.driver.DriverOrders;
import org.azekura.storagenode.pool.AuditBlobs;
import org.azekura.storagenode.pool.CheckpointBlobs;
import org.azekura.storagenode.pool.ManifestRead;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.Pools;
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
    private final Object server;

    VolumeStreams(Pools pools, DriverOrders drivers, Object server) {
        this.server = server;
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
            case StreamOpening.StoreAudit o -> audit(pools.get(o.pool()), stream);
            case StreamOpening.ReadAudit o -> new AuditBlobs(pools.get(o.pool())).each(segment -> stream.send(segment, SEND));
            case StreamOpening.ReadManifests o -> new ManifestRead(pools.get(o.pool())).run(manifest -> stream.send(manifest, SEND));
            case StreamOpening.ReadTrees o -> new TreeRead(pools.get(o.pool())).run(frame -> stream.send(frame, SEND));
            case StreamOpening.ReadTreePacks o -> new TreeRead(pools.get(o.pool())).packs(frame -> stream.send(frame, SEND));
            case StreamOpening.BringPackage o -> drivers.take(o, stream, server);
            case StreamOpening.StoreChunks o -> throw unexpected("StoreChunks");
            case StreamOpening.StoreTrees o -> throw unexpected("StoreTrees");
            case StreamOpening.ReadChunks o -> throw unexpected("ReadChunks");
            case StreamOpening.ReadPack o -> throw unexpected("ReadPack");
            case StreamOpening.SendPack o -> throw unexpected("SendPack");
            case StreamOpening.CheckBatches o -> throw unexpected("CheckBatches");
            case StreamOpening.MountQuestions o -> throw unexpected("MountQuestions");
            case StreamOpening.RestoreBatches o -> throw unexpected("RestoreBatches");
            case StreamOpening.RestoreQuestions o -> throw unexpected("RestoreQuestions");
        }
    }

    private static BackupException unexpected(String what) {
        return new BackupException(new Failure("message.unexpected", Failure.Kind.BUG, false, "server", "a storage node does not take " + what
                + " from the server"));
    }

    private void store(Pool pool, Stream stream) throws BackupException {
        pools.storing(pool.name()).checkpoint(pool, () -> stream.receive(SEND), () -> pools.requireOpen(pool));
    }

    private void register(Pool pool, Stream stream) throws BackupException {
        pools.storing(pool.name()).register(pool, new AskedContent(stream), () -> pools.requireOpen(pool));
    }

    private void audit(Pool pool, Stream stream) throws BackupException {
        ByteBuffer frame = stream.receive(SEND);
        if (frame == null) {
            throw unexpected("a segment of the audit log without any");
        }
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        pools.storing(pool.name()).audit(pool, AuditSegment.parse(bytes), () -> pools.requireOpen(pool));
    }
}
