package org.azekura.api;

/** The name of a policy. 1 to 63 letters, digits, dots, underscores or hyphens. */
public record PolicyName(String value) implements Comparable<PolicyName> {

    public PolicyName {
        Names.check("policy", value);
    }

    @Override
    public int compareTo(PolicyName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
