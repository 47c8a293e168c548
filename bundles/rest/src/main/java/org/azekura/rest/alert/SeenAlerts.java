package org.azekura.rest.alert;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Alert;
import org.azekura.api.server.Alerts;
import org.azekura.rest.call.Scope;

/** The alerts that a caller sees: who has to do with some clients only sees those that name one of these. */
public record SeenAlerts(Alerts alerts, Caller caller) {

    public List<Alert> now() throws BackupException {
        return alerts.now().stream().filter(this::sees).toList();
    }

    public boolean sees(Alert alert) {
        if (!caller.role().may(Right.READ)) {
            return false;
        }
        String client = alert.subject().kind().equals("client") ? alert.subject().name() : alert.values().get("client");
        return !Scope.isBounded(caller) || client != null && caller.sees(new ClientName(client));
    }
}
