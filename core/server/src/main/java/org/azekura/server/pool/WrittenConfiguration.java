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
import org.azekura.api.device.BlobLock;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.volume.AccessItem;
import org.azekura.engine.volume.CheckpointWriter;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.DrillItem;
import org.azekura.engine.volume.PathSealer;
import org.azekura.engine.volume.PrivateItem;
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
        addSealed(items, view, ring);
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
                BlobLock.Mode mode = view.lockMode(pool.name());
                if (mode != BlobLock.Mode.GOVERNANCE) {
                    items.add(new ConfigurationItem.PoolLockMode(pool.name(), mode == BlobLock.Mode.COMPLIANCE));
                }
            }
        }
        for (Pin pin : view.pins()) {
            items.add(new ConfigurationItem.PinnedSnapshot(pin.snapshot(), pin.since(), pin.until(), pin.why()));
        }
        items.addAll(WrittenDrills.plans(view));
        items.addAll(WrittenAccess.of(view));
        items.addAll(WrittenDrills.proofs(view));
        items.removeIf(item -> !isSaid(item));
        return items;
    }

    /** What only holders of a key of the pool read. */
    private static void addSealed(List<ConfigurationItem> items, CatalogView view, KeyRing ring) throws BackupException {
        List<KeptSaveSet> sets = view.saveSets(null);
        List<PrivateItem> hidden = new ArrayList<>(WrittenPrivate.of(view));
        hidden.addAll(WrittenDrills.told(view));
        if (sets.isEmpty() && hidden.isEmpty()) {
            return;
        }
        try (PathSealer sealer = new PathSealer(ring)) {
            items.add(sealer.key());
            for (KeptSaveSet set : sets) {
                items.add(sealer.seal(set.client(), set.via(), set.saveSet(), set.hooks()));
            }
            for (PrivateItem item : hidden) {
                ConfigurationItem.Hidden one = sealer.hide(item);
                if (one == null) {
                    log.warn("{} is too large for a checkpoint and would not come back with a rebuild", name(item));
                } else {
                    items.add(one);
                }
            }
        }
    }

    private static String name(PrivateItem item) {
        return switch (item) {
            case PrivateItem.Target target -> "notification target " + target.name();
            case PrivateItem.Provider provider -> "single sign-on by " + provider.name();
            case PrivateItem.KnownAs known -> "who " + known.user() + " is at his provider";
            case PrivateItem.DeviceBefore device -> "what is set of device " + device.name();
            case PrivateItem.Word word -> word.about();
            case PrivateItem.Told told -> "what drill " + told.job() + " told";
        };
    }

    /** A monster must not keep the rest off the media. */
    private static boolean isSaid(ConfigurationItem item) {
        boolean said = CheckpointWriter.canSay(item);
        if (!said) {
            log.warn("{} is too large for a checkpoint and would not come back with a rebuild", switch (item) {
                case ConfigurationItem.KeptSet set -> "save set " + set.id();
                case ConfigurationItem.KeptPolicy policy -> "policy " + policy.name();
                case ConfigurationItem.PoolLock lock -> "the lock of pool " + lock.name();
                case ConfigurationItem.PoolLockMode mode -> "the mode of the lock of pool " + mode.name();
                case ConfigurationItem.PinnedSnapshot pin -> "the pin of snapshot " + pin.snapshot();
                case ConfigurationItem.PolicyTerms terms -> "when policy " + terms.name() + " runs";
                case ConfigurationItem.ClientSettings client -> "what was laid down for client " + client.name();
                case ConfigurationItem.PathKey key -> "the key of paths";
                case ConfigurationItem.AuditLine line -> "line " + line.number() + " of the audit log";
                case ConfigurationItem.Edition e -> "edition " + e.number();
                case ConfigurationItem.PoolSettings pool -> "what was laid down for pool " + pool.name();
                case ConfigurationItem.HostAddress host -> "the address of " + host.peer();
                case ConfigurationItem.Hidden hidden -> "something private";
                case DrillItem.PlannedDrill plan -> "plan of drills " + plan.name();
                case DrillItem.Proven proven -> "what drill " + proven.job() + " proved";
                case AccessItem.Account account -> "user " + account.name();
                case AccessItem.FormerCaller former -> "the name " + former.name();
                case AccessItem.PersonsRule rule -> "the rule for dangerous acts";
            });
        }
        return said;
    }
}
