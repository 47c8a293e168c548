package org.azekura.engine.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.engine.Golden;
import org.azekura.engine.Seeded;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelTest {

    /** Of no worth: made for this test. */
    private static final String PEM = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
            -----END PRIVATE KEY-----
            """;

    @TempDir
    Path folder;

    private SigningKey key;

    @BeforeEach
    void load() throws Exception {
        Path file = folder.resolve("key");
        Files.writeString(file, PEM);
        key = SigningKey.loadOrCreate(file);
    }

    private Label label(String name, String barcode) {
        return new Label(new VolumeId(1, 2), new ApplianceId(3, 4), new PoolName("default"), name, barcode,
                Instant.parse("2026-01-02T03:04:05.678Z"), key.publicKey());
    }

    private static void quarantined(byte[] label) {
        BackupException e = assertThrows(BackupException.class, () -> Label.parse(label));
        assertEquals("volume.quarantined", e.failure().code());
        assertEquals(Failure.Kind.MEDIA, e.failure().kind());
        assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
    }

    @Test
    void isReadAsItWasWritten() throws BackupException {
        for (String name : new String[] {"disk-1", "Außer Haus: 2", "倉".repeat(63)}) {
            for (String barcode : new String[] {null, "A00017L8", "signature: x"}) {
                byte[] written = label(name, barcode).sign(key.privateKey());
                assertEquals(Label.BYTES, written.length);
                assertEquals(label(name, barcode), Label.parse(written));
            }
        }
    }

    @Test
    void isWrittenAsItAlwaysWas() throws BackupException {
        Golden.check("volume.label", label("disk-1", "A00017L8").sign(key.privateKey()));
        assertEquals(label("disk-1", "A00017L8"), Label.parse(Golden.read("volume.label")));
    }

    private Label second() {
        return new Label(new VolumeId(1, 7), new ApplianceId(3, 4), new PoolName("default"), "default-2", "A00018L8",
                Instant.parse("2026-01-02T03:04:05.678Z"), key.publicKey(), new VolumeId(1, 2), 2);
    }

    @Test
    void aLaterVolumeNamesItsSet() throws BackupException {
        Golden.check("volume-2.label", second().sign(key.privateKey()));
        assertEquals(second(), Label.parse(Golden.read("volume-2.label")));
        assertEquals(1, label("disk-1", null).number());
        assertEquals(new VolumeId(1, 2), label("disk-1", null).set());
    }

    @Test
    void oneThatWasLabelledBeforehandIsOfNoSet() throws BackupException {
        Label prepared = new Label(new VolumeId(1, 7), new ApplianceId(3, 4), new PoolName("default"), "A00018L8", "A00018L8",
                Instant.parse("2026-01-02T03:04:05.678Z"), key.publicKey(), new VolumeId(1, 7), 0);
        assertEquals(prepared, Label.parse(prepared.sign(key.privateKey())));
    }

    @Test
    void onlyTheFirstOfASetIsNumberOne() {
        for (int number : new int[] {0, 1, -1, 1_000_001}) {
            assertThrows(IllegalArgumentException.class, () -> new Label(new VolumeId(1, 7), new ApplianceId(3, 4), new PoolName("default"), "x", null,
                    Instant.EPOCH, key.publicKey(), new VolumeId(1, 2), number));
        }
        assertThrows(IllegalArgumentException.class, () -> new Label(new VolumeId(1, 7), new ApplianceId(3, 4), new PoolName("default"), "x", null,
                Instant.EPOCH, key.publicKey(), new VolumeId(1, 7), 2));
    }

    @Test
    void everyFlippedByteQuarantines() {
        byte[] sound = label("disk-1", null).sign(key.privateKey());
        for (int at = 0; at < sound.length; at++) {
            byte[] flipped = sound.clone();
            flipped[at] ^= 1;
            quarantined(flipped);
        }
    }

    @Test
    void anythingElseQuarantines() {
        byte[] sound = label("disk-1", "A").sign(key.privateKey());
        quarantined(new byte[0]);
        quarantined(new byte[Label.BYTES]);
        quarantined(Arrays.copyOf(sound, Label.BYTES - 1));
        quarantined(Arrays.copyOf(sound, Label.BYTES + 1));
        Seeded.run(random -> {
            for (int i = 0; i < 500; i++) {
                byte[] bytes = random.nextInt(4) == 0 ? Seeded.bytes(random, Label.BYTES) : sound.clone();
                int from = random.nextInt(bytes.length - 60);
                System.arraycopy(Seeded.bytes(random, 60), 0, bytes, from, 1 + random.nextInt(59));
                if (!Arrays.equals(sound, bytes)) { // one byte may be what it was
                    quarantined(bytes);
                }
            }
        });
    }

    @Test
    void linesMayNotBeSwappedOrDoubled() {
        String text = new String(label("disk-1", "A").sign(key.privateKey()), UTF_8);
        int end = text.indexOf("signature: ");
        String pool = "pool: default\n";
        for (String signed : new String[] {text.substring(0, end).replace(pool, "") + pool, text.substring(0, end) + pool,
            text.substring(0, end).replace(pool, ""), text.substring(0, end) + "colour: red\n"}) {
            quarantined(LabelText.bytes(signed, key.sign(signed.getBytes(UTF_8))));
        }
    }

    @Test
    void theExplanationMayBeWordedInAnotherWay() throws BackupException {
        String text = new String(label("disk-1", "A").sign(key.privateKey()), UTF_8);
        String signed = text.substring(0, text.indexOf("signature: ")).replace("NOT EMPTY", "IN USE");
        assertEquals(label("disk-1", "A"), Label.parse(LabelText.bytes(signed, key.sign(signed.getBytes(UTF_8)))));
        quarantined(LabelText.bytes(signed.replace("IN USE", "IN USE!"), key.sign(signed.getBytes(UTF_8))));
    }

    @Test
    void refusesNamesThatBreakALine() {
        for (String name : new String[] {"", " ", "a\nb", "x".repeat(64), "a ", "\u2028", "a\u0000"}) {
            assertThrows(IllegalArgumentException.class, () -> label(name, null), name);
            assertThrows(IllegalArgumentException.class, () -> label("a", name), name);
        }
    }

    @Test
    void signsOnlyWithTheKeyItNames() throws BackupException {
        SigningKey other = SigningKey.loadOrCreate(folder.resolve("other"));
        assertThrows(IllegalArgumentException.class, () -> label("a", null).sign(other.privateKey()));
    }
}
