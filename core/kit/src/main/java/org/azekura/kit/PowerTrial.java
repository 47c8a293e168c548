package org.azekura.kit;

import org.azekura.api.BackupException;
import org.azekura.api.device.PowerSource;
import org.azekura.testkit.device.PowerSourceContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of {@link PowerSource} on the device under test. */
class PowerTrial implements PowerSourceContract {

    private final TrialDevice device = Conformance.device();
    private PowerSource source;

    @BeforeEach
    void open() throws BackupException {
        source = device.open(PowerSource.class);
    }

    @Override
    public PowerSource source() {
        return source;
    }

    @Override
    @AfterEach
    public void close() {
        device.close();
    }
}
