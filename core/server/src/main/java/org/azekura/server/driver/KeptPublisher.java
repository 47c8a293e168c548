package org.azekura.server.driver;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.wire.RecordCodec;

/** What is kept of publishers. */
sealed interface KeptPublisher {

    /** More are not kept. */
    int MOST = 200;

    /** @param certificate DER */
    record Trusted(String name, byte[] certificate, Instant at, String by) implements KeptPublisher {}

    /** @param fingerprint of the certificate of a publisher of the distribution */
    record Withdrawn(String fingerprint) implements KeptPublisher {}

    /** As the setting has them. */
    static String text(List<KeptPublisher> all) {
        return all.stream().map(one -> Base64.getEncoder().encodeToString(Codec.ROWS.encode(one))).collect(Collectors.joining("\n"));
    }

    /** @throws BackupException {@code publisher.corrupt} */
    static List<KeptPublisher> parse(String text) throws BackupException {
        List<KeptPublisher> all = new ArrayList<>();
        for (String line : text.lines().toList()) {
            try {
                all.add(Codec.ROWS.decode(Base64.getDecoder().decode(line)));
            } catch (BackupException | IllegalArgumentException e) {
                throw BackupException.corrupt("publisher.corrupt", "", "the trusted publishers in the catalog can't be read: " + e.getMessage());
            }
        }
        return all;
    }

    /** Made when it is needed. */
    final class Codec {

        private static final RecordCodec<KeptPublisher> ROWS = RecordCodec.ofRows(KeptPublisher.class, 128 << 10);

        private Codec() {}
    }
}
