package org.azekura.api.catalog;

import java.util.List;
import org.azekura.api.Endpoint;
import org.osgi.annotation.versioning.ProviderType;

/** A server that would lead. It is called by a thread of the store, or by the one that has it stand, and must return at once. */
@ProviderType
public interface Candidate {

    /** Of this run of the server and no other; not longer than 64 letters, digits and hyphens. */
    String id();

    /** Of its host. */
    String name();

    /** Where it answers; empty as long as it does not. */
    String place();

    /** Where hosts reach it when it leads; none if no host elsewhere does. */
    List<Endpoint> hosts();

    /** Whether it would take part in the lead of another, and carry out jobs that are offered to it. */
    default boolean wouldTakePart() {
        return false;
    }

    /**
     * It takes part in the lead of another from now on: what it changes is accepted as long as that lead lasts, and its part in it. {@link #lost} or {@link #leads} ends that.
     */
    default void takesPart() {}

    /** It leads from now on: nobody else changes anything, and whoever led can't any more. */
    void leads();

    /**
     * It does not lead, or not any more: what it would change is refused. Who is told so when it begins to stand goes on to stand; who led or took part stands again once
     * it has ended what it had under way.
     */
    void lost();
}
