package org.azekura.server.pool;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Pool;
import org.azekura.engine.seal.SessionKey;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.engine.volume.CheckpointReader;
import org.azekura.engine.volume.CheckpointWriter;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.PrivateItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is sealed of configuration (save sets with paths, and whatever is private), and what needs it, from a rebuild until a key is there that opens it. Each pool whose key
 * would do has it in a setting, as a checkpoint without anything else.
 */
public final class SealedConfiguration {

    private static final Logger log = LoggerFactory.getLogger(SealedConfiguration.class);
    private static final String SETTING = "configuration.sealed.";

    private SealedConfiguration() {}

    /** @param items what waits, with the key of its paths */
    static void keep(CatalogEdit edit, RevivedConfiguration.Found found, List<ConfigurationItem> items) throws BackupException {
        Pool pool = edit.pool(found.pool()).orElseThrow();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CheckpointWriter writer = CheckpointWriter.of(page -> bytes.write(page.array(), page.position(), page.remaining()), items);
        writer.add(new CheckpointItem.Head(ApplianceId.parse(edit.setting("appliance.id").orElseThrow()), pool.name(), found.written(), 0,
                pool.chunkSizes(), pool.compressionLevel(), pool.keyRing()));
        for (ConfigurationItem item : items) {
            writer.add(item);
        }
        writer.finish();
        edit.putSetting(SETTING + pool.name(), Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    /** Puts into the catalog what waits for a key of this pool, if that is here. What cannot be put is told in the server's log, and waits no longer. */
    public static void open(CatalogStore catalog, PoolVault vault, Pool pool) {
        try {
            String text = catalog.read(view -> view.setting(SETTING + pool.name())).orElse(null);
            if (text == null || !vault.opens(pool)) {
                return;
            }
            List<ConfigurationItem> items = read(Base64.getDecoder().decode(text));
            Opened opened = opened(items, vault, pool);
            List<String> warnings = catalog.write(edit -> {
                for (Pool each : edit.pools()) {
                    edit.deleteSetting(SETTING + each.name()); // all say the same
                }
                return RevivedConfiguration.putOpened(edit, opened.sets, opened.hidden, items);
            });
            warnings.forEach(warning -> log.warn("{}", warning));
            log.info("pool={} its key has opened {} save sets and {} other things that a rebuild brought", pool.name(), opened.sets.size(), opened.hidden.size());
        } catch (BackupException | IllegalArgumentException e) {
            log.warn("pool={} what a rebuild brought sealed can't be opened: {}", pool.name(), e.getMessage());
        }
    }

    private static List<ConfigurationItem> read(byte[] checkpoint) throws BackupException {
        List<ConfigurationItem> items = new ArrayList<>();
        ByteBuffer from = ByteBuffer.wrap(checkpoint);
        new CheckpointReader(into -> {
            int length = Math.min(into.remaining(), from.remaining());
            into.put(from.slice(from.position(), length));
            from.position(from.position() + length);
        }, "configuration that waits for a key").read(item -> {
            if (item instanceof ConfigurationItem one) {
                items.add(one);
            }
        });
        return items;
    }

    /** What a key opens. */
    private record Opened(List<KeptSaveSet> sets, List<PrivateItem> hidden) {}

    private static Opened opened(List<ConfigurationItem> items, PoolVault vault, Pool pool) throws BackupException {
        Opened opened = new Opened(new ArrayList<>(), new ArrayList<>());
        SessionKey key = null;
        for (ConfigurationItem.PathKey paths : RevivedConfiguration.only(items, ConfigurationItem.PathKey.class)) {
            key = vault.keys(pool).session(paths.sealedKey());
        }
        if (key == null) {
            return opened;
        }
        for (ConfigurationItem.KeptSet set : RevivedConfiguration.only(items, ConfigurationItem.KeptSet.class)) {
            opened.sets.add(new KeptSaveSet(set.client(), set.via(), set.open(key), set.hooks()));
        }
        for (ConfigurationItem.Hidden hidden : RevivedConfiguration.only(items, ConfigurationItem.Hidden.class)) {
            opened.hidden.add(hidden.open(key));
        }
        return opened;
    }
}
