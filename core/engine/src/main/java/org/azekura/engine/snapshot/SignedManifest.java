package org.azekura.engine.snapshot;

import java.time.Instant;
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
        return out.toBytes();
    }

    /**
     * Takes the parts apart; looks at none of them.
     *
     * @throws BackupException {@code manifest.corrupt}
     */
    public static SignedManifest parse(byte[] encoded) throws BackupException {
        ByteInput in = new ByteInput(encoded, ManifestForm.CORRUPT, "signed snapshot manifest");
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
