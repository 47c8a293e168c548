package org.azekura.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.TargetName;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Notice;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.api.server.Alerts;
import org.azekura.api.server.Notifications;

/** The target {@code ops}, for which notice 5 waits; and what needs a look. */
public final class FakeNotices implements Notifications, Alerts {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    static final NoticeTarget OPS = new NoticeTarget(new TargetName("ops"), NoticeTarget.Kind.MAIL, true, "ja", new TreeMap<>(Map.of("host", "mail")),
            new TreeMap<>(Map.of("password", "the sealed one")), new TreeMap<>(Map.of("severity", List.of("error"))), "", TIME);

    public final List<String> asked = new ArrayList<>();
    public final List<Alert> there = new ArrayList<>(List.of(Alert.of("pool.key.notexported", Alert.Severity.WARNING, Alert.Subject.of("pool", "default"), Map.of("pool", "default"),
            "the key of pool default was never exported").since(TIME), Alert.of("job.parked", Alert.Severity.WARNING, Alert.Subject.of("job", 1), Map.of("client", "host", "job", "1"), "it waits")
                    .since(TIME)));
    private final List<Consumer<Change>> listeners = new ArrayList<>();

    /** An alert came or went. */
    public void tell(Alert alert, boolean came) {
        listeners.forEach(listener -> listener.accept(new Change(alert, came)));
    }

    @Override
    public List<Alert> now() {
        return List.copyOf(there);
    }

    @Override
    public AutoCloseable watch(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public List<NoticeTarget> targets() {
        return List.of(OPS);
    }

    @Override
    public NoticeTarget target(TargetName name) throws BackupException {
        if (!name.equals(OPS.name())) {
            throw BackupException.operator("target.unknown", name.value(), "there is no target " + name);
        }
        return OPS;
    }

    @Override
    public NoticeTarget create(TargetName name, NoticeTarget.Kind kind, Wanted wanted) {
        asked.add("create " + name + " " + kind + " " + wanted);
        return OPS;
    }

    @Override
    public NoticeTarget change(TargetName name, Wanted wanted) throws BackupException {
        asked.add("change " + name + " " + wanted);
        return target(name);
    }

    @Override
    public NoticeTarget delete(TargetName name) throws BackupException {
        return target(name);
    }

    @Override
    public String test(TargetName name) throws BackupException {
        target(name);
        return "250 OK";
    }

    @Override
    public List<Notice> outbox(TargetName target) throws BackupException {
        return List.of(notice(5));
    }

    @Override
    public String subject(Notice notice) {
        return "backup 7 failed";
    }

    private static Notice notice(long number) throws BackupException {
        if (number != 5) {
            throw BackupException.operator("notice.unknown", Long.toString(number), "no notice " + number + " waits");
        }
        return new Notice(5, OPS.name(), TIME, "{}", 3, null, "nobody answers");
    }

    @Override
    public Notice retry(long number) throws BackupException {
        asked.add("retry " + number);
        return notice(number);
    }

    @Override
    public Notice drop(long number) throws BackupException {
        asked.add("drop " + number);
        return notice(number);
    }
}
