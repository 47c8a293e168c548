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
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An appliance is killed while it cuts a pool: whatever step is the last, then there is one open set, nothing is lost, and no cartridge either. */
@Timeout(300)
class MediaSetCutOffTest {

    private static final int CARTRIDGES = 3;
    private static final int BYTES = 20_000;
    private static final int NEVER = 1_000_000;
    private static final int SOME = 3;

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

    /** How many steps were done; it was killed before all were, unless that is said to be later. */
    private int cutOff(int step, boolean server, Preparation preparation) throws Exception {
        KilledAt killed = new KilledAt(server);
        try (TapeSite site = new TapeSite(dir.resolve(server + "-" + step), CARTRIDGES, killed)) {
            preparation.of(site);
            site.backup(BYTES);
            killed.at(step);
            try {
                pools(site).cut(TapeSite.TAPE);
            } catch (BackupException e) {
                assertTrue(killed.isDead(), e::toString);
            }
            int done = killed.done(step);
            site.crash();
            lifeGoesOn(site, "step " + step);
            return done;
        } catch (BackupException e) {
            throw new AssertionError("step " + step + ": " + e, e);
        }
    }

    /** What comes goes into one set, the next can be cut, and no cartridge is lost by what was cut off. */
    private static void lifeGoesOn(TapeSite site, String when) throws Exception {
        site.backup(BYTES);
        PoolName open = site.saved(site.last).pool();
        assertTrue(sets(site).contains(open), when);
        while (sets(site).size() < CARTRIDGES) {
            open = pools(site).cut(TapeSite.TAPE).name();
            site.backup(BYTES);
            assertEquals(open, site.saved(site.last).pool(), when);
        }
        assertEquals(Set.of("A00001L8", "A00002L8", "A00003L8"), new HashSet<>(site.volumes().stream().map(Volume::barcode).toList()), when);
        assertEquals(List.of(), pools(site).scratch(), when);
        site.assertKept(site.kept.keySet().iterator().next(), null);
    }

    /** Each single one if that is asked for: they are many, and each has an appliance of its own. */
    private void steps(boolean server, Preparation preparation) throws Exception {
        int all = cutOff(NEVER, server, preparation);
        int stride = Boolean.getBoolean("azekura.every.step") ? 1 : Math.max(1, all / SOME);
        for (int step = Seeds.random(Seeds.start()).nextInt(stride); step < all; step += stride) {
            cutOff(step, server, preparation);
        }
    }

    @Test
    void onABlankCartridge() throws Exception {
        steps(true, site -> { });
    }

    @Test
    void onOneThatAnotherPoolHasGivenUp() throws Exception {
        steps(true, site -> {
            PoolName other = new PoolName("other");
            pools(site).create(other, "disk", Map.of("library", "lib1"), Pools.Readers.APPLIANCE);
            pools(site).delete(other);
        });
    }

    private static void labelled(TapeSite site) throws Exception {
        pools(site).rule(TapeSite.TAPE, new Pools.Rules(false, false, null, null, null, null));
        site.assertDone(site.appliance.run(new JobOrder.Label(TapeSite.TAPE, List.of())));
    }

    /** And may begin on no other. */
    @Test
    void onOneThatWasLabelledForThePoolBeforehand() throws Exception {
        steps(true, MediaSetCutOffTest::labelled);
    }

    @Test
    void onOneThatWasLabelledForThePoolBeforehandAndOnlyTheNodeIsKilled() throws Exception {
        steps(false, MediaSetCutOffTest::labelled);
    }
}
