package org.azekura.server.enrol;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.HostCertificate;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whom it concerns which certificates are revoked: the transports of this server, and every storage node. */
final class Distrust {

    private static final Logger log = LoggerFactory.getLogger(Distrust.class);
    private static final Duration NODE_TIME = Duration.ofSeconds(10);

    private final CatalogStore catalog;
    private final Transports transports;
    private final Hosts hosts;
    private final InstantSource clock;
    /** A list that is older must not come later. */
    private final ReentrantLock telling = new ReentrantLock();

    private volatile Set<String> told = Set.of();

    Distrust(CatalogStore catalog, Transports transports, Hosts hosts, InstantSource clock) {
        this.catalog = catalog;
        this.transports = transports;
        this.hosts = hosts;
        this.clock = clock;
    }

    private Set<String> serials() throws BackupException {
        return catalog.read(view -> view.certificates()).stream().filter(each -> each.revoked() != null && each.until().isAfter(clock.instant()))
                .map(HostCertificate::serial).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there are others than this server was told of last. */
    boolean hasMore() throws BackupException {
        return !serials().equals(told);
    }

    /** Returns when all know it; a node that can't be told hears of it when it joins again. */
    void tell() throws BackupException {
        telling.lock();
        try {
            Set<String> serials = serials();
            transports.distrust(serials);
            told = serials;
            List<Thread> threads = new ArrayList<>();
            for (ConnectedNode node : hosts.nodes()) {
                threads.add(Thread.ofVirtual().name("server-distrust-" + node.name()).start(() -> tell(node, serials)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            telling.unlock();
        }
    }

    /** Tells a node that has joined. */
    void tell(ConnectedNode node) throws BackupException {
        telling.lock();
        try {
            tell(node, serials());
        } finally {
            telling.unlock();
        }
    }

    private static void tell(ConnectedNode node, Set<String> serials) {
        try {
            node.ask(new NodeOrder.Distrust(List.copyOf(serials)), Answer.Done.class, NODE_TIME);
        } catch (BackupException e) {
            log.warn("node={} could not be told which certificates are revoked, it is when it joins again: {}", node.name(), e.getMessage());
        }
    }

    /** Certificates that were replaced and that no connection was made with any more are trusted no longer. */
    void retire() throws BackupException {
        boolean changed = catalog.write(edit -> Revocation.retire(edit, peer -> Roster.isConnected(hosts, peer), clock.instant()));
        if (changed) {
            tell();
        }
    }
}
