package org.azekura.api;

/** The name of a media pool. 1 to 63 letters, digits, dots, underscores or hyphens. */
public record PoolName(String value) implements Comparable<PoolName> {

    public PoolName {
        Names.check("pool", value);
    }

    @Override
    public int compareTo(PoolName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
