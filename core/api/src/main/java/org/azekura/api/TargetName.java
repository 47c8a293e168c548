package org.azekura.api;

/** The name of somebody or something that is told what happens: 1 to 63 letters, digits, dots, underscores or hyphens. */
public record TargetName(String value) implements Comparable<TargetName> {

    public TargetName {
        Names.check("target", value);
    }

    @Override
    public int compareTo(TargetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
