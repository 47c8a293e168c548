package org.azekura.rest.protection;

import org.azekura.api.SaveSetId;

/** A save set by its name. */
public record SaveSetRow(String client, String name) {

    public static SaveSetRow of(SaveSetId id) {
        return new SaveSetRow(id.client().value(), id.name().value());
    }
}
