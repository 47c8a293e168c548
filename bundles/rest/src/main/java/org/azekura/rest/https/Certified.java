package org.azekura.rest.https;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * What the console's certificate says.
 *
 * @param own         made by this appliance
 * @param names       hosts and addresses that it is good for; {@code *.} at the beginning stands for one word
 * @param fingerprint SHA-256 in hex, which callers pin
 */
record Certified(boolean own, List<String> names, String issuer, Instant from, Instant until, String fingerprint) {

    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    static Certified of(X509Certificate certificate) throws GeneralSecurityException {
        Collection<List<?>> named = certificate.getSubjectAlternativeNames();
        List<String> names = named == null ? List.of()
                : named.stream().filter(name -> name.getFirst().equals(DNS) || name.getFirst().equals(ADDRESS)).map(name -> name.get(1).toString()).toList();
        boolean own = certificate.getSubjectX500Principal().equals(OwnKey.SELF) && certificate.getIssuerX500Principal().equals(OwnKey.SELF);
        return new Certified(own, names, certificate.getIssuerX500Principal().getName(), certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant(),
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
    }
}
