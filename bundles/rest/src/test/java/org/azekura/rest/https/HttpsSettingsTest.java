package org.azekura.rest.https;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Dictionary;
import org.junit.jupiter.api.Test;

class HttpsSettingsTest {

    @Test
    void takesAFreePortForZero() throws Exception {
        assertTrue(HttpsSettings.free("127.0.0.1", "0").port() > 0);
    }

    @Test
    void namesTheAddressThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            String message = assertThrows(IOException.class, () -> HttpsSettings.free("127.0.0.1", port)).getMessage();
            assertTrue(message.startsWith("the console cannot listen at 127.0.0.1 port " + port), message);
        }
    }

    @Test
    void refusesWhatIsNoPort() {
        assertThrows(IOException.class, () -> HttpsSettings.free("127.0.0.1", "https"));
        assertThrows(IOException.class, () -> HttpsSettings.free("127.0.0.1", "65536"));
    }

    @Test
    void saysAnAddressThatCanBeCalled() throws Exception {
        assertEquals("https://127.0.0.1:8443", new HttpsSettings("0.0.0.0", 8443).url().toString());
        assertEquals("https://[::1]:8443", new HttpsSettings("::1", 8443).url().toString());
        assertEquals("https://localhost:1", new HttpsSettings("localhost", 1).url().toString());
    }

    @Test
    void saysWhereOtherHostsCallIfTheyCan() throws Exception {
        assertEquals("https://backup1:8443", new HttpsSettings("0.0.0.0", 8443).others("backup1").toString());
        assertEquals("https://192.0.2.1:8443", new HttpsSettings("192.0.2.1", 8443).others("backup1").toString());
        assertNull(new HttpsSettings("127.0.0.1", 8443).others("backup1"));
    }

    @Test
    void letsFelixListenWithTls13Only() {
        Dictionary<String, Object> felix = new HttpsSettings("127.0.0.1", 8443).felix(new ConsoleKey(Path.of("/h/console.p12"), "secret"), "s1");
        assertEquals(false, felix.get("org.apache.felix.http.enable"));
        assertEquals(true, felix.get("org.apache.felix.https.enable"));
        assertEquals(8443, felix.get("org.osgi.service.http.port.secure"));
        assertTrue(felix.get("org.apache.felix.http.jetty.errorPageCustomHeaders").toString().contains("X-Content-Type-Options=nosniff##"));
        assertArrayEquals(new String[] {"TLSv1.3"}, (String[]) felix.get("org.apache.felix.https.jetty.protocols.included"));
    }
}
