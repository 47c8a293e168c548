package org.azekura.storagenode.cartridge.blob;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;

/** Lets one after the other work with a volume; whose turn it is writes for all that wait to be written. Safe for any number of threads. */
public final class Turns {

    private final Lane lane;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /** @param steps as {@link Lane} has it */
    public Turns(LongSupplier steps) {
        this.lane = new Lane(steps);
    }

    /** What is done in a turn. */
    public interface Turn<T> {
        T run() throws BackupException;
    }

    /** Writes all of these; those of which it says nothing are not written. */
    public interface Batch {
        void write(List<Waiting> all) throws BackupException;
    }

    /** How many wait to be written. */
    public int waiting() {
        return waiting.size();
    }

    /** @throws BackupException {@code device.busy}, {@code device.interrupted}, and what the turn throws */
    public <T> T take(String where, Turn<T> turn) throws BackupException {
        lane.lock(where);
        try {
            return turn.run();
        } finally {
            lane.unlock();
        }
    }

    /** Returns when somebody has written this: it is whoever gets a turn first. */
    public void write(String where, Waiting one, Batch batch) throws BackupException {
        waiting.add(one);
        try {
            take(where, () -> {
                if (!one.isDone()) {
                    writeAll(where, batch);
                }
                return null;
            });
        } catch (BackupException e) {
            if (waiting.remove(one)) {
                throw e;
            }
            // Somebody is writing it: until that has ended its content must stay.
            lane.await();
        }
        one.result();
    }

    private void writeAll(String where, Batch batch) {
        List<Waiting> all = new ArrayList<>();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            all.add(next);
        }
        try {
            batch.write(all);
        } catch (BackupException e) {
            all.forEach(one -> one.failed(e));
        } finally {
            all.stream().filter(one -> !one.isDone()).forEach(one -> one.failed(BackupException.bug(where + ": what waited was not written", null)));
        }
    }
}
