package org.azekura.storagenode.cartridge.spool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Waiting;

/** What is written behind all packs that were durable before it, and those who wait for that. All of it under the lock of its {@link Drain}. */
final class Fences {

    private final Losses losses;
    /** With the losses there were when each came. */
    private final Map<Waiting, Long> all = new LinkedHashMap<>();
    /** Those of them that wait for what is being written; what comes meanwhile waits for the next time. */
    private List<Waiting> behind = List.of();

    Fences(Losses losses) {
        this.losses = losses;
    }

    void add(Waiting one) {
        all.put(one, losses.count());
    }

    /** Whether it waits still. */
    boolean has(Waiting one) {
        return all.containsKey(one);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Those that are written now. */
    List<Waiting> next() {
        behind = List.copyOf(all.keySet());
        return behind;
    }

    /** Those that were to be written now have been, or will not be. */
    void end(BackupException why) {
        end(behind, why);
    }

    /** None will be. */
    void endAll(BackupException why) {
        end(List.copyOf(all.keySet()), why);
    }

    private void end(List<Waiting> some, BackupException why) {
        some.forEach(one -> one.failed(why));
        some.forEach(all::remove);
        behind = List.of();
    }

    /** Those fail that say that packs are there of which one is not any more. */
    void refuseBehindLosses() {
        for (Waiting one : behind) {
            try {
                losses.requireNoneSince(Keys.countsOnPacks(one.key()) && !one.isDeletion() ? all.get(one) : Long.MAX_VALUE);
            } catch (BackupException e) {
                one.failed(e);
            }
        }
    }
}
