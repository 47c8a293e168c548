package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Updates as the build makes them, of small images, and what the updater itself says of them: only what our key has signed, whole and unchanged, is one. */
class BundleTest {

    private static final String RAUC = "/usr/bin/rauc";
    private static final String VERITY = "/usr/sbin/veritysetup";

    @TempDir
    static Path dir;
    private static Path bundle;

    @BeforeAll
    static void make() throws IOException {
        Daemon.assume("updates and their signatures", RAUC, "rauc");
        Daemon.assume("updates and their signatures", "/usr/bin/mksquashfs", "squashfs-tools");
        Daemon.assume("updates and their signatures", "/usr/bin/unzip", "unzip");
        keys("ours");
        keys("foreign");
        byte[] root = new byte[100_000];
        new Random(1).nextBytes(root);
        Files.write(dir.resolve("rootfs.img"), root);
        Files.write(dir.resolve("kernel.img"), new byte[50_000]);
        bundles();
        Ran.with(Map.of("AZEKURA_IMAGE_KEYS", dir.resolve("ours").toString(), "AZEKURA_IMAGE_VERSION", "1.2.3"), Recipe.step("bundle"), dir.toString()).ok();
        bundle = dir.resolve("azekura-1.2.3.raucb");
    }

    /** Of the root, which the update's description tells of. */
    private static void bundles() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Export-Package"), "org.azekura.api.driver;version=\"0.3.0\"");
        Path folder = Files.createDirectories(dir.resolve("root/usr/share/azekura/bundles"));
        new JarOutputStream(Files.newOutputStream(folder.resolve("api.jar")), manifest).close();
    }

    private static void keys(String name) throws IOException {
        Path keys = Files.createDirectory(dir.resolve(name));
        Ran.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-sha256", "-nodes", "-days", "30", "-subj", "/CN=" + name,
                "-keyout", keys.resolve("firmware.key").toString(), "-out", keys.resolve("firmware.pem").toString()).ok();
    }

    private static Ran info(String key, Path file) {
        return Ran.of(RAUC, "info", "--keyring", dir.resolve(key).resolve("firmware.pem").toString(), file.toString());
    }

    private static Path copy(String name) throws IOException {
        return Files.copy(bundle, dir.resolve(name));
    }

    private static void flip(Path file, long place) throws IOException {
        try (var open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(place);
            int was = open.read();
            open.seek(place);
            open.write(was ^ 1);
        }
    }

    /** The last eight bytes say how long the signature before them is. */
    private static long signature(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return all.length - 8 - ByteBuffer.wrap(all, all.length - 8, 8).getLong();
    }

    private static String said(Ran info, String what) {
        return Pattern.compile("Verity " + what + ":\\s*'?(\\w+)").matcher(info.said()).results().map((MatchResult m) -> m.group(1)).findFirst()
                .orElseThrow(() -> new AssertionError(info.said()));
    }

    /** As the kernel does with each block that the updater reads: by the hash that the signature covers. */
    private static Ran content(Path file) throws IOException {
        Ran info = info("ours", file).ok();
        long data = signature(file) - Long.parseLong(said(info, "Size"));
        return Ran.of(VERITY, "verify", "--no-superblock", "--salt=" + said(info, "Salt"), "--hash-offset=" + data, "--data-blocks=" + data / 4096, file.toString(),
                file.toString(), said(info, "Hash"));
    }

    @Test
    void whatOurKeyHasSignedIsTaken() {
        Ran info = info("ours", bundle).ok();
        assertTrue(info.said().contains("azekura-x86_64") && info.said().contains("1.2.3") && info.said().contains("verity"), info.said());
    }

    @Test
    void whatAForeignKeyHasSignedIsRefused() {
        info("foreign", bundle).failed();
    }

    /** Of the manifest within the signature, and of the signature itself. */
    @Test
    void aChangedSignatureIsRefused() throws IOException {
        Path file = copy("forged-manifest");
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        flip(file, text.lastIndexOf("version=1.2.3") + "version=".length());
        info("ours", file).failed();
        Path signed = copy("forged-signature");
        flip(signed, Files.size(signed) - 8 - 5);
        info("ours", signed).failed();
    }

    @Test
    void aChangedBlockIsFound() throws IOException {
        Daemon.assume("changed blocks of updates", VERITY, "cryptsetup-bin");
        content(bundle).ok();
        Path file = copy("tampered");
        flip(file, 5_000);
        content(file).failed();
        Path tree = copy("tampered-tree");
        flip(tree, signature(tree) - 4_000);
        content(tree).failed();
    }

    @Test
    void aTruncatedOneIsRefused() throws IOException {
        for (long less : new long[] {1, 100, 5_000, Files.size(bundle) - 10}) {
            Path file = copy("truncated-" + less);
            try (var open = new RandomAccessFile(file.toFile(), "rw")) {
                open.setLength(open.length() - less);
            }
            info("ours", file).failed();
        }
    }
}
