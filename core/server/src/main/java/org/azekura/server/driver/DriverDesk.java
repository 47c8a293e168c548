package org.azekura.server.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.api.server.Drivers;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has drivers changed on storage nodes, one change after the other, node by node. */
public final class DriverDesk implements Drivers, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DriverDesk.class);
    /** Each holds a file of up to {@link #MAX_PACKAGE} bytes. */
    private static final int MAX_WAITING = 8;

    /** A node that starts anew, or has lost its transport by the change itself, is there again by then. */
    private static final Duration AGAIN = Duration.ofSeconds(90);

    private final Duration again;
    private final CatalogStore catalog;
    private final Hosts hosts;
    private final PublisherBook publishers;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("server-drivers-", 1).factory());
    private final ReentrantLock turn = new ReentrantLock(true);
    /** By id, the oldest first; guarded by itself. */
    private final Map<String, RunningChange> changes = new LinkedHashMap<>();

    public DriverDesk(CatalogStore catalog, Hosts hosts, PublisherBook publishers) {
        this(catalog, hosts, publishers, AGAIN);
    }

    /** @param again for how long a node that has gone in the middle of a change is waited for */
    DriverDesk(CatalogStore catalog, Hosts hosts, PublisherBook publishers, Duration again) {
        this.again = again;
        this.catalog = catalog;
        this.hosts = hosts;
        this.publishers = publishers;
    }

    @Override
    public List<Installed> list(NodeName node) throws BackupException {
        List<Installed> rows = new ArrayList<>();
        for (ConnectedNode one : node == null ? connected() : List.of(hosts.node(node))) {
            try {
                NodeChange.drivers(one).forEach(driver -> rows.add(new Installed(one.name(), driver)));
            } catch (BackupException e) {
                if (node != null) {
                    throw e;
                }
                log.warn("node={} does not say which drivers it has: {}", one.name(), e.getMessage());
            }
        }
        rows.sort(Comparator.comparing(Installed::node).thenComparing(row -> row.driver().name()));
        return rows;
    }

    private List<ConnectedNode> connected() {
        return hosts.nodes().stream().sorted(Comparator.comparing(ConnectedNode::name)).toList();
    }

    @Override
    public Change install(Path file, NodeName node, String by) throws BackupException {
        return begin(Kind.INSTALL, file, head(file), parts(node == null ? everywhere() : List.of(hosts.node(node).name())), by);
    }

    @Override
    public Change update(Path file, String name, NodeName node, String by) throws BackupException {
        PackageHead head = head(file);
        if (name != null && head.name() != null && !head.name().equals(name)) {
            throw BackupException.operator("package.refused", name, "the package is one of driver " + head.name() + ", not of " + name);
        }
        if (node != null) {
            return begin(Kind.UPDATE, file, head, parts(List.of(hosts.node(node).name())), by);
        }
        String driver = name == null ? head.name() : name;
        List<NodeName> having = driver == null ? List.of() : having(driver);
        if (having.isEmpty() && name != null) {
            throw unknown(name);
        }
        // one that nobody has, as far as its package can be believed: each node looks at it and says what is wrong
        List<Part> parts = parts(having.isEmpty() ? everywhere() : having);
        if (!having.isEmpty()) {
            parts.addAll(away(driver));
        }
        return begin(Kind.UPDATE, file, head, parts, by);
    }

    @Override
    public Change remove(String name, NodeName node, String by) throws BackupException {
        List<NodeName> nodes = node == null ? having(name) : List.of(hosts.node(node).name());
        if (nodes.isEmpty()) {
            throw unknown(name);
        }
        return begin(Kind.REMOVE, null, new PackageHead(name, null), parts(nodes), by);
    }

    private List<NodeName> having(String driver) throws BackupException {
        return list(null).stream().filter(row -> row.driver().name().equals(driver)).map(Installed::node).distinct().toList();
    }

    private List<NodeName> everywhere() throws BackupException {
        List<NodeName> nodes = connected().stream().map(ConnectedNode::name).toList();
        if (nodes.isEmpty()) {
            throw BackupException.network("node.offline", "", "no storage node is connected; drivers run on those", null);
        }
        return nodes;
    }

    private static BackupException unknown(String driver) {
        return BackupException.operator("driver.unknown", driver, "no storage node that is connected has a driver " + driver + "; \"azekura driver list\" names"
                + " them all");
    }

    private static List<Part> parts(List<NodeName> nodes) {
        List<Part> parts = new ArrayList<>();
        nodes.forEach(node -> parts.add(RunningChange.waiting(node)));
        return parts;
    }

    /** Nodes that should have it and can't be asked: who updates a driver must not believe that they have the new version. */
    private List<Part> away(String driver) throws BackupException {
        SortedSet<NodeName> away = new TreeSet<>();
        for (Pool pool : catalog.read(view -> view.pools())) {
            if (pool.driver().equals(driver) && !hosts.isConnected(pool.node())) {
                away.add(pool.node());
            }
        }
        return away.stream().map(node -> NodeChange.failed(node, BackupException.network("node.offline", node.value(), "storage node " + node
                + " is not connected and keeps the version of driver " + driver + " that it has; update again when it has joined", null))).toList();
    }

    private static PackageHead head(Path file) throws BackupException {
        try {
            return PackageHead.of(file);
        } catch (IOException e) {
            throw BackupException.device("package.io", file.toString(), "the driver package " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private Change begin(Kind kind, Path file, PackageHead head, List<Part> parts, String by) throws BackupException {
        PublisherTrust trust = publishers.trust();
        RunningChange change = new RunningChange(UUID.randomUUID().toString().substring(0, 8), kind, head.name(), Instant.now(), parts);
        String id = change.now().id();
        synchronized (changes) {
            if (changes.values().stream().filter(one -> one.now().ended() == null).count() >= MAX_WAITING) {
                throw BackupException.operator("driver.busy", "", MAX_WAITING + " changes of drivers wait for their turn; try again when one of them has ended");
            }
            if (changes.size() >= REMEMBERED) {
                changes.values().stream().filter(one -> one.now().ended() != null).findFirst().ifPresent(one -> changes.remove(one.now().id()));
            }
            changes.put(id, change);
        }
        log.info("change={} of drivers, by {}: {} {} on {}", id, by, kind, kind == Kind.REMOVE ? head.name() : head,
                parts.stream().map(Part::node).toList());
        if (trust.development() && file != null) {
            log.warn("change={} of drivers: development mode is on, the package is let in even if it is unsigned", id);
        }
        try {
            threads.execute(() -> run(change, file, new NodeChange(hosts, kind, file, head, trust, again)));
        } catch (RejectedExecutionException e) {
            change.end(Instant.now());
            throw BackupException.operator("server.stopping", "", "the appliance is stopping; no drivers are changed any more");
        }
        return change.now();
    }

    private void run(RunningChange change, Path file, NodeChange work) {
        turn.lock();
        try {
            List<Part> parts = change.now().parts();
            for (int i = 0; i < parts.size(); i++) {
                int at = i;
                Part part = parts.get(i);
                if (!part.state().ended()) {
                    part = work.run(part.node(), told -> change.put(at, told));
                    change.put(at, part);
                }
                tell(change.now(), part);
            }
        } finally {
            turn.unlock();
            discard(file);
            change.end(Instant.now());
        }
    }

    private static void tell(Change change, Part part) {
        InstalledDriver driver = part.driver();
        if (part.problem() == null) {
            log.info("change={} node={}: driver {} {}", change.id(), part.node(), change.driver(), driver == null ? "is removed" : driver.version() + " of "
                    + (driver.publisher().isEmpty() ? "nobody" : driver.publisher()) + " runs");
        } else {
            log.warn("change={} node={}: {}: {}", change.id(), part.node(), part.problem().code(), part.problem().message());
        }
    }

    private static void discard(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.warn("{} can't be deleted: {}", file, e.toString());
        }
    }

    @Override
    public Change change(String id, Duration patience) throws BackupException {
        RunningChange change;
        synchronized (changes) {
            change = changes.get(id);
        }
        if (change == null) {
            throw BackupException.operator("change.unknown", id, "there is no change of drivers " + id + ", or it is not remembered any more; see \"azekura driver"
                    + " list\"");
        }
        try {
            return change.await(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return change.now();
        }
    }

    /** Begins nothing more and waits for no node; what nodes have begun they end by themselves. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
