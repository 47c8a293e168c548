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
import org.azekura.engine.volume.CheckpointProof;
import org.azekura.engine.volume.CheckpointReader;
import org.azekura.engine.volume.CheckpointWriter;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.MediaItem;
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
    private static final String PROOF = "configuration.proof.";

    private SealedConfiguration() {}

    /** @param items what waits, with the key of its paths */
    static void keep(CatalogEdit edit, RevivedConfiguration.Found found, List<ConfigurationItem> waiting) throws BackupException {
        List<CheckpointItem> items = new ArrayList<>(waiting);
        found.media().stream().filter(item -> item instanceof MediaItem.GivenUp && !found.proven()).forEach(items::add);
        Pool pool = edit.pool(found.pool()).orElseThrow();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CheckpointWriter writer = CheckpointWriter.of(page -> bytes.write(page.array(), page.position(), page.remaining()), items);
        writer.add(new CheckpointItem.Head(ApplianceId.parse(edit.setting("appliance.id").orElseThrow()), pool.name(), found.written(), 0,
                pool.chunkSizes(), pool.compressionLevel(), pool.keyRing()));
        for (CheckpointItem item : items) {
            writer.add(item);
        }
        writer.finish();
        edit.putSetting(PROOF + pool.name(), found.proof().digest() + " " + found.proof().proof());
        edit.putSetting(SETTING + pool.name(), Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    /** Puts into the catalog what waits for a key of this pool, if that is here. What cannot be put is told in the server's log, and waits no longer. */
    public static void open(CatalogStore catalog, PoolVault vault, Pool pool) {
        try {
            String text = catalog.read(view -> view.setting(SETTING + pool.name())).orElse(null);
            if (text == null || !vault.opens(pool)) {
                return;
            }
            List<ConfigurationItem> items = new ArrayList<>();
            List<MediaItem> media = new ArrayList<>();
            read(Base64.getDecoder().decode(text), items, media);
            Opened opened = opened(items, vault, pool);
            boolean proven = vault.proves(pool, proof(catalog, pool));
            List<String> warnings = catalog.write(edit -> {
                for (Pool each : edit.pools()) {
                    edit.deleteSetting(SETTING + each.name()); // all say the same
                    edit.deleteSetting(PROOF + each.name());
                }
                return RevivedConfiguration.putOpened(edit, opened.sets, opened.hidden, items, media, proven);
            });
            warnings.forEach(warning -> log.warn("{}", warning));
            log.info("pool={} its key has opened {} save sets and {} other things that a rebuild brought", pool.name(), opened.sets.size(), opened.hidden.size());
        } catch (BackupException | IllegalArgumentException e) {
            log.warn("pool={} what a rebuild brought sealed can't be opened: {}", pool.name(), e.getMessage());
        }
    }

    private static CheckpointProof proof(CatalogStore catalog, Pool pool) throws BackupException {
        String[] words = catalog.read(view -> view.setting(PROOF + pool.name())).orElse(" ").split(" ", 2);
        return new CheckpointProof(words[0], words[1]);
    }

    private static void read(byte[] checkpoint, List<ConfigurationItem> items, List<MediaItem> media) throws BackupException {
        ByteBuffer from = ByteBuffer.wrap(checkpoint);
        new CheckpointReader(into -> {
            int length = Math.min(into.remaining(), from.remaining());
            into.put(from.slice(from.position(), length));
            from.position(from.position() + length);
        }, "configuration that waits for a key").read(item -> {
            if (item instanceof ConfigurationItem one) {
                items.add(one);
            } else if (item instanceof MediaItem one) {
                media.add(one);
            }
        });
    }

    /** What a key opens. */
    private record Opened(List<KeptSaveSet> sets, List<PrivateItem> hidden) {}

    private static Opened opened(List<ConfigurationItem> items, PoolVault vault, Pool pool) throws BackupException {
        Opened opened = new Opened(new ArrayList<>(), new ArrayList<>());
        SessionKey key = null;
        for (ConfigurationItem.PathKey paths : RevivedConfiguration.only(items, ConfigurationItem.PathKey.class)) {
            key = vault.keys(pool).session(paths.sealedKey());
        }
        for (ConfigurationItem.KeptSet set : RevivedConfiguration.only(items, ConfigurationItem.KeptSet.class)) {
            if (set.isSealed() && key == null) {
                continue; // nobody can read it
            }
            opened.sets.add(new KeptSaveSet(set.client(), set.via(), set.open(key), set.hooks()));
        }
        for (ConfigurationItem.Hidden hidden : key == null ? List.<ConfigurationItem.Hidden>of() : RevivedConfiguration.only(items, ConfigurationItem.Hidden.class)) {
            opened.hidden.add(hidden.open(key));
        }
        return opened;
    }
}
