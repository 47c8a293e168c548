package org.azekura.server.trees;

import static org.azekura.server.trees.PageAllowances.AHEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.junit.jupiter.api.Test;

class PageAllowancesTest {

    private static final ClientName WEB = new ClientName("web");
    private static final ClientName DB = new ClientName("db");
    private static final int PAGE = 1 << 20;

    private final Map<ClientName, Long> packs = new HashMap<>();
    private long room = 1;
    private int looks;
    private final PageAllowances allowances = new PageAllowances(client -> {
        looks++;
        return packs.getOrDefault(client, 0L);
    }, () -> room);

    private void refused(String code, ClientName client) {
        BackupException e = assertThrows(BackupException.class, () -> allowances.came(client, PAGE));
        assertEquals(code, e.failure().code());
        assertTrue(PageAllowances.isRefusal(e));
    }

    @Test
    void whoSendsPagesHereAloneIsStoppedAndOthersAreNot() throws BackupException {
        allowances.came(WEB, AHEAD);
        refused("pages.exceeded", WEB);
        refused("pages.exceeded", WEB);
        allowances.came(DB, AHEAD);
    }

    @Test
    void whoSendsThemToItsNodeAsWellIsNotHoweverManyTheyAre() throws BackupException {
        long sent = 0;
        for (; sent < 20L * AHEAD; sent += PAGE) {
            allowances.came(WEB, PAGE);
            packs.put(WEB, Math.max(0, sent - AHEAD / 2));
        }
        assertTrue(looks < 100, looks + " sums over packs for " + sent + " bytes");
        packs.put(WEB, sent - AHEAD - PAGE);
        assertThrows(BackupException.class, () -> allowances.came(WEB, 20L * AHEAD));
    }

    @Test
    void whatCameOnceMayComeAgainWhenThisServerHasLostIt() throws BackupException {
        packs.put(WEB, 5L * AHEAD);
        allowances.came(WEB, 6L * AHEAD);
        refused("pages.exceeded", WEB);
    }

    @Test
    void aSnapshotAndAPruneBeginAnew() throws BackupException {
        allowances.came(WEB, AHEAD);
        allowances.settled(WEB);
        allowances.came(WEB, AHEAD);
        allowances.forget();
        allowances.came(WEB, AHEAD);
        refused("pages.exceeded", WEB);
    }

    @Test
    void nobodyTakesTheRoomOfTheCatalog() throws BackupException {
        allowances.requireRoom();
        allowances.came(WEB, 8L * PAGE);
        room--;
        allowances.came(WEB, PAGE);
        assertEquals("server.full", assertThrows(BackupException.class, () -> allowances.came(DB, 8L * PAGE)).failure().code());
        assertEquals("server.full", assertThrows(BackupException.class, allowances::requireRoom).failure().code());
        room++;
        allowances.came(DB, 8L * PAGE);
    }
}
