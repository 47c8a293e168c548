package org.azekura.server.job.copy;

import java.security.SecureRandom;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.PoolName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.CopyOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Parties;

/**
 * The two nodes of a copy, and the way between them. Either may dial the other: so one of them may be where nobody reaches it.
 *
 * @param from the pool of the one that gives
 * @param to   that of the one that takes
 */
public record CopyLink(JobRecord record, ConnectedNode giver, PoolName from, ConnectedNode taker, PoolName to) {

    private static final int SECRET_BYTES = 32;

    /**
     * Lets each expect the other, and connects them.
     *
     * @throws BackupException {@code pool.offline} if a node that has just joined has not opened its pool yet
     */
    public void begin() throws BackupException {
        try {
            order();
        } catch (BackupException e) {
            if (e.failure().code().equals("pool.unknown")) {
                throw BackupException.network("pool.offline", e.failure().subject(), "not open yet: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private void order() throws BackupException {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        giver.ask(new CopyOrder.BeginCopy(record.id(), from, true, taker.name(), secret), PoolAnswer.VolumeReady.class, Orders.PREPARE);
        taker.ask(new CopyOrder.BeginCopy(record.id(), to, false, giver.name(), secret), PoolAnswer.VolumeReady.class, Orders.PREPARE);
        connect();
    }

    /** @throws BackupException {@code transport.*}, {@code node.unreachable} if neither reaches the other */
    public void connect() throws BackupException {
        try {
            taker.ask(new CopyOrder.LinkCopy(record.id(), to, giver.reachedBy(taker), from), Answer.Done.class, Orders.PROMPT);
        } catch (BackupException e) {
            if (e.failure().kind() != Failure.Kind.NETWORK) {
                throw e;
            }
            try {
                giver.ask(new CopyOrder.LinkCopy(record.id(), from, taker.reachedBy(giver), to), Answer.Done.class, Orders.PROMPT);
            } catch (BackupException other) {
                other.addSuppressed(e);
                throw other.failure().code().equals("node.unreachable") ? e : other;
            }
        }
    }

    /** Both let go of it; what is under way is given up. */
    public void end() {
        Parties.release(record, taker);
        if (giver != taker) {
            Parties.release(record, giver);
        }
    }
}
