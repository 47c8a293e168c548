package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.device.FolderStore;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.storagenode.pool.VolumeLabel;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.Test;

class FolderStoreTest {

    private final FaultDisk disk = new FaultDisk(1);
    private final BlobStore device = disk.on(FaultPlan.none());
    private final BlobStore store = new FolderStore(device, "copies/main");

    @Test
    void seesOnlyWhatLiesBelowIt() throws BackupException {
        VolumeLabel.put(device, "packs/outside", new byte[1]);
        VolumeLabel.put(device, "copies/mainly/packs/outside", new byte[1]);
        VolumeLabel.put(store, "packs/inside", new byte[3]);
        List<String> keys = new ArrayList<>();
        store.list("", blob -> keys.add(blob.key() + " " + blob.size()));
        assertEquals(List.of("packs/inside 3"), keys);
        assertEquals(3, device.size("copies/main/packs/inside"));
        assertEquals(-1, store.size("packs/outside"));
        store.delete("packs/inside");
        assertEquals(-1, device.size("copies/main/packs/inside"));
        assertEquals(device.location() + "/copies/main", store.location());
    }

    @Test
    void poolsThatDifferInCapitalsOnlyHaveFoldersOfTheirOwn() {
        assertEquals("copies/main", VolumeKeys.copies(new PoolName("main")));
        assertEquals("copies/main-eb814be3", VolumeKeys.copies(new PoolName("Main")));
    }

    @Test
    void aFolderForCopiesIsKnownByItsLabelAlone() {
        assertEquals("copies/main", VolumeKeys.copiesWith("copies/main/azekura-label"));
        for (String key : List.of("copies/main/packs/azekura-label", "copies/azekura-label", "copies//azekura-label", "copies/main/label")) {
            assertNull(VolumeKeys.copiesWith(key), key);
        }
    }
}
