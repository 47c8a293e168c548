package org.azekura.storagenode;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.storagenode.cartridge.set.Supply;

/**
 * Has the server say which cartridge comes next, and tells it what becomes of them.
 *
 * @param servers null before this node looks for them
 */
record NodeSupply(Supplier<NodeServers> servers) implements Supply {

    private NodeServers known() throws BackupException {
        NodeServers known = servers.get();
        if (known == null) {
            throw BackupException.network("transport.closed", "server", "there is no connection to the server to ask for a cartridge", null);
        }
        return known;
    }

    @Override
    public Optional<Next> next(PoolName pool, VolumeId full, int number, List<Barcode> refused) throws BackupException {
        return next(new NodeReport.VolumeWanted(pool, full, number, refused, false));
    }

    @Override
    public Optional<Next> nextToFree(PoolName pool, VolumeId full, int number, List<Barcode> refused) throws BackupException {
        return next(new NodeReport.VolumeWanted(pool, full, number, refused, true));
    }

    private Optional<Next> next(NodeReport.VolumeWanted wanted) throws BackupException {
        PoolAnswer.VolumeChosen chosen = known().next(wanted);
        return Optional.of(new Next(Optional.ofNullable(chosen.barcode()), chosen.label(), Optional.ofNullable(chosen.overwrites())));
    }

    @Override
    public void labelled(Labelled volume) throws BackupException {
        known().labelled(new NodeReport.VolumeLabelled(volume.pool(), volume.volume(), volume.number(), volume.name(), volume.barcode().orElse(null),
                volume.location(), volume.capacity()));
    }

    @Override
    public void state(PoolName pool, VolumeId volume, State state, String why, long used) {
        NodeServers known = servers.get();
        if (known != null) {
            known.changed(new NodeReport.VolumeState(pool, volume, state.name().toLowerCase(Locale.ROOT), why, used));
        }
    }
}
