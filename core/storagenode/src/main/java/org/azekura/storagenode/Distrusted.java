package org.azekura.storagenode;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The certificates that any server has said are to be trusted no longer: none of them is trusted again because another server does not know yet. */
final class Distrusted {

    private final Set<String> serials = new HashSet<>();
    private final Consumer<Set<String>> transports;

    Distrusted(Consumer<Set<String>> transports) {
        this.transports = transports;
    }

    /** Returns when no connection with them is left. */
    synchronized void add(Collection<String> more) {
        serials.addAll(more);
        transports.accept(Set.copyOf(serials));
    }
}
