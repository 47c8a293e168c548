package org.azekura.driver.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.s3.Radosgw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built package in a framework, with the client that it brings, on two services that have nothing in common. */
class S3PackageIT {

    @TempDir
    Path dir;

    @Test
    void keepsItsContractOnAServiceThatKnowsNoVersions() throws Exception {
        S3Server server = new S3Server();
        try {
            assertKept(server.endpoint(), server.newBucket());
        } finally {
            server.close();
        }
    }

    @Test
    void keepsItsContractAndThatOfLocksOnCeph() throws Exception {
        Radosgw.assumeUsable();
        try (Radosgw server = Radosgw.start(Files.createDirectory(dir.resolve("ceph"))); Owner owner = new Owner(server)) {
            owner.make("plain", false);
            owner.make("locked", true);
            assertKept(server.endpoint(), "plain");
            String said = assertKept(server.endpoint(), "locked", "--set", "objectLock=true", "--set", "prefix=kit/{rule}");
            assertTrue(said.contains("a lock grows and never shrinks"), said);
            owner.triesToDeleteALockedBlob("locked");
            owner.putsALongBlobUnderATakenKey("plain");
        }
    }

    private String assertKept(String endpoint, String bucket, String... more) throws Exception {
        Path out = dir.resolve("out");
        Path bundles = Files.createDirectories(dir.resolve("bundles"));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-jar", only("../../core/kit/target", "org.azekura.kit-*.jar"), "test", only("target", "s3-*.azd"), "--bundles",
                bundles.toString(), "--set", "endpoint=" + endpoint, "--set", "bucket=" + bucket, "--set", "accessKey=" + Settings.KEY, "--set", "secret=" + Settings.SECRET));
        command.addAll(List.of(more));
        Process kit = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            assertTrue(kit.waitFor(300, TimeUnit.SECONDS), "it ends in time");
        } finally {
            kit.destroyForcibly();
        }
        String all = Files.readString(out);
        assertEquals(0, kit.exitValue(), all);
        assertTrue(all.contains(" rules hold"), all);
        return all;
    }

    /** The build has made it, of whatever version. */
    private static String only(String folder, String pattern) throws Exception {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(folder), pattern)) {
            return found.iterator().next().toString();
        }
    }
}
