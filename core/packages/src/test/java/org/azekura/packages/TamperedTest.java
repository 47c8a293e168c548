package org.azekura.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.azekura.api.BackupException;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a package after it was signed is noticed, and said. */
class TamperedTest {

    private static final Path NAME = Path.of("demo-1.2.3.azd");

    @TempDir
    Path dir;
    private PublisherKey key;
    private PublisherTrust trust;
    private Path file;
    private byte[] whole;

    @BeforeEach
    void make() throws Exception {
        key = Made.key(dir, "Fine Drivers");
        trust = Made.trust(key);
        file = Made.signed(dir, key);
        whole = Files.readAllBytes(file);
        DriverPackage.open(NAME, Region.of(whole)).verified(trust, Made.NOW);
    }

    @Test
    void anyByteAnywhere() {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        for (int at = 0; at < whole.length; at++) {
            int place = at;
            for (int change : Seeds.slow() ? new int[] {1, 2, 4, 8, 16, 32, 64, 128, 255} : new int[] {1 << random.nextInt(8), 1 + random.nextInt(255)}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) change;
                assertRefused("package.refused", () -> {
                    DriverPackage.open(NAME, Region.of(changed)).verified(trust, Made.NOW);
                    throw new AssertionError("-Dseed=" + seed + ": byte " + place + " of " + whole.length + " changed by " + change + " is not noticed");
                });
            }
        }
    }

    /** The zip's checksum would notice those before; so who changes it mends that, too. */
    @Test
    void anyBitOfTheSignatureItself() throws Exception {
        PublisherKey member = key.certify(dir.resolve("member.key"), "member", Made.YEAR, Made.NOW);
        byte[] list = FormReader.read(Region.of(whole)).list();
        for (PublisherKey signer : List.of(key, member)) {
            byte[] signature = signer.sign(list);
            List<X509Certificate> trusted = key.certificates();
            CmsForm.read(signature, list).requireTrusted(trusted, Made.NOW);
            for (int bit = 0; bit < signature.length * 8; bit += Seeds.slow() ? 1 : 7) {
                byte[] changed = signature.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                int place = bit;
                assertThrows(Flaw.class, () -> CmsForm.read(changed, list).requireTrusted(trusted, Made.NOW), () -> "bit " + place + " of the signature");
            }
        }
    }

    @Test
    void anyLength() {
        for (int length = 4; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused("package.refused", () -> DriverPackage.open(NAME, Region.of(cut)));
        }
        for (int length = 0; length < 4; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused("package.invalid", () -> DriverPackage.open(NAME, Region.of(cut)));
        }
        String message = refusal(Arrays.copyOf(whole, whole.length / 2));
        assertTrue(message.contains("truncated"), message);
        refusal(Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void entriesThatAnotherZipProgramAdds() throws Exception {
        String message = refusal(appended("extra.txt", new byte[3]));
        assertTrue(message.contains("not in its list"), message);
        for (String out : List.of("../../etc/cron.d/evil", "bundles/../../evil", "/etc/passwd", "..\\evil", "C:/evil", "bundles/..")) {
            message = rezipped(Map.of(out, new byte[3]));
            assertTrue(message.contains("leads out"), message);
        }
        message = rezipped(Map.of("BUNDLES/org.azekura.driver.demo.jar", new byte[3]));
        assertTrue(message.contains("twice"), message);
        message = rezipped(Map.of("bomb", new byte[100 << 20]));
        assertTrue(message.contains("zip bomb"), message);
        message = rezipped(Map.of());
        assertTrue(message.contains("compressed"), message);
        message = rezipped(Map.of(EntryName.SIGNATURE, new byte[0]));
        assertTrue(message.contains("unsigned"), message);
    }

    @Test
    void bytesBeforeAndBehind() {
        byte[] before = new byte[whole.length + 2];
        System.arraycopy(whole, 0, before, 2, whole.length);
        refusal(before);
        refusal(Arrays.copyOf(whole, whole.length + 2));
    }

    @Test
    void anEntryThatIsThereTwice() throws Exception {
        byte[] list = FormReader.read(Region.of(whole)).list();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String name : List.of(EntryName.LIST, EntryName.SIGNATURE, EntryName.MANIFEST, EntryName.MANIFEST)) {
            directory.writeBytes(ZipForm.central(name, list.length, 0, out.size()));
            out.writeBytes(ZipForm.local(name, list.length, 0));
            out.writeBytes(list);
        }
        byte[] end = ZipForm.end(4, directory.size(), out.size());
        out.writeBytes(directory.toByteArray());
        out.writeBytes(end);
        String message = refusal(out.toByteArray());
        assertTrue(message.contains(EntryName.MANIFEST + " is there twice"), message);
    }

    private String refusal(byte[] bytes) {
        return assertRefused("package.refused", () -> DriverPackage.open(NAME, Region.of(bytes))).getMessage();
    }

    /** As a program does that appends: the new entry in the place of the directory, which moves behind it. */
    private byte[] appended(String name, byte[] content) throws IOException {
        byte[] end = Arrays.copyOfRange(whole, whole.length - ZipForm.END_BYTES, whole.length);
        int directory = ZipForm.allocate(4).put(end, 16, 4).getInt(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CRC32 crc = new CRC32();
        crc.update(content);
        out.write(whole, 0, directory);
        out.writeBytes(ZipForm.local(name, content.length, crc.getValue()));
        out.writeBytes(content);
        int now = out.size();
        out.write(whole, directory, whole.length - directory - ZipForm.END_BYTES);
        out.writeBytes(ZipForm.central(name, content.length, crc.getValue(), directory));
        out.writeBytes(ZipForm.end((end[10] & 0xff) + 1, out.size() - now, now));
        return out.toByteArray();
    }

    private String rezipped(Map<String, byte[]> more) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Files.write(file, whole);
        try (ZipOutputStream out = new ZipOutputStream(bytes); ZipFile in = new ZipFile(file.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) in.stream().map(e -> (ZipEntry) e).filter(e -> !more.containsKey(e.getName()))::iterator) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.getInputStream(entry).transferTo(out);
            }
            for (var entry : more.entrySet()) {
                if (entry.getKey().equals(EntryName.SIGNATURE)) {
                    continue;
                }
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return refusal(bytes.toByteArray());
    }

    /** What its own publisher has signed is not taken for that. */
    @Test
    void whatShouldNotHaveBeenSigned() throws Exception {
        for (var hostile : Map.of("../evil", "leads out", "META-INF/azekura-signature.p7s/x", "a file and the folder of another", "bundles/other.jar",
                "does not name", "docs/ä", "has a name", "META-INF/azekura-DRIVER", "twice").entrySet()) {
            PackageWriter writer = Made.writer(dir, Made.jar()).add(hostile.getKey(), Files.write(dir.resolve("x"), new byte[1]));
            String message = assertRefused("package.refused", () -> writer.write(dir.resolve("new.azd"), Optional.of(key), false)).getMessage();
            assertTrue(message.contains(hostile.getValue()), message);
            assertFalse(Files.exists(dir.resolve("new.azd")));
            writer.write(file, Optional.of(key), true);
            assertEquals(message.replace("mend that and try again", "get the package anew from its publisher"),
                    assertRefused("package.refused", () -> DriverPackage.open(file)).getMessage());
        }
    }

    @Test
    void bundlesThatAreNotWhatTheySeem() throws Exception {
        byte[] jar = Made.jar();
        byte[] manifest = "Manifest-Version: 1.0\n".getBytes(UTF_8);
        assertTrue(bundle(new byte[100]).contains("no jar"));
        assertTrue(bundle(Arrays.copyOf(jar, jar.length - 1)).contains("no jar"));
        assertTrue(bundle(Made.zip(Map.of("x", manifest))).contains("has no META-INF/MANIFEST.MF"));
        assertTrue(bundle(Made.zip(Map.of("META-INF/MANIFEST.MF", manifest, "../x", manifest))).contains("leads out"));
        assertTrue(bundle(Made.zip(Map.of("META-INF/MANIFEST.MF", manifest, "x", new byte[65 << 20]))).contains("zip bomb"));
        byte[] changed = jar.clone();
        changed[40 + "META-INF/MANIFEST.MF".length()] ^= 1;
        assertTrue(bundle(changed).contains("its bundle " + Made.BUNDLE), bundle(changed));
    }

    /** One that says it unpacks to little, and does not. */
    @Test
    void aBombThatLies() throws Exception {
        byte[] jar = Made.zip(Map.of("META-INF/MANIFEST.MF", new byte[65 << 20]));
        int directory = ZipForm.allocate(4).put(jar, jar.length - 6, 4).getInt(0);
        for (int place : new int[] {directory + 24, directory - 4}) {
            System.arraycopy(ZipForm.allocate(4).putInt(1000).array(), 0, jar, place, 4);
        }
        String message = bundle(jar);
        assertTrue(message.contains("has not the size"), message);
    }

    private String bundle(byte[] jar) throws BackupException, IOException {
        PackageWriter writer = Made.writer(dir, jar);
        return assertRefused("package.refused", () -> writer.write(file, Optional.of(key), false)).getMessage();
    }
}
