package org.azekura.server.enrol;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then whether this host's own certificate has come to an age. */
final class OwnRenewal implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OwnRenewal.class);
    /** The last third of its life is long enough for thirty failures. */
    private static final int LOOKS = 100;
    /** The time may turn out to be another than when it was made. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final CountDownLatch closed = new CountDownLatch(1);

    private OwnRenewal() {}

    static OwnRenewal begin(OwnIdentity own, Duration life) {
        OwnRenewal renewal = new OwnRenewal();
        Duration pause = life.dividedBy(LOOKS).compareTo(LONGEST) < 0 ? life.dividedBy(LOOKS) : LONGEST;
        Thread.ofVirtual().name("server-certificate").start(() -> renewal.run(own, pause));
        return renewal;
    }

    private void run(OwnIdentity own, Duration pause) {
        try {
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    own.ensure();
                } catch (BackupException | RuntimeException e) {
                    log.warn("the certificate of this host can't be renewed: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
