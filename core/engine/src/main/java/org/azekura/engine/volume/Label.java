package org.azekura.engine.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.PrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;

/**
 * What a volume begins with.
 *
 * @param appliance wrote the label
 * @param name      what people call the volume: 1 to 63 characters, no control characters
 * @param barcode   what is glued to it, as {@code name}; null if nothing is
 * @param signerKey public key of the appliance, X.509
 * @param set       the first volume of those that hold a pool together; the volume itself if it is the first, or of none yet
 * @param number    which of them it is, from 1; 0 if it was labelled for the pool beforehand, and nothing lies on it
 */
public record Label(VolumeId volume, ApplianceId appliance, PoolName pool, String name, String barcode, Instant made, byte[] signerKey, VolumeId set,
        int number) {

    /** Size of every label. */
    public static final int BYTES = 4096;

    /** More cartridges than any library has had. */
    private static final int MOST = 1_000_000;

    /** @throws IllegalArgumentException if a text is empty, too long or has control characters, or the number is not that of such a volume */
    public Label {
        Objects.requireNonNull(volume);
        Objects.requireNonNull(appliance);
        Objects.requireNonNull(pool);
        Objects.requireNonNull(made);
        check("name", name);
        if (barcode != null) {
            check("barcode", barcode);
        }
        signerKey = signerKey.clone();
        Objects.requireNonNull(set);
        if (number < 0 || number > MOST || (number <= 1) != set.equals(volume)) {
            throw new IllegalArgumentException("volume " + volume + " can't be number " + number + " of set " + set
                    + "; the first has number 1, one of no set number 0, and only these their own name");
        }
    }

    /** Of a volume that is the first of its set. */
    public Label(VolumeId volume, ApplianceId appliance, PoolName pool, String name, String barcode, Instant made, byte[] signerKey) {
        this(volume, appliance, pool, name, barcode, made, signerKey, volume, 1);
    }

    private static void check(String what, String text) {
        boolean fits = !text.isBlank() && text.length() <= 63 && text.equals(text.strip())
                && text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c) || c == '\u2028' || c == '\u2029');
        if (!fits) {
            throw new IllegalArgumentException("the " + what + " of a volume has 1 to 63 characters, no control characters and no space"
                    + " at its ends, like \"offsite 2\"; not \"" + text + "\"");
        }
    }

    /**
     * The label as it is written.
     *
     * @param ed25519 belongs to {@link #signerKey}
     * @throws IllegalArgumentException if it does not
     */
    public byte[] sign(PrivateKey ed25519) {
        String signed = LabelText.of(this);
        byte[] signature = SigningKey.sign(ed25519, signed.getBytes(UTF_8));
        if (!SigningKey.verify(signerKey, signed.getBytes(UTF_8), signature)) {
            throw new IllegalArgumentException("the private key does not belong to the label's signer key");
        }
        return LabelText.bytes(signed, signature);
    }

    /**
     * Reads a label and checks its signature.
     *
     * @throws BackupException {@code volume.quarantined} if this is not exactly a label as it was signed, for whatever reason: it may be
     *                         somebody's data, so it is never taken for an empty volume
     */
    public static Label parse(byte[] label) throws BackupException {
        if (label.length != BYTES) {
            throw quarantined(label.length + " bytes, expected " + BYTES, null);
        }
        try {
            return LabelText.parse(label);
        } catch (RuntimeException e) {
            throw quarantined(e.getMessage(), e);
        }
    }

    private static BackupException quarantined(String what, Throwable cause) {
        return BackupException.media("volume.quarantined", "", "volume label: " + what + "; the volume is left as it is", cause);
    }

    @Override
    public byte[] signerKey() {
        return signerKey.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Label l && volume.equals(l.volume) && appliance.equals(l.appliance) && pool.equals(l.pool)
                && name.equals(l.name) && Objects.equals(barcode, l.barcode) && made.equals(l.made) && Arrays.equals(signerKey, l.signerKey)
                && set.equals(l.set) && number == l.number;
    }

    @Override
    public int hashCode() {
        return volume.hashCode();
    }
}
