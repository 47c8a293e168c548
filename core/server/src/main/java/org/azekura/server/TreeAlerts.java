package org.azekura.server;

import java.util.List;
import java.util.Map;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.api.server.AlertSource;
import org.azekura.api.server.Appliance.Trees;
import org.azekura.server.trees.TreeStore;

/** What needs a look where servers keep the directories of snapshots together. */
record TreeAlerts(TreeStore trees) implements AlertSource {

    @Override
    public List<Alert> alerts() {
        return of(trees.standing());
    }

    static List<Alert> of(Trees trees) {
        return switch (trees.state()) {
            case HERE, BEHIND -> List.of();
            case AWAY -> List.of(alert("trees.away", trees, "device " + trees.device() + ", where servers keep the directories of snapshots, can't be asked: backups wait until it is back"
                    + ", what is here is read (" + trees.problem() + ")"));
            case FENCED -> List.of(alert("trees.fenced", trees, trees.problem()));
        };
    }

    private static Alert alert(String code, Trees trees, String text) {
        return Alert.of(code, Severity.ERROR, Subject.APPLIANCE, Map.of("device", trees.device(), "why", trees.problem()), text);
    }
}
