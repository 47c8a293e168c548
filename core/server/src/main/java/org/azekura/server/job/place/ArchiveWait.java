package org.azekura.server.job.place;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ThawOrder;
import org.azekura.server.budget.UseBook;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;

/**
 * Has brought from the archive what a job reads, and has the job wait for it. The device itself is the record of what was asked for, so nothing is asked for twice while it comes, whatever ends
 * the job or the server; only until when a job waits is kept, as the setting {@code thaw.JOB} with the moment of its asking, that of its end, and
 * what the asking costs.
 *
 * @param place a pool, or a replica of one
 */
public record ArchiveWait(Stage stage, JobRecord record, Pool place, ConnectedNode node) {

    private static final String SETTING = "thaw.";
    /** Copies stay for this time and twice as long as reading should take: who restores may have to wait for a host. */
    private static final Duration KEPT = Duration.ofDays(3);
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    /**
     * @param until nobody says that it is there before
     * @param cost  as {@link Thawing#cost}
     */
    private record Asked(Instant at, Instant until, long cost) {

        static Asked parse(String text) {
            String[] words = text.split(" ");
            return new Asked(Instant.parse(words[0]), Instant.parse(words[1]), Long.parseLong(words[2]));
        }
    }

    /**
     * Returns if nothing of it lies in the archive.
     *
     * @param reading how long that takes once all is there, about
     * @throws BackupException {@link Obstacle#ARCHIVED}, with the moment as its subject until which the job waits; what the device says if it can't be asked
     */
    public void require(Thawing thawing, Duration reading) throws BackupException {
        Optional<Asked> before = stage.catalog().read(view -> view.setting(name(record.id()))).map(Asked::parse);
        if (!thawing.cold().isAny()) {
            if (before.isPresent()) {
                stage.catalog().write(edit -> {
                    edit.deleteSetting(name(record.id()));
                    return null;
                });
            }
            return;
        }
        Asked asked = thawing.cold().archived().isEmpty() ? comes(thawing, before) : ask(thawing, reading);
        Duration left = Duration.between(stage.clock().instant(), asked.until);
        throw BackupException.media(Obstacle.ARCHIVED, asked.until.toString(), "pool " + place.name() + ": " + thawing.words() + "; asked for at " + LOCAL.format(asked.at) + ", "
                + Nearness.time(left.isNegative() ? Duration.ZERO : left) + " until it can be read" + Thawing.money(asked.cost), null);
    }

    private Asked ask(Thawing thawing, Duration reading) throws BackupException {
        Instant now = stage.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Asked asked = new Asked(now, now.plus(thawing.waits()), thawing.cost());
        // Before the asking: who is cut off in between waits, and then asks for what is left.
        stage.catalog().write(edit -> {
            edit.putSetting(name(record.id()), asked.at + " " + asked.until + " " + asked.cost);
            UseBook.thawed(edit, place.node(), place.device(), stage.clock().likely(), asked.cost);
            return null;
        });
        List<PackId> packs = thawing.cold().archived();
        long keep_s = KEPT.plus(reading.multipliedBy(2)).toSeconds();
        for (int from = 0; from < packs.size(); from += ThawOrder.PACKS) {
            node.ask(new ThawOrder.ThawPacks(place.name(), packs.subList(from, Math.min(packs.size(), from + ThawOrder.PACKS)), thawing.tier().name(), keep_s), Answer.Done.class, Orders.READ);
        }
        record.line(JobLine.Level.WARN, "asks the archive of pool " + place.name() + " for " + packs.size() + " packs, " + thawing.cold().bytes() + " bytes, by " + thawing.tier().name()
                + ": about " + Nearness.time(thawing.waits()) + Thawing.money(thawing.cost()));
        return asked;
    }

    /** What has not come by the time said, or was asked for by somebody else, is looked for again after a part of the time that the device names. */
    private Asked comes(Thawing thawing, Optional<Asked> before) {
        Instant now = stage.clock().instant();
        Duration part = thawing.waits().dividedBy(4);
        Instant next = now.plus(part.compareTo(LEAST) < 0 ? LEAST : part).truncatedTo(ChronoUnit.MILLIS);
        return before.map(asked -> asked.until.isAfter(now) ? asked : new Asked(asked.at, next, asked.cost)).orElse(new Asked(now, next, 0));
    }

    private static String name(JobId job) {
        return SETTING + job;
    }

    /** Forgets what is kept of jobs that have ended. */
    public static void tidy(CatalogEdit edit) throws BackupException {
        for (String name : edit.settings(SETTING).keySet()) {
            if (isOver(edit, name.substring(SETTING.length()))) {
                edit.deleteSetting(name);
            }
        }
    }

    private static boolean isOver(CatalogView view, String job) throws BackupException {
        return view.job(new JobId(Long.parseLong(job))).map(Job::state).map(Job.State::ended).orElse(true);
    }
}
