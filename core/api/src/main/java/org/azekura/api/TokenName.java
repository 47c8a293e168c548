package org.azekura.api;

/** The name of an API token: 1 to 63 letters, digits, dots, underscores or hyphens. */
public record TokenName(String value) implements Comparable<TokenName> {

    public TokenName {
        Names.check("token", value);
    }

    @Override
    public int compareTo(TokenName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
