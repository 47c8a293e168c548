package org.azekura.rest.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.access.Requests;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.api.catalog.Request;
import org.azekura.api.server.AlertSource;
import org.azekura.rest.call.Asked;

/** Tells of requests that somebody can still confirm or end, so that no admin has to look for them. Nothing that is not shown to readers is in it. */
public record WaitingRequests(Requests requests) implements AlertSource {

    @Override
    public List<Alert> alerts() throws BackupException {
        List<Alert> alerts = new ArrayList<>();
        for (Request request : requests.list(true)) {
            if (request.state() == Request.State.WAITING || request.state() == Request.State.CONFIRMED) {
                alerts.add(alert(OrderWords.asked(requests, request), request.state() == Request.State.WAITING));
            }
        }
        return alerts;
    }

    private static Alert alert(Asked asked, boolean waiting) {
        String number = Long.toString(asked.request());
        Map<String, String> values = Map.of("request", number, "by", asked.by(), "summary", asked.summary(), "due", asked.due());
        return waiting
                ? Alert.of("request.waiting", Severity.WARNING, Subject.of("request", number), values, "request " + number + " of " + asked.by() + " waits for another admin until "
                        + asked.due() + ": " + asked.summary() + "; azekura request show " + number)
                : Alert.of("request.confirmed", Severity.WARNING, Subject.of("request", number), values, "request " + number + " of " + asked.by() + " is carried out at "
                        + asked.due() + ": " + asked.summary() + "; end it with azekura request refuse " + number);
    }
}
