package org.azekura.server.scale;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.azekura.api.server.JobOrder;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedSiteTest {

    private static final Instant MONDAY = Instant.parse("2026-11-02T19:50:00Z");

    @TempDir
    Path home;

    @Test
    void everyClientIsSavedEveryDay() throws Exception {
        int clients = Integer.getInteger("scale.clients", 300);
        int ofAPolicy = Integer.getInteger("scale.ofAPolicy", 20);
        int nodes = Integer.getInteger("scale.nodes", 4);
        int days = Integer.getInteger("scale.days", 3);
        int atOnce = Integer.getInteger("scale.atOnce", 32);
        double seconds = Double.parseDouble(System.getProperty("scale.seconds", "45"));
        Duration pace = Duration.ofMillis(Integer.getInteger("scale.pace", 1000));
        long seed = Seeds.start();
        System.out.println("seed " + seed);
        try (CatalogDoor door = new CatalogDoor(home)) {
            SimulatedSite site = new SimulatedSite(new Site(new Size("", clients, 1L, nodes, ofAPolicy)), atOnce, pace, door.catalog(), new Load(Seeds.random(seed), seconds), MONDAY);
            for (int day = 1; day <= days; day++) {
                long begun = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
                long wall = System.nanoTime();
                site.runUntil(MONDAY.plus(Duration.ofHours((long) day * Integer.getInteger("scale.hours", 24))));
                System.out.println("day " + day + ": CPU " + (ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() - begun) / 1e3 + " s, wall "
                        + (System.nanoTime() - wall) / 1e9 + " s\n" + site.told());
                for (int node = 0; node < nodes; node++) {
                    site.submit(new JobOrder.Prune(Site.pool(node), false));
                }
            }
            assertTrue(site.watch().oldest().compareTo(Duration.ofHours(60)) < 0);
        }
    }
}
