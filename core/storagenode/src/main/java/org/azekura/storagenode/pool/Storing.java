package org.azekura.storagenode.pool;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.engine.volume.AuditSegment;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.RegisterContent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes checkpoints, registers and the audit log of one pool, however often that was opened: one at a time, for two would get the same number. The lock is taken only when all
 * that waits for tape is there, which may take hours; so who waits for a device holds up nobody, and other pools have turns of their own. Thread-safe.
 */
public final class Storing {

    private static final Logger LOG = LoggerFactory.getLogger(Storing.class);

    private final ReentrantLock turn = new ReentrantLock();
    /** Checkpoints that have come as a whole. */
    private final AtomicLong came = new AtomicLong();
    /** The latest of those that is on the volume. */
    private long written;
    /** Why the last register is not there, if its device is to blame; else null. */
    private volatile BackupException lacking;

    /**
     * Writes a checkpoint, durable at return. It is taken from its sender as a whole before anything of the device is waited for: he keeps his catalog open for as
     * long as he sends. One that another has overtaken which came later is let go of, for that says more.
     *
     * @param open ends the wait, with a failure, when the pool is not open any more; asked once more when nothing is waited for: its medium may be another's by then
     * @throws BackupException if it is not there: nothing of it is. At once, if the device has just failed with the register that belongs to it
     */
    public void checkpoint(Pool pool, CheckpointBlobs.Parts parts, PoolSpool.Check open) throws BackupException {
        BackupException without = lacking;
        if (without != null) {
            throw new BackupException(new Failure(without.failure().code(), without.failure().kind(), true, without.failure().subject(),
                    "no checkpoint of pool " + pool.name() + " is written, for its register could not be: " + without.getMessage()), without);
        }
        try (SentParts sent = SentParts.take(parts, pool.folderOfIndex())) {
            long number = came.incrementAndGet();
            pool.spool().awaitTape(open, null);
            turn.lock();
            try {
                open.check();
                if (number > written) {
                    new CheckpointBlobs(pool).store(sent::next);
                    written = number;
                    // Whoever made a catalog anew has what he wanted.
                    pool.hand().letGo();
                } else {
                    LOG.info("pool {}: a checkpoint is not written, one that came later is there", pool.name());
                }
            } finally {
                turn.unlock();
            }
        }
    }

    /**
     * Writes a register, if the pool lies on cartridges, and has packs at all. Durable at return, behind all packs that are durable now.
     *
     * @param open as in {@link #checkpoint}
     * @throws BackupException if it is not there; if the device is to blame, the next checkpoint is refused, too, unless another register comes first
     */
    public void register(Pool pool, RegisterContent content, PoolSpool.Check open) throws BackupException {
        lacking = null;
        try {
            if (pool.recall().isPresent()) {
                pool.spool().awaitTape(open, null);
                turn.lock();
                try {
                    open.check();
                    Registers.write(pool, content);
                    // Who finds the cartridge without a note finds both.
                    pool.sumUp();
                } finally {
                    turn.unlock();
                }
            }
        } catch (BackupException e) {
            lacking = isOfDevice(e) ? e : null;
            throw e;
        }
    }

    /**
     * Writes a segment of the audit log. Durable at return.
     *
     * @param open as in {@link #checkpoint}
     */
    public void audit(Pool pool, AuditSegment segment, PoolSpool.Check open) throws BackupException {
        pool.spool().awaitTape(open, null);
        turn.lock();
        try {
            open.check();
            new AuditBlobs(pool).store(segment);
        } finally {
            turn.unlock();
        }
    }

    private static boolean isOfDevice(BackupException e) {
        return Device.isGone(e) || e.failure().kind() == Failure.Kind.DEVICE || e.failure().kind() == Failure.Kind.MEDIA;
    }
}
