package org.azekura.server.job.prune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PackId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PruneOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.prune.PackFate;

/** Has what is alive in sparse packs copied to new ones; then the old ones go. */
final class PackRewrite {

    /** The most room that copies take before what was copied is dropped. */
    private static final long BATCH_BYTES = 256L << 20;
    private static final int BATCH = 128;

    private final CatalogStore catalog;
    private final JobRecord record;
    private final ConnectedNode node;
    private final PackDrop drop;
    private final Halt halt;
    private final Consumer<ClientName> owner;

    /** @param owner told before packs are copied: whose quota the new ones count for, null for nobody's */
    PackRewrite(CatalogStore catalog, JobRecord record, ConnectedNode node, PackDrop drop, Halt halt, Consumer<ClientName> owner) {
        this.catalog = catalog;
        this.owner = owner;
        this.record = record;
        this.node = node;
        this.drop = drop;
        this.halt = halt;
    }

    /** @return each of the packs, with what became of it */
    Map<PackAnswer.PackUse, PackFate> rewrite(List<PackAnswer.PackUse> sparse) throws BackupException {
        Map<PackAnswer.PackUse, PackFate> outcome = new LinkedHashMap<>();
        for (Map.Entry<Optional<ClientName>, List<PackAnswer.PackUse>> of : byOwner(sparse).entrySet()) {
            owner.accept(of.getKey().orElse(null));
            for (List<PackAnswer.PackUse> batch : batches(of.getValue())) {
                halt.check();
                if (outcome.containsValue(PackFate.ROOMLESS)) {
                    batch.forEach(pack -> outcome.put(pack, PackFate.ROOMLESS));
                } else {
                    outcome.putAll(rewriteBatch(batch));
                }
            }
        }
        return outcome;
    }

    /** What counts for one client's quota is put together with nothing else: so it is known for whom the new packs count. */
    private Map<Optional<ClientName>, List<PackAnswer.PackUse>> byOwner(List<PackAnswer.PackUse> sparse) throws BackupException {
        return catalog.read(view -> {
            Map<Optional<ClientName>, List<PackAnswer.PackUse>> owners = new LinkedHashMap<>();
            for (PackAnswer.PackUse pack : sparse) {
                owners.computeIfAbsent(view.pack(pack.pack()).map(Pack::owner), o -> new ArrayList<>()).add(pack);
            }
            return owners;
        });
    }

    private Map<PackAnswer.PackUse, PackFate> rewriteBatch(List<PackAnswer.PackUse> batch) throws BackupException {
        Map<PackAnswer.PackUse, PackFate> outcome = new LinkedHashMap<>();
        Set<PackId> copied;
        try {
            copied = new HashSet<>(node.ask(new PruneOrder.RewritePacks(record.id(), batch.stream().map(PackAnswer.PackUse::pack).toList()),
                    PackAnswer.Packs.class, Orders.READ).packs());
        } catch (BackupException e) {
            if (!e.failure().code().equals("device.full")) {
                throw e;
            }
            record.line(JobLine.Level.WARN, "packs can't be rewritten: " + e.getMessage());
            batch.forEach(pack -> outcome.put(pack, PackFate.ROOMLESS));
            return outcome;
        }
        batch.stream().filter(pack -> !copied.contains(pack.pack())).forEach(pack -> outcome.put(pack, PackFate.DAMAGED));
        drop.drop(batch.stream().filter(pack -> copied.contains(pack.pack())).toList())
                .forEach((pack, fate) -> outcome.put(pack, fate == null ? PackFate.SPARSE : fate));
        return outcome;
    }

    /** Packs of one kind only, and not too much of them. */
    private static List<List<PackAnswer.PackUse>> batches(List<PackAnswer.PackUse> sparse) {
        List<List<PackAnswer.PackUse>> batches = new ArrayList<>();
        for (boolean tree : new boolean[] {false, true}) {
            List<PackAnswer.PackUse> batch = new ArrayList<>();
            long bytes = 0;
            for (PackAnswer.PackUse pack : sparse) {
                if (pack.tree() == tree) {
                    if (!batch.isEmpty() && (batch.size() == BATCH || bytes + pack.liveBytes() > BATCH_BYTES)) {
                        batches.add(batch);
                        batch = new ArrayList<>();
                        bytes = 0;
                    }
                    batch.add(pack);
                    bytes += pack.liveBytes();
                }
            }
            if (!batch.isEmpty()) {
                batches.add(batch);
            }
        }
        return batches;
    }
}
