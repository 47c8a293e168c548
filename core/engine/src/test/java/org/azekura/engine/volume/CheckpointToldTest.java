package org.azekura.engine.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.TargetName;
import org.azekura.api.Timing;
import org.azekura.api.UserName;
import org.azekura.engine.Golden;
import org.azekura.engine.Seeded;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.SessionKey;
import org.junit.jupiter.api.Test;

/** Version 6: who was let in, what drills proved, and what is private as a whole. */
class CheckpointToldTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final CheckpointItem.Head HEAD = new CheckpointItem.Head(new ApplianceId(1, 2), new PoolName("default"), TIME, 77, ChunkSizes.DEFAULT, 3, new byte[] {9, 8, 7});
    private static final ClientName WEB = new ClientName("web");
    private static final PoolName POOL = new PoolName("default");
    private static final SaveSetId DOCS = new SaveSetId(WEB, new SaveSetName("docs"));

    private static final List<CheckpointItem> ALL = List.of(HEAD, new ConfigurationItem.Edition(7),
            new DrillItem.PlannedDrill(new PolicyName("weekly"), List.of(DOCS), List.of(POOL, new PoolName("far")), 10_000, 0, null, new Timing("weekly sun 03:00")),
            new DrillItem.PlannedDrill(new PolicyName("few"), List.of(), List.of(), 0, 25, WEB, new Timing("", "Asia/Tokyo", List.of("sun"), true, false, 1, 2,
                    Duration.ofMinutes(3), 4, Duration.ofSeconds(5), false)),
            new DrillItem.Proven(new JobId(70), new SnapshotId(1, 2), TIME, DOCS, POOL, WEB, null, TIME, TIME.plusSeconds(9), 12, 1L << 40, 0, new DrillItem.Times(0, 1, 2), "proven"),
            new DrillItem.Proven(new JobId(71), new SnapshotId(1, 3), TIME, DOCS, new PoolName("far"), WEB, new DrillItem.Sample(-7, 5, 50), TIME, TIME, 5, 6, 7,
                    new DrillItem.Times(3, 4, 5), "failed"),
            new AccessItem.Account(new UserName("alice"), "admin", List.of(), true, false, TIME),
            new AccessItem.Account(new UserName("bob"), "restorer", List.of(WEB), false, true, TIME),
            new AccessItem.FormerCaller("token nightly", "user alice"), new AccessItem.FormerCaller("token old", ""), new AccessItem.PersonsRule(2, 86_400),
            new ConfigurationItem.PoolLockMode(POOL, true), new ConfigurationItem.Hidden(new byte[] {1, 2, 3}),
            new CheckpointItem.Verified(new PackId(5, 6), TIME));

    private static final List<PrivateItem> PRIVATE = List.of(
            new PrivateItem.Target(new TargetName("ops"), "mail", true, "ja", new TreeMap<>(Map.of("host", "mail.example.com", "to", "倉@example.com")), List.of("password"),
                    List.of("severity error", "pool far"), "22:00-07:00", TIME),
            new PrivateItem.Provider("Example", "https://id.example.com", "azekura", true, List.of("groups"), "groups",
                    List.of(new PrivateItem.Grant("admins", "admin", List.of()), new PrivateItem.Grant("*", "restorer", List.of(WEB))), List.of("example.com"), false),
            new PrivateItem.KnownAs(new UserName("alice"), "https://id.example.com", "sub-1", "Alice", TIME),
            new PrivateItem.DeviceBefore(new NodeName("n1"), new DeviceName("cloud"), "s3", new TreeMap<>(Map.of("bucket", "b", "region", "eu-central-1")), List.of("secretKey")),
            new PrivateItem.Word("site.node/n1", "tokyo"), new PrivateItem.Told(new JobId(71), List.of("/srv/private is different")));

    @Test
    void isReadAsItWasWrittenAndIsWrittenAsItAlwaysWas() throws BackupException {
        Golden.check("volume-6.checkpoint", CheckpointSeeds.written(ALL));
        assertEquals(ALL, CheckpointSeeds.read(Golden.read("volume-6.checkpoint")));
        assertTrue(ALL.stream().allMatch(CheckpointWriter::canSay));
    }

    @Test
    void itsEndProvesWhoWroteIt() throws BackupException {
        byte[] idKey = PoolKeys.newIdKey();
        byte[] checkpoint = CheckpointSeeds.written(ALL, idKey);
        assertTrue(CheckpointSeeds.proof(checkpoint).holds(idKey));
        assertFalse(CheckpointSeeds.proof(checkpoint).holds(PoolKeys.newIdKey()));
        assertFalse(CheckpointSeeds.proof(CheckpointSeeds.written(ALL)).holds(idKey), "one that proves nothing");
        checkpoint[CheckpointForm.HEAD_BYTES + 30] ^= 1;
        assertFalse(CheckpointSeeds.proof(CheckpointSeeds.mend(checkpoint)).holds(idKey), "whoever forges it mends its checksums, too");
    }

    @Test
    void anOlderVersionHasNothingOfIt() throws BackupException {
        for (CheckpointItem item : ALL.subList(2, ALL.size())) {
            byte[] older = CheckpointSeeds.written(List.of(HEAD, item));
            for (int at = 0; at < older.length; at += CheckpointForm.HEAD_BYTES + ByteBuffer.wrap(older).getInt(at + 6) + Integer.BYTES) {
                assertEquals(CheckpointForm.TOLD, older[at + 4]);
                older[at + 4] = CheckpointForm.WITNESSED;
            }
            assertEquals("checkpoint.corrupt", assertThrows(BackupException.class, () -> CheckpointSeeds.read(CheckpointSeeds.mend(older))).failure().code());
        }
    }

    @Test
    void whatIsPrivateIsForHoldersOfThePoolsKeyOnly() throws BackupException {
        RecipientKey recipient = RecipientKey.generate();
        KeyRing ring = KeyRing.create(List.of(Recipient.of("r", recipient)));
        List<CheckpointItem> items = new ArrayList<>(List.of(HEAD));
        try (PathSealer sealer = new PathSealer(ring)) {
            items.add(sealer.key());
            PRIVATE.forEach(item -> items.add(sealer.hide(item)));
        }
        byte[] checkpoint = CheckpointSeeds.written(items);
        String text = new String(checkpoint, StandardCharsets.UTF_8);
        for (String word : List.of("example", "alice", "ops", "cloud", "bucket", "private")) {
            assertFalse(text.contains(word), word);
        }
        List<CheckpointItem> read = CheckpointSeeds.read(checkpoint);
        SessionKey key = ring.unlock(recipient).session(((ConfigurationItem.PathKey) read.get(1)).sealedKey());
        List<PrivateItem> opened = new ArrayList<>();
        for (CheckpointItem item : read.subList(2, read.size())) {
            opened.add(((ConfigurationItem.Hidden) item).open(key));
        }
        assertEquals(PRIVATE, opened);
        assertEquals("configuration.key", assertThrows(BackupException.class, () -> new ConfigurationItem.Hidden(new byte[40]).open(key)).failure().code());
    }

    @Test
    void whatItsReadersWouldNotTakeItCannotSay() {
        KeyRing ring = KeyRing.create(List.of(Recipient.of("r", RecipientKey.generate())));
        try (PathSealer sealer = new PathSealer(ring)) {
            assertNull(sealer.hide(new PrivateItem.Told(new JobId(1), List.of("x".repeat(5000)))));
            assertNull(sealer.hide(new PrivateItem.Told(new JobId(1), Collections.nCopies(500, "x".repeat(4000)))));
        }
        assertFalse(CheckpointWriter.canSay(new AccessItem.FormerCaller("x".repeat(5000), "")));
    }

    @Test
    void randomBytesBehindTheSealAreRefused() {
        Seeded.run(random -> {
            for (int i = 0; i < 2_000; i++) {
                byte[] bytes = PRIVATE.get(random.nextInt(PRIVATE.size())).encoded();
                for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                try {
                    PrivateItem item = PrivateItem.of(bytes);
                    assertEquals(item, PrivateItem.of(item.encoded()));
                } catch (BackupException e) {
                    assertEquals("checkpoint.corrupt", e.failure().code());
                }
            }
        });
    }
}
