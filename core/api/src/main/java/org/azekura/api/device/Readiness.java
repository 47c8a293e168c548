package org.azekura.api.device;

import java.time.Instant;

/** Whether a blob can be read at once. Devices that keep nothing in an archive only know {@link Ready}. */
public sealed interface Readiness {

    /** It is read at once. */
    record Ready() implements Readiness {}

    /**
     * It lies in an archive, and a readable copy is there for some time.
     *
     * @param until when the copy goes again; the blob itself stays
     */
    record Retrieved(Instant until) implements Readiness {}

    /** It lies in an archive and was asked for; it will be readable. */
    record Coming() implements Readiness {}

    /** It lies in an archive and is to be asked for by {@link BlobStore#retrieve}. */
    record Archived() implements Readiness {}
}
