package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Pools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An appliance is killed while it cuts a pool, before each single step: then there is one open set, nothing is lost, and no cartridge either. */
@Timeout(240)
class MediaSetCutOffTest {

    private static final int CARTRIDGES = 3;
    private static final int BYTES = 20_000;

    @TempDir
    Path dir;

    private interface Preparation {
        void of(TapeSite site) throws Exception;
    }

    private static Pools pools(TapeSite site) {
        return site.appliance.server.pools();
    }

    /** The sets that have volumes. */
    private static Set<PoolName> sets(TapeSite site) throws Exception {
        return new HashSet<>(site.volumes().stream().filter(Volume::isInSet).map(Volume::pool).toList());
    }

    /** Whether it was killed before it was through. */
    private boolean cutOff(int step, Preparation preparation) throws Exception {
        KilledAt killed = new KilledAt();
        try (TapeSite site = new TapeSite(dir.resolve("step-" + step), CARTRIDGES, killed)) {
            preparation.of(site);
            site.backup(BYTES);
            killed.at(step);
            try {
                pools(site).cut(TapeSite.TAPE);
            } catch (BackupException e) {
                assertTrue(killed.isDead(), e::toString);
            }
            boolean went = killed.isDead();
            site.crash();
            lifeGoesOn(site, "step " + step);
            return went;
        }
    }

    /** What comes goes into one set, the next can be cut, and no cartridge is lost by what was cut off. */
    private static void lifeGoesOn(TapeSite site, String when) throws Exception {
        site.backup(BYTES);
        PoolName open = site.saved(site.last).pool();
        site.backup(BYTES);
        assertEquals(open, site.saved(site.last).pool(), when);
        while (sets(site).size() < CARTRIDGES) {
            open = pools(site).cut(TapeSite.TAPE).name();
            site.backup(BYTES);
            assertEquals(open, site.saved(site.last).pool(), when);
        }
        assertEquals(Set.of("A00001L8", "A00002L8", "A00003L8"), new HashSet<>(site.volumes().stream().map(Volume::barcode).toList()), when);
        site.assertKept();
        assertEquals(List.of(), pools(site).scratch(), when);
    }

    private void everyStep(Preparation preparation) throws Exception {
        for (int step = 0; cutOff(step, preparation); step++) { }
    }

    @Test
    void onABlankCartridge() throws Exception {
        everyStep(site -> { });
    }

    @Test
    void onOneThatAnotherPoolHasGivenUp() throws Exception {
        everyStep(site -> {
            PoolName other = new PoolName("other");
            pools(site).create(other, "disk", Map.of("library", "lib1"), Pools.Readers.APPLIANCE);
            pools(site).delete(other);
        });
    }

    /** And may begin on no other. */
    @Test
    void onOneThatWasLabelledForThePoolBeforehand() throws Exception {
        everyStep(site -> {
            pools(site).rule(TapeSite.TAPE, new Pools.Rules(false, false, null, null, null, null));
            site.assertDone(site.appliance.run(new JobOrder.Label(TapeSite.TAPE, List.of())));
        });
    }
}
