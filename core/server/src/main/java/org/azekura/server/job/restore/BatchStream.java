package org.azekura.server.job.restore;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.transport.Stream;
import org.azekura.engine.plan.Intake;
import org.azekura.wire.MessageCodec;

/** The batches of a restore on their way to its client, which tells of those of a plan as it lies when each is where it belongs. One thread. */
final class BatchStream implements Intake {

    private static final Duration SEND_TIMEOUT = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Stream stream;
    private final Check check;
    private long sent;
    private long through;

    /** Throws why nothing more is sent. */
    @FunctionalInterface
    interface Check {
        void run() throws BackupException;
    }

    BatchStream(Stream stream, Check check) {
        this.stream = stream;
        this.check = check;
    }

    /** What the client has told by then is taken off first: a client that has no room left to tell reads nothing more either. */
    void send(RestoreBatch batch) throws BackupException {
        check.run();
        isThrough(sent);
        stream.send(MessageCodec.encode(batch), SEND_TIMEOUT);
        sent++;
    }

    @Override
    public long sent() {
        return sent;
    }

    @Override
    public boolean isThrough(long batch) throws BackupException {
        boolean heard = true;
        while (through < batch && heard) {
            heard = hear(Duration.ZERO);
        }
        return through >= batch;
    }

    @Override
    public void await(long batch) throws BackupException {
        while (through < batch) {
            check.run();
            hear(LOOK);
        }
    }

    /** Whether the client is through with one more. */
    private boolean hear(Duration timeout) throws BackupException {
        try {
            ByteBuffer word = stream.receive(timeout);
            if (word == null) {
                throw BackupException.network("transport.closed", "", "the client takes no more of the plan of its restore", null);
            }
            through++;
            return true;
        } catch (BackupException e) {
            if (!e.failure().code().equals("transport.timeout")) {
                throw e;
            }
            return false;
        }
    }
}
