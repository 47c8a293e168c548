package org.azekura.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSetName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.seal.SessionKey;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final String CLEAR = "415a534d" + "%02x".formatted(FormatVersion.FIRST)                   // AZSM, version
            + "0000000000000001" + "0000000000000002" + "07" + "02" + "6331" // snapshot, job, client
            + "04" + "686f6d65"                                               // save set
            + "07" + "64656661756c74" + "908000" + "c08000" + "82808000"      // pool, chunk sizes
            + "06"                                                            // level 3
            + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004"
            + "01" + "0000000000000003" + "0000000000000004"                  // parent
            + "09" + "00" + "14" + "05"                                       // started, ended
            + "8100" + "8200" + "03"                                          // files, bytes, directories
            + "0000000000000005" + "0000000000000006" + "03" + "010203";      // session
    private static final String GOLDEN = CLEAR + "02" + "0908";               // details as they are sealed
    private static final String DETAILS = "01" + "02" + "2fff"                // one root
            + "04" + "00" + "00" + "01" + "2a" + "01" + "01" + "01" + "62" + "00" + "02" + "01" + "39" + "00" + "03" + "02" + "2e6e" + "01"
            + "01" + "02" + "2f78" + "04" + "676f6e65" + "01" + "05" + "8100"; // skipped

    @Test
    void theFormIsTheOneOfTheGrammar() throws BackupException {
        assertEquals(GOLDEN, HexFormat.of().formatHex(manifest(new SnapshotId(3, 4)).encoded()));
        byte[] golden = HexFormat.of().parseHex(GOLDEN);
        Manifest m = Manifest.parse(golden);
        assertEquals("home", m.saveSet().value());
        assertEquals(Instant.ofEpochSecond(-5), m.started());
        assertArrayEquals(golden, m.encoded());
        assertEquals(DETAILS, HexFormat.of().formatHex(details(SKIPPED).encoded()));
        assertEquals(details(SKIPPED), Details.parse(HexFormat.of().parseHex(DETAILS)));
    }

    @Test
    void aFirstSnapshotHasNoParent() throws BackupException {
        assertSame(null, Manifest.parse(manifest(null).encoded()).parent());
    }

    @Test
    void theDetailsOpenWithTheSessionsKeyOnly() throws BackupException {
        RecipientKey key = RecipientKey.generate();
        KeyRing ring = KeyRing.create(List.of(Recipient.of("owner", key)));
        try (Sealer sealer = Sealer.open(1, ring.epochPublicKey()); Sealer other = Sealer.open(1, ring.epochPublicKey())) {
            Manifest m = Manifest.parse(manifest(null).with(details(SKIPPED), sealer).encoded());
            PoolKeys keys = ring.unlock(key);
            SessionKey session = keys.session(sealer.sealedKey());
            assertEquals(details(SKIPPED), m.details(session));
            assertFalse(new String(m.encoded(), StandardCharsets.ISO_8859_1).contains("gone"), "no reason and no name stands in clear");
            assertClosed(m, keys.session(other.sealedKey()));
            Manifest moved = new Manifest(new SnapshotId(9, 9), m.job(), m.client(), m.saveSet(), m.pool(), m.chunkSizes(), m.compressionLevel(),
                    m.root(), m.parent(), m.started(), m.ended(), m.files(), m.bytes(), m.directories(), m.session(), m.sealedKey(), m.sealed());
            assertClosed(moved, session);
            assertClosed(manifest(null), session);
        }
    }

    private static void assertClosed(Manifest manifest, SessionKey key) {
        assertEquals("manifest.key", assertThrows(BackupException.class, () -> manifest.details(key)).failure().code());
    }

    @Test
    void longListsOfSkippedPathsAreCutAndSaySo() throws BackupException {
        List<PathProblem> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(new PathProblem(RawPath.of("/srv/a/folder/file-" + i), "permission denied"));
        }
        List<PathProblem> fitting = Details.fitting(many);
        assertTrue(fitting.size() > 5000 && fitting.size() < 100_000);
        assertEquals(100_000 - fitting.size() + 1 + " more paths are only in the job's log", fitting.getLast().reason());
        assertEquals(fitting, Details.parse(details(fitting).encoded()).skipped());
        assertEquals(many.subList(0, 10), Details.fitting(many.subList(0, 10)));
        Manifest large = manifest(null);
        try (Sealer sealer = Sealer.open(1, RecipientKey.generate().publicKey())) {
            assertTrue(large.with(details(fitting), sealer).encoded().length < Manifest.MAX_BYTES);
            assertThrows(IllegalArgumentException.class, () -> large.with(details(many), sealer).encoded());
        }
    }

    @Test
    void changedOrShortManifestsAreRefusedOrMeanSomethingElse() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("changedOrShortManifests seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 30_000; i++) {
            boolean whole = i % 2 == 0;
            byte[] golden = HexFormat.of().parseHex(whole ? GOLDEN : DETAILS);
            byte[] bytes = Arrays.copyOf(golden, random.nextInt(5) == 0 ? random.nextInt(golden.length + 5) : golden.length);
            for (int n = random.nextInt(4); n > 0 && bytes.length > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertArrayEquals(bytes, whole ? Manifest.parse(bytes).encoded() : Details.parse(bytes).encoded());
            } catch (BackupException e) {
                assertTrue(e.failure().code().equals("manifest.corrupt") || whole && FormatVersion.isOther(e), e::getMessage);
            }
        }
    }

    /** The time of receipt is not signed, yet expiry goes by it. */
    @Test
    void everyFlippedByteOfASignedManifestIsFound() {
        byte[] sound = ManifestSeeds.signed().getFirst();
        for (int at = 0; at < sound.length; at++) {
            byte[] flipped = sound.clone();
            flipped[at] ^= 1;
            BackupException e = assertThrows(BackupException.class, () -> SignedManifest.parse(flipped));
            assertEquals("manifest.corrupt", e.failure().code());
        }
    }

    @Test
    void aSignedManifestIsThatOfItsSigner() throws BackupException, GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] manifest = manifest(null).encoded();
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initSign(keys.getPrivate());
        ed25519.update(manifest);
        byte[] signature = ed25519.sign();
        byte[] key = keys.getPublic().getEncoded();
        Instant received = Instant.ofEpochSecond(1_700_000_000, 5);
        byte[] encoded = new SignedManifest(manifest, signature, key, received).encoded();

        SignedManifest back = SignedManifest.parse(encoded);
        assertEquals(received, back.received());
        assertArrayEquals(manifest, back.verified().encoded());
        byte[] changed = manifest.clone();
        changed[25]++;
        assertForged(new SignedManifest(changed, signature, key, received));
        assertForged(new SignedManifest(manifest, new byte[64], key, received));
        assertForged(new SignedManifest(manifest, new byte[3], key, received));
        assertForged(new SignedManifest(manifest, signature, new byte[44], received));
        byte[] other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
        assertForged(new SignedManifest(manifest, signature, other, received));
        for (int length = 0; length < encoded.length; length++) {
            byte[] part = Arrays.copyOf(encoded, length);
            assertEquals("manifest.corrupt", assertThrows(BackupException.class, () -> SignedManifest.parse(part)).failure().code());
        }
    }

    private static void assertForged(SignedManifest signed) {
        assertEquals("manifest.signature", assertThrows(BackupException.class, signed::verified).failure().code());
    }

    private static final List<PathProblem> SKIPPED = List.of(new PathProblem(RawPath.of("/x"), "gone", List.of(new PathProblem.Range(5, 128))));

    private static Details details(List<PathProblem> skipped) {
        return new Details(List.of(new RawPath(new byte[] {'/', (byte) 0xff})),
                List.of(new Rule(false, Rule.Kind.GLOB, "*"), new Rule(true, Rule.Kind.REGEX, "b"), new Rule(false, Rule.Kind.LARGER, "9"),
                        new Rule(false, Rule.Kind.MARKER, ".n")), true, skipped);
    }

    static Manifest manifest(SnapshotId parent) {
        return new Manifest(new SnapshotId(1, 2), new JobId(7), new ClientName("c1"), new SaveSetName("home"), new PoolName("default"),
                ChunkSizes.DEFAULT, 3, new ChunkId(1, 2, 3, 4), parent, Instant.ofEpochSecond(-5), Instant.ofEpochSecond(10, 5), 128, 256, 3,
                new SessionId(5, 6), new byte[] {1, 2, 3}, new byte[] {9, 8});
    }
}
