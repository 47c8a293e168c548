package org.azekura.storagenode.cartridge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.storagenode.cartridge.set.Supply;

/** Gives out cartridges from a list, and remembers what it was told. */
final class Chosen implements Supply {

    private static final AtomicLong VOLUMES = new AtomicLong();

    private final List<String> cartridges = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private volatile int asked;
    private volatile VolumeId overwrites;

    Chosen(String... cartridges) {
        this.cartridges.addAll(List.of(cartridges));
    }

    /** All but the first of a small library. */
    static Chosen ofSix() {
        return new Chosen("A00002L8", "A00003L8", "A00004L8", "A00005L8", "A00006L8");
    }

    /** The one to be given out next. */
    void put(String cartridge) {
        cartridges.addFirst(cartridge);
    }

    /** Nobody needs this volume any more. */
    void overwrite(VolumeId volume) {
        overwrites = volume;
    }

    /** What it was told, in order. */
    List<String> told() {
        return told;
    }

    int asked() {
        return asked;
    }

    @Override
    public Optional<Next> next(PoolName pool, VolumeId full, int number, List<Barcode> refused) throws BackupException {
        asked++;
        for (String cartridge : List.copyOf(cartridges)) {
            if (!refused.contains(new Barcode(cartridge))) {
                return Optional.of(new Next(Optional.of(new Barcode(cartridge)), Cartridges.label(pool, number, VOLUMES.incrementAndGet()), Optional.ofNullable(overwrites)));
            }
        }
        throw BackupException.media("media.none", pool.value(), "there is no blank cartridge for pool " + pool + "; put one in", null);
    }

    @Override
    public void labelled(Labelled volume) {
        cartridges.remove(volume.barcode().orElseThrow().value());
        told.add(volume.name() + " on " + volume.barcode().orElseThrow());
    }

    @Override
    public void state(PoolName pool, VolumeId volume, State state, String why, long used) {
        told.add(state + ": " + why);
    }
}
