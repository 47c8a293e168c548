package org.azekura.server.job.run;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Session;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.NodeReport;
import org.azekura.server.pool.Replicas;
import org.azekura.server.pool.SessionBook;

/** Enters in the catalog what nodes write for jobs. */
public final class PackLedger {

    private PackLedger() {}

    /** A pack that counts for nobody's quota. */
    public static void enter(CatalogStore catalog, PoolName pool, NodeName node, NodeReport.PackWritten written) throws BackupException {
        enter(catalog, pool, node, written, null, null);
    }

    /** Something that is said in one with a pack. */
    @FunctionalInterface
    public interface Word {
        void say(CatalogEdit edit) throws BackupException;
    }

    /** The same. */
    public static void enter(CatalogStore catalog, PoolName pool, NodeName node, NodeReport.PackWritten written, Word with) throws BackupException {
        catalog.write(edit -> {
            enter(edit, pool, node, written, null, null);
            with.say(edit);
            return null;
        });
    }

    /**
     * A durable pack with the sessions that sealed its chunks; its volume has that much less room, unless the pack was there already.
     *
     * @param node  that tells of it, which it does of its own volumes only
     * @param owner whose quota it counts for, null for nobody's
     * @param group of the client that sent its chunks; null if they were here before
     * @throws BackupException {@code pack.foreign}, {@code session.foreign}, {@code session.corrupt}
     */
    public static void enter(CatalogStore catalog, PoolName pool, NodeName node, NodeReport.PackWritten written, ClientName owner,
            TrustGroup group) throws BackupException {
        catalog.write(edit -> {
            enter(edit, pool, node, written, owner, group);
            return null;
        });
    }

    private static void enter(CatalogEdit edit, PoolName pool, NodeName node, NodeReport.PackWritten written, ClientName owner, TrustGroup group) throws BackupException {
        Volume volume = volume(edit, node, written);
        PoolName origin = Replicas.origin(edit, pool);
        for (NodeReport.PackSession session : written.sessions()) {
            Session named = new Session(session.session(), origin, session.sealedKey());
            if (group == null) {
                SessionBook.enter(edit, named);
            } else {
                SessionBook.enter(edit, named, group);
            }
        }
        Pack known = edit.pack(written.pack(), pool).orElse(null);
        boolean stays = known != null && isOnTape(edit, known);
        Pack before = stays || known != null && known.volume().equals(written.volume()) ? known : null;
        edit.putPack(new Pack(written.pack(), pool, written.job(), written.tree(), written.size(), written.chunks(), stays ? known.volume() : written.volume(),
                stays ? known.position() : written.position(), written.writtenAt(), owner == null && known != null ? known.owner() : owner));
        long more = written.size() - (before == null ? 0 : before.size());
        if (more != 0 && takes(volume)) {
            edit.putVolume(volume.grown(more));
        }
    }

    /**
     * What takes the place of another there is told of when it waits; the place that is known stays until its node says where the new one is, which it may have done already. Of one that is away or given up nobody is to ask for
     * that.
     */
    private static boolean isOnTape(CatalogView view, Pack known) throws BackupException {
        return view.volume(known.volume()).filter(volume -> volume.barcode() != null && volume.isInSet() && volume.state() != Volume.State.MISSING).isPresent();
    }

    /** What waits for tape is told of with the first cartridge of its set: one that is not written any more does not get it. */
    private static boolean takes(Volume volume) {
        return volume.barcode() == null || volume.state() == Volume.State.APPENDABLE;
    }

    private static Volume volume(CatalogView view, NodeName node, NodeReport.PackWritten written) throws BackupException {
        Volume volume = view.volume(written.volume()).orElse(null);
        Pool pool = volume == null ? null : view.pool(volume.pool()).orElse(null);
        if (pool == null || !pool.node().equals(node)) {
            throw BackupException.operator("pack.foreign", written.pack().toString(), "storage node " + node + " tells of pack " + written.pack()
                    + " on volume " + written.volume() + ", which is none of its own");
        }
        return volume;
    }
}
