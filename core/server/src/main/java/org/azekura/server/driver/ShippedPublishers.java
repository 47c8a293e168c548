package org.azekura.server.driver;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.identity.PublisherCertificate;
import org.azekura.api.server.Publishers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The publishers that a distribution comes with: files {@code *.pem} in its folder {@code etc/publishers}. */
public final class ShippedPublishers {

    private static final Logger log = LoggerFactory.getLogger(ShippedPublishers.class);
    private static final int MOST = 50;

    private ShippedPublishers() {}

    /**
     * Reads them; what can't be read is told, and nobody's.
     *
     * @param distribution null: there is none
     * @return their certificates in DER
     */
    public static List<byte[]> in(Path distribution) {
        Path folder = distribution == null ? null : distribution.resolve("etc").resolve("publishers");
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        List<byte[]> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
            for (Path file : files) {
                if (all.size() < MOST) {
                    read(file, all);
                }
            }
        } catch (IOException e) {
            log.error("{} can't be read: {}", folder, e.toString());
        }
        return all;
    }

    private static void read(Path file, List<byte[]> all) {
        try {
            if (Files.size(file) <= Publishers.MAX_CHARS) {
                all.add(PublisherCertificate.parse(Files.readString(file)).der());
            } else {
                log.error("{} is too large for a certificate", file);
            }
        } catch (IOException | BackupException e) {
            log.error("the publisher of {} is not trusted: {}", file, e.getMessage());
        }
    }
}
