package org.azekura.server.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.Answer;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.engine.volume.Label;
import org.azekura.server.host.ConnectedNode;

/**
 * Looks at volumes that nobody knows yet: in folders, and on cartridges in libraries that the node serves. Nothing changes.
 *
 * @param node that has them
 */
record FoundVolumes(ConnectedNode node) {

    static final Duration CONFIGURE = Duration.ofSeconds(30);
    /** A cartridge has to be brought first. */
    static final Duration OPEN = Duration.ofMinutes(30);
    static final String DISK = "disk";
    private static final String DEVICE = "device:";
    private static final DeviceName PROBE = new DeviceName("rebuild-probe");
    /** What a device says in which this cartridge is not. */
    private static final Set<String> NOT_THERE = Set.of("volume.missing", "device.unsupported", "device.unserved", "device.unknown", "library.none");

    /** All of these places: absolute folders, and what is in them for copies; devices that are served already, as {@code device:NAME}; else barcodes. */
    void each(List<String> places, List<PoolRevival.Found> found, List<PoolRevival.Found> copies) throws BackupException {
        for (String place : places) {
            if (place.startsWith(DEVICE)) {
                found.add(device(place.substring(DEVICE.length())));
                continue;
            }
            if (!place.startsWith("/")) {
                found.add(cartridge(place));
                continue;
            }
            found.add(new PoolRevival.Found(place, label(place)));
            for (String below : copies(place)) {
                copies.add(new PoolRevival.Found(place + "/" + below, label(place + "/" + below)));
            }
        }
    }

    private PoolRevival.Found device(String text) throws BackupException {
        List<DeviceAnswer.DeviceFound> all = node.ask(new DeviceOrder.ListDevices(), DeviceAnswer.Devices.class, CONFIGURE).devices();
        DeviceAnswer.DeviceFound there = all.stream().filter(device -> device.device().value().equals(text)).findFirst().orElseThrow(() -> BackupException.operator("device.unknown",
                text, "storage node " + node.name() + " has no device " + text + "; have one served first: azekura device add " + text + " --driver D --set …"));
        byte[] label = node.ask(new DeviceOrder.ReadLabel(there.device()), DeviceAnswer.LabelFound.class, OPEN).label();
        if (label == null) {
            throw BackupException.media("volume.unlabelled", text, "device " + text + " has no label: no volume is there", null);
        }
        List<String> copies = node.ask(new DeviceOrder.ListCopies(there.device()), DeviceAnswer.CopyFolders.class, OPEN).folders();
        return new PoolRevival.Found("device " + text, Label.parse(label), null, there.driver(), null, there.device(), copies);
    }

    private PoolRevival.Found cartridge(String text) throws BackupException {
        Barcode barcode;
        try {
            barcode = new Barcode(text);
        } catch (IllegalArgumentException e) {
            throw BackupException.operator("volume.none", text, "\"" + text + "\" is neither an absolute folder, nor device:NAME, nor a barcode: " + e.getMessage());
        }
        for (DeviceAnswer.DeviceFound device : node.ask(new DeviceOrder.ListDevices(), DeviceAnswer.Devices.class, CONFIGURE).devices()) {
            LibraryAnswer.CartridgeFound there = look(device.device(), barcode);
            if (there != null && there.label() == null) {
                throw BackupException.media("volume.unlabelled", text, "cartridge " + barcode + " in library " + device.device() + " has no label: "
                        + (there.what().isEmpty() ? "it is blank" : there.what()), null);
            }
            if (there != null) {
                return new PoolRevival.Found(device.device() + ", cartridge " + barcode, Label.parse(there.label()), device.device(), device.driver(), barcode);
            }
        }
        throw BackupException.media("volume.missing", text, "\"" + barcode + "\" is no cartridge in a library of storage node " + node.name()
                + ": put it into one, or have one served first with \"azekura device add\"; a folder is named by its whole path, from / on", null);
    }

    /** Null if it is not there. */
    private LibraryAnswer.CartridgeFound look(DeviceName device, Barcode barcode) throws BackupException {
        try {
            return node.ask(new LibraryOrder.LookAtLabel(device, barcode), LibraryAnswer.CartridgeFound.class, OPEN);
        } catch (BackupException e) {
            if (NOT_THERE.contains(e.failure().code())) {
                return null;
            }
            throw e;
        }
    }

    /** The folders of volumes for copies in a volume, below it. */
    private List<String> copies(String folder) throws BackupException {
        return probe(folder, () -> node.ask(new DeviceOrder.ListCopies(PROBE), DeviceAnswer.CopyFolders.class, OPEN).folders());
    }

    private Label label(String folder) throws BackupException {
        byte[] label = probe(folder, () -> node.ask(new DeviceOrder.ReadLabel(PROBE), DeviceAnswer.LabelFound.class, CONFIGURE).label());
        if (label == null) {
            throw BackupException.media("volume.unlabelled", folder, folder + " has no label: no volume is there", null);
        }
        return Label.parse(label);
    }

    private interface Look<T> {
        T look() throws BackupException;
    }

    private <T> T probe(String folder, Look<T> look) throws BackupException {
        node.ask(new DeviceOrder.ConfigureDevice(PROBE, DISK, Map.of("path", folder)), Answer.Done.class, CONFIGURE);
        try {
            return look.look();
        } finally {
            node.ask(new DeviceOrder.RemoveDevice(PROBE), Answer.Done.class, CONFIGURE);
        }
    }

    /** Of several cartridges of one pool the first of its set; null if these are no cartridges of one pool. */
    static PoolRevival.Found first(PoolRevival.Found one, PoolRevival.Found other) {
        if (one.library() == null || !one.library().equals(other.library()) || !one.label().pool().equals(other.label().pool())) {
            return null;
        }
        return one.label().volume().equals(one.label().set()) ? one : other;
    }

    /** One for each pool that lies on cartridges. */
    static List<PoolRevival.Found> joined(List<PoolRevival.Found> all) {
        List<PoolRevival.Found> joined = new ArrayList<>();
        for (PoolRevival.Found one : all) {
            int same = -1;
            for (int i = 0; i < joined.size(); i++) {
                same = first(joined.get(i), one) == null ? same : i;
            }
            if (same < 0) {
                joined.add(one);
            } else {
                joined.set(same, first(joined.get(same), one));
            }
        }
        return joined;
    }
}
