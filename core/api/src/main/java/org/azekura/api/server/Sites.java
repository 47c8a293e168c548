package org.azekura.api.server;

import java.util.List;
import java.util.Locale;
import org.azekura.api.BackupException;
import org.azekura.api.SiteName;
import org.osgi.annotation.versioning.ProviderType;

/** At which sites hosts and pools are. Safe for any number of threads. */
@ProviderType
public interface Sites {

    /** Storage nodes, clients and pools, each by name. */
    List<Sited> list() throws BackupException;

    /**
     * Says at which site something is.
     *
     * @param site null: where it usually is
     * @throws BackupException {@code node.unknown}, {@code client.unknown}, {@code pool.unknown}
     */
    Sited set(Kind kind, String name, SiteName site) throws BackupException;

    /** What is somewhere. */
    enum Kind {
        NODE, CLIENT, POOL;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something and where it is.
     *
     * @param said whether somebody said so. Else a storage node is where the server is, a client where the storage node of its host is or the server, a pool
     *             where its storage node is; one in a cloud is at a site of its own
     */
    record Sited(Kind kind, String name, SiteName site, boolean said) {}
}
