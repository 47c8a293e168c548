package org.azekura.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.TargetName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Happening;
import org.azekura.api.catalog.Notice;
import org.azekura.api.catalog.NoticeTarget;

/**
 * What waits to be told. Of what happened each target that wants it gets a notice, in the transaction in which what happened is taken: so it gets one, and not two.
 *
 * <p>A target gets a message a minute at most, of all that waits for it, some seconds after the first of it happened. One that did not take a message is tried again
 * after a minute, two, four, up to an hour; what is a week old is given up, and stays until somebody says what becomes of it, for 90 days
 * at most, and 500 of a target. Used by one thread, but for {@link
 * #hurry}.
 */
final class Outbox {

    static final Duration GATHERED = Duration.ofSeconds(5);
    static final Duration APART = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(1);
    static final Duration KEPT = Duration.ofDays(7);
    static final Duration FORGOTTEN = Duration.ofDays(90);
    static final int MOST_GIVEN = 500;
    private static final int AT_ONCE = 1000;

    private final CatalogStore catalog;
    private final InstantSource clock;
    private final Happened happened;
    private final Map<TargetName, Instant> told = new HashMap<>();
    private final Set<TargetName> hurried = ConcurrentHashMap.newKeySet();

    Outbox(CatalogStore catalog, InstantSource clock, Happened happened) {
        this.catalog = catalog;
        this.clock = clock;
        this.happened = happened;
    }

    /** Has what happened wait for those that are to be told. */
    void fill() throws BackupException {
        while (true) {
            List<Happening> some = catalog.read(view -> view.happenings(AT_ONCE));
            if (some.isEmpty()) {
                return;
            }
            Map<Happening, Told> read = new HashMap<>();
            for (Happening one : some) {
                happened.of(one).ifPresent(what -> read.put(one, what)); // asks others: not within a transaction
            }
            catalog.write(edit -> {
                List<NoticeTarget> targets = edit.noticeTargets();
                for (Happening one : some) {
                    Told what = read.get(one);
                    for (NoticeTarget target : what == null ? List.<NoticeTarget>of() : targets) {
                        if (wants(target, what)) {
                            edit.addNotice(new Notice(0, target.name(), one.time(), what.json(), 0, due(target, what), ""));
                        }
                    }
                    edit.takeHappening(one);
                }
                return null;
            });
        }
    }

    /** That a target is not reached is told to the others. */
    private static boolean wants(NoticeTarget target, Told told) {
        return target.enabled() && Match.of(target.match()).fits(told) && !("target".equals(told.subjectKind()) && target.name().value().equals(told.subject()));
    }

    private Instant due(NoticeTarget target, Told told) {
        Instant soon = clock.instant().plus(GATHERED);
        return target.quiet().isEmpty() || told.isError() ? soon : QuietHours.parse(target.quiet()).after(soon);
    }

    /** A message that is due: the target, and what is in it. */
    record Due(NoticeTarget target, List<Notice> notices) {}

    /** One for each target that has something due. What waits for one that is disabled waits on. */
    List<Due> due() throws BackupException {
        List<Due> all = new ArrayList<>();
        for (NoticeTarget target : catalog.read(CatalogView::noticeTargets)) {
            List<Notice> due = target.enabled() ? due(target.name()) : List.of();
            if (!due.isEmpty()) {
                all.add(new Due(target, due));
            }
        }
        return all;
    }

    private List<Notice> due(TargetName target) throws BackupException {
        Instant now = clock.instant();
        List<Notice> waiting = catalog.read(view -> view.notices(target, AT_ONCE)).stream().filter(notice -> notice.due() != null).toList();
        List<Notice> due = waiting.stream().filter(notice -> !notice.due().isAfter(now)).toList();
        if (hurried.remove(target)) {
            return due;
        }
        boolean failing = waiting.stream().anyMatch(notice -> notice.attempts() > 0 && notice.due().isAfter(now));
        Instant last = told.get(target);
        // a clock that was set back must not silence anybody
        boolean soon = last != null && !last.isAfter(now) && now.isBefore(last.plus(APART));
        return failing || soon ? List.of() : due;
    }

    /** The target has it. */
    void taken(Due due) throws BackupException {
        told.put(due.target.name(), clock.instant());
        catalog.write(edit -> {
            for (Notice notice : due.notices) {
                edit.deleteNotice(notice.number());
            }
            return null;
        });
    }

    /** The target has not taken it. @param again whether that may help @param wait that it asks for; more than an hour is no sensible wish */
    void refused(Due due, String why, boolean again, Duration wait) throws BackupException {
        Instant now = clock.instant();
        told.put(due.target.name(), now);
        int attempts = due.notices.stream().mapToInt(Notice::attempts).max().orElse(0) + 1;
        Duration asked = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        Instant next = now.plus(asked.compareTo(pause(attempts)) > 0 ? asked : pause(attempts));
        catalog.write(edit -> {
            for (Notice notice : due.notices) {
                if (edit.notice(notice.number()).isPresent()) {
                    boolean given = !again || now.isAfter(notice.made().plus(KEPT));
                    edit.putNotice(notice.tried(attempts, given ? null : next, why));
                }
            }
            return null;
        });
    }

    /** Drops what was given up long ago, and of much that was given up the oldest: it would stand before what is due. */
    void clear() throws BackupException {
        Instant old = clock.instant().minus(FORGOTTEN);
        for (NoticeTarget target : catalog.read(CatalogView::noticeTargets)) {
            List<Notice> given = givenUp(catalog.read(view -> view.notices(target.name(), AT_ONCE)));
            List<Notice> drop = given.stream().limit(Math.max(given.size() - MOST_GIVEN, given.stream().filter(one -> one.made().isBefore(old)).count())).toList();
            if (!drop.isEmpty()) {
                catalog.write(edit -> {
                    for (Notice notice : drop) {
                        // somebody may have it tried again
                        if (edit.notice(notice.number()).filter(now -> now.due() == null).isPresent()) {
                            edit.deleteNotice(notice.number());
                        }
                    }
                    return null;
                });
            }
        }
    }

    private static List<Notice> givenUp(List<Notice> waiting) {
        return waiting.stream().filter(notice -> notice.due() == null).sorted(Comparator.comparing(Notice::made)).toList();
    }

    static Duration pause(int attempts) {
        Duration pause = Duration.ofMinutes(1L << Math.min(attempts - 1, 10));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    /** A target is told what is due as soon as that is asked for, whenever it was told last. */
    void hurry(TargetName target) {
        hurried.add(target);
    }

    /** How long there is nothing to do, as far as anybody knows now; at most so long. */
    Duration rest(Duration most) throws BackupException {
        Instant now = clock.instant();
        Optional<Instant> next = catalog.read(view -> view.notices(null, AT_ONCE)).stream().map(Notice::due).filter(due -> due != null && due.isAfter(now))
                .min(Comparator.naturalOrder());
        Duration until = next.map(time -> Duration.between(now, time)).orElse(most);
        return until.compareTo(most) > 0 ? most : until;
    }
}
