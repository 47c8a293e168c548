package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anything in any order, while drives fail, lose their power and are served anew: what was committed is there, and nothing that was never to be. */
class CartridgeModelTest {

    private static final int STEPS = 60;
    private static final List<String> FAULTS = List.of("write: power off", "filemarks: power off", "read: power off", "locate: power off", "space: power off",
            "position: power off", "write: reset", "filemarks: reset", "filemarks: no answer afterwards", "filemarks: no answer", "write: no answer afterwards",
            "write: hardware error", "filemarks: hardware error", "locate: hardware error", "read: hardware error", "write: medium error", "write: deferred error",
            "filemarks: medium error", "load: hardware error", "position: no answer", "move: no answer afterwards", "move: no answer", "inventory: reset",
            "position: tape moved to 3", "read: tape moved to 2", "write: reservation conflict", "write: full");
    /** What may happen to a blob after such a step. */
    private static final Set<String> RETRYABLE = Set.of("device.io", "drive.away", "changer.away", "device.hardware", "media.write", "drive.attention", "device.reserved", "drive.lost",
            "device.full", "media.none", "drive.unloaded", "media.read", "changer.attention", "device.busy");

    private static final List<PoolName> POOLS = List.of(Cartridges.POOL, Cartridges.OTHER);

    @TempDir
    Path dir;

    /** What was committed to each pool. */
    private final Map<PoolName, Map<String, byte[]>> committed = new HashMap<>();
    /** Those whose last change failed, so that nobody knows whether it was made. */
    private final Map<PoolName, Map<String, byte[]>> doubtful = new HashMap<>();
    /** Those of the pool whose turn it is. */
    private Map<String, byte[]> there;
    private Map<String, byte[]> unsure;
    private final List<String> told = new ArrayList<>();
    private Random random;
    private int number;
    private int largest;

    @Test
    void keepsWhatWasCommitted() throws Exception {
        long seed = Seeds.start();
        for (int i = 0; i < (Seeds.slow() ? 100 : 2); i++) {
            random = Seeds.random(seed + i);
            committed.clear();
            doubtful.clear();
            told.clear();
            largest = 900_000;
            live(seed + i, new Cartridges(dir.resolve("life-" + (seed + i)), 1 + random.nextInt(2)));
        }
    }

    /** The same on small cartridges that follow each other. */
    @Test
    void keepsWhatWasCommittedOnManyCartridges() throws Exception {
        long seed = Seeds.start();
        for (int i = 0; i < (Seeds.slow() ? 100 : 2); i++) {
            random = Seeds.random(seed + i);
            committed.clear();
            doubtful.clear();
            told.clear();
            largest = 3_000_000;
            live(seed + i, new Cartridges(dir.resolve("span-" + (seed + i)), 1 + random.nextInt(2), Chosen.ofSix()));
        }
    }

    private void live(long seed, Cartridges made) {
        try (Cartridges cartridges = made) {
            for (PoolName pool : POOLS) {
                cartridges.labelled(pool);
            }
            for (int i = 0; i < STEPS; i++) {
                step(cartridges, turn(POOLS.get(random.nextInt(POOLS.size()))));
            }
            cartridges.crash();
            cartridges.faults("# none");
            for (PoolName pool : POOLS) {
                check(cartridges.pool(turn(pool)), "at the end");
            }
            cartridges.forgetNotes();
            cartridges.reopen();
            for (PoolName pool : POOLS) {
                check(cartridges.pool(turn(pool)), "without notes");
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError("-Dseed=" + seed + ": " + String.join("; ", told), e);
        }
    }

    private PoolName turn(PoolName pool) {
        there = committed.computeIfAbsent(pool, name -> new TreeMap<>());
        unsure = doubtful.computeIfAbsent(pool, name -> new HashMap<>());
        return pool;
    }

    private void step(Cartridges cartridges, PoolName name) throws Exception {
        BlobStore pool = cartridges.pool(name);
        told.add(name + ":");
        switch (random.nextInt(14)) {
            case 0 -> {
                told.add("crash");
                cartridges.crash();
            }
            case 1 -> {
                told.add("reopen");
                cartridges.reopen();
            }
            case 2 -> {
                told.add("forget");
                cartridges.reopen();
                cartridges.forgetNotes();
                cartridges.reopen();
            }
            case 3, 4 -> {
                String fault = FAULTS.get(random.nextInt(FAULTS.size()));
                told.add("fault " + fault);
                cartridges.faults(fault);
            }
            case 5 -> cartridges.pass(random.nextInt(10));
            case 6 -> check(pool, "in between");
            case 7 -> delete(pool);
            case 8 -> abandon(pool);
            case 9 -> read(pool);
            default -> put(pool, random.nextInt(4) == 0 ? random.nextInt(largest) : random.nextInt(3000));
        }
    }

    private void put(BlobStore pool, int size) throws BackupException {
        String key = "packs/" + number++;
        byte[] content = Blobs.random(random, size);
        try {
            Blobs.put(pool, key, content);
            there.put(key, content);
            told.add("put " + key + " " + size);
        } catch (BackupException e) {
            allowed(e);
            unsure.put(key, content);
            told.add("put " + key + " " + size + " failed: " + e.getMessage());
        }
    }

    private void delete(BlobStore pool) throws BackupException {
        if (there.isEmpty()) {
            return;
        }
        String key = there.keySet().stream().skip(random.nextInt(there.size())).findFirst().orElseThrow();
        try {
            pool.delete(key);
            told.add("delete " + key);
        } catch (BackupException e) {
            allowed(e);
            unsure.put(key, there.get(key));
            told.add("delete " + key + " failed: " + e.getMessage());
        }
        there.remove(key);
    }

    /** What was never committed never was. */
    private void abandon(BlobStore pool) throws BackupException {
        try (BlobWriter writer = pool.create("packs/never-" + number++)) {
            writer.write(ByteBuffer.allocate(1000));
        } catch (BackupException e) {
            allowed(e);
        }
    }

    private void read(BlobStore pool) throws BackupException {
        for (Map.Entry<String, byte[]> one : there.entrySet()) {
            if (random.nextInt(3) == 0) {
                int from = random.nextInt(one.getValue().length + 1);
                try {
                    byte[] got = Blobs.get(pool, one.getKey(), from, 5000);
                    assertEquals(ByteBuffer.wrap(one.getValue(), from, Math.min(5000, one.getValue().length - from)), ByteBuffer.wrap(got), one.getKey());
                } catch (BackupException e) {
                    allowed(e);
                    told.add("read failed: " + e.getMessage());
                }
            }
        }
    }

    private void check(BlobStore pool, String when) throws BackupException {
        told.add("check");
        Map<String, Long> list;
        try {
            list = Blobs.list(pool, "");
        } catch (BackupException e) {
            allowed(e);
            list = Blobs.list(pool, "");
        }
        list.remove(Keys.LABEL);
        for (Map.Entry<String, byte[]> one : there.entrySet()) {
            assertEquals((long) one.getValue().length, list.remove(one.getKey()), when + ": " + one.getKey());
            byte[] got;
            try {
                got = Blobs.get(pool, one.getKey(), 0, one.getValue().length + 1);
            } catch (BackupException e) {
                allowed(e);
                got = Blobs.get(pool, one.getKey(), 0, one.getValue().length + 1);
            }
            assertArrayEquals(one.getValue(), got, when + ": " + one.getKey());
        }
        for (String key : list.keySet()) {
            assertTrue(unsure.containsKey(key), when + ": " + key + " was never committed");
            assertArrayEquals(unsure.get(key), Blobs.get(pool, key, 0, unsure.get(key).length + 1), when + ": " + key);
        }
    }

    private static void allowed(BackupException e) throws BackupException {
        if (!RETRYABLE.contains(e.failure().code())) {
            throw e;
        }
    }
}
