package org.azekura.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The manifest as it is written. */
final class ManifestText {

    private static final String HEAD = "azekura-driver";
    private static final List<String> KINDS = Stream.of(DriverManifest.Kind.values()).map(ManifestText::word).toList();

    private final List<String> lines;
    private int next;

    private ManifestText(List<String> lines) {
        this.lines = lines;
    }

    static byte[] encode(DriverManifest manifest) {
        StringBuilder text = new StringBuilder();
        line(text, HEAD, "1");
        line(text, "name", manifest.name());
        line(text, "version", manifest.version());
        line(text, "kind", word(manifest.kind()));
        line(text, "publisher", manifest.publisher());
        line(text, "licence", manifest.licence());
        manifest.needs().forEach(need -> line(text, "needs", need));
        manifest.bundles().forEach(bundle -> line(text, "bundle", bundle));
        manifest.families().forEach(family -> line(text, "family", family));
        manifest.notes().forEach(note -> line(text, "note", note));
        return text.toString().getBytes(UTF_8);
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append(": ").append(value).append('\n');
    }

    private static String word(DriverManifest.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static DriverManifest decode(byte[] bytes) throws Flaw {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (!text.endsWith("\n")) {
                throw new Flaw("its manifest does not end with a line's end");
            }
            DriverManifest manifest = new ManifestText(List.of(text.substring(0, text.length() - 1).split("\n", -1))).decode();
            if (!Arrays.equals(bytes, encode(manifest))) {
                throw new Flaw("of its manifest the lines \"needs\" are not in the order of the packages");
            }
            return manifest;
        } catch (CharacterCodingException e) {
            throw new Flaw("its manifest is not UTF-8");
        } catch (IllegalArgumentException e) {
            throw new Flaw("of its manifest, line by line: " + e.getMessage());
        }
    }

    private DriverManifest decode() throws Flaw {
        if (!one(HEAD).equals("1")) {
            throw new Flaw("its manifest has another form than \"" + HEAD + ": 1\", the only one that is known");
        }
        DriverManifest manifest = new DriverManifest(one("name"), PackageVersion.parse(one("version")), kind(one("kind")), one("publisher"), one("licence"),
                all("needs").stream().map(SpiNeed::parse).toList(), all("bundle"), all("family"), all("note"));
        if (next < lines.size()) {
            throw new Flaw("line " + (next + 1) + " of its manifest is unknown, or not in its place");
        }
        return manifest;
    }

    private static DriverManifest.Kind kind(String word) throws Flaw {
        int at = KINDS.indexOf(word);
        if (at < 0) {
            throw new Flaw("its manifest names the kind \"" + word + "\"; known are " + String.join(", ", KINDS));
        }
        return DriverManifest.Kind.values()[at];
    }

    private String one(String key) throws Flaw {
        String prefix = key + ": ";
        if (next == lines.size() || lines.get(next).length() > DriverManifest.MAX_LINE || !lines.get(next).startsWith(prefix)) {
            throw new Flaw("line " + (next + 1) + " of its manifest is not \"" + prefix + "…\"");
        }
        return lines.get(next++).substring(prefix.length());
    }

    private List<String> all(String key) throws Flaw {
        List<String> values = new ArrayList<>();
        while (next < lines.size() && lines.get(next).startsWith(key + ": ")) {
            values.add(one(key));
        }
        return values;
    }
}
