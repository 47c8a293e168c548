package org.azekura.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.azekura.api.catalog.Alert;
import org.azekura.api.server.Appliance.Trees;
import org.azekura.api.server.Appliance.TreesState;
import org.junit.jupiter.api.Test;

class TreeAlertsTest {

    @Test
    void tellsOfADeviceThatIsAwayAndOfNothingThatEndsByItself() {
        assertEquals(List.of(), TreeAlerts.of(Trees.HERE));
        assertEquals(List.of(), TreeAlerts.of(new Trees("cellar", TreesState.BEHIND, "")));
        Alert away = TreeAlerts.of(new Trees("cellar", TreesState.AWAY, "no route")).getFirst();
        assertEquals("trees.away", away.code());
        assertTrue(away.text().contains("cellar") && away.text().contains("no route"), away.text());
        assertEquals("trees.fenced", TreeAlerts.of(new Trees("cellar", TreesState.FENCED, "a copy")).getFirst().code());
    }
}
