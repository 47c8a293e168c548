package org.azekura.storagenode.copy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.message.CopyOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.storagenode.job.JobPacks;
import org.azekura.storagenode.pool.BlobPack;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.VolumeKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has packs come from the other side of a copy, one after the other, each durable and reported before the next. */
public final class PackTaking {

    private static final Logger LOG = LoggerFactory.getLogger(PackTaking.class);

    private final CopySide side;
    private final Pool pool;
    private final JobPacks.Reports reports;

    public PackTaking(CopySide side, JobPacks.Reports reports) {
        this.side = side;
        this.pool = side.pool();
        this.reports = reports;
    }

    /** @throws BackupException if the connection is gone or the device, or this side's volume is full; what came before is durable and reported */
    public PackAnswer.Copied run(CopyOrder.CopyPacks order) throws BackupException {
        List<PackId> packs = new ArrayList<>();
        List<PackAnswer.NotCopied> not = new ArrayList<>();
        for (PackId pack : order.packs()) {
            String problem = pool.index().pack(pack) != null ? whyNotAgain(pack) : take(order, pack);
            if (problem == null) {
                packs.add(pack);
            } else {
                LOG.warn("job={} pack {} is not copied: {}", order.job(), pack, problem);
                not.add(new PackAnswer.NotCopied(pack, problem));
            }
        }
        return new PackAnswer.Copied(packs, not);
    }

    /** Null if nothing is wrong with it: it came meanwhile. */
    private String whyNotAgain(PackId pack) {
        return pool.marks().isMarked(pack) ? "it is here, and damaged; verify names what is lost" : null;
    }

    /** @return why it did not come as it was written, null if it did */
    private String take(CopyOrder.CopyPacks order, PackId pack) throws BackupException {
        try (SentPack sent = SentPack.ask(side, order.from(), pack)) {
            if (sent.size() < 0) {
                return SentPack.NONE;
            }
            if (!PackOnTheWay.take(pool, pack, sent.size(), sent::next)) {
                LOG.info("job={} pack {} comes again when the device goes on", order.job(), pack);
                return take(order, pack);
            }
            enter(order, pack, sent.size());
            return null;
        } catch (BackupException e) {
            if (e.failure().code().equals("pack.corrupt")) {
                return e.getMessage();
            }
            throw e;
        }
    }

    private void enter(CopyOrder.CopyPacks order, PackId pack, long size) throws BackupException {
        PackIndex index = pool.device().call("read the index of pack " + pack, Pool.READ, store -> new PackReader(new BlobPack(store, pack)).index());
        Instant written = Instant.now();
        try {
            reports.packWritten(report(order.job(), pool, index, size, written));
        } finally {
            // Durable is durable: also when the server could not be told. It asks for all packs when it comes back.
            pool.index().add(index, size, written, side.pins());
        }
    }

    /** What the server is told of a pack that is durable here. */
    static NodeReport.PackWritten report(JobId job, Pool pool, PackIndex index, long size, Instant written) {
        return new NodeReport.PackWritten(job, index.pack(), index.kind() == ChunkKind.TREE, pool.label().volume(), VolumeKeys.pack(index.pack()), size,
                index.entries().size(), written, index.sessions().stream().map(session -> new NodeReport.PackSession(session.session(), session.sealedKey())).toList());
    }
}
