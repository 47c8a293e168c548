package org.azekura.server.job;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Offers;
import org.azekura.api.catalog.Offers.End;
import org.azekura.api.catalog.Offers.Offer;
import org.azekura.api.catalog.Offers.Standing;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.server.job.run.Followers;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt that is offered to other servers first. Whoever takes it carries it out with connections of its own; if nobody does, or gives it back unbegun, this server does.
 *
 * <p>It lasts until nobody else can end the attempt any more: the offer was withdrawn, or whoever had it has ended or is gone. With a database that does not answer it waits, also if it is to end;
 * only where this server has no catalog any more it leaves, for what it would write of the job then is refused. Then the job's row decides what became of it.
 */
final class OfferedRun implements Run {

    private static final Logger log = LoggerFactory.getLogger(OfferedRun.class);
    /** Who hears of it takes it within milliseconds. */
    private static final long UNTAKEN_ms = 1500;
    private static final long LOOK_ms = 200;
    private static final long SOON_ms = 30;
    /** What may be in the way of a volume, and who leads can do something about it. */
    private static final Set<String> VOLUMES = Set.of("volume.unlabelled", Obstacle.MISSING, "volume.quarantined");

    private final CatalogStore catalog;
    private final Desk desk;
    private final JobRecord record;
    private final Run own;
    private final Halt halt = new Halt();
    /** Whether this server itself carries it out; until then its client is whoever's takes it. */
    private volatile boolean here;
    private volatile boolean committing;
    private List<Job> next;
    /** Whether somebody wants this thread to hurry: who asks the database must not be interrupted, or loses the connection. */
    private boolean interrupted;

    /** What it asks of the server around it. */
    interface Desk {

        /** What is offered of this attempt, which counts as another server's from now on; null: nothing, it is carried out here, and counts so. */
        Offer offer();

        /** Of the store that keeps the catalog just now. */
        Offers offers();

        /** What was offered is carried out here after all. */
        void here();

        /** The attempt is over, also if {@link #offer} failed. */
        void ended();

        /** What another server made is in the catalog. @param end the row of the job's end */
        void committed(Job end) throws BackupException;
    }

    /** @param own what this server would do itself */
    OfferedRun(CatalogStore catalog, Desk desk, JobRecord record, Run own) {
        this.catalog = catalog;
        this.desk = desk;
        this.record = record;
        this.own = own;
    }

    @Override
    public Job carryOut() throws BackupException {
        try {
            Offer offer = desk.offer();
            if (offer != null) {
                Job end = elsewhere(offer);
                if (end != null) {
                    return end;
                }
                halt.check();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                desk.here();
            }
            here = true;
            return own.carryOut();
        } finally {
            desk.ended();
        }
    }

    /** @return null if nobody took it, or it was given back: the attempt is still to be begun */
    private Job elsewhere(Offer offer) throws BackupException {
        if (!isTaken(offer)) {
            return null;
        }
        End end = awaitEnd(offer);
        insist(() -> {
            record.reread();
            return true;
        });
        if (record.job().state().ended()) {
            return behind(end);
        }
        committing = false;
        broken(end);
        return null;
    }

    /** Whether another has it; if not, no other ever will. */
    private boolean isTaken(Offer offer) throws BackupException {
        Optional<Boolean> put = asked(() -> desk.offers().put(offer));
        // one whose answer was lost may become one later still: only who takes it back knows
        if (put.isPresent() ? !put.get() : insist(() -> desk.offers().withdraw(offer))) {
            return false;
        }
        for (long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(UNTAKEN_ms);; pause(SOON_ms)) {
            Optional<Optional<Standing>> seen = asked(() -> desk.offers().look(offer));
            if (seen.isPresent()) {
                if (seen.get().isEmpty()) {
                    return false;
                }
                if (!(seen.get().get() instanceof Standing.Waits)) {
                    return true;
                }
                if ((halt.isSaid() || System.nanoTime() > end) && asked(() -> desk.offers().withdraw(offer)).orElse(false)) {
                    return false;
                }
            }
        }
    }

    private End awaitEnd(Offer offer) throws BackupException {
        BackupException wished = null;
        while (true) {
            Optional<Standing> seen = asked(() -> desk.offers().look(offer)).orElse(Optional.of(new Standing.Waits()));
            switch (seen.orElse(new Standing.Ended("", new End.Gone()))) {
                case Standing.Waits _ -> log.debug("job={} nobody can say how it stands", record.id());
                case Standing.Taken(var server, var progress) -> show(progress);
                case Standing.Ended(var server, var end) -> {
                    committing = true; // nobody need interrupt it any more
                    asked(() -> {
                        desk.offers().remove(offer);
                        return true;
                    });
                    tell(server, end);
                    return end;
                }
            }
            BackupException why = halt.said();
            if (why != null && why != wished && asked(() -> {
                desk.offers().wish(offer, why.failure());
                return true;
            }).isPresent()) {
                wished = why;
            }
            pause(LOOK_ms);
        }
    }

    private void show(Offers.Progress progress) {
        if (!progress.phase().isEmpty()) {
            committing = progress.phase().equals("committing");
            if (!progress.phase().equals(record.progress().phase())) {
                record.phase(progress.phase());
            }
            record.progress(progress.files(), progress.bytes(), progress.stored());
        }
    }

    private void tell(String server, End end) {
        switch (end) {
            case End.Returned(String why) -> record.line(JobLine.Level.INFO, "server " + server + " can't carry it out, this one does: " + why);
            case End.Gone _ -> record.line(JobLine.Level.WARN, "the server that carried it out is gone" + (server.isEmpty() ? "" : ": " + server));
            case End.Done _, End.Failed _ -> {}
        }
    }

    /** Behind the job's end in the catalog nothing is in the way of it any more: what can't be found out now is found when it is needed. */
    private Job behind(End end) {
        Job row = record.job();
        interrupted |= Thread.interrupted();
        if (end instanceof End.Failed(var why)) {
            record.line(JobLine.Level.WARN, JobRecord.BEHIND + why.message());
        }
        Followers followers = new Followers(catalog, row.id());
        next = end instanceof End.Done(List<JobId> follow) ? followers.named(follow) : followers.found();
        try {
            interrupted |= Thread.interrupted();
            desk.committed(row);
        } catch (BackupException | RuntimeException e) {
            log.warn("job={} what comes behind its end comes with the next backup: {}", record.id(), e.getMessage());
        }
        interrupted |= Thread.interrupted();
        return row;
    }

    /** Returns if the attempt is still to be begun. */
    private void broken(End end) throws BackupException {
        switch (end) {
            case End.Returned _ -> {}
            case End.Failed(var why) when VOLUMES.contains(why.code()) -> throw BackupException.network(Obstacle.SERVER_GONE, record.id().toString(),
                    "the server that carried it out could not go on, this one looks after the volume: " + why.message(), null);
            case End.Failed(var why) when !why.code().equals(Obstacle.OFFER_GONE) -> throw new BackupException(why);
            case End.Failed _, End.Done _, End.Gone _ ->
                    throw BackupException.network(Obstacle.SERVER_GONE, record.id().toString(), "the server that carried out job " + record.id() + " is gone", null);
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws BackupException;
    }

    /**
     * Empty if nobody can be asked just now; then it is asked again.
     *
     * @throws BackupException why it is to end, if that was said and this server has no catalog any more
     */
    private <T> Optional<T> asked(Question<T> question) throws BackupException {
        interrupted |= Thread.interrupted();
        try {
            return Optional.of(question.ask());
        } catch (BackupException | IllegalStateException e) {
            log.debug("job={} offers can't be seen: {}", record.id(), e.getMessage());
            if (!(e instanceof BackupException why) || why.failure().code().equals("catalog.closed")) {
                halt.check();
            }
            return Optional.empty();
        }
    }

    /** Asks until there is an answer. */
    private <T> T insist(Question<T> question) throws BackupException {
        for (;; pause(LOOK_ms)) {
            Optional<T> answer = asked(question);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
    }

    /** Who interrupts has said before what is to be, and it is whoever has the attempt that ends it. */
    private void pause(long ms) {
        for (long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms); System.nanoTime() < end;) {
            try {
                TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    @Override
    public List<Job> next() {
        return next != null ? next : own.next();
    }

    @Override
    public void stop(BackupException why) {
        if (!here && why.failure().code().equals(Obstacle.CLIENT_LEFT)) {
            return; // whoever carries it out has a connection of its own with the client, and a run that begins here looks for it
        }
        halt.say(why);
        own.stop(why);
    }

    @Override
    public boolean committing() {
        return committing || own.committing();
    }

    @Override
    public ClientName client() {
        return own.client();
    }

    @Override
    public List<ChunkId> pages() {
        return own.pages();
    }

    @Override
    public RawPath target() {
        return own.target();
    }

    @Override
    public void nodeSays(NodeName node, String text) {
        own.nodeSays(node, text);
    }

    @Override
    public void over() {
        own.over();
    }

    @Override
    public void report(ClientReport report) throws BackupException {
        own.report(report);
    }

    @Override
    public void packWritten(NodeName node, NodeReport.PackWritten written) throws BackupException {
        own.packWritten(node, written);
    }

    @Override
    public void trees(StreamOpening.StoreTrees opening, Stream stream) throws BackupException {
        own.trees(opening, stream);
    }
}
