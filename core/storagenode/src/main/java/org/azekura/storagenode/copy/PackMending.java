package org.azekura.storagenode.copy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.message.HealOrder;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.engine.format.Sha256;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.job.JobPacks;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.Verification;
import org.azekura.storagenode.pool.VolumeKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has packs come from the other side of a copy in the place of those that are damaged here, or gone. One thread.
 *
 * <pre>
 * the pack is here and sound      nothing is sent
 * damaged, or gone                it comes into a file of the node, is compared with what is known of it, replaces what is there; all of an order are read back, on tape from there
 * being dropped                   nothing: nobody needs it
 * </pre>
 */
public final class PackMending {

    private static final Logger LOG = LoggerFactory.getLogger(PackMending.class);

    private final CopySide side;
    private final Pool pool;
    private final JobPacks.Reports reports;

    public PackMending(CopySide side, JobPacks.Reports reports) {
        this.side = side;
        this.pool = side.pool();
        this.reports = reports;
    }

    /** @throws BackupException if the connection is gone or the device, or this side's volume is full; what came before is durable and reported */
    public PackAnswer.Copied run(HealOrder.MendPacks order) throws BackupException {
        Map<PackId, String> problems = new LinkedHashMap<>();
        Set<PackId> came = new HashSet<>();
        for (HealOrder.Wanted wanted : order.packs()) {
            problems.put(wanted.pack(), problem(order, wanted, came));
        }
        for (PackId pack : came) {
            problems.put(pack, notSound(pack));
        }
        List<PackId> packs = new ArrayList<>();
        List<PackAnswer.NotCopied> not = new ArrayList<>();
        problems.forEach((pack, problem) -> {
            if (problem == null) {
                packs.add(pack);
            } else {
                LOG.warn("job={} pack {} is not mended: {}", order.job(), pack, problem);
                not.add(new PackAnswer.NotCopied(pack, problem));
            }
        });
        return new PackAnswer.Copied(packs, not);
    }

    private String notSound(PackId pack) throws BackupException {
        return isSound(pack) ? null : pool.marks().isWrong(pack) ? "it was replaced, and its content is still to be opened: verify --depth content"
                : "it was written, and can't be read back as it was";
    }

    /** The same as {@link #mend}; one that lies in an archive keeps no other from being mended. */
    private String problem(HealOrder.MendPacks order, HealOrder.Wanted wanted, Set<PackId> came) throws BackupException {
        try {
            return mend(order, wanted, came);
        } catch (BackupException e) {
            if (e.failure().code().equals("blob.archived")) {
                return e.getMessage();
            }
            throw e;
        }
    }

    /**
     * @param came gets it if it was written
     * @return why it is as it was, null if it is sound, or was written
     */
    private String mend(HealOrder.MendPacks order, HealOrder.Wanted wanted, Set<PackId> came) throws BackupException {
        KnownPack known = pool.index().pack(wanted.pack());
        if (known != null && !pool.index().pin(side.pins(), known)) {
            return "nothing needs it any more: it is being dropped";
        }
        if (known != null && isSound(wanted.pack())) {
            return null;
        }
        try (SentPack sent = SentPack.ask(side, order.from(), wanted.pack())) {
            if (sent.size() < 0) {
                return SentPack.NONE;
            }
            long expected = known == null || pool.index().partly(known) ? wanted.size() : known.size();
            if (expected >= 0 && sent.size() != expected) {
                return "its source has another pack under this name: " + sent.size() + " bytes, expected " + expected; // before it fills this node's disk
            }
            try (PackDraft draft = PackDraft.take(sent, wanted.pack(), pool.index().folder())) {
                PackIndex index = new PackReader(draft).index();
                String other = new PackMatch(pool.index(), wanted, known).difference(index, draft.size());
                if (other != null) {
                    return "its source has another pack under this name: " + other;
                }
                boolean wrong = pool.marks().isWrong(wanted.pack());
                if (wrong && isSame(draft, wanted.pack())) {
                    return "its source has the same content, which is not what its ids say";
                }
                String witness = new PackRemains(pool, wanted.pack(), wrong).against(draft, index);
                if (witness != null) {
                    return "its source has another pack under this name: " + witness;
                }
                replace(draft, wanted.pack());
                enter(index, draft.size(), known);
                came.add(wanted.pack());
                return null;
            }
        } catch (BackupException e) {
            if (e.failure().code().equals("pack.corrupt")) {
                return e.getMessage();
            }
            throw e;
        }
    }

    /** By the hash at its end, of which this node's own is right: what was found by its content has every checksum right. */
    private boolean isSame(PackDraft draft, PackId pack) throws BackupException {
        ByteBuffer came = ByteBuffer.allocate(Sha256.BYTES);
        draft.read(draft.size() - Sha256.BYTES, came);
        ByteBuffer here = ByteBuffer.allocate(Sha256.BYTES);
        pool.device().call("read the end of pack " + pack, Pool.READ, store -> store.read(VolumeKeys.pack(pack), Math.max(0, draft.size() - Sha256.BYTES), here));
        return came.flip().equals(here.flip());
    }

    /** Read whole, now. What was found by its content has every checksum right, and is not sound before somebody with keys says so. */
    private boolean isSound(PackId pack) throws BackupException {
        PackOrder.VerifyPacks look = new PackOrder.VerifyPacks(side.order().job(), pool.name(), List.of(pack), false);
        return new Verification(pool, side.order().job()).run(look, side::hasEnded).damaged().isEmpty() && !pool.marks().isWrong(pack);
    }

    private void replace(PackDraft draft, PackId pack) throws BackupException {
        while (!PackOnTheWay.mend(pool, pack, draft.size(), draft.pieces())) {
            LOG.info("job={} pack {} is written again when the device goes on", side.order().job(), pack);
        }
    }

    private void enter(PackIndex index, long size, KnownPack known) throws BackupException {
        Instant written = known == null ? Instant.now() : known.writtenAt();
        try {
            reports.packWritten(PackTaking.report(side.order().job(), pool, index, size, written));
        } finally {
            if (known != null && pool.index().partly(known)) {
                pool.index().remove(List.of(known)); // only what was whole of it was known
            }
            pool.index().add(index, size, written, side.pins());
        }
    }
}
