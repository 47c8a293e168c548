package org.azekura.api.driver;

import java.util.List;

/**
 * Whose packages are let in.
 *
 * @param certificates X.509 in DER: a package must be signed by one of these, or by one that it has certified
 * @param development  whether unsigned packages are let in, too; said in the log each time
 */
public record PublisherTrust(List<byte[]> certificates, boolean development) {

    public PublisherTrust {
        certificates = List.copyOf(certificates);
    }
}
