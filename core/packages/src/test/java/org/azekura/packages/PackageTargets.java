package org.azekura.packages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.azekura.api.BackupException;
import org.azekura.testkit.fuzz.Target;

/** What reads packages that nobody vouches for. */
final class PackageTargets {

    private static final String REFUSED = "package.refused";
    private static final Path NAME = Path.of("demo-1.2.3.azd");
    /** Two buffers, and the first use of many classes. */
    private static final int BASE = 4 << 20;

    private PackageTargets() {}

    /** A decoder's way to fail. */
    @FunctionalInterface
    private interface Decoder {
        void on(byte[] input) throws Flaw, IOException, BackupException;
    }

    static List<Target> all() {
        try {
            Path dir = Files.createTempDirectory("packages");
            PublisherKey key = Made.key(dir, "Fine Drivers");
            PublisherKey member = key.certify(dir.resolve("member.key"), "member", Made.YEAR, Made.NOW);
            byte[] signed = Files.readAllBytes(Made.signed(dir, key));
            Made.writer(dir, Made.jar()).write(dir.resolve("unsigned"), Optional.empty(), false);
            byte[] list = FormReader.read(Region.of(signed)).list();
            return List.of(
                    target("package", List.of(signed, Files.readAllBytes(dir.resolve("unsigned"))), input -> open(input, key, signed))
                            .alsoFailing("package.invalid").mended(PackageTargets::mended),
                    target("entries", List.of(list), PackageTargets::list),
                    target("manifest", List.of(ManifestText.encode(Made.manifest())), PackageTargets::manifest),
                    target("signature", List.of(key.sign(list), member.sign(list)), input -> CmsForm.read(input, list).requireTrusted(key.certificates(), Made.NOW)),
                    target("bundle", List.of(Made.jar()), input -> BundleJar.check("x", Region.of(input), new Unpacked())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Target target(String name, List<byte[]> seeds, Decoder decoder) {
        return Target.of(name, REFUSED, seeds, input -> {
            try {
                decoder.on(input);
            } catch (Flaw e) {
                throw BackupException.operator(REFUSED, name, e.getMessage());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }).allocating(BASE, 400);
    }

    /** Nothing is vouched for but what was signed, to the byte. */
    private static void open(byte[] input, PublisherKey key, byte[] signed) throws Flaw, IOException, BackupException {
        DriverPackage opened = DriverPackage.open(NAME, Region.of(input));
        if (opened.isSigned()) {
            try {
                opened.verified(Made.trust(key), Made.NOW);
            } catch (CertificateException e) {
                throw new AssertionError(e);
            }
            if (!Arrays.equals(input, signed)) {
                throw new AssertionError("a changed package is taken for the one that was signed");
            }
        }
    }

    private static void list(byte[] input) throws Flaw {
        if (!Arrays.equals(input, EntryList.decode(input).encode())) {
            throw new AssertionError("a list of another form is taken");
        }
    }

    private static void manifest(byte[] input) throws Flaw {
        if (!Arrays.equals(input, ManifestText.encode(ManifestText.decode(input)))) {
            throw new AssertionError("a manifest of another form is taken");
        }
    }

    /** Writes the checksums of what is stored now into both headers, wherever the directory says that they are. */
    private static byte[] mended(byte[] input) {
        try {
            byte[] mended = input.clone();
            ByteBuffer bytes = ByteBuffer.wrap(mended).order(ByteOrder.LITTLE_ENDIAN);
            int central = bytes.getInt(mended.length - 6);
            for (ZipDirectory.Member member : ZipDirectory.read(Region.of(input)).orElseThrow().members()) {
                int at = (int) member.at();
                CRC32 crc = new CRC32();
                crc.update(mended, at + ZipForm.LOCAL_BYTES + member.name().length(), (int) member.size());
                bytes.putInt(at + 14, (int) crc.getValue()).putInt(central + 16, (int) crc.getValue());
                central += ZipForm.CENTRAL_BYTES + member.name().length();
            }
            return mended;
        } catch (RuntimeException | IOException e) {
            return input;
        }
    }
}
