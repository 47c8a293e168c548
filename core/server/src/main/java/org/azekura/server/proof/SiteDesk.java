package org.azekura.server.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SiteName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.Sites;
import org.azekura.server.pool.MediaSets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps where people say that things are. */
public final class SiteDesk implements Sites {

    private static final Logger log = LoggerFactory.getLogger(SiteDesk.class);

    private final CatalogStore catalog;
    private final NodeName server;
    private final Supplier<List<NodeName>> connected;
    private final Runnable changed;

    /**
     * @param server    the host on which the server runs
     * @param connected storage nodes that may have no pool yet
     * @param changed   told when something is somewhere else
     */
    public SiteDesk(CatalogStore catalog, NodeName server, Supplier<List<NodeName>> connected, Runnable changed) {
        this.catalog = catalog;
        this.server = server;
        this.connected = connected;
        this.changed = changed;
    }

    @Override
    public List<Sited> list() throws BackupException {
        return catalog.read(view -> {
            SiteBook book = new SiteBook(view, server);
            List<Sited> all = new ArrayList<>();
            for (NodeName node : nodes(view)) {
                all.add(sited(book, Kind.NODE, node.value(), book.of(node)));
            }
            for (Client client : view.clients()) {
                all.add(sited(book, Kind.CLIENT, client.name().value(), book.of(client.name())));
            }
            for (Pool pool : MediaSets.all(view)) {
                all.add(sited(book, Kind.POOL, pool.name().value(), book.of(pool)));
            }
            return all;
        });
    }

    private static Sited sited(SiteBook book, Kind kind, String name, SiteName site) throws BackupException {
        return new Sited(kind, name, site, book.said(kind, name).isPresent());
    }

    private SortedSet<NodeName> nodes(CatalogView view) throws BackupException {
        SortedSet<NodeName> nodes = new TreeSet<>(connected.get());
        view.pools().forEach(pool -> nodes.add(pool.node()));
        return nodes;
    }

    @Override
    public Sited set(Kind kind, String name, SiteName site) throws BackupException {
        Sited now = catalog.write(edit -> {
            requireThere(edit, kind, name);
            SiteBook.say(edit, kind, name, site);
            SiteBook book = new SiteBook(edit, server);
            return sited(book, kind, name, switch (kind) {
                case NODE -> book.of(new NodeName(name));
                case CLIENT -> book.of(new ClientName(name));
                case POOL -> book.of(edit.pool(new PoolName(name)).orElseThrow());
            });
        });
        log.info("{} {} is at site {}{}", kind.word(), name, now.site(), now.said() ? "" : ", as nobody says else");
        changed.run();
        return now;
    }

    private void requireThere(CatalogView view, Kind kind, String name) throws BackupException {
        boolean there = switch (kind) {
            case NODE -> nodes(view).stream().anyMatch(node -> node.value().equals(name));
            case CLIENT -> view.clients().stream().anyMatch(client -> client.name().value().equals(name));
            case POOL -> MediaSets.all(view).stream().anyMatch(pool -> pool.name().value().equals(name));
        };
        if (!there) {
            throw BackupException.operator(kind.word() + ".unknown", name, "there is no " + kind.word() + " " + name + "; \"azekura site list\" names them all");
        }
    }
}
