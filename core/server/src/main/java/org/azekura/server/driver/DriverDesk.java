package org.azekura.server.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.api.server.Drivers;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which drivers storage nodes have, and orders the jobs that change them. */
public final class DriverDesk implements Drivers {

    private static final Logger log = LoggerFactory.getLogger(DriverDesk.class);
    /** Each holds a file of up to {@link #MAX_PACKAGE} bytes. */
    private static final int MAX_WAITING = 8;

    private final CatalogStore catalog;
    private final Hosts hosts;
    private final PublisherBook publishers;
    private final Jobs jobs;
    private final DriverChanges changes;
    private final ReentrantLock ordering = new ReentrantLock();

    /** @param changes that the jobs do */
    public DriverDesk(CatalogStore catalog, Hosts hosts, PublisherBook publishers, Jobs jobs, DriverChanges changes) {
        this.catalog = catalog;
        this.hosts = hosts;
        this.publishers = publishers;
        this.jobs = jobs;
        this.changes = changes;
    }

    @Override
    public List<Installed> list(NodeName node) throws BackupException {
        List<Installed> rows = new ArrayList<>();
        if (node == null) {
            rows.addAll(everything());
        } else {
            rows.addAll(of(hosts.node(node)));
        }
        rows.sort(Comparator.comparing(Installed::node).thenComparing(row -> row.driver().name()));
        return rows;
    }

    private static List<Installed> of(ConnectedNode node) throws BackupException {
        return NodeChange.drivers(node).stream().map(driver -> new Installed(node.name(), driver)).toList();
    }

    /** All at the same time: several that are slow must not be slow one after the other, for somebody waits. */
    private List<Installed> everything() {
        Queue<Installed> rows = new ConcurrentLinkedQueue<>();
        try (ExecutorService asking = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("server-drivers-", 1).factory())) {
            for (ConnectedNode node : hosts.nodes()) {
                asking.execute(() -> {
                    try {
                        rows.addAll(of(node));
                    } catch (BackupException e) {
                        log.warn("node={} does not say which drivers it has: {}", node.name(), e.getMessage());
                    }
                });
            }
        }
        return List.copyOf(rows);
    }

    private List<ConnectedNode> connected() {
        return hosts.nodes().stream().sorted(Comparator.comparing(ConnectedNode::name)).toList();
    }

    @Override
    public Job install(Path file, NodeName node, String by) throws BackupException {
        return order(Kind.INSTALL, file, head(file), node == null ? everywhere() : List.of(hosts.node(node).name()), false, by);
    }

    @Override
    public Job update(Path file, String name, NodeName node, String by) throws BackupException {
        PackageHead head = head(file);
        if (name != null && head.name() != null && !head.name().equals(name)) {
            throw BackupException.operator("package.refused", name, "the package is one of driver " + head.name() + ", not of " + name);
        }
        if (node != null) {
            return order(Kind.UPDATE, file, head, List.of(hosts.node(node).name()), false, by);
        }
        String driver = name == null ? head.name() : name;
        List<NodeName> having = driver == null ? List.of() : having(driver);
        if (having.isEmpty() && name != null) {
            throw unknown(name);
        }
        // one that nobody has, as far as its package can be believed: each node looks at it and says what is wrong
        List<NodeName> nodes = new ArrayList<>(having.isEmpty() ? everywhere() : having);
        if (!having.isEmpty()) {
            nodes.addAll(away(driver));
        }
        return order(Kind.UPDATE, file, head, nodes, false, by);
    }

    @Override
    public Job remove(String name, NodeName node, boolean park, String by) throws BackupException {
        List<NodeName> nodes = node == null ? having(name) : List.of(hosts.node(node).name());
        if (nodes.isEmpty()) {
            throw unknown(name);
        }
        return order(Kind.REMOVE, null, new PackageHead(name, null), nodes, park, by);
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

    /** Nodes that should have it and can't be asked: the job says so of each. */
    private SortedSet<NodeName> away(String driver) throws BackupException {
        SortedSet<NodeName> away = new TreeSet<>();
        for (Pool pool : catalog.read(view -> view.pools())) {
            if (pool.driver().equals(driver) && !hosts.isConnected(pool.node())) {
                away.add(pool.node());
            }
        }
        return away;
    }

    private static PackageHead head(Path file) throws BackupException {
        try {
            return PackageHead.of(file);
        } catch (IOException e) {
            throw BackupException.device("package.io", file.toString(), "the driver package " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private Job order(Kind kind, Path file, PackageHead head, List<NodeName> nodes, boolean park, String by) throws BackupException {
        PublisherTrust trust = publishers.trust();
        String change = UUID.randomUUID().toString();
        ordering.lock();
        try {
            if (jobs.list(true).stream().filter(job -> job.kind() == Job.Kind.DRIVER).count() >= MAX_WAITING) {
                throw BackupException.operator("driver.busy", "", MAX_WAITING + " changes of drivers wait for their turn; try again when one of them has ended");
            }
            // the job may begin at once
            changes.hold(change, file, trust);
            boolean ordered = false;
            try {
                Job job = jobs.submit(new JobOrder.Driver(kind, head.name(), head.version(), nodes, park, by, change));
                ordered = true;
                return job;
            } finally {
                if (!ordered) {
                    changes.giveBack(change, file);
                }
            }
        } finally {
            ordering.unlock();
        }
    }
}
