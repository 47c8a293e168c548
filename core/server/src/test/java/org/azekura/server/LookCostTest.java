package org.azekura.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Snapshots;
import org.azekura.ca.CaDoor;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.server.catalog.HeldCatalog;
import org.azekura.server.catalog.ServedCatalog;
import org.azekura.server.catalog.Servers;
import org.azekura.server.pool.KeysDoor;
import org.azekura.server.scale.FilledCatalog;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.catalog.Rows;
import org.azekura.wire.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How long the real server takes over a real SQLite for what people look at; prints what {@code docs/scale.md} tells. */
class LookCostTest {

    private static final Servers ALONE = new Servers() {
        @Override
        public List<CatalogServer> servers() {
            return List.of(new CatalogServer("backup1", "", List.of(), true, true, Instant.EPOCH, Duration.ZERO));
        }

        @Override
        public void forget(String server) {
            throw new AssertionError(server);
        }
    };

    @TempDir
    Path home;

    /** What somebody asks for. @return how many rows he gets */
    private interface Look {
        int rows() throws Exception;
    }

    @Test
    void answersWhatPeopleLookAt() throws Exception {
        FilledCatalog.Extent few = new FilledCatalog.Extent(300, 3, 2, 100);
        measure(few, 3, (look, rows) -> assertEquals(switch (look) {
            case "snapshots, all", "snapshots, all, with what keeps them" -> 900;
            case "snapshots of a client", "snapshots of a client, with what keeps them" -> 3;
            case "snapshots, a page of 100", "snapshots, a page of 100 with what keeps them" -> 100;
            case "status, the last proof" -> 0;
            case "status, its roles", "hosts" -> 301;
            case "copies, how they stand" -> 600;
            case "copies of a client, how they stand" -> 2;
            case "jobs, the newest 5,000" -> 600;
            case "jobs, a page of 100" -> 100;
            case "log of a job" -> 3;
            case "snapshot by its digits" -> 1;
            case "policies" -> 3;
            case "jobs that have not ended" -> 0;
            case "alerts" -> rows;
            default -> 300;
        }, rows, look));
    }

    /** {@code -Dazekura.clients} and {@code -Dazekura.snapshots} (of each client) for another size. */
    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void howLongLooksTake() throws Exception {
        FilledCatalog.Extent many = new FilledCatalog.Extent(Integer.getInteger("azekura.clients", 100_000), Integer.getInteger("azekura.snapshots", 3), 1, 1_500);
        measure(many, 5, (look, rows) -> assertTrue(rows >= 0));
    }

    private interface Check {
        void look(String name, int rows);
    }

    private void measure(FilledCatalog.Extent extent, int times, Check check) throws Exception {
        long seed = 7;
        RecipientKey key = RecipientKey.generate();
        Pool pool = Records.with(Rows.pool("main"), "keyRing", KeyRing.create(List.of(Recipient.of("appliance", key))).encoded());
        try (CatalogDoor door = new CatalogDoor(home)) {
            HeldCatalog held = new HeldCatalog();
            held.came(door.catalog());
            Replica copies = new Replica(new PoolName("main.in.offsite"), pool.name(), new PoolName("offsite"));
            door.change(edit -> {
                for (PoolName name : List.of(pool.name(), copies.within(), copies.name())) {
                    edit.putPool(Records.with(pool, "name", name));
                }
                edit.putReplica(copies);
            });
            long began = System.nanoTime();
            new FilledCatalog(door.catalog(), extent, seed).fill(pool, copies);
            System.out.printf("%s, seed %d, filled in %.0f s%n", extent, seed, (System.nanoTime() - began) / 1e9);
            try (BackupServer server = new BackupServer(new Home(home), "backup1", Set.of("server"), "0.1.0", new ServedCatalog(held, null, true), ALONE, () -> null,
                    CaDoor.open(home, InstantSource.system()), new Transports(), null)) {
                KeysDoor.keep(server.vault(), new PoolName("main"), key);
                for (Map.Entry<String, Look> look : looks(server).entrySet()) {
                    double[] ms = new double[times];
                    int rows = 0;
                    for (int i = 0; i < times; i++) {
                        long at = System.nanoTime();
                        rows = look.getValue().rows();
                        ms[i] = (System.nanoTime() - at) / 1e6;
                    }
                    double first = ms[0];
                    Arrays.sort(ms);
                    System.out.printf("| %s | %,d | %.0f | %.0f | %.0f |%n", look.getKey(), rows, first, ms[times / 2], ms[times - 1]);
                    check.look(look.getKey(), rows);
                }
            }
        }
    }

    /** In the middle of all. */
    private static Snapshots.Page page(BackupServer server) throws BackupException {
        Snapshot middle = server.snapshots().list(FilledCatalog.client(17)).get(1);
        return server.snapshots().page(null, Snapshots.Place.of(middle), 100, null, one -> true);
    }

    private static Map<String, Look> looks(BackupServer server) {
        Map<String, Look> looks = new LinkedHashMap<>();
        looks.put("alerts", () -> server.alerts().now().size());
        looks.put("status, its roles", () -> server.appliance().status().roles().size());
        looks.put("status, the last proof", () -> server.proofs().lastProven(client -> true).isPresent() ? 1 : 0);
        looks.put("copies of a client, how they stand", () -> server.proofs().standings(FilledCatalog.client(17)).size());
        looks.put("copies, how they stand", () -> server.proofs().standings().size());
        looks.put("status, how snapshots are spread", () -> server.proofs().newest().size());
        looks.put("hosts", () -> server.enrolment().hosts().size());
        looks.put("clients, with their quotas", () -> server.appliance().quotas().size());
        looks.put("jobs that have not ended", () -> server.jobs().list(true).size());
        looks.put("jobs, the newest 5,000", () -> server.jobs().newest(null, null, 5_000).size());
        looks.put("jobs, a page of 100", () -> server.jobs().behind(null, 100).size());
        looks.put("log of a job", () -> server.jobs().log(server.jobs().newest(null, null, 1).getFirst().id()).size());
        looks.put("snapshots of a client", () -> server.snapshots().list(FilledCatalog.client(17)).size());
        looks.put("snapshots of a client, with what keeps them", () -> server.retention().stays(FilledCatalog.client(17)).size());
        looks.put("snapshot by its digits", () -> server.snapshots().find(server.snapshots().list(FilledCatalog.client(17)).getFirst().id().toString().substring(0, 20)) == null ? 0 : 1);
        looks.put("policies", () -> server.policies().list().size());
        looks.put("save sets", () -> server.saveSets().list(null).size());
        looks.put("snapshots, a page of 100", () -> page(server).rows().size());
        looks.put("snapshots, a page of 100 with what keeps them", () -> server.retention().stays(page(server).rows().stream().map(Snapshot::client).distinct().toList()).isEmpty() ? 0 : 100);
        looks.put("snapshots, all", () -> server.snapshots().list(null).size());
        looks.put("snapshots, all, with what keeps them", () -> server.retention().stays((ClientName) null).size());
        return looks;
    }
}
