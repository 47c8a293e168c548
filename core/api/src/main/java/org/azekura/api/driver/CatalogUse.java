package org.azekura.api.driver;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ProviderType;

/** Who works with the catalog: the backup server. An OSGi service; whoever changes the catalog store asks it to let go of the catalog first. */
@ProviderType
public interface CatalogUse {

    /**
     * Lets go of the catalog: calls that have begun end, new ones wait, and with them whoever orders a job. Refused as long as a job has not ended.
     *
     * @param why      for people, like {@code driver catalog-sqlite is updated to 1.4.0}
     * @param patience for the calls that have begun
     * @return {@link DeviceUse.Pause#prove} waits for another store than before and has it {@link org.azekura.api.catalog.CatalogStore#rehearse}: it must
     *         find the same appliance and the same rows, else {@code catalog.unproven}
     * @throws BackupException {@code catalog.locked} if a job has not ended, naming it; {@code catalog.busy} if calls do not end in time; all goes on
     *                         as before
     */
    DeviceUse.Pause pause(String why, Duration patience) throws BackupException;
}
