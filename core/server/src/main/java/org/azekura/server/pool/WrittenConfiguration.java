package org.azekura.server.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.Quota;
import org.azekura.api.Timing;
import org.azekura.api.catalog.AuditHead;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Pool;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.volume.CheckpointWriter;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.PathSealer;
import org.azekura.server.host.CallBook;
import org.azekura.server.host.Edition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people have laid down, as checkpoints say it. */
final class WrittenConfiguration {

    private static final Logger log = LoggerFactory.getLogger(WrittenConfiguration.class);

    private WrittenConfiguration() {}

    /**
     * All of it, and how far the audit log goes; nothing but that as long as nobody has laid anything down.
     *
     * @param ring of the pool that the checkpoint is of: who opens it reads the paths
     */
    static List<ConfigurationItem> of(CatalogView view, KeyRing ring) throws BackupException {
        List<ConfigurationItem> items = new ArrayList<>();
        AuditHead.known(view).ifPresent(head -> items.add(new ConfigurationItem.AuditLine(head.number(), head.hash())));
        long edition = Edition.of(view);
        if (edition == 0) {
            return items;
        }
        items.add(new ConfigurationItem.Edition(edition));
        for (Pool pool : view.pools()) {
            items.add(new ConfigurationItem.PoolSettings(pool.name(), pool.livePercent(), pool.group(), pool.patience()));
        }
        for (Client client : view.clients()) {
            ClientTerms terms = view.terms(client.name());
            items.add(new ConfigurationItem.ClientSettings(client.name(), client.trustGroup(), view.boundedQuota(client.name()).map(Quota::limit)
                    .orElse(Quota.NONE), terms.pool(), terms.group(), terms.limits()));
        }
        for (Map.Entry<String, String> host : CallBook.addresses(view).entrySet()) {
            items.add(new ConfigurationItem.HostAddress(host.getKey(), host.getValue()));
        }
        addSets(items, view.saveSets(null), ring);
        for (Policy policy : view.policies()) {
            items.add(new ConfigurationItem.KeptPolicy(policy.name(), policy.pool(), policy.saveSets(), policy.copyTo()));
            if (!policy.timing().equals(Timing.BY_HAND) || !policy.keep().keepsAll()) {
                items.add(new ConfigurationItem.PolicyTerms(policy.name(), policy.timing(), policy.keep()));
            }
        }
        for (Pool pool : view.pools()) {
            Duration lock = view.lock(pool.name());
            if (!lock.isZero()) {
                items.add(new ConfigurationItem.PoolLock(pool.name(), lock.toSeconds()));
            }
        }
        for (Pin pin : view.pins()) {
            items.add(new ConfigurationItem.PinnedSnapshot(pin.snapshot(), pin.since(), pin.until(), pin.why()));
        }
        items.removeIf(item -> !isSaid(item));
        return items;
    }

    private static void addSets(List<ConfigurationItem> items, List<KeptSaveSet> sets, KeyRing ring) {
        if (sets.isEmpty()) {
            return;
        }
        try (PathSealer sealer = new PathSealer(ring)) {
            items.add(sealer.key());
            for (KeptSaveSet set : sets) {
                items.add(sealer.seal(set.client(), set.via(), set.saveSet(), set.hooks()));
            }
        }
    }

    /** A monster must not keep the rest off the media. */
    private static boolean isSaid(ConfigurationItem item) {
        boolean said = CheckpointWriter.canSay(item);
        if (!said) {
            log.warn("{} is too large for a checkpoint and would not come back with a rebuild", switch (item) {
                case ConfigurationItem.KeptSet set -> "save set " + set.id();
                case ConfigurationItem.KeptPolicy policy -> "policy " + policy.name();
                case ConfigurationItem.PoolLock lock -> "the lock of pool " + lock.name();
                case ConfigurationItem.PinnedSnapshot pin -> "the pin of snapshot " + pin.snapshot();
                case ConfigurationItem.PolicyTerms terms -> "when policy " + terms.name() + " runs";
                case ConfigurationItem.ClientSettings client -> "what was laid down for client " + client.name();
                case ConfigurationItem.PathKey key -> "the key of paths";
                case ConfigurationItem.AuditLine line -> "line " + line.number() + " of the audit log";
                case ConfigurationItem.Edition e -> "edition " + e.number();
                case ConfigurationItem.PoolSettings pool -> "what was laid down for pool " + pool.name();
                case ConfigurationItem.HostAddress host -> "the address of " + host.peer();
            });
        }
        return said;
    }
}
