package org.azekura.server.job;

import java.util.ArrayList;
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
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt that is offered to other servers first. Whoever takes it carries it out with connections of its own; if nobody does, or gives it back unbegun, this server does. */
final class OfferedRun implements Run {

    private static final Logger log = LoggerFactory.getLogger(OfferedRun.class);
    /** Who hears of it takes it within milliseconds. */
    private static final long UNTAKEN_ms = 1500;
    private static final long LOOK_ms = 200;
    private static final long SOON_ms = 30;
    /** With a database that is away nobody can be asked. */
    private static final long UNANSWERED_ms = 5_000;
    private static final Set<Job.Kind> FOLLOWERS = Set.of(Job.Kind.COPY, Job.Kind.LOCK, Job.Kind.HEAL);

    private final CatalogStore catalog;
    private final Desk desk;
    private final JobRecord record;
    private final Run own;
    private final Halt halt = new Halt();
    /** Whether this server itself carries it out; until then its client is whoever's takes it. */
    private volatile boolean here;
    private volatile boolean committing;
    private List<Job> next;
    /** By {@link System#nanoTime}: since when nobody could be asked; 0: somebody can. */
    private long unanswered;
    /** Whether somebody wants this thread to hurry: who asks the database must not be interrupted, or loses the connection. */
    private boolean interrupted;

    /** What it asks of the server around it. */
    interface Desk {

        /** What is offered of this attempt; null: nothing, it is carried out here. */
        Offer offer();

        /** Of the store that keeps the catalog just now. */
        Offers offers();

        void began(boolean elsewhere);

        void ended(boolean elsewhere);

        /** No attempt of the job is offered again. */
        void tried();

        /** What another server made is in the catalog. @param end the row of the job's end */
        void committed(Job end) throws BackupException;

        /** The job is over. */
        void over();
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
        Offer offer = desk.offer();
        if (offer == null) {
            return carryOutHere();
        }
        desk.began(true);
        try {
            if (isTaken(offer)) {
                End end = awaitEnd(offer);
                desk.tried();
                record.reread();
                if (!(end instanceof End.Returned)) {
                    return ended(end);
                }
            }
        } finally {
            desk.ended(true);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return carryOutHere();
    }

    private Job carryOutHere() throws BackupException {
        here = true;
        desk.began(false);
        try {
            return own.carryOut();
        } finally {
            desk.ended(false);
        }
    }

    /** Whether another has it; if not, no other ever will. */
    private boolean isTaken(Offer offer) throws BackupException {
        if (!asked(() -> desk.offers().put(offer)).orElse(true)) {
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

    private Job ended(End end) throws BackupException {
        Job row = record.job();
        if (end instanceof End.Failed(var why)) {
            throw new BackupException(why);
        }
        if (!row.state().ended()) {
            throw BackupException.network(Obstacle.SERVER_GONE, record.id().toString(), "the server that carried out job " + record.id() + " is gone", null);
        }
        next = end instanceof End.Done(List<JobId> follow) ? jobs(follow) : followers();
        try {
            desk.committed(row);
        } catch (BackupException e) {
            log.warn("job={} what comes behind its end comes with the next backup: {}", record.id(), e.getMessage());
        }
        return row;
    }

    private List<Job> jobs(List<JobId> ids) throws BackupException {
        return catalog.read(view -> {
            List<Job> jobs = new ArrayList<>();
            for (JobId id : ids) {
                view.job(id).filter(job -> job.state() == Job.State.QUEUED).ifPresent(jobs::add);
            }
            return jobs;
        });
    }

    /** Whoever put them is gone and could not name them. Who has one under way already is not disturbed. */
    private List<Job> followers() throws BackupException {
        return jobs(catalog.read(view -> view.jobs(true)).stream().filter(job -> job.state() == Job.State.QUEUED && FOLLOWERS.contains(job.kind())
                && job.id().value() > record.id().value()).map(Job::id).toList());
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws BackupException;
    }

    /**
     * Empty if nobody can be asked just now; then it is asked again.
     *
     * @throws BackupException why it is to end, if that was said and nobody could be asked for long
     */
    private <T> Optional<T> asked(Question<T> question) throws BackupException {
        interrupted |= Thread.interrupted();
        try {
            T answer = question.ask();
            unanswered = 0;
            return Optional.of(answer);
        } catch (BackupException | IllegalStateException e) {
            log.debug("job={} offers can't be seen: {}", record.id(), e.getMessage());
            unanswered = unanswered == 0 ? System.nanoTime() : unanswered;
            if (System.nanoTime() - unanswered > TimeUnit.MILLISECONDS.toNanos(UNANSWERED_ms)) {
                halt.check();
            }
            return Optional.empty();
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
        desk.over();
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
