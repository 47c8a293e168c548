package org.azekura.server.scale;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.azekura.api.server.JobOrder;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Days of a whole installation whose nodes fall out and are slow, and whose server is killed. What must hold at each step {@link Watch} says. */
class SimulatedSiteTest {

    private static final Instant MONDAY = Instant.parse("2026-11-02T12:00:00Z");
    private static final int AT_ONCE = 32;
    private static final double SECONDS = 45;

    @TempDir
    Path home;

    private final long seed = Seeds.start();

    private void live(SimulatedSite site, Size size, int days) throws Exception {
        for (int day = 1; day <= days; day++) {
            Instant noon = MONDAY.plus(Duration.ofDays(day));
            site.runUntil(noon.minus(Duration.ofHours(14)));
            site.kill();
            for (int node = 0; node < size.nodes(); node++) {
                site.submit(new JobOrder.Prune(Site.pool(node), false));
            }
            site.runUntil(noon);
        }
        System.out.println("seed " + seed + ", " + size + ", " + days + " days, " + ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toSeconds() + " s of a processor: " + site.told());
        assertTrue(site.watch().oldest().compareTo(Duration.ofHours(72)) < 0, () -> "seed " + seed + ": " + site.told());
    }

    @Test
    void everyClientIsSavedWhateverFails() throws Exception {
        Size size = new Size("", 200, 1, 4, 20);
        live(new SimulatedSite(new Site(size), AT_ONCE, Duration.ofSeconds(1), new MemoryCatalog(), new Load(Seeds.random(seed), SECONDS), MONDAY), size, 2);
    }

    /** A day of the largest installation of {@code docs/scale.md}; of its server what {@code jobsAtOnce} can be at most. */
    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void soAreAHundredThousand() throws Exception {
        Size size = new Size("", Integer.getInteger("scale.clients", 100_000), 1, 256, Integer.getInteger("scale.ofAPolicy", 100));
        live(new SimulatedSite(new Site(size), Integer.getInteger("scale.atOnce", 512), Duration.ofSeconds(10), new MemoryCatalog(), new Load(Seeds.random(seed), SECONDS), MONDAY), size, 1);
    }

    /** Over the real catalog, and with {@code -Dscale.clients} of any number. */
    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void soAreThousandsInARealCatalog() throws Exception {
        Size size = new Size("", Integer.getInteger("scale.clients", 2_000), 1, 16, 100);
        try (CatalogDoor door = new CatalogDoor(home)) {
            live(new SimulatedSite(new Site(size), Integer.getInteger("scale.atOnce", AT_ONCE), Duration.ofSeconds(10), door.catalog(), new Load(Seeds.random(seed), SECONDS), MONDAY), size, 2);
        }
    }
}
