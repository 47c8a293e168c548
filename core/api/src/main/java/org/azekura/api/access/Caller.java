package org.azekura.api.access;

import java.util.Set;
import org.azekura.api.ClientName;

/**
 * Who makes a call, once that is proven.
 *
 * @param name    as the log names him, like {@code user alice} or {@code token nightly-report}
 * @param clients whose data he has to do with; empty: of all. A restorer without any has to do with none
 */
public record Caller(String name, Role role, Set<ClientName> clients) {

    public Caller {
        clients = Set.copyOf(clients);
    }

    /** Whether what is of this client is there for him at all; else it is answered as if it were not. */
    public boolean sees(ClientName client) {
        return clients.contains(client) || clients.isEmpty() && role != Role.RESTORER;
    }
}
