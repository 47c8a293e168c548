package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.AuditHead;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.volume.ConfigurationItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevivedAuditTest {

    private static final KeyRing RING = KeyRing.create(List.of(Recipient.of("r", RecipientKey.generate())));

    private CatalogDoor door;

    @BeforeEach
    void open(@TempDir Path dir) {
        door = new CatalogDoor(dir);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static byte[] hash(long number) {
        byte[] hash = new byte[32];
        hash[31] = (byte) number;
        return hash;
    }

    private void add(long number) throws BackupException {
        door.catalog().write(edit -> {
            edit.addAudit(new AuditEntry(number, Instant.EPOCH, Instant.EPOCH, "user ann", "", "POST jobs", "", "done", hash(number)));
            return null;
        });
    }

    private List<ConfigurationItem> said() throws BackupException {
        return door.catalog().read(view -> WrittenConfiguration.of(view, RING));
    }

    private Optional<String> compare(ConfigurationItem... items) throws BackupException {
        return door.catalog().write(edit -> RevivedAudit.compare(edit, List.of(LostAndFound.found(new PoolName("main"), Instant.EPOCH, List.of(items)))));
    }

    @Test
    void checkpointsSayTheNewestLineAndNothingWithoutOne() throws Exception {
        assertEquals(List.of(), said());
        add(1);
        add(2);
        assertEquals(List.of(new ConfigurationItem.AuditLine(2, hash(2))), said());
    }

    @Test
    void aRebuildSaysWhatMediaKnowAndCheckpointsGoOnSayingIt() throws Exception {
        add(1);
        ConfigurationItem.AuditLine lost = new ConfigurationItem.AuditLine(900, hash(9));
        String text = compare(new ConfigurationItem.AuditLine(3, hash(3)), lost).orElseThrow();
        assertTrue(text.contains("ends at line 1 ") && text.contains("had 900 lines"), text);
        assertEquals(List.of(lost), said());
        add(2);
        assertEquals(List.of(lost), said());
    }

    @Test
    void aRebuildIntoTheLogThatMediaKnowSaysNothing() throws Exception {
        add(1);
        add(2);
        assertEquals(Optional.empty(), compare(new ConfigurationItem.AuditLine(1, hash(1))));
        assertEquals(Optional.empty(), compare());
        assertEquals(Optional.empty(), door.catalog().read(AuditHead::written));
    }
}
