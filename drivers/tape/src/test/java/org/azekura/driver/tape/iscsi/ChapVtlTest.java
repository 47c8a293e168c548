package org.azekura.driver.tape.iscsi;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiAddress;
import org.azekura.driver.tape.scsi.ScsiTransport;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Accounts of tgtd. */
@Timeout(300)
class ChapVtlTest {

    private static final String SECRET = "a-secret-of-ours";
    private static final String THEIRS = "a-secret-of-tgtd";

    @TempDir
    static Path dir;
    private static Vtl vtl;

    @BeforeAll
    static void start() throws Exception {
        Vtl.assumeUsable();
        vtl = Vtl.start(dir);
        vtl.account("azekura", SECRET, "library", THEIRS);
    }

    @AfterAll
    static void stop() {
        if (vtl != null) {
            vtl.close();
        }
    }

    private static IscsiPath path() throws Exception {
        return (IscsiPath) ScsiAddress.parse(vtl.changer());
    }

    private static void inquire(ChapAccount account) throws Exception {
        try (ScsiTransport transport = path().as(account).open()) {
            ByteBuffer data = ByteBuffer.allocate(36);
            Outcome outcome = transport.execute(new byte[] {0x12, 0, 0, 0, 36, 0}, Direction.IN, data, Duration.ofSeconds(10));
            assertEquals(0, ((Outcome.Answered) outcome).status());
            assertEquals(8, data.get(0) & 0x1f);
        }
    }

    @Test
    void letsInWhoKnowsTheSecret() throws Exception {
        inquire(new ChapAccount("azekura", SECRET, "", ""));
    }

    @Test
    void provesItselfToo() throws Exception {
        inquire(new ChapAccount("azekura", SECRET, "library", THEIRS));
        assertRefused("device.io", () -> inquire(new ChapAccount("azekura", SECRET, "library", "not-of-tgtd-at-all")));
    }

    @Test
    void keepsOthersOutAndSaysNoSecret() throws Exception {
        assertRefused("device.io", () -> path().open());
        String why = assertRefused("device.io", () -> inquire(new ChapAccount("azekura", "not-this-secret", "", ""))).getMessage();
        assertFalse(why.contains("not-this-secret"), why);
        assertRefused("device.io", () -> inquire(new ChapAccount("nobody", SECRET, "", "")));
    }
}
