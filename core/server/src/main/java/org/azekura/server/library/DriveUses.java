package org.azekura.server.library;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.Answer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.server.media.DriveStates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells storage nodes which of their drives they may use. Thread-safe; one message to a node at a time, so that the last one is the newest. */
final class DriveUses {

    private static final Logger log = LoggerFactory.getLogger(DriveUses.class);
    private static final Duration PROMPT = Duration.ofSeconds(30);

    private final CatalogStore catalog;
    private final Hosts hosts;
    /** What nodes were told, by library. */
    private final Map<ConnectedNode, Map<DeviceName, LibraryOrder.UseDrives>> told = new WeakHashMap<>();

    /** Drives that are about to be cleaned: nobody gets them before. */
    private final Set<Drive> cleaning = ConcurrentHashMap.newKeySet();

    /** A drive of a library. */
    record Drive(NodeName node, DeviceName device, int number) {}

    DriveUses(CatalogStore catalog, Hosts hosts) {
        this.catalog = catalog;
        this.hosts = hosts;
    }

    /** Tells it of the drives of all libraries that pools of it lie in; also that all are well: it may have kept running, and holds what it heard before it was away. */
    void joined(ConnectedNode node) throws BackupException {
        List<DeviceName> libraries = catalog.read(view -> view.pools().stream().filter(pool -> pool.node().equals(node.name()) && !pool.device().value().equals(pool.name().value()))
                .map(Pool::device).distinct().toList());
        libraries.forEach(device -> tryTell(node, device));
    }

    /** Nobody gets this drive from here on, until it was cleaned or that was given up. */
    void toBeCleaned(ConnectedNode node, Drive drive) {
        cleaning.add(drive);
        tryTell(node, drive.device());
    }

    /** It is not cleaned after all. Its node, if that is away, hears so when it joins again. */
    void givenUp(Drive drive) {
        if (cleaning.remove(drive)) {
            try {
                tryTell(hosts.node(drive.node()), drive.device());
            } catch (BackupException e) {
                log.info("node={} device={} drive={} is free again: {}", drive.node(), drive.device(), drive.number(), e.getMessage());
            }
        }
    }

    /** It was cleaned, just now. */
    void cleaned(ConnectedNode node, DeviceName device, int drive) throws BackupException {
        cleaning.remove(new Drive(node.name(), device, drive));
        catalog.write(edit -> {
            DriveStates.cleaned(edit, node.name(), device, drive, Instant.now());
            return null;
        });
        tryTell(node, device);
    }

    /**
     * An operator takes a drive out, or in again; that it was to be cleaned is settled by that.
     *
     * @param why for people; of one that is taken out
     */
    void set(ConnectedNode node, DeviceName device, int drive, boolean up, String why) throws BackupException {
        catalog.write(edit -> {
            if (up) {
                DriveStates.up(edit, node.name(), device, drive);
            } else {
                DriveStates.down(edit, node.name(), device, drive, why, Instant.now());
            }
            return null;
        });
        cleaning.remove(new Drive(node.name(), device, drive));
        tryTell(node, device);
    }

    /** The same; a node that does not hear of it now does when it joins again, or a drive of it says something. */
    void tryTell(ConnectedNode node, DeviceName device) {
        try {
            tell(node, device);
        } catch (BackupException e) {
            log.warn("node={} device={} was not told which drives it may use: {}", node.name(), device, e.getMessage());
        }
    }

    /** A node that has heard the same before is not told again. */
    void tell(ConnectedNode node, DeviceName device) throws BackupException {
        Map<DeviceName, LibraryOrder.UseDrives> before;
        synchronized (told) {
            before = told.computeIfAbsent(node, any -> new ConcurrentHashMap<>());
        }
        synchronized (before) {
            LibraryOrder.UseDrives use = catalog.read(view -> new LibraryOrder.UseDrives(device,
                    List.copyOf(DriveStates.in(view, node.name(), device, DriveHealth.State.DOWN)),
                    cleaning.stream().filter(drive -> drive.node().equals(node.name()) && drive.device().equals(device)).map(Drive::number).sorted().toList()));
            if (!use.equals(before.get(device))) {
                node.ask(use, Answer.Done.class, PROMPT);
                before.put(device, use);
            }
        }
    }
}
