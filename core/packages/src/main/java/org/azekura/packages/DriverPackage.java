package org.azekura.packages;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.driver.PublisherTrust;

/**
 * A driver package whose form and content were checked, and whose signature is asked for by {@link #verified}. The file must stay as it is while
 * this is used: a caller that does not own it makes a copy first. Immutable; holds nothing open.
 */
public final class DriverPackage {

    static final long MAX_BYTES = 256L << 20;
    static final String ANEW = "get the package anew from its publisher";

    private final Path file;
    private final DriverManifest manifest;
    private final EntryList entries;
    private final byte[] list;
    private final byte[] signature;

    private DriverPackage(Path file, DriverManifest manifest, FormReader.Form form) {
        this.file = file;
        this.manifest = manifest;
        entries = form.entries();
        list = form.list();
        signature = form.signature();
    }

    /**
     * Reads a package through: its form, the hash of each entry, its manifest, its bundles.
     *
     * @throws BackupException {@code package.invalid}: this is no driver package at all, or there is no such file; {@code package.refused}: it is
     *                         one, and truncated, tampered with, or not as a package is; {@code package.io}: the file can't be read
     */
    public static DriverPackage open(Path file) throws BackupException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return open(file, Region.of(channel));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static DriverPackage open(Path file, Region bytes) throws BackupException, IOException {
        if (!Suspicion.isOurs(bytes)) {
            throw invalid(file, bytes.size() == 0 ? "it is empty" : "it is no zip with a driver in it");
        }
        try {
            return read(file, bytes);
        } catch (Flaw e) {
            throw refused(file, e, ANEW);
        }
    }

    /** @throws Flaw also if it is no package at all */
    static DriverPackage read(Path file, Region bytes) throws Flaw, IOException {
        if (bytes.size() > MAX_BYTES) {
            throw new Flaw("it has " + bytes.size() + " bytes; at most " + MAX_BYTES + " are taken");
        }
        FormReader.Form form = FormReader.read(bytes);
        DriverManifest manifest = ManifestText.decode(form.manifest());
        checkBundles(manifest, form);
        return new DriverPackage(file, manifest, form);
    }

    private static void checkBundles(DriverManifest manifest, FormReader.Form form) throws Flaw, IOException {
        List<String> missing = new ArrayList<>(manifest.bundles());
        Unpacked unpacked = new Unpacked();
        for (int i = 0; i < form.places().size(); i++) {
            String name = form.entries().lines().get(i).name();
            if (missing.remove(name)) {
                BundleJar.check(name, form.places().get(i), unpacked);
            } else if (name.startsWith(EntryName.BUNDLES)) {
                throw new Flaw("its manifest does not name " + name);
            }
        }
        if (!missing.isEmpty()) {
            throw new Flaw("its manifest names " + missing.getFirst() + ", which is not there");
        }
    }

    static BackupException invalid(Path file, String why) {
        return BackupException.operator("package.invalid", file.toString(), "no driver package at all: " + why + "; \"azekura driver pack\" makes one");
    }

    /** A file of which nothing can be said but that. */
    static BackupException unreadable(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return invalid(file, "there is no such file");
        }
        if (e instanceof AccessDeniedException) {
            return invalid(file, "permission to read it is denied");
        }
        return Files.isDirectory(file) ? invalid(file, "it is a folder") : failed(file, "read", e);
    }

    /** Without the file's name: it may be a copy under a name that says nothing, and who has given it knows. */
    static BackupException refused(Path file, Flaw why, String otherwise) {
        return BackupException.operator("package.refused", file.toString(), "the driver package is refused: " + why.advice(otherwise));
    }

    private static BackupException failed(Path file, String doing, IOException e) {
        return BackupException.device("package.io", file.toString(), "cannot " + doing + " " + file + ": " + e, e);
    }

    public DriverManifest manifest() {
        return manifest;
    }

    /** SHA-256 of the list of entries, lower case hexadecimal: equal for equal content, whoever has signed. */
    public String contentId() {
        return Digests.hex(list);
    }

    /** Whether there is a signature; nothing is said of whose. */
    public boolean isSigned() {
        return signature != null;
    }

    /**
     * Verifies who vouches for this package.
     *
     * @param now at which certificates must be in date
     * @return the publisher's name as his certificate has it; empty for an unsigned package, which is let in by development mode alone
     * @throws BackupException {@code package.refused}: unsigned, signed otherwise, expired, or of a publisher who is not trusted
     */
    public String verified(PublisherTrust trust, Instant now) throws BackupException {
        try {
            if (signature == null) {
                if (trust.development()) {
                    return "";
                }
                throw new Flaw("it is unsigned", Suspicion.SIGN);
            }
            PublisherChain chain = CmsForm.read(signature, list);
            chain.requireTrusted(certificates(trust), now);
            return chain.name();
        } catch (Flaw e) {
            throw refused(file, e, ANEW);
        }
    }

    /** One that can't be read is nobody's. */
    private static List<X509Certificate> certificates(PublisherTrust trust) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] encoded : trust.certificates()) {
            try {
                certificates.add(Pem.certificate(encoded));
            } catch (CertificateException e) {
                continue;
            }
        }
        return certificates;
    }

    /**
     * Checks what the driver needs of its host.
     *
     * @param exported versions of packages by their names, as the host's bundles export them
     * @throws BackupException {@code package.refused} that names each package which is not there in a version that will do
     */
    public void requireServed(Map<String, String> exported) throws BackupException {
        String missing = manifest.missing(exported, "here");
        if (!missing.isEmpty()) {
            throw refused(file, new Flaw("it is made for another SPI version: it needs " + missing), "get the version of the driver that is made for this appliance,"
                    + " or update the appliance");
        }
    }

    /**
     * Unpacks all entries into a folder that is not there yet; durable at return. After a failure, or a kill, there is no such folder; what
     * lies beside it under its name and {@code .new} is removed by the next try.
     *
     * @throws BackupException {@code package.refused} if the file is another one now; {@code package.io}
     */
    public void extractTo(Path folder) throws BackupException {
        Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Durable.remove(fresh);
            Durable.createFolder(fresh);
            FormReader.Form form = FormReader.read(Region.of(channel));
            if (!MessageDigest.isEqual(form.list(), list)) {
                throw new Flaw("it is not the file any more that was looked at");
            }
            for (int i = 0; i < form.places().size(); i++) {
                extract(form.places().get(i), entries.lines().get(i), fresh);
            }
            Durable.sync(fresh);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            Durable.sync(folder.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw failed(file, "unpack", e);
        } catch (Flaw e) {
            throw refused(file, e, ANEW);
        }
    }

    private static void extract(Region place, EntryList.Line line, Path root) throws Flaw, IOException {
        Path to = root.resolve(line.name());
        Path above = root;
        for (Path part : root.relativize(to.getParent())) {
            above = above.resolve(part);
            if (!part.toString().isEmpty() && !Files.isDirectory(above)) {
                Durable.createFolder(above);
                Durable.sync(above.getParent());
            }
        }
        MessageDigest sha256 = Digests.sha256();
        try (FileChannel out = Durable.create(to, "rw-------"); var in = place.stream()) {
            byte[] piece = new byte[64 << 10];
            for (int got = in.read(piece); got > 0; got = in.read(piece)) {
                sha256.update(piece, 0, got);
                Durable.write(out, piece, got);
            }
            out.force(true);
        }
        Durable.sync(to.getParent());
        if (!HexFormat.of().formatHex(sha256.digest()).equals(line.sha256())) {
            throw new Flaw("it became another file while it was unpacked");
        }
    }
}
