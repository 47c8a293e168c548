package org.azekura.server.pool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.volume.CheckpointProof;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.MediaItem;
import org.azekura.server.host.Edition;
import org.azekura.testkit.catalog.Rows;

/** A catalog that is lost and an empty one that is rebuilt from what its checkpoint said, both with the pool {@link #MAIN}. */
final class LostAndFound implements AutoCloseable {

    static final PoolName MAIN = new PoolName("main");
    private static final RecipientKey KEY = RecipientKey.generate();
    private static final KeyRing RING = KeyRing.create(List.of(Recipient.of("r", KEY)));

    private final CatalogDoor lostDoor;
    private final CatalogDoor foundDoor;
    private final PoolVault vault;
    final CatalogStore lost;
    final CatalogStore found;

    LostAndFound(Path dir) throws Exception {
        lostDoor = new CatalogDoor(Files.createDirectory(dir.resolve("lost")));
        foundDoor = new CatalogDoor(Files.createDirectory(dir.resolve("found")));
        lost = lostDoor.catalog();
        found = foundDoor.catalog();
        vault = new PoolVault(dir.resolve("keys"), found);
        for (CatalogStore each : List.of(lost, found)) {
            each.write(edit -> {
                edit.putSetting("appliance.id", new ApplianceId(1, 2).toString());
                edit.putPool(Rows.pool("main").with(RING.encoded(), null));
                return null;
            });
        }
    }

    /** The id key of the pool, whose proof counts. */
    static byte[] idKey() throws BackupException {
        return RING.unlock(KEY).idKey();
    }

    /** What a checkpoint said of which it is known who wrote it. */
    static RevivedConfiguration.Found found(PoolName pool, Instant written, List<ConfigurationItem> items) {
        return new RevivedConfiguration.Found(pool, written, items, List.of(), CheckpointProof.NONE, true);
    }

    List<ConfigurationItem> said() throws BackupException {
        return lost.read(view -> WrittenConfiguration.of(view, RING));
    }

    /** Somebody has laid something down: else a checkpoint says nothing. */
    RevivedConfiguration.Outcome rebuild() throws BackupException {
        lost.write(edit -> {
            Edition.next(edit);
            return null;
        });
        return rebuild(idKey(), List.of());
    }

    /** No key is here yet. @param idKey of whoever wrote the checkpoint */
    RevivedConfiguration.Outcome rebuild(byte[] idKey, List<MediaItem> media) throws BackupException {
        List<ConfigurationItem> said = said();
        CheckpointProof proof = CheckpointProof.of(new byte[32], idKey);
        return found.write(edit -> RevivedConfiguration.put(edit, List.of(new RevivedConfiguration.Found(MAIN, Instant.EPOCH, said, media, proof, false))));
    }

    void importKey() throws BackupException {
        vault.keep(MAIN, KEY);
        SealedConfiguration.open(found, vault, found.read(view -> view.pool(MAIN)).orElseThrow());
    }

    @Override
    public void close() {
        lostDoor.close();
        foundDoor.close();
    }
}
