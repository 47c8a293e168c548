package org.azekura.api.content;

import org.azekura.api.ClientName;
import org.osgi.annotation.versioning.ProviderType;

/** Opens snapshots for who reads them within this process. Offered while the role client runs here. Safe for any number of threads. */
@ProviderType
public interface Contents {

    /** The client that reads. */
    ClientName client();

    /** Opens a content that can be read as soon as a job answers by its {@link Content#stream}. Whoever opens it closes it. */
    Content open();
}
