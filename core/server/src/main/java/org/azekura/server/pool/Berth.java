package org.azekura.server.pool;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.ByteSize;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.Answer;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.server.host.ConnectedNode;

/**
 * What a pool lies on.
 *
 * @param own     whether it is a device of the pool's own, which comes and goes with it; else it is a library that stays
 * @param barcode of the cartridge that a new pool is to have; null: the first one that is empty
 * @param spool   what may wait on the node's disk for tape; null: what the node finds sensible
 * @param seals   whether drives seal what they write
 */
record Berth(DeviceName device, boolean own, Barcode barcode, Long spool, boolean seals) {

    private static final String LIBRARY = "library";
    private static final String BARCODE = "barcode";
    private static final String SPOOL = "spool";
    private static final String ENCRYPTION = "encryption";
    /** Less holds too few packs to be of use. */
    private static final long LEAST = 256L << 20;

    /** @throws BackupException {@code setting.*} */
    static Berth of(PoolName pool, String driver, Map<String, String> settings) throws BackupException {
        String library = settings.get(LIBRARY);
        if (library == null) {
            return new Berth(new DeviceName(pool.value()), true, null, null, false);
        }
        Set<String> others = new TreeSet<>(settings.keySet());
        others.removeAll(Set.of(LIBRARY, BARCODE, SPOOL, ENCRYPTION));
        if (!others.isEmpty()) {
            String other = others.iterator().next();
            throw BackupException.operator("setting.unknown", other, "a pool in a library has the settings library, barcode, spool and encryption, not " + other
                    + "; those of driver " + driver + " are given to \"azekura device add\"");
        }
        try {
            return new Berth(new DeviceName(library), false, settings.containsKey(BARCODE) ? new Barcode(settings.get(BARCODE)) : null,
                    settings.containsKey(SPOOL) ? spool(settings.get(SPOOL)) : null, seals(settings.getOrDefault(ENCRYPTION, "none")));
        } catch (IllegalArgumentException e) {
            throw BackupException.operator("setting.value", pool.value(), e.getMessage());
        }
    }

    private static long spool(String text) {
        long size = ByteSize.parse(text);
        if (size != 0 && size < LEAST) {
            throw new IllegalArgumentException("a spool has 0 bytes, which is none, or at least 256 MiB, not \"" + text + "\"");
        }
        return size;
    }

    private static boolean seals(String text) {
        return switch (text) {
            case "drive" -> true;
            case "none" -> false;
            default -> throw new IllegalArgumentException("encryption is \"drive\", so that drives seal what they write, or \"none\"; not \"" + text + "\"");
        };
    }

    /** Of a pool that is there. */
    static Berth of(Pool pool) {
        return new Berth(pool.device(), pool.device().value().equals(pool.name().value()), null, null, false);
    }

    /** The same on a device that stays when the pool goes. */
    Berth staying() {
        return new Berth(device, false, barcode, spool, seals);
    }

    /**
     * Has the device on the node.
     *
     * @param pools that there are
     * @throws BackupException {@code device.exists}, {@code device.unknown}, {@code device.driver}; what the node says
     */
    void prepare(String driver, Map<String, String> settings, ConnectedNode node, List<Pool> pools) throws BackupException {
        if (!own) {
            requireLibrary(driver, node);
            return;
        }
        // The order would change what others lie on.
        for (Pool other : pools) {
            if (other.node().equals(node.name()) && other.device().equals(device)) {
                throw BackupException.operator("device.exists", device.value(), "storage node " + node.name() + " has a device " + device
                        + " already, which pool " + other.name() + " lies on; choose another name");
            }
        }
        node.ask(new DeviceOrder.ConfigureDevice(device, driver, settings), Answer.Done.class, PoolVolumes.CONFIGURE_TIMEOUT);
    }

    private void requireLibrary(String driver, ConnectedNode node) throws BackupException {
        DeviceAnswer.DeviceFound found = node.ask(new DeviceOrder.ListDevices(), DeviceAnswer.Devices.class, PoolVolumes.CONFIGURE_TIMEOUT).devices().stream()
                .filter(one -> one.device().equals(device)).findFirst().orElseThrow(() -> BackupException.operator("device.unknown", device.value(),
                        "storage node " + node.name() + " has no library " + device + "; \"azekura device add " + device + " --driver " + driver
                                + " --set …\" has its driver serve one"));
        if (!found.driver().equals(driver)) {
            throw BackupException.operator("device.driver", device.value(), "device " + device + " on storage node " + node.name() + " is one of driver "
                    + found.driver() + ", not of " + driver);
        }
    }
}
