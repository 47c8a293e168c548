package org.azekura.api.server;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.driver.SettingsForm;
import org.osgi.annotation.versioning.ProviderType;

/** Devices of the storage nodes that are connected: those of pools, and those beyond. Safe for any number of threads. */
@ProviderType
public interface Devices {

    /**
     * By node, then by name.
     *
     * @param node null: all that are connected and answer
     * @throws BackupException {@code node.offline}
     */
    List<Device> list(NodeName node) throws BackupException;

    /**
     * A device that is configured.
     *
     * @param served   whether its driver runs and has it
     * @param location for people; empty if it is not served
     * @param pools    that lie on it, by name
     * @param problem  why it is not served; empty if it is, or nobody knows
     */
    record Device(DeviceName name, NodeName node, String driver, boolean served, String location, List<PoolName> pools, String problem) {

        public Device {
            pools = List.copyOf(pools);
        }
    }

    /**
     * What can be set of a driver's devices.
     *
     * @param language that people read, like {@code ja}; null for the driver's usual one
     * @param node     null: the first by name that has the driver
     * @throws BackupException {@code driver.unknown}, {@code node.offline}
     */
    SettingsForm form(String driver, String language, NodeName node) throws BackupException;

    /**
     * What is set of a device.
     *
     * @param node null: the one that has it
     * @throws BackupException {@code device.unknown}, {@code device.ambiguous}, {@code node.offline}
     */
    Settings settings(DeviceName name, NodeName node) throws BackupException;

    /**
     * What is set of a device; all else has its default.
     *
     * @param values  by the driver's metatype's names, without secrets
     * @param secrets names of those that are set and never told, sorted
     */
    record Settings(String driver, NodeName node, SortedMap<String, String> values, List<String> secrets) {}

    /**
     * Has a node's driver serve a device.
     *
     * @param settings of the driver, by its metatype's names
     * @param node     null: the node of the appliance itself if there is one, else the only one
     * @throws BackupException {@code device.exists}, {@code driver.unknown}, {@code setting.unknown}, what the device says; {@code node.*}. Nothing of it stays
     */
    Device add(DeviceName name, String driver, Map<String, String> settings, NodeName node) throws BackupException;

    /**
     * Changes some settings of a device while its jobs wait: it must prove itself with them and hold the volumes of its pools, else it keeps those that
     * it had. Waits up to some minutes.
     *
     * @param set   of the driver, by its metatype's names
     * @param unset settings that get their default
     * @param node  null: the one that has it
     * @return the device as it is after that
     * @throws BackupException {@code device.unknown}, {@code device.ambiguous}, {@code setting.unknown}, {@code device.paused} while it pauses for something
     *                         else; what the device said with the new settings; {@code node.*}
     */
    Device change(DeviceName name, Map<String, String> set, Set<String> unset, NodeName node) throws BackupException;

    /**
     * Has the driver try the device; waits up to some minutes.
     *
     * @param node null: the one that has it
     * @return the device as it is after that
     * @throws BackupException {@code device.unknown}, {@code device.ambiguous} if several nodes have one of this name; what the device says; {@code node.*}
     */
    Device test(DeviceName name, NodeName node) throws BackupException;

    /**
     * Forgets a device; what is on its media stays.
     *
     * @param node null: the one that has it
     * @throws BackupException {@code device.unknown}, {@code device.ambiguous}, {@code node.*}; {@code device.used} if a pool lies on it
     */
    void remove(DeviceName name, NodeName node) throws BackupException;

    /** What devices have carried this month, as far as their drivers count it; by node, then by name. Asks nobody. */
    List<MonthlyUse> uses() throws BackupException;

    /**
     * The same of one device, after its node was asked.
     *
     * @param node null: the one that has it
     * @throws BackupException {@code device.unknown}, {@code device.ambiguous}; {@code budget.uncounted} if its driver counts nothing; {@code node.*}
     */
    MonthlyUse use(DeviceName name, NodeName node) throws BackupException;

    /**
     * Bounds what a device may carry and cost in a month. Jobs that can wait do so from the end of it on, until there is more; backups and restores never.
     *
     * @param budget {@link Budget#NONE}: no bound
     * @param node   null: the one that has it
     * @throws BackupException as {@link #use}
     */
    MonthlyUse budget(DeviceName name, Budget budget, NodeName node) throws BackupException;
}
