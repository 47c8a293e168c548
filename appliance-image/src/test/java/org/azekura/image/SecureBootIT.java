package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a machine starts whose firmware was given our keys by the stick of the build: from the boot loader to the last block of the root, nothing that we have not signed. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class SecureBootIT {

    /** What is waited for comes within half a minute on a machine that has nothing else to do. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @TempDir
    static Path dir;
    private static Machine enrolled;

    @BeforeAll
    static void enrol() throws Exception {
        Machine.assume();
        LastBuild.require();
        long begin = System.nanoTime();
        enrolled = Machine.secure(LastBuild.keys(), null, dir.resolve("enrolled"));
        Console console = enrolled.start();
        console.await("Enrolling secure boot keys", LIMIT);
        // It starts again, and what has enrolled the keys is signed by none of them.
        console.await("Access Denied", LIMIT);
        enrolled.close();
        told("the keys are enrolled, and the stick is refused", begin);
    }

    @AfterAll
    static void end() {
        if (enrolled != null) {
            enrolled.close();
        }
    }

    private static void told(String what, long begin) {
        System.out.printf("image: Secure Boot: %s: %d s%n", what, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }

    /** What is done to a disk before it is started. */
    private interface Change {
        void of(Path disk) throws IOException;
    }

    /** Starts a disk, and waits until this is said. */
    private static void start(TestInfo test, Change change, String said) throws IOException {
        String name = test.getTestMethod().orElseThrow().getName();
        try (Machine machine = Machine.secure(LastBuild.disk(), enrolled, dir.resolve(name))) {
            change.of(machine.disk());
            long begin = System.nanoTime();
            machine.start().await(said, LIMIT);
            told(name, begin);
        } finally {
            Files.deleteIfExists(dir.resolve(name).resolve("disk"));
        }
    }

    private static void bootLoader(Path disk, Path loader) throws IOException {
        Ran.of("mcopy", "-o", "-i", disk + "@@" + Recipe.place("esp"), loader.toString(), "::EFI/BOOT/BOOTX64.EFI").ok();
    }

    @Test
    void whatWeHaveSignedStarts(TestInfo test) throws IOException {
        start(test, disk -> { }, "Secure Boot is on; kernel lockdown: integrity");
    }

    @Test
    void aBootLoaderThatNobodyHasSignedIsRefusedByTheFirmware(TestInfo test) throws IOException {
        start(test, disk -> bootLoader(disk, LastBuild.part("grub.unsigned")), "failed to load Boot.*: Access Denied");
    }

    @Test
    void aBootLoaderThatAnotherHasSignedIsRefusedByTheFirmware(TestInfo test) throws IOException {
        String key = dir.resolve("other.key").toString();
        String certificate = dir.resolve("other.pem").toString();
        Path loader = dir.resolve("other.efi");
        // Of the same name: it is the key that counts.
        Ran.of("openssl", "req", "-x509", "-newkey", "rsa:3072", "-sha256", "-nodes", "-days", "2", "-subj", "/CN=Azekura boot", "-keyout", key, "-out", certificate).ok();
        Ran.of("sbsign", "--key", key, "--cert", certificate, "--output", loader.toString(), LastBuild.part("grub.unsigned").toString()).ok();
        start(test, disk -> bootLoader(disk, loader), "failed to load Boot.*: Access Denied");
    }

    /** One digit of the root hash in the kernel's command line. */
    @Test
    void aKernelWithAnotherRootHashIsRefusedByTheBootLoader(TestInfo test) throws IOException {
        start(test, disk -> {
            long at = find(disk, Recipe.place("kernel_A"), 32 << 20, "azekura.roothash=") + "azekura.roothash=".length();
            flip(disk, at);
        }, "slot A can't be started");
    }

    @Test
    void aBlockOfTheRootThatWasChangedEndsInAPanic(TestInfo test) throws IOException {
        // The first block, of which the file system's beginning is only a part.
        start(test, disk -> flip(disk, Recipe.place("rootfs_A") + 200), "Kernel panic.*verity");
    }

    private static void flip(Path disk, long at) throws IOException {
        try (var file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.seek(at);
            int was = file.read();
            file.seek(at);
            file.write(was ^ 1);
        }
    }

    private static long find(Path disk, long from, int length, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(disk)) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            assertEquals(length, channel.read(bytes, from));
            int at = new String(bytes.array(), StandardCharsets.ISO_8859_1).indexOf(text);
            assertTrue(at >= 0, text);
            return from + at;
        }
    }
}
