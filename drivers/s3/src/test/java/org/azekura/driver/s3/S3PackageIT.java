package org.azekura.driver.s3;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.Daemon;
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
            assertKeptByTls(server, "plain");
            assertWhoIsNotTrustedIsNamed(server, "plain");
        }
    }

    /** By an authority of one's own, with keys of the environment, and the bucket in the name of the host. */
    private void assertKeptByTls(Radosgw server, String bucket) throws Exception {
        Path hosts = Files.writeString(dir.resolve("hosts"), "127.0.0.1 " + bucket + "." + Radosgw.NAME + "\n");
        assertKept(Map.of("AWS_ACCESS_KEY_ID", Settings.KEY, "AWS_SECRET_ACCESS_KEY", Settings.SECRET, "JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + hosts), "--set",
                "endpoint=https://" + Radosgw.NAME + ":" + server.securePort(), "--set", "bucket=" + bucket, "--set", "prefix=tls", "--set", "ca=" + server.authority(), "--set",
                "pathStyle=false", "--set", "credentials=environment");
    }

    private void assertWhoIsNotTrustedIsNamed(Radosgw server, String bucket) throws Exception {
        Path other = dir.resolve("other.pem");
        Daemon.run(Map.of(), "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=another authority", "-keyout",
                dir.resolve("other.key").toString(), "-out", other.toString());
        String endpoint = "https://127.0.0.1:" + server.securePort();
        assertTrue(refusal("setting.ca", endpoint, bucket, Map.of()).contains("this Java trusts"));
        assertTrue(refusal("setting.ca", endpoint, bucket, Map.of("ca", other.toString())).contains(other.toString()));
        assertTrue(refusal("setting.endpoint", endpoint, bucket, Map.of("ca", server.authority().toString())).contains("127.0.0.1"));
    }

    private static String refusal(String code, String endpoint, String bucket, Map<String, Object> given) throws Exception {
        try (S3Store store = new S3Store(Settings.at(endpoint, bucket, given))) {
            return assertRefused(code, store::selfTest).getMessage();
        }
    }

    private String assertKept(String endpoint, String bucket, String... more) throws Exception {
        List<String> settings = new ArrayList<>(List.of("--set", "endpoint=" + endpoint, "--set", "bucket=" + bucket, "--set", "accessKey=" + Settings.KEY, "--set",
                "secret=" + Settings.SECRET));
        settings.addAll(List.of(more));
        return assertKept(Map.of(), settings.toArray(String[]::new));
    }

    private String assertKept(Map<String, String> environment, String... settings) throws Exception {
        Path out = dir.resolve("out");
        Path bundles = Files.createDirectories(dir.resolve("bundles"));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-jar", only("../../core/kit/target", "org.azekura.kit-*.jar"), "test", only("target", "s3-*.azd"), "--bundles",
                bundles.toString()));
        command.addAll(List.of(settings));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process kit = builder.start();
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
