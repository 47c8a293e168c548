package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore.Blob;
import org.azekura.api.device.BlobStore.Space;
import org.azekura.engine.volume.Label;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The volume of a pool, on its cartridge. Safe for any number of threads. */
final class Tape {

    /** Name of the blob that is the label. */
    static final String LABEL = "azekura-label";
    private static final long WAIT = 240;
    private static final Logger LOG = LoggerFactory.getLogger(Tape.class);

    private final Shelf shelf;
    private final PoolName pool;
    private final Optional<Barcode> wanted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger writers = new AtomicInteger();
    private final Held held = new Held();
    private final Room room = new Room();
    /** Null until the volume was found, and read to its end. */
    private volatile Volume volume;

    Tape(Shelf shelf, PoolName pool, Optional<Barcode> wanted) {
        this.shelf = shelf;
        this.pool = pool;
        this.wanted = wanted;
    }

    /** Something that is done in the drive in which the volume is. */
    private interface Work<T> {
        T on(Bay bay) throws BackupException;
    }

    /** Something that is done while nobody else works with the volume. */
    private interface Locked<T> {
        T run() throws BackupException;
    }

    private <T> T locked(Locked<T> work) throws BackupException {
        try {
            if (!lock.tryLock(WAIT, TimeUnit.SECONDS)) {
                throw Trouble.busy(where(), "other calls have had the volume for " + WAIT + " s");
            }
        } catch (InterruptedException e) {
            throw Trouble.interrupted(where(), e);
        }
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    /** For people. */
    String where() {
        Volume known = volume;
        Optional<Barcode> barcode = known == null ? wanted : known.barcode();
        return shelf.where() + barcode.map(value -> ", cartridge " + value).orElse("");
    }

    /** Of the cartridge that the volume is on, once it was found. Any thread. */
    Optional<Barcode> barcode() {
        Volume known = volume;
        return known == null ? Optional.empty() : known.barcode();
    }

    /** Whether who names this cartridge, or none, means this. Any thread. */
    boolean isAlsoFor(Optional<Barcode> barcode) {
        Volume known = volume;
        return wanted.equals(barcode) || known != null && (barcode.isEmpty() || barcode.equals(known.barcode()));
    }

    /** Whether blobs are in the making. */
    boolean isWritten() {
        return writers.get() > 0;
    }

    /** How many wait to be written. */
    int waiting() {
        return waiting.size();
    }

    void begun() {
        writers.incrementAndGet();
    }

    void ended() {
        writers.decrementAndGet();
    }

    /** What is known to lie on it; null if there is no volume of the pool yet. */
    private Volume volume() throws BackupException {
        shelf.requireOpen();
        Volume known = volume;
        return known != null ? known : locked(() -> {
            if (volume == null) {
                find();
            }
            return volume;
        });
    }

    /** Looks for the pool's cartridge; reads it if there is one. */
    private Choosing.Choice find() throws BackupException {
        for (int i = 0;; i++) {
            try {
                Choosing.Choice choice = shelf.choosing().choose(pool, wanted).orElse(null);
                if (choice != null && choice.first() instanceof First.Labelled labelled) {
                    open(choice.cartridge(), labelled);
                }
                return choice;
            } catch (BackupException e) {
                if (i > 0 || !Trouble.isLost(e)) {
                    throw e;
                }
            }
        }
    }

    private void open(Robot.Found cartridge, First.Labelled labelled) throws BackupException {
        Volume found = new Volume(cartridge.barcode(), labelled, shelf.note(labelled.label().volume()));
        Bay bay = mounted(found);
        try {
            shelf.choosing().claim(cartridge, pool);
            if (found.isFinished()) {
                volume = found;
            } else {
                LOG.warn("{}: the labelling of cartridge {} was cut off, and begins anew", shelf.where(), cartridge.barcode().map(Barcode::value).orElse("?"));
                bay.forget();
            }
        } finally {
            bay.unlock();
        }
    }

    /** Has the volume in a drive, whose lock the caller gets; its end is proven. */
    private Bay mounted(Volume found) throws BackupException {
        Bay there = shelf.bays().of(this);
        if (there != null) {
            return there;
        }
        for (Robot.Found cartridge : shelf.choosing().candidates(found.barcode())) {
            Loaded loaded = shelf.bays().load(cartridge);
            boolean fine = false;
            try {
                if (found.isOn(loaded.first())) {
                    room.of(loaded.bay().drive(), loaded.cartridge());
                    found.settle(loaded.bay(), at(found, loaded.bay()));
                    loaded.bay().has(this);
                    fine = true;
                    return loaded.bay();
                }
                shelf.choosing().remember(cartridge.barcode(), loaded.first());
                if (cartridge.barcode().isPresent()) {
                    throw BackupException.media("volume.foreign", where(), where() + " begins with " + loaded.first() + ", expected volume "
                            + found.id() + " of pool " + pool + "; look where that cartridge is", null);
                }
            } finally {
                if (!fine) {
                    loaded.bay().forget();
                    loaded.bay().unlock();
                }
            }
        }
        throw shelf.choosing().missing(pool, found.barcode());
    }

    private static String at(Volume found, Bay bay) {
        return found.barcode().map(value -> "cartridge " + value).orElse("the cartridge") + " in " + bay.drive().location();
    }

    /** Does this in the drive in which the volume is; once more if the drive lost its place. */
    private <T> T onTape(Volume found, Work<T> work) throws BackupException {
        for (int i = 0;; i++) {
            Bay bay = null;
            boolean fine = false;
            try {
                bay = mounted(found);
                T result = work.on(bay);
                fine = true;
                return result;
            } catch (BackupException e) {
                fine = isOfMedium(e);
                if (i > 0 || !Trouble.isLost(e)) {
                    throw Trouble.at(where(), e);
                }
                LOG.warn("{}: {}; the cartridge is looked at again", where(), e.getMessage());
            } finally {
                if (bay != null) {
                    leave(bay, fine);
                }
            }
        }
    }

    private static void leave(Bay bay, boolean fine) {
        if (!fine) {
            bay.forget();
        }
        bay.unlock();
    }

    /** Whether it says something of what lies there, and the drive itself is well. */
    private static boolean isOfMedium(BackupException e) {
        return e.failure().kind() == Failure.Kind.CORRUPT || Trouble.is(e, "media.read");
    }

    long size(String key) throws BackupException {
        Volume known = volume();
        if (known == null) {
            return locked(() -> {
                byte[] content = held.get(key);
                return content == null ? -1L : content.length;
            });
        }
        if (key.equals(LABEL)) {
            return Label.BYTES;
        }
        Noted blob = known.contents().get(key);
        return blob == null ? -1 : blob.size();
    }

    void list(String prefix, Consumer<Blob> each) throws BackupException {
        Volume known = volume();
        if (known == null) {
            locked(() -> {
                held.list(prefix, each);
                return null;
            });
            return;
        }
        if (LABEL.startsWith(prefix)) {
            each.accept(new Blob(LABEL, Label.BYTES));
        }
        known.contents().list(prefix, each);
    }

    int read(String key, long offset, ByteBuffer into) throws BackupException {
        Volume known = volume();
        return locked(() -> {
            if (volume == null) {
                return copy(held.get(key), key, offset, into);
            }
            if (key.equals(LABEL)) {
                // Who reads the label wants to know whether the cartridge is there.
                return copy(onTape(volume, bay -> volume.label(bay)), key, offset, into);
            }
            Noted blob = known == null ? volume.contents().get(key) : known.contents().get(key);
            if (blob == null) {
                throw absent(key);
            }
            if (offset >= blob.size() || !into.hasRemaining()) {
                return 0;
            }
            int again = volume.again(blob, offset, into);
            return again >= 0 ? again : onTape(volume, bay -> volume.read(bay, blob, offset, into, where()));
        });
    }

    private BackupException absent(String key) {
        return BackupException.media("blob.missing", key, "there is no blob \"" + key + "\" in " + where(), null);
    }

    private int copy(byte[] content, String key, long offset, ByteBuffer into) throws BackupException {
        if (content == null) {
            throw absent(key);
        }
        int length = Math.clamp(content.length - offset, 0, into.remaining());
        into.put(content, (int) Math.min(offset, content.length), length);
        return length;
    }

    /** @throws BackupException {@code blob.exists}; {@code volume.suspect} and {@code device.full} if nothing can be written */
    void requireFree(String key) throws BackupException {
        if (size(key) >= 0) {
            throw taken(key);
        }
        Volume known = volume;
        if (known != null) {
            known.requireSound();
        }
    }

    private BackupException taken(String key) {
        return BackupException.operator("blob.exists", key, where() + " has a blob \"" + key + "\" already");
    }

    void requireRoom(String key, long size) throws BackupException {
        shelf.requireOpen();
        room.require(where(), key, size);
    }

    void commit(String key, Spooled content) throws BackupException {
        requireRoom(key, content.size());
        if (volume() == null) {
            boolean kept = locked(() -> {
                if (volume == null && key.equals(LABEL)) {
                    label(content);
                } else if (volume == null) {
                    held.add(key, content, where());
                } else if (key.equals(LABEL)) {
                    throw taken(key);
                } else {
                    return false;
                }
                return true;
            });
            if (kept) {
                return;
            }
        } else if (key.equals(LABEL)) {
            throw taken(key);
        }
        write(new Waiting(key, content));
    }

    void delete(String key) throws BackupException {
        if (volume() == null) {
            locked(() -> {
                held.remove(key);
                return null;
            });
        } else if (key.equals(LABEL)) {
            throw BackupException.operator("device.unsupported", where(), where() + ": the label of a cartridge can't be deleted");
        } else if (size(key) >= 0) {
            write(new Waiting(key, null));
        }
    }

    /** Waits until somebody has written it: whoever gets the lock first writes all that wait. */
    private void write(Waiting one) throws BackupException {
        waiting.add(one);
        try {
            locked(() -> {
                if (!one.isDone()) {
                    writeAll();
                }
                return null;
            });
        } finally {
            waiting.remove(one);
        }
        one.result();
    }

    private void writeAll() {
        List<Waiting> batch = new ArrayList<>();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            batch.add(next);
        }
        try {
            shelf.requireOpen();
            onTape(volume, bay -> {
                volume.write(bay, batch, room, where());
                return null;
            });
        } catch (BackupException e) {
            batch.forEach(one -> one.failed(e));
        } finally {
            batch.stream().filter(one -> !one.isDone()).forEach(one -> one.failed(BackupException.bug(where() + ": a batch was given up", null)));
        }
    }

    private void label(Spooled content) throws BackupException {
        if (content.size() != Label.BYTES) {
            throw Trouble.quarantined(where(), "a label of " + content.size() + " bytes, expected " + Label.BYTES);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Label.BYTES);
        content.read(0, bytes);
        First.Labelled label = new First.Labelled(Label.parse(bytes.array()), bytes.array());
        Choosing.Choice choice = find();
        if (volume != null) {
            throw taken(LABEL);
        }
        if (choice == null || !shelf.choosing().claim(choice.cartridge(), pool)) {
            throw Trouble.missing(shelf.where(), "there is no blank cartridge for pool " + pool + "; put one in");
        }
        Loaded loaded = shelf.bays().load(choice.cartridge());
        boolean fine = false;
        try {
            boolean same = loaded.first() instanceof First.Blank
                    || choice.first() instanceof First.Labelled before && new Volume(choice.cartridge().barcode(), before, null).isOn(loaded.first());
            if (!same) {
                throw Trouble.quarantined(shelf.where() + ", cartridge " + choice.cartridge().barcode().map(Barcode::value).orElse("?"),
                        "it begins with " + loaded.first() + ", expected nothing");
            }
            room.of(loaded.bay().drive(), loaded.cartridge());
            Volume made = new Volume(choice.cartridge().barcode(), label, shelf.note(label.label().volume()));
            made.label(loaded, held, room, at(made, loaded.bay()));
            shelf.choosing().remember(choice.cartridge().barcode(), label);
            loaded.bay().has(this);
            volume = made;
            held.clear();
            fine = true;
        } finally {
            leave(loaded.bay(), fine);
        }
    }

    /** The library is not served any more. */
    void close() {
        Volume known = volume;
        if (known != null) {
            known.close();
        }
    }

    Space space() throws BackupException {
        Volume known = volume();
        return known == null ? new Space(-1, -1) : room.space(known.contents().tail().bytes());
    }
}
