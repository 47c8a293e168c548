package org.azekura.api.server;

import java.util.List;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.osgi.annotation.versioning.ProviderType;

/** What needs a look. Safe for any number of threads. */
@ProviderType
public interface Alerts {

    /** All that there are at this moment, those that have not lasted long enough to be told among them. */
    List<Alert> now() throws BackupException;

    /**
     * Calls back when an alert came that has lasted for some twenty seconds, or went for as long, until closed. The catalog has it by then. The listener must
     * return quickly; it is called from one thread at a time.
     */
    AutoCloseable watch(Consumer<Change> listener);

    /** @param came else it went */
    record Change(Alert alert, boolean came) {}
}
