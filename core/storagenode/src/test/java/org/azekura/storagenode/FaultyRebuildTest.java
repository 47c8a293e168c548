package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.io.file.PathUtils;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.Fault;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole appliance rebuilds its catalog from a medium that loses power, lies, or is damaged; or it is killed itself. Either every snapshot
 * that was acknowledged is back, but for those that it names; or it fails by name, and the next attempt with a sound medium brings all of them
 * back, in the same home. What was deleted never comes back.
 */
@Timeout(3600)
class FaultyRebuildTest {

    private static final int RUNS = Seeds.slow() ? 1000 : 48;
    private static final int RUNS_EACH = 12;
    /** A rebuild of these media has between 25 and 70 steps. */
    private static final int STEPS = 60;
    private static final int LEAST_STEPS = 25;
    static final String MEDIUM = "/medium";
    private static final Fault[] LIES = {new Fault.BitFlip(), new Fault.ShortRead(), new Fault.WrongBytes(), new Fault.Fail("device.io")};

    @TempDir
    Path dir;

    private final long start = Seeds.start();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private SavedVolume volume;
    private int homes;

    @Test
    void aRebuildBringsBackWhatWasAcknowledgedOrFailsByNameAndCanBeBegunAgain() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            long seed = start + run;
            try {
                if (run % RUNS_EACH == 0) {
                    volume = new SavedVolume(seed, dir.resolve("volume-" + run));
                }
                Random random = Seeds.random(seed);
                switch (run % RUNS_EACH) {
                    case 0 -> killed(random);
                    case 1, 2, 3 -> powerLoss(random);
                    case 4, 5, 6 -> damage(random);
                    default -> lies(random);
                }
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + start + " run " + run + ": " + e, e);
            }
            forget();
        }
        System.out.println(RUNS + " rebuilds: " + outcomes + "; first seed " + start);
        for (String expected : List.of("power loss FAILED", "lie DONE", "lie FAILED", "damage WARNED", "killed")) {
            assertTrue(outcomes.getOrDefault(expected, 0) > 0, () -> "no " + expected + ": " + outcomes + ", first seed " + start);
        }
    }

    private void powerLoss(Random random) throws Exception {
        FaultDisk disk = volume.copy(random.nextLong());
        Path home = home();
        count("power loss", again(disk, home, rebuild(home, disk, FaultPlan.powerLossWithin(random.nextLong(), STEPS))));
    }

    /** One lie at some step, or many of them. A stale listing comes alone: who is never told of a blob can't name it. */
    private void lies(Random random) throws Exception {
        FaultDisk disk = volume.copy(random.nextLong());
        Path home = home();
        Fault lie = random.nextInt(4) == 0 ? new Fault.Stale() : LIES[random.nextInt(LIES.length)];
        FaultPlan plan = random.nextInt(3) == 0 ? FaultPlan.of("lies").random(random.nextLong(), 3 + random.nextInt(15), LIES)
                : FaultPlan.of(lie + "").at(random.nextInt(STEPS), lie);
        count("lie", again(disk, home, rebuild(home, disk, plan)));
    }

    /** Damage stays: what can be read comes back, the rest is named. Mended, everything is back. */
    private void damage(Random random) throws Exception {
        FaultDisk disk = volume.copy(random.nextLong());
        Map<String, byte[]> sound = new TreeMap<>();
        for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
            List<String> keys = disk.keys("");
            String key = keys.get(random.nextInt(keys.size()));
            byte[] content = disk.content(key);
            sound.putIfAbsent(key, content.clone());
            disk.plant(key, damaged(key, content, random));
        }
        Path home = home();
        Outcome first = rebuild(home, disk, FaultPlan.none());
        sound.forEach(disk::plant);
        count("damage", again(disk, home, first));
    }

    private static byte[] damaged(String key, byte[] content, Random random) {
        if (content.length == 0) {
            // A hit before this one has left nothing of it.
            return content;
        }
        return switch (random.nextInt(4)) {
            // A manifest that is not there is one that was deleted.
            case 0 -> key.startsWith(VolumeKeys.MANIFESTS) ? new byte[0] : null;
            case 1 -> Arrays.copyOf(content, random.nextInt(content.length));
            default -> {
                content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
                yield content;
            }
        };
    }

    /** The whole process is killed while it waits for the device at some step, and whatever else it does just then. */
    private void killed(Random random) throws Exception {
        Path home = home();
        Path medium = dir.resolve("medium-" + homes);
        volume.writeTo(medium);
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dslf4j.internal.verbosity=ERROR",
                "-cp", System.getProperty("java.class.path"), KilledRebuild.class.getName(), home.toString(), medium.toString(),
                Integer.toString(random.nextInt(LEAST_STEPS))).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = child.inputReader()) {
            assertEquals(KilledRebuild.REACHED, out.readLine());
            child.destroyForcibly();
            assertEquals(128 + 9, child.waitFor());
        } finally {
            child.destroyForcibly();
        }
        exact(rebuild(home, volume.copy(random.nextLong()), FaultPlan.none()));
        outcomes.merge("killed", 1, Integer::sum);
    }

    private Path home() {
        return dir.resolve("home-" + homes++);
    }

    /** A thousand homes would fill the disk. */
    private void forget() throws IOException {
        for (int i = 0; i < homes; i++) {
            for (String name : List.of("home-", "medium-")) {
                if (Files.exists(dir.resolve(name + i))) {
                    PathUtils.deleteDirectory(dir.resolve(name + i));
                }
            }
        }
        homes = 0;
    }

    private void count(String what, Outcome outcome) {
        outcomes.merge(what + " " + outcome.job.state(), 1, Integer::sum);
    }

    /** What came of a rebuild. */
    private record Outcome(Job job, JobResult.Rebuild result, List<JobLine> log, Map<SnapshotId, Snapshot> back) {

        Set<SnapshotId> named() {
            return result.leftOut().stream().map(JobResult.LeftOut::snapshot).collect(Collectors.toSet());
        }
    }

    private WholeAppliance appliance(Path home, FaultDisk disk, FaultPlan plan) throws Exception {
        return new WholeAppliance(home, false, Map.of(MEDIUM, disk.on(plan), home.resolve("pools/default").toString(),
                new FaultDisk(1).on(FaultPlan.none())));
    }

    private Outcome rebuild(Path home, FaultDisk disk, FaultPlan plan) throws Exception {
        try (WholeAppliance appliance = appliance(home, disk, plan)) {
            Job job = appliance.run(new JobOrder.Rebuild(List.of(MEDIUM)));
            Map<SnapshotId, Snapshot> back = new TreeMap<>(volume.acknowledged);
            back.clear();
            appliance.catalog().read(view -> {
                for (Snapshot listed : view.snapshotsIn(CrashLife.POOL)) {
                    back.put(listed.id(), view.snapshot(listed.id()).orElseThrow());
                }
                return null;
            });
            return new Outcome(job, (JobResult.Rebuild) appliance.server.jobs().result(job.id()).orElse(null),
                    appliance.server.jobs().log(job.id()), back);
        }
    }

    /** @return the first outcome; after a failure the medium is sound again, and a second attempt must bring everything back */
    private Outcome again(FaultDisk disk, Path home, Outcome first) throws Exception {
        switch (first.job.state()) {
            case DONE, WARNED -> named(first);
            case FAILED -> {
                assertEquals(Map.of(), first.back, "a part of the snapshots is back: " + first);
                assertFalse(first.job.error().isBlank() || first.job.error().contains("\n"), first::toString);
                exact(rebuild(home, disk, FaultPlan.none()));
            }
            case QUEUED, RUNNING, PAUSED, PARKED, CANCELLED -> throw new AssertionError("unexpected: " + first);
        }
        return first;
    }

    /** What is back is as it was, what is not is named. */
    private void named(Outcome outcome) {
        Set<SnapshotId> lost = new HashSet<>(volume.acknowledged.keySet());
        lost.removeAll(outcome.back.keySet());
        Set<SnapshotId> unnamed = new HashSet<>(lost);
        unnamed.removeAll(outcome.named());
        // A manifest that can't be read does not say whose it is.
        long nameless = outcome.result.leftOut().stream().filter(left -> left.snapshot() == null).count();
        assertTrue(unnamed.size() <= nameless, () -> "not back and not named: " + unnamed + ", " + outcome);
        assertEquals(outcome.result.leftOut().isEmpty() ? Job.State.DONE : Job.State.WARNED, outcome.job.state());
        nothingElse(outcome);
    }

    private void exact(Outcome outcome) {
        assertEquals(Job.State.DONE, outcome.job.state(), outcome::toString);
        assertTrue(outcome.back.keySet().containsAll(volume.acknowledged.keySet()), outcome::toString);
        nothingElse(outcome);
    }

    private void nothingElse(Outcome outcome) {
        outcome.back.forEach((id, snapshot) -> {
            assertFalse(volume.deleted.contains(id), () -> id + " was deleted and is back");
            Snapshot was = volume.acknowledged.get(id);
            if (was != null) {
                assertArrayEquals(was.manifest(), snapshot.manifest());
                assertEquals(List.of(was.client(), was.saveSet(), was.root(), was.files(), was.bytes(), was.received()),
                        List.of(snapshot.client(), snapshot.saveSet(), snapshot.root(), snapshot.files(), snapshot.bytes(), snapshot.received()));
            } else {
                assertTrue(volume.mayCome(id), () -> id + " was never acknowledged");
            }
        });
    }

    @Test
    void aManifestThatCannotBeReadASecondTimeEndsTheRebuildByName() throws Exception {
        volume = new SavedVolume(start, dir.resolve("volume"));
        FaultDisk disk = volume.copy(start);
        Path home = home();
        int manifests = disk.keys(VolumeKeys.MANIFESTS).size();
        FaultPlan plan = FaultPlan.of("seed " + start).on(Call.READ, VolumeKeys.MANIFESTS, manifests, new Fault.BitFlip());
        Outcome first = rebuild(home, disk, plan);
        assertEquals(Job.State.FAILED, first.job.state(), first::toString);
        assertTrue(first.job.error().contains("was read before and can't be read now"), first::toString);
        again(disk, home, first);
    }

    @Test
    void aListingThatForgetsManifestsEndsTheRebuildByName() throws Exception {
        volume = new SavedVolume(start, dir.resolve("volume"));
        FaultDisk disk = volume.copy(start, volume.acknowledged.keySet().stream().map(VolumeKeys::manifest).toList());
        Path home = home();
        Outcome first = rebuild(home, disk, FaultPlan.of("seed " + start).on(Call.LIST, VolumeKeys.MANIFESTS, 0, new Fault.Stale()));
        assertEquals(Job.State.FAILED, first.job.state(), first::toString);
        assertTrue(first.job.error().contains("could not be before"), first::toString);
        again(disk, home, first);
    }
}
