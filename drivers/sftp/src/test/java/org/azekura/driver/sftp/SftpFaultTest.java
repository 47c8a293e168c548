package org.azekura.driver.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StreamCorruptedException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.junit.jupiter.api.Test;

class SftpFaultTest {

    private final Setup setup;

    SftpFaultTest() throws Exception {
        setup = new Given().with("password", "secret").with("hostKey", "SHA256:" + "A".repeat(43)).check();
    }

    private String unreached(Exception e) {
        return SftpFault.unreached(e, setup, "read blob").failure().code();
    }

    @Test
    void aServerThatIsAwayIsWaitedForAndOneThatSpeaksOtherwiseIsNot() {
        for (Exception away : new Exception[] {new ConnectException("Connection refused"), new SocketTimeoutException("no answer"), new UnresolvedAddressException(),
            new IOException(new TimeoutException("10 s")), new SshException("Session is being closed"), new EOFException()}) {
            assertEquals("device.away", unreached(away), away.toString());
        }
        assertEquals("device.io", unreached(new SshException(SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED, "no words in common")));
        assertEquals("device.io", unreached(new StreamCorruptedException("no version")));
        assertEquals("device.interrupted", unreached(new InterruptedIOException()));
    }

    @Test
    void aConnectionThatIsLostIsTriedAgainAtOnce() {
        BackupException lost = SftpFault.of(new EOFException("cut"), setup, "read blob");
        assertEquals("device.io", lost.failure().code());
        assertEquals(Failure.Kind.NETWORK, lost.failure().kind());
        assertEquals("device.timeout", SftpFault.of(new SocketTimeoutException("silent"), setup, "read blob").failure().code());
    }
}
