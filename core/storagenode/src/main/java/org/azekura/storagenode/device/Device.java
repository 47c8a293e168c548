package org.azekura.storagenode.device;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.Failure;
import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.cartridge.spool.Buffered;
import org.azekura.storagenode.cartridge.volume.Sealing;

/**
 * A device, or the part of it that is a volume of its own. Calls wait while its driver changes, and go then to what serves the same volumes in its
 * place. Thread-safe.
 */
public final class Device {

    /** Calls that may be going on at once. */
    public static final int THREADS = Served.THREADS;
    private static final Set<String> GONE = Set.of("device.closed", "device.timeout", "device.interrupted", "device.busy", "device.unknown",
            "device.unserved", "device.paused", "driver.threw", "device.hardware", "device.reserved", "device.denied", "device.missing", "blob.archived", "volume.missing",
            "volume.foreign");

    private final Served served;
    /** What of it this is. */
    private final UnaryOperator<BlobStore> part;

    private Device(Served served, UnaryOperator<BlobStore> part) {
        this.served = served;
        this.part = part;
    }

    public Device(DeviceName name, BlobStore store, DeviceGate gate, Served.Crash crash) {
        this(new Served(name, store, gate, crash), whole -> whole);
    }

    Device(DeviceName name, BlobStore store) {
        this(name, store, new DeviceGate(name), (device, last) -> {});
    }

    /** Something a device does; it may block. */
    @FunctionalInterface
    public interface Work<T> {
        T on(BlobStore store) throws BackupException;
    }

    /** A call that was begun. */
    public interface Call<T> {
        /** Waits for its end. */
        T await() throws BackupException;
    }

    /** Whether this says that the device does not answer, or can't be reached or used as it is set, or that the volume is not there, nor anything of what is on it. */
    public static boolean isGone(BackupException problem) {
        String code = problem.failure().code();
        return GONE.contains(code) || code.startsWith("drive.") || code.startsWith("changer.") || code.startsWith("setting.") || problem.failure().kind() == Failure.Kind.NETWORK;
    }

    /** A folder of it that is a volume of its own; it shares the threads and goes with the device. */
    public Device within(String folder) {
        return new Device(served, whole -> new FolderStore(part.apply(whole), folder));
    }

    /**
     * What of it keeps the volumes of a pool: in a library its cartridges, else all of it. It shares the threads and goes with the device.
     *
     * @param barcode of the first cartridge, if a certain one is wanted
     * @param spool   bytes of packs that may wait for tape, as {@link LibraryStore#pool(PoolName, Optional, long)} has it
     * @param sealing how drives seal them, if that is known; asked at each call
     */
    public Device of(PoolName pool, Optional<Barcode> barcode, long spool, Supplier<Optional<Sealing>> sealing) {
        return new Device(served, whole -> {
            if (!(whole instanceof LibraryStore library)) {
                return whole;
            }
            sealing.get().ifPresent(how -> library.sealing(pool, how));
            return library.pool(pool, barcode, spool);
        });
    }

    public DeviceName name() {
        return served.name();
    }

    /** The service behind it; not what has taken its place. */
    public Served served() {
        return served;
    }

    /** All that the service behind it serves. */
    public BlobStore whole() {
        return served.last().store();
    }

    public BlobStore store() {
        return part.apply(served.last().store());
    }

    /** Where its packs wait for tape; null if they do not. */
    public Buffered buffered() {
        return buffered(store());
    }

    private static Buffered buffered(BlobStore store) {
        return switch (store) {
            case FolderStore folder -> buffered(folder.device());
            case Buffered found -> found;
            default -> null;
        };
    }

    /** What changes as long as a call is not without hope: it may have to wait for many bytes to get to tape. */
    private LongSupplier progress(Served at) {
        Buffered found = buffered(part.apply(at.store()));
        return found == null ? () -> 0 : found::progress;
    }

    /**
     * Does this and waits for it.
     *
     * @param doing for the message of a time-out, like {@code write pack 3f2a}
     * @param timeout in which nothing was done
     * @throws BackupException what the work throws; {@code device.timeout}: it may still be going on
     */
    public <T> T call(String doing, Duration timeout, Work<T> work) throws BackupException {
        return begin(doing, timeout, work).await();
    }

    /** Like {@link #call}, but the caller waits later. */
    public <T> Call<T> begin(String doing, Duration timeout, Work<T> work) throws BackupException {
        DeviceGate gate = served.gate();
        Served at = gate.enter(served, doing);
        return at.begin(doing, timeout, progress(at), store -> work.on(part.apply(store)), () -> gate.leave(at));
    }

    /**
     * Like {@link #call}, for what can be done without: nothing gives it more time, whatever else the device does meanwhile.
     *
     * @throws BackupException {@code device.paused} at once; what {@link #call} throws
     */
    public <T> T callPromptly(String doing, Duration timeout, Work<T> work) throws BackupException {
        DeviceGate gate = served.gate();
        Served at = gate.tryEnter(served);
        if (at == null) {
            throw BackupException.device("device.paused", name().value(), "device " + name() + " did not " + doing + ": it pauses", null);
        }
        return at.begin(doing, timeout, () -> 0, store -> work.on(part.apply(store)), () -> gate.leave(at)).await();
    }

    /** Like {@link #call}, for who has made the device pause. */
    public <T> T attempt(String doing, Duration timeout, Work<T> work) throws BackupException {
        return served.begin(doing, timeout, () -> 0, store -> work.on(part.apply(store)), () -> {}).await();
    }

    /** A series of calls that one service serves. Used by one thread at a time; must be closed, and soon if somebody {@link #isAwaited waits}. */
    public final class Span implements AutoCloseable {

        private final DeviceGate gate = served.gate();
        private final Served at;
        private boolean closed;

        private Span(Served at) {
            this.at = at;
        }

        /** The store of all its calls. */
        public BlobStore store() {
            return part.apply(at.store());
        }

        public <T> T call(String doing, Duration timeout, Work<T> work) throws BackupException {
            gate.enterWithin(at);
            return at.begin(doing, timeout, progress(at), store -> work.on(part.apply(store)), () -> gate.leave(at)).await();
        }

        /** Whether the device is to pause as soon as this ends. */
        public boolean isAwaited() {
            return gate.isPaused();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                gate.leave(at);
            }
        }
    }

    /** @param doing like {@code write pack 3f2a} */
    public Span span(String doing) throws BackupException {
        return new Span(served.gate().enter(served, doing));
    }

    /** Like {@link #span}, but null instead of a wait while the device pauses. */
    public Span trySpan() {
        Served at = served.gate().tryEnter(served);
        return at == null ? null : new Span(at);
    }

    /** No call begins any more; those that wait are still tried. */
    public void close() {
        served.close();
    }
}
