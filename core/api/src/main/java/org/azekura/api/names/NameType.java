package org.azekura.api.names;

import java.util.Locale;

/** What kind of thing a name stands for. Stores keep the ordinal: new ones come last. */
public enum NameType {
    FILE, DIRECTORY, SYMLINK, FIFO, SOCKET, BLOCK, CHARACTER;

    /** The single word that people and programs see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
