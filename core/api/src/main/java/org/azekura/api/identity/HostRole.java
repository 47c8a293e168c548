package org.azekura.api.identity;

import java.util.Locale;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;

/** What a host may be that joins a backup server. */
public enum HostRole {
    NODE, CLIENT;

    /** The single word that people and programs see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming what there is */
    public static HostRole parse(String word) {
        for (HostRole role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("a host joins as node or client, not as \"" + word + "\"");
    }

    /**
     * How a host of this role is named in its certificate and by its transport, like {@code client/web1}.
     *
     * @throws IllegalArgumentException if nothing can be called so
     */
    public String peer(String name) {
        return word() + "/" + switch (this) {
            case NODE -> new NodeName(name).value();
            case CLIENT -> new ClientName(name).value();
        };
    }
}
