package org.azekura.api;

/** The name of a backup device. 1 to 63 letters, digits, dots, underscores or hyphens. */
public record DeviceName(String value) implements Comparable<DeviceName> {

    public DeviceName {
        Names.check("device", value);
    }

    @Override
    public int compareTo(DeviceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
