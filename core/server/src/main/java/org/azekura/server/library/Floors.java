package org.azekura.server.library;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks storage nodes for their libraries. Thread-safe. */
final class Floors {

    private static final Logger log = LoggerFactory.getLogger(Floors.class);
    private static final Duration PROMPT = Duration.ofSeconds(30);
    /** Somebody waits for it; a move that is under way takes a minute. */
    private static final Duration SHOWN = Duration.ofSeconds(45);
    static final String NONE = "library.none";

    private final Hosts hosts;

    Floors(Hosts hosts) {
        this.hosts = hosts;
    }

    /** A device that may be a library. */
    record Spot(ConnectedNode node, DeviceAnswer.DeviceFound device) {}

    /** All devices that are configured, by node, then by name. */
    List<Spot> spots(NodeName name) throws BackupException {
        List<Spot> spots = new ArrayList<>();
        for (ConnectedNode node : name == null ? List.copyOf(hosts.nodes()) : List.of(hosts.node(name))) {
            try {
                node.ask(new DeviceOrder.ListDevices(), DeviceAnswer.Devices.class, PROMPT).devices().forEach(device -> spots.add(new Spot(node, device)));
            } catch (BackupException e) {
                if (name != null) {
                    throw e;
                }
                log.warn("node={} does not say which devices it has: {}", node.name(), e.getMessage());
            }
        }
        spots.sort(Comparator.comparing((Spot spot) -> spot.node().name()).thenComparing(spot -> spot.device().device()));
        return spots;
    }

    /**
     * A library, as it is now.
     *
     * @param node null: the one that has it
     * @throws BackupException {@code device.unknown}, {@code device.ambiguous}, {@code library.none}; {@code node.*}; what the library says
     */
    Floor get(DeviceName name, NodeName node) throws BackupException {
        List<Spot> found = spots(node).stream().filter(spot -> spot.device().device().equals(name)).toList();
        if (found.isEmpty()) {
            throw BackupException.operator("device.unknown", name.value(), "there is no library " + name + (node == null ? "" : " on storage node " + node)
                    + "; \"azekura library list\" names them all");
        }
        if (found.size() > 1) {
            throw BackupException.operator("device.ambiguous", name.value(), "the storage nodes " + found.stream().map(spot -> spot.node().name()).toList()
                    + " have a device " + name + " each; name one with --node");
        }
        return floor(found.getFirst());
    }

    Floor floor(Spot spot) throws BackupException {
        return new Floor(spot.node(), spot.device().device(), spot.device().driver(), spot.node().ask(new LibraryOrder.ListElements(spot.device().device()),
                LibraryAnswer.Elements.class, SHOWN));
    }

    /** The library that a pool lies in. */
    Floor of(Pool pool) throws BackupException {
        try {
            return get(pool.device(), pool.node());
        } catch (BackupException e) {
            if (e.failure().code().equals(NONE)) {
                throw BackupException.operator(NONE, pool.name().value(), "pool " + pool.name() + " lies on device " + pool.device() + " of driver " + pool.driver()
                        + ", which has no cartridges");
            }
            throw e;
        }
    }

    /** All that answer. */
    List<Floor> all() throws BackupException {
        List<Floor> floors = new ArrayList<>();
        for (Spot spot : spots(null)) {
            try {
                floors.add(floor(spot));
            } catch (BackupException e) {
                log.debug("device={} on node={} tells no elements: {}", spot.device().device(), spot.node().name(), e.getMessage());
            }
        }
        return floors;
    }

    /**
     * The library in which a cartridge is.
     *
     * @param home the pool that it is of: of several with a cartridge of this barcode, its library is meant
     * @throws BackupException {@code volume.missing}
     */
    Floor with(Barcode barcode, Optional<Pool> home) throws BackupException {
        List<Floor> there = all().stream().filter(floor -> floor.of(barcode).isPresent()).toList();
        Optional<Floor> meant = there.stream().filter(floor -> home.filter(floor::isHomeOf).isPresent()).findFirst().or(() -> there.stream().findFirst());
        if (meant.isPresent()) {
            return meant.get();
        }
        throw BackupException.media("volume.missing", barcode.value(), "cartridge " + barcode + " is in no library that is connected; put it in, then"
                + " \"azekura library inventory NAME\"", null);
    }
}
