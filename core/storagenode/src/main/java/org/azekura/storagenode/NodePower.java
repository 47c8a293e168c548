package org.azekura.storagenode;

import java.time.Duration;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.message.NodeReport;
import org.azekura.storagenode.driver.Drivers;
import org.azekura.storagenode.driver.NodeDeviceUse;
import org.azekura.storagenode.pool.Pools;
import org.azekura.storagenode.power.PowerDesk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What sources of power do to a storage node. */
final class NodePower implements PowerDesk.House {

    /** A pack is 64 MiB; a slow disk has it in less, and who does not is not waited for while a battery empties. */
    private static final Duration PACKS = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(NodePower.class);

    private final NodeDeviceUse use;
    private final Pools pools;
    private final Drivers drivers;
    private final NodeServers servers;
    private final Consumer<String> end;

    /** @param end ends the process, told why */
    NodePower(NodeDeviceUse use, Pools pools, Drivers drivers, NodeServers servers, Consumer<String> end) {
        this.use = use;
        this.pools = pools;
        this.drivers = drivers;
        this.servers = servers;
        this.end = end;
    }

    @Override
    public PowerDesk.Pause pause(String why) throws BackupException {
        return use.pause(pools.devices(), why, PACKS)::close;
    }

    @Override
    public boolean tell(NodeReport report) {
        return servers.tellNow(report);
    }

    @Override
    public boolean isConfigured(DeviceName device) {
        try {
            return drivers.driverOf(device) != null;
        } catch (BackupException e) {
            LOG.warn("device={} {}", device, e.getMessage());
            return true;
        }
    }

    @Override
    public void end(String why) {
        end.accept(why);
    }
}
