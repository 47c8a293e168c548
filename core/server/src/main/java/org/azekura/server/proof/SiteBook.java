package org.azekura.server.proof;

import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SiteName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Terms.Medium;
import org.azekura.api.server.Sites.Kind;
import org.azekura.server.pool.DeviceTerms;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.pool.WrittenPrivate;

/**
 * At which sites things are, as one view of the catalog has it.
 *
 * @param server the host on which the server runs
 * @param said   what people said, by its setting; null: it is looked up one by one
 */
record SiteBook(CatalogView view, NodeName server, Map<String, String> said) {

    /** Where the server is if nobody has said. */
    private static final SiteName HERE = new SiteName("here");
    /** Of what is in a cloud if nobody has said; whoever is in one too says so by this name. */
    private static final SiteName CLOUD = new SiteName("cloud");

    SiteBook(CatalogView view, NodeName server) {
        this(view, server, null);
    }

    /** For who asks for many. */
    static SiteBook read(CatalogView view, NodeName server) throws BackupException {
        return new SiteBook(view, server, view.settings(WrittenPrivate.SITES));
    }

    private static String name(Kind kind, String name) {
        return WrittenPrivate.SITES + kind.word() + "/" + name;
    }

    /** Empty if nobody has said. */
    Optional<SiteName> said(Kind kind, String name) throws BackupException {
        Optional<String> site = said == null ? view.setting(name(kind, name)) : Optional.ofNullable(said.get(name(kind, name)));
        return site.map(SiteName::new);
    }

    /** @param site null: where it usually is */
    static void say(CatalogEdit edit, Kind kind, String name, SiteName site) throws BackupException {
        if (site == null) {
            edit.deleteSetting(name(kind, name));
        } else {
            edit.putSetting(name(kind, name), site.value());
        }
    }

    SiteName of(NodeName node) throws BackupException {
        Optional<SiteName> said = said(Kind.NODE, node.value());
        return said.isPresent() ? said.get() : said(Kind.NODE, server.value()).orElse(HERE);
    }

    /** Client and storage node of one host have one name. */
    SiteName of(ClientName client) throws BackupException {
        Optional<SiteName> said = said(Kind.CLIENT, client.value());
        return said.isPresent() ? said.get() : of(new NodeName(client.value()));
    }

    /** Of a set that may have been carried elsewhere, and of a volume of copies that of what it lies in. */
    SiteName of(Pool pool) throws BackupException {
        PoolName medium = view.replica(pool.name()).map(replica -> replica.within()).orElse(pool.name());
        for (PoolName one : new PoolName[] {medium, MediaSets.head(view, medium)}) {
            Optional<SiteName> said = said(Kind.POOL, one.value());
            if (said.isPresent()) {
                return said.get();
            }
        }
        return DeviceTerms.of(view, pool).medium() == Medium.CLOUD ? CLOUD : of(pool.node());
    }
}
