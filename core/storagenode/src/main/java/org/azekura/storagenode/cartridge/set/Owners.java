package org.azekura.storagenode.cartridge.set;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.drive.Robot;

/** Whose cartridges are, as far as this node knows without loading them: by labels that were seen, and by what pools have claimed. Thread-safe. */
public final class Owners {

    private final CartridgeNotes notes;
    private final Labels labels;
    /** What cartridges began with that were looked at and whose label is not noted. */
    private final Map<Barcode, First> seen = new HashMap<>();
    private final Map<Barcode, PoolName> claims = new HashMap<>();

    Owners(CartridgeNotes notes, Labels labels) {
        this.notes = notes;
        this.labels = labels;
    }

    /** The set of a volume; empty if it is in none, or that is not known. */
    Optional<VolumeId> setOf(VolumeId volume) {
        return labels.get(volume).filter(label -> label.label().number() > 0).map(label -> label.label().set());
    }

    /** A pool of the same name may have been deleted: who names a cartridge of a set means that set. */
    boolean isOf(Optional<VolumeId> meant, Barcode barcode) {
        Optional<VolumeId> set = notes.get(barcode).flatMap(owner -> setOf(owner.volume()));
        return meant.isEmpty() || set.isEmpty() || set.equals(meant);
    }

    /** Of a pool, but for these volumes; the last of its set first: that is the one to be written. */
    List<Barcode> of(PoolName pool, Set<VolumeId> not) {
        return notes.of(pool).stream().filter(barcode -> notes.get(barcode).filter(owner -> not.contains(owner.volume()) || isPrepared(owner)).isEmpty())
                .sorted(Comparator.comparingInt((Barcode barcode) -> notes.get(barcode).flatMap(owner -> labels.get(owner.volume()))
                        .map(label -> label.label().number()).orElse(0)).reversed()).toList();
    }

    /** One that was labelled for its pool beforehand, and belongs to no set. */
    private boolean isPrepared(CartridgeNotes.Owner owner) {
        return labels.get(owner.volume()).filter(label -> label.label().number() == 0).isPresent();
    }

    /** What it began with when it was looked at; null if nobody has, or its label is noted. */
    synchronized First seen(Barcode barcode) {
        return seen.get(barcode);
    }

    /** The cartridge on which a volume was seen. */
    Optional<Barcode> barcode(VolumeId volume) {
        return notes.of(volume);
    }

    /** The label of a volume; null if it is not known. */
    First.Labelled label(VolumeId volume) {
        return labels.get(volume).orElse(null);
    }

    /** The labels of a set, in order. */
    List<First.Labelled> set(VolumeId set) {
        return labels.of(set);
    }

    /** There is no such volume: its labelling was cut off. */
    void forget(VolumeId volume) {
        notes.of(volume).ifPresent(notes::remove);
        labels.remove(volume);
    }

    /** What was on a cartridge is needed no more; it is this pool's. */
    public void giveUp(Robot.Found cartridge, VolumeId volume, PoolName pool) {
        forget(volume);
        synchronized (this) {
            cartridge.barcode().ifPresent(barcode -> claims.put(barcode, pool));
        }
    }

    /** A label is about to be written. What is met later says whether it was. */
    void pend(Optional<Barcode> barcode, PoolName pool, First.Labelled label) {
        labels.keep(label);
        barcode.ifPresent(value -> {
            notes.put(value, new CartridgeNotes.Owner(label.label().volume(), pool));
            synchronized (this) {
                seen.remove(value);
            }
        });
    }

    /**
     * Whether another pool has it.
     *
     * @param noted whether notes are believed
     */
    synchronized boolean isOfOthers(Barcode barcode, PoolName pool, boolean noted) {
        return noted && notes.get(barcode).map(owner -> !owner.pool().equals(pool)).orElse(false) || !claims.getOrDefault(barcode, pool).equals(pool);
    }

    /** What a cartridge began with when it was looked at. */
    void remember(Optional<Barcode> barcode, First first) {
        if (first instanceof First.Labelled labelled) {
            labels.keep(labelled);
        }
        if (barcode.isEmpty()) {
            return;
        }
        if (first instanceof First.Labelled labelled) {
            notes.put(barcode.get(), new CartridgeNotes.Owner(labelled.label().volume(), labelled.label().pool()));
        } else if (first instanceof First.Blank) {
            // One that can't be read just now is whose it was.
            notes.remove(barcode.get());
        }
        synchronized (this) {
            seen.put(barcode.get(), first);
        }
    }

    /** Whose a cartridge was when it was looked at last. */
    public Optional<CartridgeNotes.Owner> owner(Barcode barcode) {
        return notes.get(barcode);
    }

    /** A look that somebody else took; null: it is not what it was. */
    public synchronized void saw(Barcode barcode, First first) {
        if (first == null) {
            seen.remove(barcode);
        } else {
            seen.put(barcode, first);
        }
        if (first instanceof First.Labelled labelled && labelled.label().number() > 1) {
            // A later one of a set that this node may know nothing of: it is found with the set from here on.
            remember(Optional.of(barcode), first);
        }
    }

    /** Cartridges whose label is not noted are looked at anew. */
    public synchronized void forgetSeen() {
        seen.clear();
    }

    /** Nobody else gets it, for as long as this library is served; false if another pool has it. */
    synchronized boolean claim(Robot.Found found, PoolName pool) {
        return found.barcode().isEmpty() || claim(found.barcode().get(), pool);
    }

    /** The same. */
    synchronized boolean claim(Barcode barcode, PoolName pool) {
        return pool.equals(claims.computeIfAbsent(barcode, any -> pool));
    }
}
