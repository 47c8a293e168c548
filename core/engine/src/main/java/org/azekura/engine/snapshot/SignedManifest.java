package org.azekura.engine.snapshot;

import java.time.Instant;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;
import org.azekura.engine.volume.SigningKey;

/**
 * A manifest as it lies in the catalog and on the volume.
 *
 * @param manifest  as the client encoded it
 * @param signature Ed25519, over the manifest's bytes
 * @param signerKey public key in X.509 form; whose key it is, is not said here
 * @param received  when the server had everything, by its clock
 */
public record SignedManifest(byte[] manifest, byte[] signature, byte[] signerKey, Instant received) {

    /** No encoded one is longer. */
    public static final int MAX_BYTES = Manifest.MAX_BYTES + (4 << 10);

    private static final int MAGIC = 0x415a5353; // AZSS
    private static final int MAX_SIGNATURE = 1024;

    public byte[] encoded() {
        ByteOutput out = new ByteOutput(manifest.length + 256);
        out.u32(MAGIC);
        out.u8(ManifestForm.VERSION);
        out.block(manifest);
        out.block(signature);
        out.block(signerKey);
        out.time(received);
        out.u32(checksum(out.toBytes()));
        return out.toBytes();
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /**
     * Takes the parts apart; looks at none of them.
     *
     * @throws BackupException {@code manifest.corrupt}, {@code format.version}
     */
    public static SignedManifest parse(byte[] encoded) throws BackupException {
        ByteInput end = new ByteInput(encoded, ManifestForm.CORRUPT, "signed snapshot manifest");
        byte[] bytes = end.raw(Math.max(0, encoded.length - Integer.BYTES), "all but the checksum");
        int found = end.u32("checksum");
        int expected = checksum(bytes);
        if (found != expected) {
            throw end.corrupt("checksum %08x, expected %08x".formatted(found, expected));
        }
        ByteInput in = new ByteInput(bytes, ManifestForm.CORRUPT, "signed snapshot manifest");
        in.begin(MAGIC, ManifestForm.VERSION);
        SignedManifest signed = new SignedManifest(in.block(Manifest.MAX_BYTES, "manifest"), in.block(MAX_SIGNATURE, "signature"),
                in.block(MAX_SIGNATURE, "key"), in.time("received"));
        in.end("signed manifest");
        return signed;
    }

    /**
     * The manifest, if its signature is that of the key beside it. The caller must know that key.
     *
     * @throws BackupException {@code manifest.signature} if it is not, {@code manifest.corrupt}
     */
    public Manifest verified() throws BackupException {
        if (!SigningKey.verify(signerKey, manifest, signature)) {
            throw BackupException.corrupt("manifest.signature", "", "snapshot manifest of " + manifest.length
                    + " bytes: its signature is not that of the key beside it; it was changed after the client signed it");
        }
        return Manifest.parse(manifest);
    }
}
