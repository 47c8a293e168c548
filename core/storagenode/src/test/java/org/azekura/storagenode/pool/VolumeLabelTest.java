package org.azekura.storagenode.pool;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.message.PoolOrder;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeLabelTest {

    private static final PoolOrder.OpenPool ORDER = new PoolOrder.OpenPool(new PoolName("paper"), new DeviceName("desk"), new ApplianceId(1, 2), null, null);

    /** What lies there is nobody's concern: the pool's cartridge is wanted. */
    @Test
    void asksForACartridgeWhereThereAreSuch(@TempDir Path dir) throws Exception {
        try (Simulator simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "cartridges", "1", "capacity_MB", "8"));
                LibraryStore library = new LibraryStore(ORDER.device(), simulator, dir.resolve("notes"), dir.resolve("spool"))) {
            BackupException e = assertRefused("volume.missing", () -> VolumeLabel.open(library.pool(ORDER.pool(), Optional.empty()), ORDER));
            assertTrue(e.getMessage().startsWith("no cartridge of pool paper is in "), e.getMessage());
        }
    }

    @Test
    void saysOfAFolderThatItHasNone() {
        assertRefused("volume.unlabelled", () -> VolumeLabel.open(new MemoryStore(), ORDER));
    }
}
