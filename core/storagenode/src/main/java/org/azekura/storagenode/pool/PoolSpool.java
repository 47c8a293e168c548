package org.azekura.storagenode.pool;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.storagenode.cartridge.spool.Buffered;
import org.azekura.storagenode.device.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where packs of a pool wait for tape. Who has to wait for that does so here, on a thread of his own and not as a call of the device: so it keeps no other call
 * from the device, nor its driver from being changed, which takes over what waits; and it ends with the job. On other media nothing waits. Thread-safe.
 */
public final class PoolSpool {

    private static final Duration SLICE = Duration.ofSeconds(1);
    /** Longer than a cartridge is calibrated, when it is new. */
    private static final Duration STILL = Duration.ofMinutes(150);
    private static final Logger LOG = LoggerFactory.getLogger(PoolSpool.class);

    private final Pool pool;

    PoolSpool(Pool pool) {
        this.pool = pool;
    }

    /** Ends a job that has ended. */
    @FunctionalInterface
    public interface Check {
        void check() throws BackupException;
    }

    private interface Step {
        boolean isDone(Buffered spool) throws BackupException;
    }

    /** Waits until another pack may wait. */
    public void awaitRoom(Check check) throws BackupException {
        await(check, "have room in its spool", spool -> spool.hasRoom(SLICE));
    }

    /** For who begins to rely on packs; null if nothing waits. If nobody can tell, that of no store: who serves the pool then has lost nothing before. */
    public Buffered.Mark mark() {
        Buffered now = pool.served().buffered();
        try {
            return now == null ? null : now.mark();
        } catch (BackupException e) {
            LOG.debug("pool {}: {}", pool.name(), e.getMessage());
            return new Buffered.Mark(0, 0, null);
        }
    }

    /**
     * Waits until all packs are on tape that are durable now.
     *
     * @param since when who waits began to rely on packs: none may be lost since then; null: now
     * @throws BackupException {@code spool.corrupt}: some were
     */
    void awaitTape(Check check, Buffered.Mark since) throws BackupException {
        Buffered now = pool.device().buffered();
        if (now != null) {
            Buffered.Mark last = now.mark();
            Buffered.Mark mark = since == null ? last : new Buffered.Mark(last.number(), since.losses(), since.of());
            await(check, "write what waits in its spool", spool -> spool.isOnTape(mark, SLICE));
        }
    }

    /**
     * The same, but only if this pack waits to take the place of another: until it has, that one is what is there should the spool be lost, so nobody says of the pack that it is sound.
     * Where it never gets there what can be read then is what there is.
     */
    void awaitPlace(Check check, PackId pack) throws BackupException {
        try {
            Buffered now = pool.device().buffered();
            if (now != null && now.replaces(pool.key(pack))) {
                awaitTape(check, null);
            }
        } catch (BackupException e) {
            if (!e.failure().code().equals("spool.corrupt")) {
                throw e;
            }
        }
    }

    private void await(Check check, String what, Step step) throws BackupException {
        long last = -1;
        long since = System.nanoTime();
        while (true) {
            Buffered spool = pool.device().buffered();
            try {
                if (spool == null || step.isDone(spool)) {
                    return;
                }
            } catch (BackupException e) {
                // Its driver was changed meanwhile: another one goes on.
                if (!e.failure().code().equals("device.closed") || pool.device().buffered() == spool) {
                    throw e;
                }
            }
            check.check();
            long progress = spool.progress();
            if (progress != last) {
                last = progress;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STILL.toNanos()) {
                throw BackupException.device("device.timeout", pool.order().device().value(), "device " + pool.order().device() + " did not " + what
                        + ": nothing has moved for " + STILL.toMinutes() + " min", null);
            }
        }
    }

    /** Has what an earlier run left get to tape. */
    void goOn() throws BackupException {
        goOn(pool.device());
    }

    /** The same with who serves it now. */
    void goOn(Device device) {
        Buffered spool = device.buffered();
        try {
            if (spool != null) {
                spool.begin();
                if (spool.mark().losses() > 0) {
                    // Some were put aside. To list all takes a while, and to note the damage stands behind what is being written.
                    Thread.ofVirtual().name("pool " + pool.name() + " looks for packs that are gone").start(pool::lookForGone);
                }
            }
        } catch (BackupException e) {
            LOG.warn("pool {}: what waits for tape can't be looked for yet: {}", pool.name(), e.getMessage());
        }
    }
}
