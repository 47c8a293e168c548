package org.azekura.server.names;

import org.azekura.api.ClientName;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.names.NameLine;

/** Whose snapshots follow each other, within a pool. */
record SaveSetKey(ClientName client, SaveSetName saveSet) {

    static SaveSetKey of(Snapshot snapshot) {
        return new SaveSetKey(snapshot.client(), snapshot.saveSet());
    }

    static SaveSetKey of(NameLine line) {
        return new SaveSetKey(line.client(), line.saveSet());
    }
}
