package org.azekura.engine.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.engine.Golden;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.PackReader;
import org.azekura.engine.pack.PackSource;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.snapshot.ManifestSeeds;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.volume.CheckpointReader;
import org.azekura.engine.volume.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is sound but of the next version is refused, by its number, and not called damaged where that would have consequences. */
class FormatVersionTest {

    private static final int NEXT = FormatVersion.FIRST + 1;

    private static void refused(String code, Executable read) {
        refused(code, NEXT, read);
    }

    private static void refused(String code, int next, Executable read) {
        BackupException e = assertThrows(BackupException.class, read);
        assertEquals(code, e.failure().code(), e::getMessage);
        assertTrue(e.getMessage().contains("version " + next + ", this program reads " + (next - 1)), e::getMessage);
    }

    /** The byte at this place counted up, and the checksum of all before it in the four bytes at {@code sum}. */
    private static byte[] next(byte[] sound, int version, int sum) {
        byte[] later = sound.clone();
        later[version]++;
        CRC32C crc = new CRC32C();
        crc.update(later, 0, sum);
        ByteBuffer.wrap(later).putInt(sum, (int) crc.getValue());
        return later;
    }

    private static String next(String name, String title) {
        String text = new String(Golden.read(name), UTF_8);
        String later = text.replace(title + " " + FormatVersion.FIRST + "\n", title + " " + NEXT + "\n");
        assertTrue(!later.equals(text), title);
        return later;
    }

    private static PackReader reader(byte[] pack) {
        return new PackReader(new PackSource() {
            @Override
            public long size() {
                return pack.length;
            }

            @Override
            public int read(long offset, ByteBuffer into) {
                int length = Math.min(into.remaining(), pack.length - (int) offset);
                into.put(pack, (int) offset, length);
                return length;
            }
        });
    }

    @Test
    void aPackIsNotDamagedForThat() {
        byte[] pack = Golden.read("data.pack");
        byte[] later = next(pack, 7, ByteBuffer.wrap(pack).getInt(8) - Integer.BYTES);
        refused(FormatVersion.CODE, () -> reader(later).index());
        refused(FormatVersion.CODE, () -> reader(later).scan());
        refused(FormatVersion.CODE, () -> reader(later).check());
    }

    @Test
    void aFlippedVersionOfAPackIsDamage() {
        byte[] flipped = Golden.read("data.pack");
        flipped[7]++;
        assertEquals("pack.corrupt", assertThrows(BackupException.class, () -> reader(flipped).index()).failure().code());
    }

    @Test
    void aFrameWithinAPackHasThePacksVersionOrIsDamaged() {
        byte[] frame = Golden.read("zstd.frame");
        frame[3]++;
        Frame.stamp(ByteBuffer.wrap(frame));
        refused("frame.corrupt", () -> Frame.parse(ByteBuffer.wrap(frame)));
    }

    @Test
    void aKeyRingIsNotDamagedForThat() {
        byte[] ring = Golden.read("key.ring");
        refused(FormatVersion.CODE, () -> KeyRing.parse(next(ring, 5, ring.length - Integer.BYTES)));
    }

    @Test
    void aCheckpointIsNotDamagedForThat() {
        byte[] checkpoint = Golden.read("volume-6.checkpoint");
        byte[] later = next(checkpoint, 4, 10 + ByteBuffer.wrap(checkpoint).getInt(6));
        ByteBuffer from = ByteBuffer.wrap(later);
        refused(FormatVersion.CODE, 7, () -> new CheckpointReader(into -> {
            while (into.hasRemaining() && from.hasRemaining()) {
                into.put(from.get());
            }
        }, "checkpoint").read(item -> {}));
    }

    @Test
    void aManifestIsNotDamagedForThat() {
        byte[] signed = ManifestSeeds.signed().getFirst();
        refused(FormatVersion.CODE, () -> SignedManifest.parse(next(signed, 4, signed.length - Integer.BYTES)));
    }

    @Test
    void aTreePageIsReadByNobodyElse() {
        refused("tree.corrupt", () -> PageRefs.parse(ByteBuffer.wrap(new byte[] {NEXT, 0, 0, 0, 0})));
    }

    @Test
    void aVolumeIsNeverTakenForBlank() {
        refused("volume.quarantined", () -> Label.parse(next("volume.label", "AZEKURA VOLUME LABEL").getBytes(UTF_8)));
    }

    @Test
    void keyFilesSayItInTheirFirstLine() {
        refused(FormatVersion.CODE, () -> RecoveryFile.parse(next("recovery.txt", "AZEKURA RECOVERY FILE")));
        refused(FormatVersion.CODE, () -> Recipient.parse(next("public.key", "AZEKURA PUBLIC KEY")));
    }

    @Test
    void aLongerNumberIsAnotherVersion() {
        String text = new String(Golden.read("recovery.txt"), UTF_8).replaceFirst(" (\\d+)\n", " 1$1\n");
        assertEquals(FormatVersion.CODE, assertThrows(BackupException.class, () -> RecoveryFile.parse(text)).failure().code());
    }
}
