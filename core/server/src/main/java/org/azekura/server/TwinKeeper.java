package org.azekura.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.server.pool.PoolVault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every ten seconds after what servers of one catalog owe each other: who leads has keys of pools where the others find them as long as there are others, who stands by takes
 * them up. On a thread of its own.
 */
final class TwinKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TwinKeeper.class);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final boolean leads;
    private final ServerBook servers;
    private final PoolVault vault;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Whether what is shared is there; null as long as that is not known. */
    private Boolean shared;
    private volatile String trouble;

    TwinKeeper(boolean leads, ServerBook servers, PoolVault vault) {
        this.leads = leads;
        this.servers = servers;
        this.vault = vault;
    }

    /** Looks once, then begins to. */
    void open() {
        look();
        Thread.ofVirtual().name("server-twins").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void look() {
        try {
            round();
            trouble = null;
        } catch (BackupException | RuntimeException e) {
            if (!Objects.equals(trouble, e.getMessage())) {
                log.warn("keys of pools can't be shared with other servers of the catalog now: {}", e.getMessage());
            }
            trouble = e.getMessage();
        }
    }

    void round() throws BackupException {
        if (!leads) {
            vault.follow();
            return;
        }
        boolean now = servers.isShared();
        if (shared == null || now != shared) {
            shared = null; // what fails half is done again
            if (now) {
                vault.share();
            } else {
                vault.shareNothing();
            }
        }
        shared = now;
    }

    /** Of who leads: another server would lack keys after a take-over. */
    List<Alert> alerts() {
        String why = trouble;
        return why == null || !leads ? List.of() : List.of(Alert.of("server.keys", Severity.WARNING, Subject.APPLIANCE, Map.of("why", why),
                "keys of pools are not in order between the servers of the catalog, so another one may not be able to read a pool when it takes over: " + why));
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
