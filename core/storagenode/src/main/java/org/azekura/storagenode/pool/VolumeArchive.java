package org.azekura.storagenode.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Readiness;
import org.azekura.api.message.ThawAnswer;
import org.azekura.api.message.ThawOrder;

/** The packs of a pool that lie in the archive of its device. */
public record VolumeArchive(Pool pool) {

    /** @throws BackupException {@code message.large} */
    public ThawAnswer.Found look(List<PackId> packs) throws BackupException {
        requireFew(packs);
        Map<PackId, Readiness> found = pool.device().call("ask which of " + packs.size() + " packs lie in its archive", Pool.READ, store -> found(store, packs));
        List<PackId> archived = new ArrayList<>();
        List<PackId> coming = new ArrayList<>();
        for (PackId pack : packs) {
            switch (found.get(pack)) {
                case Readiness.Archived _ -> archived.add(pack);
                case Readiness.Coming _ -> coming.add(pack);
                case Readiness.Ready _, Readiness.Retrieved _ -> { }
            }
        }
        return new ThawAnswer.Found(archived, coming);
    }

    private static Map<PackId, Readiness> found(BlobStore store, List<PackId> packs) throws BackupException {
        Map<String, Readiness> surveyed = store.survey(packs.stream().map(VolumeKeys::pack).toList());
        Map<PackId, Readiness> found = new HashMap<>();
        List<PackId> unknown = new ArrayList<>();
        for (PackId pack : packs) {
            Readiness known = surveyed.get(VolumeKeys.pack(pack));
            if (known == null) {
                unknown.add(pack);
            } else {
                found.put(pack, known);
            }
        }
        List<Readiness> asked = AtOnce.each(unknown, pack -> readiness(store, pack));
        for (int i = 0; i < unknown.size(); i++) {
            found.put(unknown.get(i), asked.get(i));
        }
        return found;
    }

    /** What is not there is not waited for: who reads it names it. */
    private static Readiness readiness(BlobStore store, PackId pack) throws BackupException {
        try {
            return store.readiness(VolumeKeys.pack(pack));
        } catch (BackupException e) {
            if (e.failure().code().equals("blob.missing")) {
                return new Readiness.Ready();
            }
            throw e;
        }
    }

    /** @throws BackupException {@code message.large}, {@code device.unsupported}, of the first pack that can't be asked for */
    public void thaw(ThawOrder.ThawPacks order) throws BackupException {
        requireFew(order.packs());
        pool.device().call("ask its archive for " + order.packs().size() + " packs", Pool.READ, store -> AtOnce.each(order.packs(), pack -> {
            store.retrieve(VolumeKeys.pack(pack), order.tier(), Duration.ofSeconds(order.keep_s()));
            return pack;
        }));
    }

    private void requireFew(List<PackId> packs) throws BackupException {
        if (packs.size() > ThawOrder.PACKS) {
            throw BackupException.operator("message.large", pool.name().value(), "ask for at most " + ThawOrder.PACKS + " packs at once, not " + packs.size());
        }
    }
}
