package org.azekura.rest.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.rest.https.LocalToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PatienceTest {

    @Test
    @Timeout(20)
    void whatCanBeToldHereIsNotWaitedForLong() throws Exception {
        try (HangingLeader leader = new HangingLeader()) {
            CatalogServer leading = new CatalogServer("backup1", leader.place(), List.of(), true, false, Instant.EPOCH, Duration.ZERO);
            PassOn passOn = new PassOn(() -> List.of(leading), _ -> HttpClient.newHttpClient(), Peers.seal("shared"), new LocalToken("t"), "backup2", Duration.ofSeconds(2));
            assertEquals("server.cut", assertThrows(BackupException.class, () -> passOn.pass(Calls.get("/api/v1/status", null, Map.of()), null, new byte[0], true)).failure().code());
            passOn.close();
        }
    }
}
