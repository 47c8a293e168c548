package org.azekura.server.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.api.server.Retention.Life;
import org.azekura.api.server.Retention.Spell;
import org.azekura.api.server.Retention.Trial;

/**
 * Tries rules: has snapshots come at their times, and asks {@link Survivors} at each of them, and whenever one is old enough for {@code within} to let go of it. Expiry
 * is taken to be prompt, and clocks to be right: the server itself keeps everything some minutes longer.
 */
final class Simulator {

    private static final int MAX_TIMES = 10_000;
    /** Snapshots looked at in all: a few seconds' work. */
    private static final long MAX_LOOKS = 2_000_000;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(366L * 100);

    private final Trial trial;
    private final long maxLooks;
    private final List<Aged> alive = new ArrayList<>();
    private final Map<SnapshotId, Growing> lives = new HashMap<>();
    private long looks;

    private static final class Growing {

        private final Map<Ground.Kind, Instant> open = new EnumMap<>(Ground.Kind.class);
        private final List<Spell> spells = new ArrayList<>();
        private Instant expired;
    }

    private Simulator(Trial trial, long maxLooks) {
        this.trial = trial;
        this.maxLooks = maxLooks;
    }

    /** @throws BackupException {@code simulation.invalid}, {@code simulation.large} */
    static List<Life> lives(Trial trial) throws BackupException {
        return lives(trial, MAX_LOOKS);
    }

    static List<Life> lives(Trial trial, long maxLooks) throws BackupException {
        if (trial.times().size() > MAX_TIMES) {
            throw large(trial.times().size() + " snapshots; at most " + MAX_TIMES + " can be tried at once");
        }
        if (trial.until().isAfter(LATEST)) {
            throw BackupException.operator("simulation.invalid", "", "nothing was tried: a trial ends before the year 10000");
        }
        for (Instant time : trial.times()) {
            if (Duration.between(time, trial.until()).compareTo(LONGEST) > 0) {
                throw BackupException.operator("simulation.invalid", time.toString(), "nothing was tried: " + time + " is more than a hundred years before the end " + trial.until());
            }
        }
        return new Simulator(trial, maxLooks).run();
    }

    private List<Life> run() throws BackupException {
        List<Aged> coming = new ArrayList<>();
        for (Instant time : trial.times().stream().sorted().filter(time -> !time.isAfter(trial.until())).toList()) {
            coming.add(new Aged(new SnapshotId(0, coming.size()), time, time));
        }
        int came = 0;
        for (Instant now : moments(coming)) {
            for (; came < coming.size() && !coming.get(came).received().isAfter(now); came++) {
                alive.add(coming.get(came));
                lives.put(coming.get(came).id(), new Growing());
            }
            look(now);
        }
        return coming.stream().map(snapshot -> life(snapshot, lives.get(snapshot.id()))).toList();
    }

    private NavigableSet<Instant> moments(List<Aged> coming) {
        NavigableSet<Instant> moments = new TreeSet<>();
        for (Aged snapshot : coming) {
            moments.add(snapshot.received());
            Instant old = snapshot.received().plus(trial.keep().within());
            if (!old.isAfter(trial.until())) {
                moments.add(old);
            }
        }
        return moments;
    }

    private void look(Instant now) throws BackupException {
        looks += alive.size();
        if (looks > maxLooks) {
            throw large("so many snapshots stay by \"" + trial.keep().text() + "\" that trying it takes too long; try a shorter time, or fewer snapshots a day");
        }
        List<Claim> claims = List.of(new Claim(null, trial.keep(), trial.zone(), alive));
        for (Fate fate : Survivors.of(alive, claims, List.of(), (since, keep) -> !since.plus(keep).isAfter(now))) {
            Growing life = lives.get(fate.snapshot().id());
            turn(life, fate, now);
            if (fate.expires()) {
                life.expired = now;
            }
        }
        alive.removeIf(snapshot -> lives.get(snapshot.id()).expired != null);
    }

    private static void turn(Growing life, Fate fate, Instant now) {
        var kinds = fate.reasons().stream().map(Ground::kind).collect(Collectors.toSet());
        for (Ground.Kind kind : List.copyOf(life.open.keySet())) {
            if (!kinds.contains(kind)) {
                life.spells.add(new Spell(kind.word(), life.open.remove(kind), now));
            }
        }
        kinds.forEach(kind -> life.open.putIfAbsent(kind, now));
    }

    private Life life(Aged snapshot, Growing life) {
        List<Spell> spells = new ArrayList<>(life.spells);
        life.open.forEach((kind, from) -> spells.add(new Spell(kind.word(), from, trial.until())));
        spells.sort((a, b) -> a.from().compareTo(b.from()));
        return new Life(snapshot.received(), life.expired, spells);
    }

    private static BackupException large(String why) {
        return BackupException.operator("simulation.large", "", "nothing was tried: " + why);
    }
}
