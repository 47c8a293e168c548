package org.azekura.kit;

import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Library;
import org.azekura.testkit.device.ChangerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of {@link Changer} on the library under test. */
class ChangerTrial implements ChangerContract {

    private Library library;

    @BeforeEach
    void open() throws BackupException {
        library = Conformance.scratch().open();
    }

    @Override
    public Changer changer() {
        return library.changer().orElseThrow();
    }

    @Override
    public void unload(int drive) throws BackupException {
        library.drives().get(drive).unload();
    }

    @Override
    @AfterEach
    public void close() {
        Conformance.device().close();
    }
}
