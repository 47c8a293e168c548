package org.azekura.felix.config.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;
import org.azekura.driver.simulator.Simulator;
import org.azekura.driver.simulator.SimulatorDevice;

/** A version of the driver {@code simulator} that does not pass its self-test. It runs in the appliance, in a bundle that a test makes. */
public final class BrokenLibrary implements Library {

    private final Simulator simulator;

    public BrokenLibrary(SimulatorDevice.Settings settings) throws BackupException {
        simulator = Simulator.of(Map.of("folder", settings.folder(), "drives", Integer.toString(settings.drives())));
    }

    /** Called by the component runtime at the end. */
    void close() {
        simulator.close();
    }

    @Override
    public Optional<Changer> changer() {
        return simulator.changer();
    }

    @Override
    public List<Drive> drives() {
        return simulator.drives();
    }

    @Override
    public String location() {
        return simulator.location();
    }

    @Override
    public void selfTest() throws BackupException {
        throw BackupException.device("device.broken", "simulator", "this version finds itself broken", null);
    }
}
