package org.azekura.wire;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;

/** Which servers may order something: those that work under the newest lead that any of them has told of. Safe for any number of threads. */
final class Succession {

    private final Set<Meeting> meetings = ConcurrentHashMap.newKeySet();
    private long newest;

    synchronized void begun(Meeting meeting) {
        meetings.add(meeting);
    }

    /**
     * A server works under this lead.
     *
     * @return those that have told of an older one, if this one is new
     */
    synchronized List<Meeting> heard(Meeting from, long epoch) {
        from.epoch = epoch;
        boolean begins = epoch > newest;
        newest = Math.max(newest, epoch);
        notifyAll();
        return begins ? meetings.stream().filter(each -> each.epoch != Meeting.UNHEARD && each.epoch < newest).toList() : List.of();
    }

    synchronized boolean isBehind(Meeting meeting) {
        return meeting.epoch < newest;
    }

    /**
     * Waits until it is known that nobody has taken the place of this server.
     *
     * @throws BackupException {@code server.superseded} if somebody has, or the connection is over
     */
    synchronized void require(Meeting meeting) throws BackupException {
        try {
            while (meetings.contains(meeting) && (meeting.epoch == Meeting.UNHEARD || meeting.epoch < newest)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("transport.interrupted", meeting.server(), "interrupted while it was asked which server leads", e);
        }
        if (!meetings.contains(meeting)) {
            throw superseded(meeting);
        }
    }

    synchronized BackupException superseded(Meeting meeting) {
        return BackupException.operator("server.superseded", meeting.server(), meeting.server() + " works under lead " + Math.max(0, meeting.epoch)
                + ", and " + newest + " has begun: it is obeyed again when it has found that out");
    }

    synchronized void over(Meeting meeting) {
        meetings.remove(meeting);
        notifyAll();
    }
}
