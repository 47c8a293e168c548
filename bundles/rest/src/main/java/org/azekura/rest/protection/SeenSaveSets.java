package org.azekura.rest.protection;

import java.util.List;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.access.Caller;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.server.SaveSets;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Scope;

/** The save sets that are there for a caller. One of somebody else is answered as one that is not there, in the same words. */
record SeenSaveSets(SaveSets all, Caller caller) {

    /** @param client null for all; one that is there for the caller */
    List<KeptSaveSet> list(ClientName client) throws BackupException {
        return all.list(client).stream().filter(set -> caller.sees(set.client())).toList();
    }

    /** @param name of a save set, or {@code CLIENT/NAME} */
    KeptSaveSet find(String name) throws BackupException {
        if (!Scope.isBounded(caller)) {
            return all.find(name);
        }
        List<KeptSaveSet> found = list(null).stream().filter(set -> set.id().toString().equals(name) || set.saveSet().name().value().equals(name)).toList();
        if (found.isEmpty()) {
            throw Names.unknown("saveset", name);
        }
        if (found.size() > 1) {
            throw BackupException.operator("saveset.ambiguous", name, "several of your clients have a save set " + name + ": say which, one of "
                    + found.stream().map(set -> set.id().toString()).collect(Collectors.joining(", ")));
        }
        return found.getFirst();
    }
}
