package org.azekura.storagenode.cartridge.set;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.azekura.api.device.Barcode;
import org.azekura.storagenode.cartridge.drive.First;

/**
 * Cartridges that have the barcode of a volume and begin with something else. They are not loaded for it again before a hand may have put the right one in their
 * place: they were seen to be gone, the robot noticed something, or somebody had them looked at. Thread-safe.
 */
public final class Strangers {

    /** What can't be read may be the drive's fault: so long it is believed. */
    private static final long DOUBT = TimeUnit.MINUTES.toNanos(5);

    private final LongSupplier clock;
    private final Map<Barcode, Met> all = new HashMap<>();

    private record Met(First first, long at) {}

    /** @param clock in nanoseconds */
    Strangers(LongSupplier clock) {
        this.clock = clock;
    }

    synchronized void met(Barcode barcode, First first) {
        all.put(barcode, new Met(first, clock.getAsLong()));
    }

    /** What it begins with; null if it is none, as far as anybody knows. */
    public synchronized First first(Barcode barcode) {
        Met met = all.get(barcode);
        if (met != null && met.first instanceof First.Other && clock.getAsLong() - met.at >= DOUBT) {
            all.remove(barcode);
            return null;
        }
        return met == null ? null : met.first;
    }

    /** It is not, or may be another one by now. */
    public synchronized void forget(Barcode barcode) {
        all.remove(barcode);
    }

    /** No other cartridges are there than these. */
    public synchronized void there(Collection<Barcode> cartridges) {
        all.keySet().retainAll(cartridges);
    }

    /** Somebody was at the library. */
    public synchronized void forgetAll() {
        all.clear();
    }
}
