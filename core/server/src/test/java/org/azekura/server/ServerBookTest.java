package org.azekura.server;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.Endpoint;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.identity.ServerPlace;
import org.azekura.api.message.Answer;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.catalog.Servers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerBookTest {

    private static final Endpoint ONE = Endpoint.parse("tls:backup1:8444/server");
    private static final Endpoint TWO = Endpoint.parse("tls:backup2:8444/server");
    private static final List<Endpoint> HERE = List.of(ONE, Endpoint.parse("local:server"));

    @TempDir Path home;
    private final List<CatalogServer> all = new ArrayList<>();
    private CatalogDoor door;
    private ServerBook book;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        all.add(new CatalogServer("backup1", "https://backup1:8443", List.of(ONE), true, true, Instant.EPOCH, Duration.ZERO));
        book = new ServerBook("backup1", door.catalog(), new Servers() {
            @Override
            public List<CatalogServer> servers() {
                return List.copyOf(all);
            }

            @Override
            public void forget(String server) {
                all.removeIf(each -> each.name().equals(server));
            }
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    private void second(Duration silent) {
        all.removeIf(each -> !each.here());
        all.add(new CatalogServer("backup2", "https://backup2:8443", List.of(TWO), false, false, Instant.EPOCH, silent));
    }

    private List<String> alerts() {
        return book.alerts().stream().map(Alert::code).toList();
    }

    @Test
    void tellsHostsOfTheOneThatStandsByToo() throws Exception {
        assertEquals(List.of(new ServerPlace("server/backup1", ONE)), book.told(HERE).servers());
        second(Duration.ofHours(3));
        assertEquals(List.of(new ServerPlace("server/backup1", ONE), new ServerPlace("server/backup2", TWO)), book.told(HERE).servers());
        assertEquals(List.of(), book.told(HERE).gone());
    }

    @Test
    void forgetsWhatIsGoneUntilItComesAgain() throws Exception {
        assertRefused("server.unknown", () -> book.forget("backup3"));
        assertRefused("server.there", () -> book.forget("backup1"));
        second(Duration.ofSeconds(59));
        assertRefused("server.there", () -> book.forget("backup2"));
        second(Duration.ofSeconds(61));
        book.forget("backup2");
        assertEquals(new Answer.Servers(List.of(new ServerPlace("server/backup1", ONE)), List.of(new ServerPlace("server/backup2", TWO)), 0), book.told(HERE));
        second(Duration.ZERO);
        assertEquals(List.of(), book.told(HERE).gone());
    }

    @Test
    void aNewServerAtTheAddressOfAForgottenOneIsNotGone() throws Exception {
        second(Duration.ofSeconds(61));
        book.forget("backup2");
        all.add(new CatalogServer("backup3", "https://backup2:8443", List.of(TWO), false, false, Instant.EPOCH, Duration.ZERO));
        assertEquals(List.of(new ServerPlace("server/backup1", ONE), new ServerPlace("server/backup3", TWO)), book.told(HERE).servers());
        assertEquals(List.of(), book.told(HERE).gone());
    }

    @Test
    void whoLeadsIsNotGone() throws Exception {
        door.catalog().write(edit -> {
            edit.putSetting("server.gone/backup1", ONE.toString());
            return null;
        });
        book.begin();
        assertTrue(door.catalog().read(view -> view.settings("server.gone/")).isEmpty());
    }

    @Test
    void saysThatNobodyWouldTakeOver() {
        assertEquals(List.of(), alerts());
        second(Duration.ofSeconds(61));
        assertEquals(List.of("server.alone"), alerts());
        second(Duration.ofSeconds(2));
        assertEquals(List.of(), alerts());
    }

    @Test
    void eachLeadHasAHigherNumberAlsoOnAnOlderCatalog() throws Exception {
        Instant now = Instant.ofEpochSecond(1_000);
        assertEquals(1_000, LeadNumber.next(door.catalog(), now));
        assertEquals(1_001, LeadNumber.next(door.catalog(), now));
        assertEquals(1_002, LeadNumber.next(door.catalog(), now.minusSeconds(500)), "whatever a clock says");
        door.catalog().write(edit -> {
            edit.putSetting("server.lead", "7"); // as a file has it that was written long ago
            return null;
        });
        assertEquals(1_003, LeadNumber.next(door.catalog(), now.plusSeconds(3)));
    }
}
