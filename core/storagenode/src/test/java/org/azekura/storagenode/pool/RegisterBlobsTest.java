package org.azekura.storagenode.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.ApplianceId;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.BlobStore;
import org.azekura.driver.simulator.Simulator;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.cartridge.Recall;
import org.azekura.storagenode.pool.RegisterBlobs.Lying;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterBlobsTest {

    private static final PoolName MEDIUM = new PoolName("default");

    @TempDir
    Path dir;

    private static byte[] label() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new Label(new VolumeId(7, 8), new ApplianceId(3, 4), MEDIUM, "default 1", null, Instant.parse("2026-01-02T03:04:05Z"),
                keys.getPublic().getEncoded()).sign(keys.getPrivate());
    }

    /** Beside it lie those of the pool whose medium it is, which may have the same numbers. */
    @Test
    void thoseOfAVolumeOfCopiesAreFoundInItsFolder() throws Exception {
        try (Simulator library = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "cartridges", "1", "capacity_MB", "8"));
                LibraryStore store = new LibraryStore(new DeviceName("lib1"), library, dir.resolve("notes"), dir.resolve("spool"))) {
            BlobStore medium = store.pool(MEDIUM, Optional.empty(), 0);
            Blobs.put(medium, VolumeKeys.LABEL, label());
            String folder = VolumeKeys.copies(new PoolName("main")) + "/";
            Blobs.put(medium, folder + VolumeKeys.register(1), new byte[10]);
            Blobs.put(medium, VolumeKeys.register(2), new byte[10]);
            Recall recall = store.recall(MEDIUM, Optional.empty(), 0);
            RegisterBlobs copies = new RegisterBlobs(null, folder, null);
            assertEquals(recall.written(), copies.volume(new Lying(1, 10), recall));
            assertEquals(Optional.empty(), copies.volume(new Lying(2, 10), recall));
            RegisterBlobs own = new RegisterBlobs(null, "", null);
            assertEquals(Optional.empty(), own.volume(new Lying(1, 10), recall));
            assertEquals(recall.written(), own.volume(new Lying(2, 10), recall));
        }
    }
}
