package org.azekura.api;

/** The name of a storage node. 1 to 63 letters, digits, dots, underscores or hyphens. */
public record NodeName(String value) implements Comparable<NodeName> {

    public NodeName {
        Names.check("storage node", value);
    }

    @Override
    public int compareTo(NodeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
