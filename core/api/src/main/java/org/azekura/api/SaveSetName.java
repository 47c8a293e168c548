package org.azekura.api;

/** The name of a save set, unique within its client. 1 to 63 letters, digits, dots, underscores or hyphens. */
public record SaveSetName(String value) implements Comparable<SaveSetName> {

    public SaveSetName {
        Names.check("save set", value);
    }

    @Override
    public int compareTo(SaveSetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
