package org.azekura.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
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
    private boolean shared;
    private boolean troubled;

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

    private void look() {
        try {
            round();
            troubled = false;
        } catch (BackupException | RuntimeException e) {
            if (!troubled) {
                log.warn("keys of pools can't be shared with other servers of the catalog now: {}", e.getMessage());
            }
            troubled = true;
        }
    }

    void round() throws BackupException {
        if (!leads) {
            vault.follow();
            return;
        }
        boolean now = servers.isShared();
        if (now && !shared) {
            vault.share();
        } else if (!now && shared) {
            vault.shareNothing();
        }
        shared = now;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
