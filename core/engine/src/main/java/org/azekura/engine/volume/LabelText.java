package org.azekura.engine.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.azekura.api.ApplianceId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;

/** The text of a label. Parsing throws what its parts throw; {@link Label#parse} makes one exception of them. */
final class LabelText {

    private static final String INTRODUCTION = """
            AZEKURA VOLUME LABEL 0

            This volume belongs to a backup appliance. It is NOT EMPTY: do not format it.

            It holds packs (pieces of files, compressed and encrypted), snapshots (signed lists
            of what was saved and when) and the pool's key ring (locked). On a disk they are files:
            "packs/XX/ID", "snapshots/ID" and "keyring-N". All are written in documented formats.

            To read them you need the pool's recovery file, which whoever runs the appliance was told
            to keep, and the program "azekura extract", which needs no appliance, no database and no
            configuration. Without the recovery file nobody can read the files' content or names; packs
            can still be listed, checked and copied.

            """;
    private static final String SIGNATURE = "signature: ";
    private static final int BEGIN = INTRODUCTION.getBytes(UTF_8).length;

    private LabelText() {}

    /** Everything that is signed. */
    static String of(Label label) {
        return INTRODUCTION + "volume: " + label.volume()
                + "\nappliance: " + label.appliance()
                + "\npool: " + label.pool()
                + "\nname: " + label.name()
                + (label.barcode() == null ? "" : "\nbarcode: " + label.barcode())
                + "\nmade: " + label.made()
                + "\nsigner: " + Base64.getEncoder().encodeToString(label.signerKey()) + "\n";
    }

    /** The whole label. */
    static byte[] bytes(String signed, byte[] signature) {
        byte[] text = (signed + SIGNATURE + Base64.getEncoder().encodeToString(signature) + "\n").getBytes(UTF_8);
        byte[] label = new byte[Label.BYTES];
        Arrays.fill(label, text.length, Label.BYTES - 1, (byte) ' ');
        label[Label.BYTES - 1] = '\n';
        System.arraycopy(text, 0, label, 0, text.length);
        return label;
    }

    static Label parse(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        if (!text.startsWith(INTRODUCTION)) {
            throw new IllegalArgumentException("it does not begin as a label of this program does (\"AZEKURA VOLUME LABEL 0\")");
        }
        int signatureAt = text.indexOf("\n" + SIGNATURE, BEGIN) + 1;
        int end = text.indexOf('\n', signatureAt);
        if (signatureAt == 0 || end < 0) {
            throw new IllegalArgumentException("it has no signature");
        }
        byte[] signature = Base64.getDecoder().decode(text.substring(signatureAt + SIGNATURE.length(), end));
        Label label = label(fields(text.substring(BEGIN, signatureAt)));
        // Whatever parses must also be what would be written: no byte of a label is without meaning.
        String signed = of(label);
        byte[] again = bytes(signed, signature);
        if (!Arrays.equals(again, bytes)) {
            throw new IllegalArgumentException("it has bytes at " + Arrays.mismatch(again, bytes) + " that no label has");
        }
        if (!SigningKey.verify(label.signerKey(), signed.getBytes(UTF_8), signature)) {
            throw new IllegalArgumentException("it was changed after it was signed");
        }
        return label;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            if (colon < 0 || fields.put(line.substring(0, colon), line.substring(colon + 2)) != null) {
                throw new IllegalArgumentException("it has the line \"" + line + "\"");
            }
        });
        return fields;
    }

    private static Label label(Map<String, String> fields) {
        return new Label(VolumeId.parse(need(fields, "volume")), ApplianceId.parse(need(fields, "appliance")),
                new PoolName(need(fields, "pool")), need(fields, "name"), fields.get("barcode"), Instant.parse(need(fields, "made")),
                Base64.getDecoder().decode(need(fields, "signer")));
    }

    private static String need(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no line \"" + name + ": ...\"");
        }
        return value;
    }
}
