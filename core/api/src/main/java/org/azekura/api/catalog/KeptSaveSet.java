package org.azekura.api.catalog;

import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;

/**
 * A save set as configuration.
 *
 * @param client  whose data it is
 * @param via     the client that collects it, null if that is {@code client} itself; paths are as that one sees them
 * @param saveSet what is saved; without roots if a hook dumps it
 */
public record KeptSaveSet(ClientName client, ClientName via, SaveSet saveSet, Hooks hooks) {

    public SaveSetId id() {
        return new SaveSetId(client, saveSet.name());
    }
}
