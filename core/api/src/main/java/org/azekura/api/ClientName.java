package org.azekura.api;

/** The name of a client: a host whose data is protected. 1 to 63 letters, digits, dots, underscores or hyphens. */
public record ClientName(String value) implements Comparable<ClientName> {

    public ClientName {
        Names.check("client", value);
    }

    @Override
    public int compareTo(ClientName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
