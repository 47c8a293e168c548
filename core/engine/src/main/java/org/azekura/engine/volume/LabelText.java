package org.azekura.engine.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.ApplianceId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.engine.format.FormatVersion;

/** The text of a label. Parsing throws what its parts throw; {@link Label#parse} makes one exception of them. */
final class LabelText {

    private static final int VERSION = FormatVersion.FIRST;
    private static final String TITLE = "AZEKURA VOLUME LABEL ";
    private static final Pattern FIRST_LINE = Pattern.compile(TITLE + "(0|[1-9][0-9]{0,8})");
    /** Where the explanation ends and the fields begin. */
    private static final String FIELDS = "\n\nvolume: ";
    /** For people. Readers do not depend on its wording. */
    private static final String EXPLANATION = """

            This volume belongs to a backup appliance. It is NOT EMPTY: do not format it.

            It holds packs (pieces of files, compressed and encrypted), snapshots (signed lists
            of what was saved and when), the pool's key rings (locked) and checkpoints (what lies where).
            On a disk they are files: "packs/XX/ID", "snapshots/ID", "keyring-N" and "checkpoints/N". All
            are written in documented formats.

            To read them you need the pool's recovery file, which whoever runs the appliance was told
            to keep, and the program "azekura extract", which needs no appliance, no database and no
            configuration. Without the recovery file nobody can read the files' content or names; packs
            can still be listed, checked and copied.

            """;
    private static final String SIGNATURE = "signature: ";

    private LabelText() {}

    /** Everything that is signed. */
    static String of(Label label) {
        return of(TITLE + VERSION + "\n" + EXPLANATION, label);
    }

    private static String of(String introduction, Label label) {
        return introduction + "volume: " + label.volume()
                + "\nappliance: " + label.appliance()
                + "\npool: " + label.pool()
                + "\nname: " + label.name()
                + (label.barcode() == null ? "" : "\nbarcode: " + label.barcode())
                + (label.number() == 1 ? "" : "\nset: " + label.set() + "\nnumber: " + label.number())
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
        requireVersion(text.lines().findFirst().orElse(""));
        int begin = text.indexOf(FIELDS) + 2;
        int signatureAt = begin < 2 ? 0 : text.indexOf("\n" + SIGNATURE, begin) + 1;
        int end = text.indexOf('\n', signatureAt);
        if (signatureAt == 0 || end < 0) {
            throw new IllegalArgumentException("it has no signature");
        }
        byte[] signature = Base64.getDecoder().decode(text.substring(signatureAt + SIGNATURE.length(), end));
        Label label = label(fields(text.substring(begin, signatureAt)));
        // Whatever parses must also be what would be written: no byte of a label is without meaning.
        String signed = of(text.substring(0, begin), label);
        byte[] again = bytes(signed, signature);
        if (!Arrays.equals(again, bytes)) {
            throw new IllegalArgumentException("it has bytes at " + Arrays.mismatch(again, bytes) + " that no label has");
        }
        if (!SigningKey.verify(label.signerKey(), signed.getBytes(UTF_8), signature)) {
            throw new IllegalArgumentException("it was changed after it was signed");
        }
        return label;
    }

    private static void requireVersion(String first) {
        Matcher m = FIRST_LINE.matcher(first);
        if (!m.matches()) {
            throw new IllegalArgumentException("it does not begin as a label does (\"" + TITLE + VERSION + "\")");
        }
        int version = Integer.parseInt(m.group(1));
        if (version != VERSION) {
            throw new IllegalArgumentException(FormatVersion.message(version, VERSION));
        }
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
        VolumeId volume = VolumeId.parse(need(fields, "volume"));
        return new Label(volume, ApplianceId.parse(need(fields, "appliance")),
                new PoolName(need(fields, "pool")), need(fields, "name"), fields.get("barcode"), Instant.parse(need(fields, "made")),
                Base64.getDecoder().decode(need(fields, "signer")), fields.containsKey("set") ? VolumeId.parse(fields.get("set")) : volume,
                Integer.parseInt(fields.getOrDefault("number", "1")));
    }

    private static String need(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no line \"" + name + ": ...\"");
        }
        return value;
    }
}
