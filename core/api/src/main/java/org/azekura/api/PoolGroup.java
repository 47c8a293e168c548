package org.azekura.api;

/** The name of a group of pools that stand in for each other. 1 to 63 letters, digits, dots, underscores or hyphens. */
public record PoolGroup(String value) implements Comparable<PoolGroup> {

    public PoolGroup {
        Names.check("pool group", value);
    }

    @Override
    public int compareTo(PoolGroup other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
