package org.azekura.api.catalog;

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

    /** It leads from now on: nobody else changes anything, and whoever led can't any more. */
    void leads();

    /** Another leads: what this one would change is refused. It may stand again once it has ended what it had under way. */
    void lost();
}
