package org.azekura.felix.config.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Names as byte values in a string (ISO-8859-1), from the two forms in which they are printed. */
final class Names {

    private Names() {}

    /** From the command line's percent form. */
    static String percent(String text) {
        return bytes(text.getBytes(UTF_8), '%', 1);
    }

    /** From the form of {@code tree.py}: backslash, x and two digits. */
    static String escaped(String text) {
        return bytes(text.getBytes(UTF_8), '\\', 2);
    }

    private static String bytes(byte[] text, char mark, int digitsAfter) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length; i++) {
            if (text[i] == mark) {
                out.write(Integer.parseInt(new String(text, i + digitsAfter, 2, UTF_8), 16));
                i += digitsAfter + 1;
            } else {
                out.write(text[i]);
            }
        }
        return out.toString(ISO_8859_1);
    }

    /** The paths of {@code [{path, reason}]} below a saved folder. */
    static SortedSet<String> problems(JsonNode rows, Path saved) {
        SortedSet<String> names = new TreeSet<>();
        for (JsonNode row : rows) {
            if (row.path("reason").asText().isBlank()) {
                throw new AssertionError("no reason in " + row);
            }
            String path = percent(row.get("path").asText());
            names.add(path.equals(saved.toString()) ? "." : path.startsWith(saved + "/") ? path.substring(saved.toString().length() + 1) : path);
        }
        return names;
    }

    /** The paths that {@code tree.py diff} found to differ. */
    static SortedSet<String> differing(Collection<String> diffLines) {
        SortedSet<String> names = new TreeSet<>();
        diffLines.forEach(line -> names.add(escaped(line.split(" ")[1])));
        return names;
    }

    /** What only one of two sets has, marked with its side: a short message where the sets are long. */
    static List<String> onlyInOne(Set<String> left, Set<String> right) {
        return Stream.concat(left.stream().filter(name -> !right.contains(name)).map(name -> "- " + name),
                right.stream().filter(name -> !left.contains(name)).map(name -> "+ " + name)).toList();
    }
}
