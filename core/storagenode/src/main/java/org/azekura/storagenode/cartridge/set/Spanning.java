package org.azekura.storagenode.cartridge.set;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.BlobStore.Space;
import org.azekura.storagenode.cartridge.blob.Held;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches on the last cartridge of a set, and on the next one where that ends. The order stays: what is behind a blob in a batch is not on an earlier
 * cartridge than it. One thread at a time, but for {@link #space}.
 */
final class Spanning {

    /** That there is no cartridge is believed for so long. */
    private static final long BELIEVED = TimeUnit.MINUTES.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(Spanning.class);

    private final Shelf shelf;
    private final PoolName pool;
    private final Finding finding;
    private final Growing growing;
    private final Copies rings;
    /** The last one, which had no room; it may have been taken out since. */
    private Tape spent;
    private volatile boolean away;
    private volatile boolean none;
    private volatile long noneSince;

    /** The key rings that each cartridge gets. */
    interface Copies {
        Held all() throws BackupException;
    }

    Spanning(Shelf shelf, PoolName pool, Finding finding, Copies rings) {
        this.shelf = shelf;
        this.pool = pool;
        this.finding = finding;
        this.growing = new Growing(shelf, pool, finding);
        this.rings = rings;
    }

    /** Whether a drive or the changer did not answer when something was to be written. Any thread. */
    boolean isAway() {
        return away;
    }

    /** It answers. */
    void isBack() {
        away = false;
    }

    /** As {@link MediaSet#write}, once there is a cartridge. */
    void write(List<Waiting> batch) throws BackupException {
        write(batch, key -> new Union(finding.tapes()).find(key) != null);
    }

    /**
     * The same.
     *
     * @param taken whether there is a blob of that name, so that no other can be written
     */
    void write(List<Waiting> batch, Predicate<String> taken) throws BackupException {
        try {
            writeAll(batch, taken);
            away = false;
        } catch (BackupException problem) {
            BackupException e = Trouble.at(finding.where(), problem);
            away = Trouble.isAway(e);
            throw e;
        }
    }

    private void writeAll(List<Waiting> batch, Predicate<String> taken) throws BackupException {
        tell();
        boolean givenUp = false;
        for (;;) {
            Tape last = finding.tapes().getLast();
            BackupException why = last.isClosed() ? Trouble.full(last.where(), "another cartridge followed it") : null;
            if (why == null) {
                try {
                    if (last.write(batch, taken)) {
                        continue;
                    }
                } catch (BackupException e) {
                    // One cartridge that takes nothing is given up; a second one says that the drive is to blame. So does one that was labelled just before, in
                    // whichever attempt: a bad drive must not use up all that are blank.
                    if (!Trouble.isOfCartridge(e) || givenUp || Trouble.is(e, "media.write") && last.volume().isFresh()) {
                        throw e;
                    }
                    givenUp = true;
                    why = last == spent && Trouble.is(e, "volume.missing") ? Trouble.full(last.where(), "it had no room") : e;
                }
            }
            Waiting first = batch.stream().filter(one -> !one.isDone()).findFirst().orElse(null);
            if (first == null) {
                return;
            }
            BackupException full = Trouble.full(last.where(), "there is no room for \"" + first.key() + "\" of " + first.size() + " bytes");
            if (why == null && last.volume().isFresh()) {
                first.failed(full);
                last.room().isWhole();
            } else if (!isFollowed(last, why == null ? full : why)) {
                if (why != null) {
                    throw why;
                }
                first.failed(full);
            }
        }
    }

    /**
     * The last cartridge is not written any more.
     *
     * @throws BackupException why, if no other one takes its place
     */
    void giveUp(Tape last, BackupException why) throws BackupException {
        if (!isFollowed(last, why)) {
            throw why;
        }
    }

    /** Whether another cartridge takes its place. */
    private boolean isFollowed(Tape last, BackupException why) throws BackupException {
        if (shelf.supply() == Supply.NONE) {
            return false;
        }
        LOG.info("pool={}: {}; the next cartridge is asked for", pool, why.getMessage());
        shelf.bays().leave(last);
        Tape next = next(last, why);
        if (next != null) {
            none = false;
            shut(last);
            shelf.carried().write(finding.tapes().stream().filter(tape -> tape != next).toList(), next);
            shelf.supply().state(pool, last.volume().id(), state(why), why.getMessage(), last.used());
            next.tell(pool);
        }
        return next != null;
    }

    /** One that stays open is not written either, for it is not the last; it is shut when the pool is opened again. */
    private void shut(Tape last) {
        try {
            last.shut();
        } catch (BackupException e) {
            LOG.warn("pool={}: {} is not noted as closed: {}", pool, last.where(), e.getMessage());
        }
    }

    private Tape next(Tape last, BackupException why) throws BackupException {
        try {
            return growing.next(last, why, rings.all());
        } catch (BackupException e) {
            none = Trouble.is(e, "media.none");
            spent = state(why) == Supply.State.FULL ? last : null;
            noneSince = shelf.now();
            throw e;
        }
    }

    private static Supply.State state(BackupException why) {
        return switch (why.failure().code()) {
            case "device.full", "media.end" -> Supply.State.FULL;
            case "volume.missing" -> Supply.State.MISSING;
            case "volume.foreign", "volume.quarantined" -> Supply.State.QUARANTINED;
            default -> Supply.State.SUSPECT;
        };
    }

    /** What was labelled and the supply may not have heard of: the node may have gone in between. */
    private void tell() throws BackupException {
        for (Tape tape : finding.tapes()) {
            if (tape.label().number() > 1 && !tape.isTold()) {
                tape.tell(pool);
            }
        }
    }

    /** All of them together; what is free is not bound while cartridges follow. */
    Space space(List<Tape> all) {
        Tape last = all.getLast();
        long here = last.room().space(last.used()).free();
        boolean grows = shelf.supply() != Supply.NONE;
        boolean spent = none && shelf.now() - noneSince < BELIEVED;
        long capacity = all.stream().allMatch(tape -> tape.room().capacity() >= 0) ? all.stream().mapToLong(tape -> tape.room().capacity()).sum() : -1;
        return new Space(capacity, grows && !spent ? -1 : here);
    }
}
