package org.azekura.ca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.identity.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By OpenSSL, which knows nothing of us. */
class ReportSignatureTest {

    private static final byte[] REPORT = "<p>proven\n証明</p>\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private record Said(int exit, String text) {}

    private Said verify(byte[] report, String signature, HomeAuthority trusted) throws Exception {
        Files.write(folder.resolve("report"), report);
        Files.writeString(folder.resolve("report.p7s"), signature);
        Files.writeString(folder.resolve("authority.pem"), Identity.pem(trusted.certificate()));
        List<String> command = new ArrayList<>(List.of("openssl", "cms", "-verify", "-binary", "-inform", "PEM", "-in", "report.p7s", "-content", "report", "-CAfile",
                "authority.pem", "-out", "out"));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), said);
    }

    private HomeAuthority authority(String home) throws Exception {
        return HomeAuthority.open(folder.resolve(home), InstantSource.system());
    }

    @Test
    void isOneForAnybody() throws Exception {
        HomeAuthority authority = authority("a");
        Said said = verify(REPORT, authority.sign(REPORT), authority);
        assertEquals(0, said.exit, said.text);
        assertEquals(-1, Files.mismatch(folder.resolve("report"), folder.resolve("out")));
        assertNotEquals(authority.sign(REPORT), authority.sign(REPORT), "a key for each");
    }

    @Test
    void isNoneOfAnotherReportNorOfAnotherAuthority() throws Exception {
        HomeAuthority authority = authority("a");
        String signature = authority.sign(REPORT);
        byte[] changed = REPORT.clone();
        changed[3] ^= 1;
        assertNotEquals(0, verify(changed, signature, authority).exit);
        Said other = verify(REPORT, signature, authority("b"));
        assertTrue(other.exit != 0 && other.text.contains("certificate"), other.text);
    }
}
