package org.azekura.api;

/**
 * The name of a hook: a program that a client's owner has put into a folder of that client. 1 to 63 letters, digits, dots, underscores or hyphens,
 * the first a letter or digit, so it names nothing outside of that folder.
 */
public record HookName(String value) implements Comparable<HookName> {

    public HookName {
        Names.check("hook", value);
    }

    @Override
    public int compareTo(HookName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
