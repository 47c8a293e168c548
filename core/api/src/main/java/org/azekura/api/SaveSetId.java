package org.azekura.api;

import java.util.Comparator;

/** A save set among those of all clients; {@code CLIENT/NAME} as text. */
public record SaveSetId(ClientName client, SaveSetName name) implements Comparable<SaveSetId> {

    private static final Comparator<SaveSetId> ORDER = Comparator.comparing(SaveSetId::client).thenComparing(SaveSetId::name);

    @Override
    public int compareTo(SaveSetId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return client + "/" + name;
    }
}
