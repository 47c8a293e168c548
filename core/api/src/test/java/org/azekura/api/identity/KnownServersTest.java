package org.azekura.api.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownServersTest {

    private static final ServerPlace A = new ServerPlace("", Endpoint.parse("tls:a.example.org:8444/server"));
    private static final ServerPlace B = new ServerPlace("server/b", Endpoint.parse("tls:b.example.org:8444/server"));

    @TempDir
    Path home;
    private KnownServers known;

    @BeforeEach
    void joins() throws Exception {
        assertEquals(Optional.empty(), KnownServers.of(home), "a home that has not joined, or the server's own");
        Files.createDirectories(home.resolve("identity"));
        Files.writeString(home.resolve("identity/server"), A.at() + "\n");
        known = KnownServers.of(home).orElseThrow();
    }

    @Test
    void knowsWhereItJoinedUntilItIsToldOfMore() throws Exception {
        assertEquals(List.of(A), known.load());
        known.add(B);
        known.add(B);
        assertEquals(List.of(A, B), KnownServers.of(home).orElseThrow().load());
        ServerPlace met = new ServerPlace("server/a", A.at());
        known.add(met);
        assertEquals(List.of(met, B), known.load());
    }

    @Test
    void forgetsNeverTheLast() throws Exception {
        known.add(B);
        known.remove(A.at());
        assertEquals(List.of(B), known.load());
        known.remove(B.at());
        assertEquals(List.of(B), known.load());
        KnownServers.forget(home);
        assertEquals(List.of(A), known.load());
    }

    @Test
    void keepsAFew() throws Exception {
        for (int i = 0; i < 2 * KnownServers.MOST; i++) {
            known.add(new ServerPlace("server/s" + i, Endpoint.parse("tls:s" + i + ":8444/server")));
        }
        assertEquals(KnownServers.MOST, known.load().size());
    }

    @Test
    void saysWhatIsWrongWithItsFileAndWhatWouldDo() throws Exception {
        Files.writeString(home.resolve("identity/servers"), "nonsense\n");
        BackupException refused = assertThrows(BackupException.class, known::load);
        assertEquals("identity.corrupt", refused.failure().code());
        assertTrue(refused.getMessage().contains("identity/servers") && refused.getMessage().contains("delete it"), refused.getMessage());
    }
}
