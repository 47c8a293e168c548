package org.azekura.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutwardSocketsTest {

    private boolean permitted;
    private final OutwardSockets sockets = new OutwardSockets((SSLSocketFactory) SSLSocketFactory.getDefault(), () -> permitted);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.0.9", "::1", "0.0.0.0", "0.1.2.3", "::", "169.254.169.254", "fe80::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::1", "2002:a9fe:a9fe::1", "224.0.0.1", "ff02::1", "255.255.255.255"})
    void seesWhatIsHere(String address) throws Exception {
        assertTrue(OutwardSockets.isNear(InetAddress.ofLiteral(address)));
        assertTrue(OutwardSockets.isNear(address.contains(":") ? "[" + address + "]" : address));
        try (Socket line = sockets.createSocket()) {
            assertThrows(OutwardSockets.Near.class, () -> line.connect(new InetSocketAddress(InetAddress.ofLiteral(address), 9), 1000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "2001:db8::1", "fd00::1", "64:ff9b::c000:201", "2002:c000:201::1", "128.0.0.1", "::ffff:192.0.2.1"})
    void letsWhatIsElsewhereBe(String address) {
        assertFalse(OutwardSockets.isNear(InetAddress.ofLiteral(address)));
    }

    @Test
    void looksAtTheAddressThatANameHasWhenTheLineIsMade() throws Exception {
        assertTrue(OutwardSockets.isNear("LocalHost") && OutwardSockets.isNear("a.localhost"));
        assertFalse(OutwardSockets.isNear("vault.example") || OutwardSockets.isNear("localhost.example"));
        try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress renamed = new InetSocketAddress(InetAddress.getByAddress("far.example", InetAddress.getLoopbackAddress().getAddress()), here.getLocalPort());
            assertThrows(OutwardSockets.Near.class, () -> sockets.createSocket().connect(renamed));
            assertThrows(OutwardSockets.Near.class, () -> sockets.createSocket("127.0.0.1", here.getLocalPort()));
            assertThrows(OutwardSockets.Near.class, () -> sockets.createSocket(renamed.getAddress(), here.getLocalPort()));
            permitted = true;
            try (Socket line = sockets.createSocket()) {
                line.connect(renamed, 10_000);
                assertEquals(here.getLocalPort(), line.getPort());
            }
        }
    }
}
