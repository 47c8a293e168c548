package org.azekura.engine.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.Keep;
import org.azekura.api.PackId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.Timing;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.engine.Golden;
import org.azekura.engine.Seeded;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.seal.SessionKey;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final CheckpointItem.Head HEAD = new CheckpointItem.Head(new ApplianceId(1, 2), new PoolName("default"), TIME, 77,
            ChunkSizes.DEFAULT, 3, new byte[] {9, 8, 7});

    private static List<CheckpointItem> items(int packs) {
        List<CheckpointItem> items = new ArrayList<>(List.of(HEAD, new CheckpointItem.Volume(new VolumeId(3, 4), "default-1", null),
                new CheckpointItem.Volume(new VolumeId(5, 6), "倉 2", "A00017L8"),
                new CheckpointItem.Client(new ClientName("web1"), new TrustGroup(7, 8), new byte[] {1, 2}),
                new CheckpointItem.Client(new ClientName("web2"), new TrustGroup(9, 10), null),
                new CheckpointItem.Session(new SessionId(11, 12), new byte[] {3})));
        for (int i = 0; i < packs; i++) {
            items.add(new CheckpointItem.Pack(new PackId(i * 0x9e37_79b9_7f4a_7c15L, i), i % 3 == 0, 33_554_432 + i, i, new VolumeId(3, 4), "packs/" + i,
                    TIME.plusNanos(i), i % 2));
        }
        items.add(new CheckpointItem.Snapshot(new SnapshotId(13, 14), 1L << 40, 2));
        items.add(new CheckpointItem.Deleted(new SnapshotId(15, 16)));
        return items;
    }

    private static List<CheckpointItem> configured() {
        ClientName app = new ClientName("app");
        ClientName proxy = new ClientName("proxy");
        SaveSetName docs = new SaveSetName("docs");
        SaveSetName db = new SaveSetName("db");
        List<CheckpointItem> items = new ArrayList<>(items(1));
        items.addAll(List.of(new ConfigurationItem.Edition(7),
                new ConfigurationItem.PoolSettings(new PoolName("default"), 50, null, 20),
                new ConfigurationItem.PoolSettings(new PoolName("off"), 0, new PoolGroup("far"), 300),
                new ConfigurationItem.ClientSettings(app, new TrustGroup(7, 8), Quota.NONE, null, new PoolGroup("far"), List.of(new Bandwidth(1 << 20),
                        new Bandwidth(64 << 10, LocalTime.of(22, 0), LocalTime.of(6, 30)))),
                new ConfigurationItem.ClientSettings(proxy, new TrustGroup(9, 10), 1L << 40, new PoolName("default"), null, List.of()),
                new ConfigurationItem.HostAddress("client/proxy", "[2001:db8::1]:8444"),
                new ConfigurationItem.PathKey(new byte[] {7, 8, 9}),
                new ConfigurationItem.KeptSet(app, proxy, docs, true, new Hooks(new HookName("freeze"), new HookName("thaw"), null), new byte[] {1, 2, 3}),
                new ConfigurationItem.KeptSet(app, null, db, false, new Hooks(null, null, new HookName("pg-dump")), new byte[0]),
                new ConfigurationItem.KeptPolicy(new PolicyName("nightly"), new PoolName("default"), List.of(new SaveSetId(app, docs), new SaveSetId(app, db)),
                        List.of(new PoolName("off")))));
        return items;
    }

    private static List<CheckpointItem> withMedia() {
        List<CheckpointItem> items = new ArrayList<>(configured());
        items.addAll(List.of(new MediaItem.PoolMedia(new PoolName("default"), false, true, 86_400, 25, 7 * 86_400, 1L << 41, 2, 30 * 86_400, 1L << 44, true, 12, -1),
                new MediaItem.KnownVolume(new VolumeId(3, 4), true, true, false, "evidence", "bank safe", TIME, null, 3),
                new MediaItem.KnownVolume(new VolumeId(5, 6), false, false, true, "", "倉", null, TIME, 0),
                new MediaItem.KnownCartridge("A00017L8", 41, TIME, -1, -1, -1, -1),
                new MediaItem.GivenUp(new VolumeId(7, 8), "old-1", "A00018L8", TIME, "its pool was deleted"),
                new MediaItem.PairErrors("SN1", "A00017L8", 2, TIME, "block 7 can't be read"),
                new MediaItem.KnownDrive("SN1", true, "at the workshop", TIME)));
        return items;
    }

    private static byte[] written(List<CheckpointItem> items) throws BackupException {
        return CheckpointSeeds.written(items);
    }

    private static void corrupt(byte[] checkpoint) {
        BackupException e = assertThrows(BackupException.class, () -> CheckpointSeeds.read(checkpoint));
        assertEquals("checkpoint.corrupt", e.failure().code());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }

    @Test
    void isReadAsItWasWritten() throws BackupException {
        for (int packs : new int[] {0, 1, 5_000}) {
            assertEquals(items(packs), CheckpointSeeds.read(written(items(packs))));
        }
        assertEquals(List.of(HEAD), CheckpointSeeds.read(written(List.of(HEAD))));
    }

    @Test
    void isWrittenAsItAlwaysWas() throws BackupException {
        Golden.check("volume.checkpoint", written(items(3)));
        assertEquals(items(3), CheckpointSeeds.read(Golden.read("volume.checkpoint")));
    }

    @Test
    void configurationIsReadAsItWasWrittenAndIsWrittenAsItAlwaysWas() throws BackupException {
        Golden.check("volume-2.checkpoint", written(configured()));
        assertEquals(configured(), CheckpointSeeds.read(Golden.read("volume-2.checkpoint")));
        assertTrue(configured().stream().allMatch(item -> !(item instanceof ConfigurationItem one) || CheckpointWriter.canSay(one)));
        List<CheckpointItem> large = new ArrayList<>(List.of(HEAD));
        for (int i = 0; i < 300; i++) {
            large.add(new ConfigurationItem.KeptSet(new ClientName("c" + i), null, new SaveSetName("s"), false, Hooks.NONE, new byte[1000]));
        }
        assertEquals(large, CheckpointSeeds.read(written(large)));
    }

    @Test
    void whatIsKnownOfMediaIsReadAsItWasWrittenAndIsWrittenAsItAlwaysWas() throws BackupException {
        Golden.check("volume-3.checkpoint", written(withMedia()));
        assertEquals(withMedia(), CheckpointSeeds.read(Golden.read("volume-3.checkpoint")));
        assertTrue(withMedia().stream().allMatch(item -> !(item instanceof MediaItem one) || CheckpointWriter.canSay(one)));
        List<CheckpointItem> without = new ArrayList<>(withMedia());
        without.removeIf(ConfigurationItem.class::isInstance);
        assertEquals(without, CheckpointSeeds.read(written(without)), "nobody has laid anything down");
        assertFalse(CheckpointWriter.canSay(new MediaItem.KnownDrive("SN1", true, "x".repeat(2000), TIME)));
    }

    @Test
    void whenPoliciesRunIsReadAsItWasWrittenAndIsWrittenAsItAlwaysWas() throws BackupException {
        List<CheckpointItem> items = new ArrayList<>(configured());
        items.add(new ConfigurationItem.PolicyTerms(new PolicyName("nightly"), new Timing("daily 22:00; sat 09:00", "Asia/Tokyo", List.of("mon..fri 08:00-18:00", "sun"), true,
                false, 70, 3, Duration.ofMinutes(20), 5, Duration.ofSeconds(90), false), new Keep(1, 2, 3, 4, 5, 6, Duration.ofDays(7))));
        items.add(new ConfigurationItem.PolicyTerms(new PolicyName("weekly"), new Timing("0 0 * * 0"), Keep.ALL));
        items.addAll(withMedia().stream().filter(MediaItem.class::isInstance).toList());
        Golden.check("volume-4.checkpoint", written(items));
        assertEquals(items, CheckpointSeeds.read(Golden.read("volume-4.checkpoint")));
        assertTrue(items.stream().allMatch(CheckpointWriter::canSay));
        byte[] older = written(items);
        for (int at = 0; at < older.length; at += CheckpointForm.HEAD_BYTES + ByteBuffer.wrap(older).getInt(at + 6) + Integer.BYTES) {
            older[at + 4] = CheckpointForm.WITH_MEDIA;
        }
        corrupt(CheckpointSeeds.mend(older));
    }

    @Test
    void sayingHowFarTheAuditLogGoesIsReadAsItWasWrittenAndIsWrittenAsItAlwaysWas() throws BackupException {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) 0xa5);
        List<CheckpointItem> items = new ArrayList<>(items(1));
        items.add(new ConfigurationItem.AuditLine(900, hash));
        Golden.check("volume-5.checkpoint", written(items));
        assertEquals(items, CheckpointSeeds.read(Golden.read("volume-5.checkpoint")));
        // a page of its own where nothing else is laid down: what a line costs on media
        assertTrue(written(items).length - written(items(1)).length <= 52);
        byte[] older = Golden.read("volume-5.checkpoint");
        for (int at = 0; at < older.length; at += CheckpointForm.HEAD_BYTES + ByteBuffer.wrap(older).getInt(at + 6) + Integer.BYTES) {
            older[at + 4] = CheckpointForm.TIMED;
        }
        corrupt(CheckpointSeeds.mend(older));
    }

    @Test
    void whatKeepsSnapshotsIsReadAsItWasWritten() throws BackupException {
        List<CheckpointItem> items = new ArrayList<>(configured());
        items.add(new ConfigurationItem.PoolLock(new PoolName("offsite"), 2_592_000));
        items.add(new ConfigurationItem.PinnedSnapshot(new SnapshotId(1, 2), TIME, null, ""));
        items.add(new ConfigurationItem.PinnedSnapshot(new SnapshotId(3, 4), TIME, TIME.plusSeconds(5), "audit"));
        assertEquals(items, CheckpointSeeds.read(written(items)));
        assertFalse(CheckpointWriter.canSay(new ConfigurationItem.PinnedSnapshot(new SnapshotId(1, 2), TIME, null, "x".repeat(5000))));
    }

    @Test
    void whatItsReadersWouldNotTakeItCannotSay() {
        assertFalse(CheckpointWriter.canSay(new ConfigurationItem.KeptSet(new ClientName("c"), null, new SaveSetName("s"), false, Hooks.NONE,
                new byte[(1 << 20) + 1])));
        assertFalse(CheckpointWriter.canSay(new ConfigurationItem.HostAddress("client/c", "x".repeat(2000))));
        List<SaveSetId> sets = Collections.nCopies(10_000, new SaveSetId(new ClientName("c".repeat(63)), new SaveSetName("s".repeat(63))));
        assertFalse(CheckpointWriter.canSay(new ConfigurationItem.KeptPolicy(new PolicyName("p"), new PoolName("p"), sets, List.of())));
    }

    @Test
    void pathsAndRulesAreForHoldersOfThePoolsKeyOnly() throws BackupException {
        RecipientKey recipient = RecipientKey.generate();
        KeyRing ring = KeyRing.create(List.of(Recipient.of("r", recipient)));
        List<Rule> rules = List.of(new Rule(false, Rule.Kind.GLOB, "*.tmp"), new Rule(true, Rule.Kind.REGEX, "^/srv/倉"), new Rule(false, Rule.Kind.LARGER, "7"),
                new Rule(false, Rule.Kind.MARKER, ".nobackup"));
        SaveSet set = new SaveSet(new SaveSetName("docs"), List.of(RawPath.of("/srv/private"), new RawPath(new byte[] {'/', -1})), rules, true);
        try (Sealer sealer = Sealer.open(ring.epoch(), ring.epochPublicKey())) {
            ConfigurationItem.KeptSet kept = ConfigurationItem.KeptSet.of(new ClientName("app"), null, set, Hooks.NONE, sealer);
            byte[] checkpoint = written(List.of(HEAD, new ConfigurationItem.PathKey(sealer.sealedKey()), kept));
            assertFalse(new String(checkpoint, StandardCharsets.ISO_8859_1).contains("private"));
            List<CheckpointItem> read = CheckpointSeeds.read(checkpoint);
            SessionKey key = ring.unlock(recipient).session(((ConfigurationItem.PathKey) read.get(1)).sealedKey());
            assertEquals(set, ((ConfigurationItem.KeptSet) read.get(2)).open(key));
            ConfigurationItem.KeptSet moved = new ConfigurationItem.KeptSet(new ClientName("other"), null, set.name(), true, Hooks.NONE, kept.sealed());
            assertEquals("configuration.key", assertThrows(BackupException.class, () -> moved.open(key)).failure().code());
            ConfigurationItem.KeptSet dump = ConfigurationItem.KeptSet.of(new ClientName("app"), null, new SaveSet(set.name(), List.of(), List.of(), false),
                    Hooks.NONE, sealer);
            assertEquals(List.of(), dump.open(null).roots());
        }
    }

    @Test
    void onlyACheckpointThatIsToHaveConfigurationHasIt() throws BackupException {
        CheckpointWriter writer = new CheckpointWriter(page -> { });
        writer.add(HEAD);
        assertThrows(IllegalArgumentException.class, () -> writer.add(new ConfigurationItem.Edition(1)));
        // a page of one version behind one of the other
        byte[] sound = written(List.of(HEAD, new CheckpointItem.Deleted(new SnapshotId(1, 1))));
        int second = CheckpointForm.HEAD_BYTES + ByteBuffer.wrap(sound).getInt(6) + Integer.BYTES;
        sound[second + 4] = CheckpointForm.CONFIGURED;
        corrupt(CheckpointSeeds.mend(sound));
    }

    @Test
    void takesAboutEightyBytesForAPack() throws BackupException {
        int bytes = written(items(20_000)).length - written(items(10_000)).length;
        assertTrue(bytes < 10_000 * 90, () -> bytes + " bytes for 10000 packs");
    }

    @Test
    void everyFlippedByteAndEveryCutIsFound() throws BackupException {
        everyFlippedByteAndEveryCutIsFoundIn(written(items(3)));
        everyFlippedByteAndEveryCutIsFoundIn(written(configured()));
    }

    private static void everyFlippedByteAndEveryCutIsFoundIn(byte[] sound) {
        for (int at = 0; at < sound.length; at++) {
            byte[] flipped = sound.clone();
            flipped[at] ^= 1;
            corrupt(flipped);
            corrupt(Arrays.copyOf(sound, at));
        }
        corrupt(Arrays.copyOf(sound, sound.length + 1));
    }

    @Test
    void randomBytesAreRefusedWithoutALargeAllocation() {
        Seeded.run(random -> {
            for (int i = 0; i < 2_000; i++) {
                byte[] bytes = Seeded.bytes(random, random.nextInt(200));
                if (bytes.length > 10) {
                    ByteBuffer.wrap(bytes).putInt(CheckpointForm.MAGIC).put((byte) random.nextInt(1, 3)).put((byte) random.nextInt(10));
                }
                corrupt(bytes);
            }
        });
    }

    @Test
    void refusesWhatComesInAnotherOrder() {
        assertThrows(IllegalArgumentException.class, () -> written(List.of()));
        assertThrows(IllegalArgumentException.class, () -> written(List.of(HEAD, HEAD)));
        assertThrows(IllegalArgumentException.class, () -> written(List.of(new CheckpointItem.Deleted(new SnapshotId(1, 1)))));
        assertThrows(IllegalArgumentException.class, () -> written(List.of(HEAD, new CheckpointItem.Deleted(new SnapshotId(1, 1)),
                new CheckpointItem.Snapshot(new SnapshotId(1, 1), 0, 0))));
    }
}
