package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.azekura.testkit.s3.Radosgw;
import org.junit.jupiter.api.Test;

/** A pool in a bucket of a real service, and the directories of snapshots: saved, verified, restored and pruned, while the driver changes. */
class S3IT {

    private static final int BYTES = 60_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String S3_DEVICE = "org.azekura.driver.s3.S3Device";

    @Test
    void aPoolInABucketIsAsGoodAsOneOnADisk() throws Exception {
        Radosgw.assumeUsable();
        try (var workspace = new Workspace(S3IT.class); Radosgw server = Radosgw.start(workspace.directory("ceph")); var bucket = new Bucket(server, "backups");
                var azekura = up(workspace.path("home"), server)) {
            Path source = workspace.directory("source");
            Tree.bulk(source, 50, 2_000_000, 1);
            byte[] random = new byte[BYTES];
            new Random(67).nextBytes(random);
            Files.write(source.resolve("random"), random);
            List<String> create = new ArrayList<>(List.of("pool", "create", "cloud"));
            create.addAll(bucket.settings());
            create.addAll(List.of("--set", "prefix=azekura/cellar"));
            azekura.call(create.toArray(String[]::new)).exits(0);

            var versions = new DiskVersions(workspace.directory("versions"), "s3");
            azekura.call("driver", "trust", "add", versions.certificate.toString()).exits(0);
            Path next = versions.good("7.0.0");
            String snapshot = backupWhile(azekura, source, () -> azekura.call("driver", "update", next.toString()).exits(0));
            assertNothingStays(azekura);
            azekura.call("driver", "update", versions.good("7.1.0").toString()).exits(0); // nobody asks for a directory now
            azekura.json(0, "verify", "--pool", "cloud");
            assertNothingStays(azekura);
            assertTrue(!bucket.objects("directories/trees/").isEmpty(), "directories are in the bucket");
            assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored"))));
            Path key = workspace.path("recovery.txt");
            azekura.call("key", "export", "--pool", "cloud", "--to", key.toString()).exits(0);
            azekura.call("catalog", "backup", "--now").exits(0);
            assertTrue(!bucket.objects("azekura/cellar/audit/").isEmpty(), "the audit log is there");
            azekura.down();
            reborn(workspace, server, bucket, key, source, snapshot);
        }
    }

    /** Credentials are on no medium: the bucket is added by hand. */
    private static void reborn(Workspace workspace, Radosgw server, Bucket bucket, Path key, Path source, String snapshot) throws Exception {
        Count count = new Count(server, bucket, server.counted(), bucket.requests());
        try (Azekura azekura = up(workspace.path("new home"), server)) {
            List<String> add = new ArrayList<>(List.of("device", "add", "cloud"));
            add.addAll(bucket.settings());
            add.addAll(List.of("--set", "prefix=azekura/cellar"));
            azekura.call(add.toArray(String[]::new)).exits(0);
            assertEquals(1, azekura.json(0, "catalog", "rebuild", "--from", "device:cloud").get("snapshots").asInt());
            azekura.call("key", "import", key.toString()).exits(0);
            assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored anew"))));
            azekura.call("catalog", "backup", "--now").exits(0);
            assertTrue(azekura.json(0, "audit", "verify").get("whole").asBoolean());
            azekura.call("snapshot", "delete", snapshot).exits(0);
            azekura.call("prune", "--pool", "cloud").exits(0);
            assertEquals(List.of(), bucket.objects("azekura/cellar/packs/"));
            assertEquals(0, bucket.unfinished());
            count.assertAlike(azekura);
            assertOutlivesAKill(azekura, server, bucket, workspace);
        }
    }

    /**
     * What a service has counted since something began.
     *
     * @param before      what it had counted by then
     * @param byTheOwner requests of his by then
     */
    private record Count(Radosgw server, Bucket bucket, Radosgw.Counted before, int byTheOwner) {

        /** The appliance says the same of its devices in the bucket: to the request, and to the byte that is sent. Of each read the service leaves a byte out. */
        void assertAlike(Azekura azekura) throws Exception {
            for (long end = System.nanoTime() + LIMIT.toNanos();; Thread.sleep(200)) {
                JsonNode pool = Rest.get(azekura, "devices/cloud/budget");
                JsonNode trees = Rest.get(azekura, "devices/cellar/budget");
                Radosgw.Counted now = server.counted();
                long requests = sum("requests", pool, trees) + sum("free", pool, trees) + bucket.requests() - byTheOwner;
                long in = sum("bytesIn", pool, trees);
                long out = sum("bytesOut", pool, trees);
                // directories are followed: one more request may have come in between, and is there at the next look
                if (requests == now.requests() - before.requests() && in == now.bytesIn() - before.bytesIn()) {
                    long left = out - (now.bytesOut() - before.bytesOut());
                    assertTrue(out > BYTES && left > 0 && left <= sum("reads", pool, trees), () -> pool + " and " + trees + ", of " + before + " and " + now);
                    return;
                }
                assertTrue(System.nanoTime() < end, () -> requests + " requests, " + in + " bytes by " + pool + " and " + trees + ", but " + before + " and " + now);
            }
        }

        private static long sum(String of, JsonNode... devices) {
            return Arrays.stream(devices).mapToLong(device -> device.get(of).asLong()).sum();
        }
    }

    private static void assertOutlivesAKill(Azekura azekura, Radosgw server, Bucket bucket, Workspace workspace) throws Exception {
        Path source = workspace.directory("small");
        Tree.bulk(source, 50, 2_000_000, 2);
        String first = azekura.backup(source, "--pool", "cloud");
        TwentyJobs jobs = TwentyJobs.begin(azekura, workspace.directory("twenty"), "cloud", first);
        jobs.awaitMiddle();
        server.kill();
        jobs.awaitParked();
        awaitTrees(azekura, "away");
        server.restart();
        jobs.hurry();
        jobs.assertAllEndWell(source);
        jobs.assertAllIsKnown("cloud", () -> bucket.objects("azekura/cellar/packs/").size());
        assertEquals(azekura.json(0, "snapshot", "list").size(), bucket.objects("azekura/cellar/snapshots/").size());
        assertEquals(0, bucket.unfinished());
        awaitTrees(azekura, "here");
    }

    /** One that has directories of snapshots in the bucket, too. */
    private static Azekura up(Path home, Radosgw server) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("etc")).resolve("trees.json"), """
                {"org.azekura.server": {"treesDevice": "cellar"},
                 "org.azekura.driver.s3~cellar": {"endpoint": "%s", "bucket": "backups", "prefix": "directories", "accessKey": "%s", "secret": "%s"}}
                """.formatted(server.endpoint(), Radosgw.ACCESS_KEY, Radosgw.SECRET));
        return Azekura.up(home);
    }

    private static void awaitTrees(Azekura azekura, String state) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos();; Thread.sleep(200)) {
            JsonNode trees = Rest.get(azekura, "status").get("trees");
            assertEquals("cellar", trees.get("device").asText());
            if (trees.get("state").asText().equals(state)) {
                return;
            }
            assertTrue(System.nanoTime() < end, trees::toString);
        }
    }

    private interface Act {
        void run() throws Exception;
    }

    /** At 1 MiB/s, so that what is done meanwhile is done in its middle. */
    private static String backupWhile(Azekura azekura, Path source, Act act) throws Exception {
        String client = azekura.json(0, "client", "list").get(0).get("name").asText();
        azekura.call("client", "limit", client, "1MiB").exits(0);
        Process backup = azekura.begin("backup", "--pool", "cloud", source.toString());
        for (long end = System.nanoTime() + LIMIT.toNanos(); !saves(Rest.get(azekura, "jobs?running")); Thread.sleep(100)) {
            assertTrue(System.nanoTime() < end && backup.isAlive(), "nothing was saved");
        }
        act.run();
        assertTrue(backup.isAlive(), "the backup ended before all was tried");
        azekura.call("client", "limit", client, "none").exits(0);
        return Run.await(backup, LIMIT, List.of("backup")).exits(0).outLines().getLast();
    }

    private static boolean saves(JsonNode jobs) {
        return !jobs.isEmpty() && jobs.get(0).get("bytes").asLong() > 0;
    }

    /** Of a version before, and of what waited for it. */
    private static void assertNothingStays(Azekura azekura) throws Exception {
        jcmd(azekura, "GC.run");
        assertEquals(1, jcmd(azekura, "VM.class_hierarchy", S3_DEVICE).stream().filter(line -> line.contains(S3_DEVICE + "/")).count(), "class loaders that have it");
        assertEquals(1, jcmd(azekura, "Thread.print").stream().filter(line -> line.startsWith("\"azekura-trees-follow\"")).count(), "threads that follow");
        awaitTrees(azekura, "here");
    }

    private static List<String> jcmd(Azekura azekura, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(), Long.toString(azekura.process().pid())));
        command.addAll(List.of(words));
        return Run.of(LIMIT, command.toArray(String[]::new)).exits(0).outLines();
    }
}
