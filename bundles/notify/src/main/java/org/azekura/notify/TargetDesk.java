package org.azekura.notify;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.azekura.api.BackupException;
import org.azekura.api.TargetName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Notice;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.api.server.Notifications;

/** Who is told what, as people lay it down. */
final class TargetDesk implements Notifications {

    private static final int MOST = 100;
    private static final int SHOWN = 1000;
    private static final int LONGEST = 100_000;

    private final CatalogStore catalog;
    private final InstantSource clock;
    private final Ways ways;
    private final Outbox outbox;
    private final Courier courier;

    TargetDesk(CatalogStore catalog, InstantSource clock, Ways ways, Outbox outbox, Courier courier) {
        this.catalog = catalog;
        this.clock = clock;
        this.ways = ways;
        this.outbox = outbox;
        this.courier = courier;
    }

    @Override
    public List<NoticeTarget> targets() throws BackupException {
        return catalog.read(CatalogView::noticeTargets);
    }

    @Override
    public NoticeTarget target(TargetName name) throws BackupException {
        return catalog.read(view -> require(view, name));
    }

    private static NoticeTarget require(CatalogView view, TargetName name) throws BackupException {
        return view.noticeTarget(name).orElseThrow(() -> BackupException.operator("target.unknown", name.value(), "there is no target " + name + "; azekura notify target list shows them"));
    }

    @Override
    public NoticeTarget create(TargetName name, NoticeTarget.Kind kind, Wanted wanted) throws BackupException {
        NoticeTarget made = checked(new NoticeTarget(name, kind, true, "en", new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), "", clock.instant()), wanted);
        return catalog.write(edit -> {
            if (edit.noticeTarget(name).isPresent()) {
                throw BackupException.operator("target.exists", name.value(), "there is a target " + name + " already");
            }
            if (edit.noticeTargets().size() >= MOST) {
                throw Ways.wrong("name: there are " + MOST + " targets already");
            }
            edit.putNoticeTarget(made);
            return made;
        });
    }

    @Override
    public NoticeTarget change(TargetName name, Wanted wanted) throws BackupException {
        NoticeTarget changed = catalog.write(edit -> {
            NoticeTarget after = checked(require(edit, name), wanted);
            edit.putNoticeTarget(after);
            return after;
        });
        courier.wake();
        return changed;
    }

    private NoticeTarget checked(NoticeTarget before, Wanted wanted) throws BackupException {
        SortedMap<String, String> settings = new TreeMap<>(before.settings());
        for (Map.Entry<String, String> one : given(wanted.settings()).entrySet()) {
            if (!Ways.settings(before.kind()).contains(one.getKey())) {
                throw Ways.wrong(one.getKey() + ": a " + before.kind().word() + " has the settings " + String.join(", ", Ways.settings(before.kind()).stream().sorted().toList()));
            }
            put(settings, one.getKey(), text(one));
        }
        SortedMap<String, String> secrets = new TreeMap<>(before.secrets());
        for (Map.Entry<String, String> one : given(wanted.secrets()).entrySet()) {
            if (!Ways.isSecret(before.kind(), one.getKey())) {
                throw Ways.wrong(one.getKey() + ": it is no secret of a " + before.kind().word());
            }
            String value = text(one);
            put(secrets, one.getKey(), value.isEmpty() ? "" : ways.sealed(before.name(), one.getKey(), value));
        }
        requireAgain(before, settings, given(wanted.secrets()));
        NoticeTarget after = new NoticeTarget(before.name(), before.kind(), wanted.enabled() == null ? before.enabled() : wanted.enabled(), language(wanted.language(), before.language()),
                settings, secrets, match(before.match(), given(wanted.match())), quiet(wanted.quiet(), before.quiet()), before.made());
        ways.of(after);
        return after;
    }

    /** What was kept for one receiver is not sent to another: whoever changes where it goes has to know it, or to take it away. */
    private static void requireAgain(NoticeTarget before, Map<String, String> settings, Map<String, String> secrets) throws BackupException {
        boolean moved = secrets.containsKey(WebhookSettings.URL) && before.kind() == NoticeTarget.Kind.WEBHOOK;
        String changed = moved ? WebhookSettings.URL
                : Ways.where(before.kind()).stream().filter(name -> !settings.getOrDefault(name, "").equals(before.settings().getOrDefault(name, ""))).findFirst().orElse(null);
        for (String kept : changed == null ? List.<String>of() : List.copyOf(before.secrets().keySet())) {
            if (!secrets.containsKey(kept)) {
                throw Ways.wrong(kept + ": " + changed + " changes, so give this secret again, or an empty one to take it away: what was kept for one receiver is not sent to another");
            }
        }
    }

    private static <V> Map<String, V> given(Map<String, V> map) {
        return map == null ? Map.of() : map;
    }

    private static String text(Map.Entry<String, String> one) throws BackupException {
        String value = one.getValue() == null ? "" : one.getValue();
        if (value.length() > LONGEST) {
            throw Ways.wrong(one.getKey() + ": it has more than " + LONGEST + " letters");
        }
        return value;
    }

    private static void put(SortedMap<String, String> map, String name, String value) {
        if (value.isEmpty()) {
            map.remove(name);
        } else {
            map.put(name, value);
        }
    }

    private static String language(String wanted, String before) throws BackupException {
        if (wanted != null && !Phrases.ALL.containsKey(wanted)) {
            throw Ways.wrong("language: it is en or ja; not \"" + wanted + "\"");
        }
        return wanted == null ? before : wanted;
    }

    private static SortedMap<String, List<String>> match(Map<String, List<String>> before, Map<String, List<String>> wanted) throws BackupException {
        SortedMap<String, List<String>> after = new TreeMap<>(before);
        for (Map.Entry<String, List<String>> one : wanted.entrySet()) {
            List<String> patterns = one.getValue() == null ? List.of() : one.getValue();
            String wrong = Match.wrong(one.getKey(), patterns);
            if (wrong != null) {
                throw Ways.wrong("match: " + wrong);
            }
            if (patterns.isEmpty()) {
                after.remove(one.getKey());
            } else {
                after.put(one.getKey(), List.copyOf(patterns));
            }
        }
        return after;
    }

    private static String quiet(String wanted, String before) throws BackupException {
        if (wanted == null || wanted.isEmpty()) {
            return wanted == null ? before : "";
        }
        try {
            QuietHours.parse(wanted);
            return wanted;
        } catch (IllegalArgumentException e) {
            throw Ways.wrong("quiet: " + e.getMessage());
        }
    }

    @Override
    public NoticeTarget delete(TargetName name) throws BackupException {
        return catalog.write(edit -> {
            NoticeTarget before = require(edit, name);
            edit.deleteNoticeTarget(name);
            return before;
        });
    }

    @Override
    public String test(TargetName name) throws BackupException {
        NoticeTarget target = target(name);
        return ways.of(target).send(courier.parcel(target, List.of(new Way.Numbered(UUID.randomUUID().toString(), Told.test(clock.instant())))));
    }

    @Override
    public List<Notice> outbox(TargetName target) throws BackupException {
        return catalog.read(view -> view.notices(target == null ? null : require(view, target).name(), SHOWN));
    }

    @Override
    public String subject(Notice notice) {
        return Told.read(notice.content()).text();
    }

    @Override
    public Notice retry(long number) throws BackupException {
        Notice waiting = catalog.write(edit -> {
            Notice before = require(edit, number);
            Notice after = before.tried(before.attempts(), clock.instant(), before.problem());
            edit.putNotice(after);
            return after;
        });
        outbox.hurry(waiting.target());
        courier.wake();
        return waiting;
    }

    @Override
    public Notice drop(long number) throws BackupException {
        return catalog.write(edit -> {
            Notice before = require(edit, number);
            edit.deleteNotice(number);
            return before;
        });
    }

    private static Notice require(CatalogView view, long number) throws BackupException {
        return view.notice(number).orElseThrow(() -> BackupException.operator("notice.unknown", Long.toString(number), "no notice " + number + " waits; azekura notify outbox shows those that do"));
    }
}
