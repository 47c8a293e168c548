package org.azekura.api.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Attempts of jobs that the server which leads offers to those that take part in its lead. Each is carried out by one server at most: by who has taken it, or, once it was
 * withdrawn, by who offered it. What is here is no content of the catalog. Safe for any number of threads.
 *
 * <p>Every call throws if the catalog's database can't be reached. Nobody knows then whether it was done, or will be still: that an offer is not seen then is no proof that it never will be, and
 * only {@link #withdraw} settles it. That the attempt of a job commits once at most is made sure by the job's row, in the change that commits.
 */
@ConsumerType
public interface Offers {

    /** Whether a server takes part in the lead of this one, as far as was seen some seconds ago. */
    boolean isAnybodyThere();

    /**
     * Offers an attempt, in the place of an earlier one of its job.
     *
     * @return false if this server does not lead: nothing is offered
     */
    boolean put(Offer offer) throws BackupException;

    /** Takes an offer back, also one of which nobody knows whether it was put. @return whether nobody has taken it, nor ever will */
    boolean withdraw(Offer offer) throws BackupException;

    /** How an offer stands; empty: it is not there any more, and whoever had it commits nothing more of it. */
    Optional<Standing> look(Offer offer) throws BackupException;

    /** Says to whoever has taken it how it is to end. */
    void wish(Offer offer, Failure why) throws BackupException;

    /** Nobody wants to know any more how it stands. */
    void remove(Offer offer) throws BackupException;

    /**
     * Waits for an offer and takes it. From one thread at a time.
     *
     * @param wanted whether this server can carry it out now
     * @return empty if there was none in this time, or this server takes part no more
     * @throws BackupException also if nothing can be taken here ever again: whoever asks again waits before
     */
    Optional<Offer> take(Predicate<Offer> wanted, Duration patience) throws BackupException;

    /**
     * Tells how far an attempt is that was taken here.
     *
     * @return how it is to end, if who offered it has said so
     * @throws BackupException {@code offer.gone} if it is not this server's any more: what it would commit of it is refused
     */
    Optional<Failure> tell(Offer offer, Progress progress) throws BackupException;

    /** An attempt that was taken here has ended. Nothing if it is not this server's any more. */
    void end(Offer offer, End end) throws BackupException;

    /**
     * One attempt.
     *
     * @param attempt its number, which grows for one job
     * @param client  who does the client's part
     * @param node    on whose volumes it works
     */
    record Offer(JobId job, int attempt, ClientName client, NodeName node) {}

    /** How far an attempt is, as its job's progress says. */
    record Progress(String phase, long files, long bytes, long stored) {}

    /** How an offer stands. */
    sealed interface Standing {

        /** Nobody has taken it. */
        record Waits() implements Standing {}

        /** @param server the name of its host */
        record Taken(String server, Progress progress) implements Standing {}

        /** @param server the name of the host of whoever had taken it */
        record Ended(String server, End end) implements Standing {}
    }

    /** How an attempt ended. */
    sealed interface End {

        /** The job's end is in the catalog. @param next jobs that are there with it, and that nobody has begun */
        record Done(List<JobId> next) implements End {}

        record Failed(Failure why) implements End {}

        /** Nothing of it was begun. */
        record Returned(String why) implements End {}

        /** The server that had it is gone, and commits nothing more of it. */
        record Gone() implements End {}
    }
}
