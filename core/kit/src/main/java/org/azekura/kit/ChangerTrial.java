package org.azekura.kit;

import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.testkit.device.ChangerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of {@link Changer} on the library under test. */
class ChangerTrial implements ChangerContract {

    private Changer changer;

    @BeforeEach
    void open() throws BackupException {
        changer = Conformance.scratch().open().changer().orElseThrow();
    }

    @Override
    public Changer changer() {
        return changer;
    }

    @Override
    @AfterEach
    public void close() {
        Conformance.device().close();
    }
}
