package org.azekura.cli.text;

/** The letter that {@code ls -l} has for a type of entry. */
public final class Letters {

    private Letters() {}

    public static String of(String type) {
        return switch (type) {
            case "directory" -> "d";
            case "symlink" -> "l";
            case "fifo" -> "p";
            case "socket" -> "s";
            case "block" -> "b";
            case "character" -> "c";
            default -> "-";
        };
    }
}
