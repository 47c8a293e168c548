package org.azekura.server.job.restore;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.Message;
import org.azekura.api.message.RestorePoint;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.wire.MessageCodec;

/**
 * How far one restore is, kept in the catalog as settings for as long as somebody may order the job to go on: until it has come to its end well, or
 * the next prune after its snapshot was deleted. They are {@code restore.JOB.point}, and {@code restore.JOB.problems.N} with the problems found up to
 * it, from 0 on; both are messages in Base64. What attempts got elsewhere is {@code restore.JOB.elsewhere}, a line for each pool with its name, chunks and bytes.
 * Safe for any number of threads.
 */
public final class RestorePoints {

    private static final int PROBLEMS_AT_ONCE = 4_000;
    private static final String SETTING = "restore.";

    private final CatalogStore catalog;
    private final JobId job;
    /** Problems that are kept. */
    private int told;
    /** Settings in which they are. */
    private int pieces;

    RestorePoints(CatalogStore catalog, JobId job) {
        this.catalog = catalog;
        this.job = job;
    }

    /** The latest, null if there is none. @param problems gets those that were found up to it */
    synchronized RestorePoint load(List<PathProblem> problems) throws BackupException {
        return catalog.read(view -> {
            RestorePoint point = view.setting(name("point")).isEmpty() ? null : read(view, "point", ClientReport.Placed.class).point();
            for (pieces = 0; point != null && view.setting(piece(pieces)).isPresent(); pieces++) {
                problems.addAll(read(view, "problems." + pieces, ClientReport.Findings.class).problems());
            }
            told = problems.size();
            return point;
        });
    }

    /** @param problems all that were found up to the point; those of earlier points come first */
    synchronized void keep(RestorePoint point, List<PathProblem> problems) throws BackupException {
        pieces = catalog.write(edit -> {
            int next = pieces;
            for (int from = told; from < problems.size(); from += PROBLEMS_AT_ONCE) {
                List<PathProblem> some = problems.subList(from, Math.min(problems.size(), from + PROBLEMS_AT_ONCE));
                edit.putSetting(piece(next++), text(new ClientReport.Findings(job, List.copyOf(some), List.of())));
            }
            edit.putSetting(name("point"), text(new ClientReport.Placed(job, point)));
            return next;
        });
        told = problems.size();
    }

    /** What attempts before have got from other places. */
    List<JobResult.Elsewhere> elsewhere() throws BackupException {
        return catalog.read(view -> view.setting(name("elsewhere"))).stream().flatMap(String::lines).map(line -> line.split(" "))
                .map(words -> new JobResult.Elsewhere(new PoolName(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]))).toList();
    }

    /** @param all of this attempt and those before */
    void keep(List<JobResult.Elsewhere> all) throws BackupException {
        catalog.write(edit -> {
            edit.putSetting(name("elsewhere"), all.stream().map(one -> one.pool() + " " + one.chunks() + " " + one.bytes()).collect(Collectors.joining("\n")));
            return null;
        });
    }

    /** All is restored anew, and what could not be is found again. */
    synchronized void beginAnew() throws BackupException {
        catalog.write(edit -> {
            forgetPoint(edit);
            return null;
        });
        told = 0;
        pieces = 0;
    }

    /** The job has come to its end. */
    synchronized void forget() throws BackupException {
        catalog.write(edit -> {
            forget(edit);
            return null;
        });
    }

    /**
     * Lets go of what is kept of restores that failed or were cancelled and whose snapshots are gone.
     *
     * @return of how many
     */
    public static int forgetUseless(CatalogStore catalog) throws BackupException {
        Set<JobId> kept = catalog.read(view -> view.settings(SETTING)).keySet().stream().map(name -> name.substring(SETTING.length()).split("\\.")[0]).map(JobId::parse)
                .collect(Collectors.toSet());
        return kept.isEmpty() ? 0 : catalog.write(edit -> {
            int count = 0;
            for (JobId job : kept) {
                if (isUseless(edit, job)) {
                    new RestorePoints(catalog, job).forget(edit);
                    count++;
                }
            }
            return count;
        });
    }

    /** The row of a restore is deleted: nobody can order it to go on any more. */
    public static void forget(CatalogEdit edit, JobId restore) throws BackupException {
        new RestorePoints(null, restore).forget(edit);
    }

    private static boolean isUseless(CatalogView view, JobId id) throws BackupException {
        Job job = view.job(id).orElse(null);
        return job == null || job.state().ended() && JobCodecs.ORDERS.decode(job.order()) instanceof JobOrder.Restore restore
                && view.snapshot(restore.snapshot()).isEmpty();
    }

    private void forget(CatalogEdit edit) throws BackupException {
        edit.deleteSetting(name("elsewhere"));
        forgetPoint(edit);
    }

    private void forgetPoint(CatalogEdit edit) throws BackupException {
        edit.deleteSetting(name("point"));
        for (int piece = 0; edit.setting(piece(piece)).isPresent(); piece++) {
            edit.deleteSetting(piece(piece));
        }
    }

    private String name(String what) {
        return SETTING + job + "." + what;
    }

    private String piece(int number) {
        return name("problems." + number);
    }

    private <M extends Message> M read(CatalogView view, String what, Class<M> type) throws BackupException {
        byte[] bytes = Base64.getDecoder().decode(view.setting(name(what)).orElse(""));
        return MessageCodec.decode(ByteBuffer.wrap(bytes), type);
    }

    private static String text(Message message) {
        ByteBuffer bytes = MessageCodec.encode(message);
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }
}
