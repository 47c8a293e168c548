package org.azekura.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.azekura.api.BackupException;
import org.azekura.api.driver.PublisherTrust;

/** Packages, keys and zips for tests. */
final class Made {

    static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    static final Duration YEAR = Duration.ofDays(365);
    static final String BUNDLE = "bundles/org.azekura.driver.demo.jar";

    private Made() {}

    static PublisherKey key(Path folder, String name) throws BackupException {
        return PublisherKey.make(folder.resolve(name + ".key"), name, YEAR, NOW);
    }

    static PublisherTrust trust(PublisherKey... keys) throws CertificateEncodingException {
        List<byte[]> all = new ArrayList<>();
        for (PublisherKey key : keys) {
            all.add(key.certificates().getFirst().getEncoded());
        }
        return new PublisherTrust(all, false);
    }

    static PublisherTrust trust(X509Certificate certificate) throws CertificateEncodingException {
        return new PublisherTrust(List.of(certificate.getEncoded()), false);
    }

    static DriverManifest manifest() {
        return new DriverManifest("demo", PackageVersion.parse("1.2.3"), DriverManifest.Kind.DEVICE, "Ärzte ohne Tape", "Apache-2.0",
                List.of(need("org.azekura.api.device", "0.1.0", "1.0.0"), need("org.azekura.api", "0.1.0", "1.0.0")), List.of(BUNDLE),
                List.of("Directory", "File share"), List.of("Keeps what it gets.", "And that is all."));
    }

    static SpiNeed need(String name, String from, String to) {
        return new SpiNeed(name, PackageVersion.parse(from), PackageVersion.parse(to));
    }

    /** A bundle with three entries; compressed, as jars are. */
    static byte[] jar() throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        content.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nBundle-SymbolicName: org.azekura.driver.demo\r\n\r\n".getBytes(UTF_8));
        content.put("org/azekura/Demo.class", "not really a class, but a text that can be compressed, text that text".getBytes(UTF_8));
        content.put("org/azekura/demo.class", new byte[0]);
        return zip(content);
    }

    static byte[] zip(Map<String, byte[]> content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (var entry : content.entrySet()) {
                ZipEntry next = new ZipEntry(entry.getKey());
                next.setTime(0);
                out.putNextEntry(next);
                out.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    static PackageWriter writer(Path folder, byte[] jar) throws IOException {
        return PackageWriter.of(manifest()).add(BUNDLE, Files.write(folder.resolve("bundle.jar"), jar));
    }

    static Path signed(Path folder, PublisherKey key) throws Exception {
        Path file = folder.resolve("demo-1.2.3.azd");
        writer(folder, jar()).write(file, Optional.of(key), false);
        return file;
    }
}
