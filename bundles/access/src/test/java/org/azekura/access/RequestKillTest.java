package org.azekura.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Requests.Order;
import org.azekura.api.access.Requests.Performer.Outcome;
import org.azekura.api.access.Requests.Rule;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An appliance that ends at any step: what was asked for is carried out once all the same. */
class RequestKillTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Caller ANN = Caller.of(new UserName("ann"), Role.ADMIN, Set.of());
    private static final Caller BOB = Caller.of(new UserName("bob"), Role.ADMIN, Set.of());
    /** Steps of a pass: each of its two writes before and after it is durable, and the act before and after it is done. */
    private static final int STEPS = 6;

    private final List<String> done = new ArrayList<>();
    private int left;

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private void step() {
        if (--left == 0) {
            throw new Killed();
        }
    }

    /** A store whose user is killed before or after a write. */
    private CatalogStore mortal(CatalogStore store) {
        return new CatalogStore() {
            @Override
            public <T> T read(Query<T> query) throws BackupException {
                return store.read(query);
            }

            @Override
            public <T> T write(Change<T> change) throws BackupException {
                step();
                T result = store.write(change);
                step();
                return result;
            }
        };
    }

    /** As an act is that finds nothing left to do when it is begun again. */
    private Outcome perform(Request request, String order, Caller by, boolean again) {
        step();
        if (!done.contains(order)) {
            done.add(order);
        } else if (!again) {
            done.add("twice");
        }
        step();
        return new Outcome("done", null, null);
    }

    @Test
    void carriesOutOnceWhereverItIsKilled(@TempDir Path home) throws Exception {
        try (Lobby lobby = new Lobby(home)) {
            lobby.user("ann", Role.ADMIN);
            lobby.user("bob", Role.ADMIN);
            lobby.requests.change(new Rule(2, DAY));
            for (int at = 1; at <= STEPS + 1; at++) {
                long number = lobby.requests.ask(new Order("x", "", "act " + at), ANN, "").number();
                lobby.requests.confirm(number, BOB, null);
                lobby.later(DAY);
                assertEquals(at <= STEPS, isKilled(lobby, at), "at step " + at);
                left = 0;
                lobby.requests(lobby.door.catalog()).due().pass(this::perform);
                assertEquals(Request.State.DONE, lobby.requests.get(number).state(), "killed at step " + at);
                assertEquals(at, done.size(), () -> done.toString());
            }
            List<AuditEntry> lines = lobby.log.page(Long.MAX_VALUE, 100);
            assertEquals(STEPS + 1, lines.stream().filter(line -> line.outcome().equals("done")).count());
            assertTrue(lobby.log.verify().broken() == 0);
        }
    }

    private boolean isKilled(Lobby lobby, int at) throws BackupException {
        left = at;
        try {
            lobby.requests(mortal(lobby.door.catalog())).due().pass(this::perform);
            return false;
        } catch (Killed e) {
            return true;
        }
    }
}
