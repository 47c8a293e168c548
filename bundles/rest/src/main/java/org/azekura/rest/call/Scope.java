package org.azekura.rest.call;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Role;

/** What is there for a caller: what is not is answered as if it did not exist, in the same words. */
public final class Scope {

    private Scope() {}

    /** Whether there are clients that this caller does not see. */
    public static boolean isBounded(Caller caller) {
        return caller.role() == Role.RESTORER || !caller.clients().isEmpty();
    }

    /** @return the client of this name, null if none is named */
    public static ClientName client(Caller caller, String name) throws BackupException {
        ClientName client = Names.client(name);
        if (client != null && !caller.sees(client)) {
            throw Names.unknown("client", name);
        }
        return client;
    }

    /** Refuses what concerns more than the clients that a caller sees. */
    public static void requireUnbounded(Caller caller) throws Refusal {
        if (isBounded(caller)) {
            throw Refusal.bounded(caller);
        }
    }
}
