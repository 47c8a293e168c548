package org.azekura.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.TargetName;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Notice;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.api.server.AlertSource;

/** Targets that are not reached. */
record Unreached(CatalogStore catalog) implements AlertSource {

    /** So often it may have been a receiver that was begun anew: some quarter of an hour. */
    private static final int SUSPECT = 4;
    private static final int LOOKED_AT = 1000;

    @Override
    public List<Alert> alerts() throws BackupException {
        return catalog.read(view -> {
            List<Alert> alerts = new ArrayList<>();
            for (NoticeTarget target : view.noticeTargets()) {
                of(view, target.name(), alerts);
            }
            return alerts;
        });
    }

    private static void of(CatalogView view, TargetName target, List<Alert> alerts) throws BackupException {
        List<Notice> waiting = view.notices(target, LOOKED_AT);
        List<Notice> given = waiting.stream().filter(notice -> notice.due() == null).toList();
        if (!given.isEmpty()) {
            String count = Integer.toString(given.size());
            alerts.add(Alert.of("notify.givenup", Severity.ERROR, Alert.Subject.of("target", target), Map.of("target", target.value(), "count", count, "why", given.getLast().problem()),
                    count + " messages for " + target + " were given up: " + given.getLast().problem() + "; \"azekura notify outbox\" shows them"));
        }
        waiting.stream().filter(notice -> notice.due() != null && notice.attempts() >= SUSPECT).findFirst().ifPresent(notice -> alerts.add(Alert.of("notify.failing", Severity.WARNING,
                Alert.Subject.of("target", target), Map.of("target", target.value(), "why", notice.problem()), target + " can't be told what happens, and is tried again: " + notice.problem())));
    }
}
