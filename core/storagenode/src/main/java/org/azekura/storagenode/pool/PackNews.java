package org.azekura.storagenode.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackOrder;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.spool.SpoolNews;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of packs on their way to tape and there: the server is told where they lie; one that is damaged is looked through, so that its chunks are stored again.
 *
 * @param pools  that are open; null before there are any
 * @param placed tells the server, and does not wait for it
 */
public record PackNews(Supplier<Pools> pools, Consumer<NodeReport.PacksPlaced> placed) implements SpoolNews {

    private static final Logger LOG = LoggerFactory.getLogger(PackNews.class);

    private List<Pool> within(PoolName medium) {
        Pools open = pools.get();
        return open == null ? List.of() : open.within(medium);
    }

    /** Null if this is no pack of the pool. */
    private static PackId pack(Pool pool, String key) {
        return key.startsWith(pool.folder()) ? VolumeKeys.pack(key.substring(pool.folder().length())) : null;
    }

    @Override
    public void placed(PoolName medium, Map<String, BlobPlace> places) {
        for (Pool pool : within(medium)) {
            List<NodeReport.PackPlaced> page = new ArrayList<>();
            places.forEach((key, place) -> {
                PackId id = pack(pool, key);
                if (id != null) {
                    page.add(new NodeReport.PackPlaced(id, place.volume(), place.position().toString()));
                }
                if (page.size() == PackOrder.PACKS_PER_PAGE) {
                    placed.accept(new NodeReport.PacksPlaced(pool.name(), page));
                    page.clear();
                }
            });
            if (!page.isEmpty()) {
                placed.accept(new NodeReport.PacksPlaced(pool.name(), page));
            }
        }
    }

    /** What notes the damage stands behind what is being written: so it is done by another thread. */
    @Override
    public void damaged(PoolName medium, String key, String what) {
        for (Pool pool : within(medium)) {
            PackId id = pack(pool, key);
            if (id != null) {
                pool.lost().add(id);
                Thread.ofVirtual().name("pack " + id + " is looked through").start(() -> look(pool, id));
            }
        }
    }

    /** What can't be read of it is stored again. Waits as long as its drive writes. */
    static void look(Pool pool, PackId id) {
        boolean again = true;
        while (again) {
            try {
                new Verification(pool, null).run(new PackOrder.VerifyPacks(null, pool.name(), List.of(id), false), () -> false);
                return;
            } catch (BackupException e) {
                // the drive may write a batch for minutes; until this was looked through, jobs rely on what is not there
                again = e.failure().code().equals("device.busy");
                LOG.error("pool {}: pack {} is damaged, and can't be looked through{}: {}", pool.name(), id,
                        again ? " yet" : "; verify the pool", e.getMessage());
            } catch (RuntimeException e) {
                again = false;
                LOG.error("pool {}: pack {} is damaged, and can't be looked through; verify the pool", pool.name(), id, e);
            }
        }
    }
}
