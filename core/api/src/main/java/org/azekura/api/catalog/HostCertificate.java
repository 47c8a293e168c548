package org.azekura.api.catalog;

import java.time.Instant;
import java.util.List;

/**
 * A certificate that a host got. Kept until it ends, and as long as its host has no later one.
 *
 * @param serial   as {@link org.azekura.api.identity.Identity#serial} says
 * @param names    what its holder may be, like {@code client/web1}; each without spaces
 * @param until    it ends
 * @param replaced when its holder had a newer one; null if it has none
 * @param revoked  when it was trusted no longer; null while it is
 */
public record HostCertificate(String serial, List<String> names, Instant since, Instant until, Instant replaced, Instant revoked) {

    public HostCertificate {
        names = List.copyOf(names);
    }

    /** The same, replaced. */
    public HostCertificate replaced(Instant at) {
        return new HostCertificate(serial, names, since, until, at, revoked);
    }

    /** The same, trusted no longer. */
    public HostCertificate revoked(Instant at) {
        return new HostCertificate(serial, names, since, until, replaced, at);
    }
}
