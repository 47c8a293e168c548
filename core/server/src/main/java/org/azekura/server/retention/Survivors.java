package org.azekura.server.retention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.Keep;
import org.azekura.api.SnapshotId;
import org.azekura.api.TimeSpan;
import org.azekura.server.media.LeftVolumes.Keeping;

/**
 * Which snapshots stay, and why: a pure function. What any rule of any policy wants stays; so does the newest of each claim, what is held beside the rules, what no policy
 * names, and what is not surely old.
 *
 * <p>A rule that counts days takes the newest days that have a snapshot, by the calendar of the policy's zone, and of each of them the newest snapshot. So it makes no
 * difference whether this was asked every hour or for the first time after years: what it takes today of an earlier day it has taken every day since, and that
 * day's newest never went.
 */
final class Survivors {

    private Survivors() {}

    /**
     * @param snapshots all there are, in any order
     * @param claims    on some of them
     * @return for each snapshot, oldest first
     */
    static List<Fate> of(List<Aged> snapshots, List<Claim> claims, List<Hold> holds, Keeping keeping) {
        Map<SnapshotId, List<Ground>> reasons = new LinkedHashMap<>();
        List<Aged> ordered = snapshots.stream().sorted(Aged.OLDEST_FIRST).toList();
        ordered.forEach(snapshot -> reasons.put(snapshot.id(), new ArrayList<>()));
        Set<SnapshotId> claimed = new HashSet<>();
        Set<SnapshotId> newest = new HashSet<>();
        for (Claim claim : claims) {
            claim.snapshots().forEach(snapshot -> claimed.add(snapshot.id()));
            claim.snapshots().stream().max(Aged.OLDEST_FIRST).ifPresent(snapshot -> newest.add(snapshot.id()));
            add(claim, keeping, reasons);
        }
        for (Hold hold : holds) {
            if (reasons.containsKey(hold.snapshot()) && hold.holds(keeping)) {
                reasons.get(hold.snapshot()).add(hold.reason());
            }
        }
        List<Fate> fates = new ArrayList<>();
        for (Aged snapshot : ordered) {
            List<Ground> why = reasons.get(snapshot.id());
            if (!claimed.contains(snapshot.id())) {
                why.addFirst(new Ground(Ground.Kind.FREE, ""));
            } else if (why.isEmpty() && newest.contains(snapshot.id())) {
                why.add(new Ground(Ground.Kind.NEWEST, ""));
            } else if (why.isEmpty() && !keeping.hasPassed(snapshot.stamp(), Duration.ZERO)) {
                why.add(new Ground(Ground.Kind.FRESH, ""));
            }
            fates.add(new Fate(snapshot, List.copyOf(why)));
        }
        return fates;
    }

    private static void add(Claim claim, Keeping keeping, Map<SnapshotId, List<Ground>> reasons) {
        List<Aged> newestFirst = claim.snapshots().stream().sorted(Aged.OLDEST_FIRST.reversed()).toList();
        Keep keep = claim.keep();
        for (int place = 0; place < newestFirst.size(); place++) {
            Aged snapshot = newestFirst.get(place);
            List<Ground> why = reasons.get(snapshot.id());
            if (keep.keepsAll()) {
                why.add(new Ground(Ground.Kind.ALL, String.valueOf(claim.policy()), claim.policy()));
            } else if (place < keep.last()) {
                why.add(new Ground(Ground.Kind.LAST, Integer.toString(place + 1), claim.policy()));
            }
            if (!keep.within().isZero() && !keeping.hasPassed(snapshot.stamp(), keep.within())) {
                why.add(new Ground(Ground.Kind.WITHIN, TimeSpan.format(keep.within()), claim.policy()));
            }
        }
        for (Calendar calendar : Calendar.values()) {
            count(claim, calendar, newestFirst, reasons);
        }
    }

    private static void count(Claim claim, Calendar calendar, List<Aged> newestFirst, Map<SnapshotId, List<Ground>> reasons) {
        int left = counted(claim.keep(), calendar);
        String span = null;
        for (Aged snapshot : newestFirst) {
            if (left == 0) {
                return;
            }
            String now = calendar.span(snapshot.received(), claim.zone());
            if (!now.equals(span)) {
                span = now;
                left--;
                reasons.get(snapshot.id()).add(new Ground(calendar.kind(), now, claim.policy()));
            }
        }
    }

    private static int counted(Keep keep, Calendar calendar) {
        return switch (calendar) {
            case HOURLY -> keep.hourly();
            case DAILY -> keep.daily();
            case WEEKLY -> keep.weekly();
            case MONTHLY -> keep.monthly();
            case YEARLY -> keep.yearly();
        };
    }
}
