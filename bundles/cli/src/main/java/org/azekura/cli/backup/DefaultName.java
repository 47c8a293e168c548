package org.azekura.cli.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The name of a save set that nobody named: made of its paths, the same for the same paths in any order, so that the next
 * backup of them is compared with this one. {@code /srv/data} is {@code srv-data}, {@code /} is {@code root}; where names alone
 * would not tell two sets apart (several paths, other characters, very long ones) eight digits of a hash follow.
 */
final class DefaultName {

    private static final int LONGEST = 54;

    private DefaultName() {}

    /** @param paths absolute, in percent form */
    static String of(List<String> paths) {
        List<String> sorted = paths.stream().distinct().sorted().toList();
        if (sorted.equals(List.of("/"))) {
            return "root";
        }
        String first = sorted.getFirst();
        String name = first.substring(1).replaceAll("[^A-Za-z0-9._]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        boolean telling = sorted.size() == 1 && first.matches("(/[A-Za-z0-9._]+)+") && Character.isLetterOrDigit(first.charAt(1))
                && name.length() <= LONGEST && !name.equals("root");
        if (telling) {
            return name;
        }
        String start = name.isEmpty() ? "set" : name.substring(0, Math.min(name.length(), LONGEST));
        return start + "-" + hash(String.join("\n", sorted));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
