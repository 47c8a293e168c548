package org.azekura.testkit.device;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Meter;
import org.azekura.api.device.Terms;
import org.azekura.api.device.Traffic;

/** A device in memory that can be damaged, filled up, held up and closed. */
public final class MemoryStore implements BlobStore {

    /** Called at the beginning of every call; what it throws, the call throws. It may wait. */
    @FunctionalInterface
    public interface Fault {
        /** @param doing the method's name, {@code write} and {@code commit} among them */
        void before(String doing, String key) throws BackupException;
    }

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private volatile Fault fault = (doing, key) -> {};
    private volatile long capacity = 1L << 40;
    private volatile boolean closed;
    private final Map<String, BlobLock> locks = new ConcurrentHashMap<>();
    private volatile Set<BlobLock.Mode> modes = Set.of();
    private volatile InstantSource clock = InstantSource.system();
    /** Null: nothing is counted. */
    private volatile Meter meter;
    private volatile Terms terms = Terms.OF_A_DISK;
    private volatile boolean silent;

    /** From now on it counts what it carries. @param cost of it */
    public void count(Terms cost) {
        terms = cost;
        meter = new Meter();
    }

    /** From now on nobody can be told what reading takes. */
    public void silence() {
        silent = true;
    }

    public void fault(Fault next) {
        fault = next;
    }

    /** Bytes of all blobs that fit. */
    public void capacity(long bytes) {
        capacity = bytes;
    }

    /**
     * From now on it locks blobs.
     *
     * @param time by which locks end
     */
    public void locks(Set<BlobLock.Mode> can, InstantSource time) {
        clock = time;
        modes = Set.copyOf(can);
    }

    /** Turns over one bit of a blob. */
    public void damage(String key, long offset) {
        blobs.computeIfPresent(key, (k, bytes) -> {
            byte[] changed = bytes.clone();
            changed[(int) offset] ^= 1;
            return changed;
        });
    }

    /** Cuts a blob off. */
    public void truncate(String key, int size) {
        blobs.computeIfPresent(key, (k, bytes) -> Arrays.copyOf(bytes, size));
    }

    /** Removes a blob behind everybody's back, with its lock. */
    public void lose(String key) {
        locks.remove(key);
        blobs.remove(key);
    }

    /** By name. */
    public List<String> keys(String prefix) {
        return blobs.keySet().stream().filter(key -> key.startsWith(prefix)).sorted().toList();
    }

    public void close() {
        closed = true;
    }

    private void enter(String doing, String key) throws BackupException {
        fault.before(doing, key);
        if (closed) {
            throw BackupException.device("device.closed", "memory", "the device is closed", null);
        }
        count(doing);
        if (doing.equals("list")) {
            BlobKeys.checkPrefix(key);
        } else {
            BlobKeys.check(key);
        }
    }

    private void count(String doing) {
        if (meter != null) {
            switch (doing) {
                case "commit", "list" -> meter.write();
                case "read", "size" -> meter.read();
                case "delete" -> meter.free();
                default -> { }
            }
        }
    }

    @Override
    public Optional<Traffic> traffic() {
        return Optional.ofNullable(meter).map(Meter::traffic);
    }

    @Override
    public Terms terms() {
        if (silent) {
            throw new IllegalStateException("a test wants it so");
        }
        return terms;
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        enter("create", key);
        if (blobs.containsKey(key)) {
            throw exists(key);
        }
        return new Writer(key, false);
    }

    @Override
    public BlobWriter replace(String key) throws BackupException {
        enter("replace", key);
        return new Writer(key, true);
    }

    private static BackupException exists(String key) {
        return BackupException.operator("blob.exists", key, "there is a blob " + key);
    }

    private final class Writer implements BlobWriter {

        private final String key;
        private final boolean replaces;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Writer(String key, boolean replaces) {
            this.key = key;
            this.replaces = replaces;
        }

        @Override
        public void write(ByteBuffer bytes) throws BackupException {
            enter("write", key);
            if (used() + content.size() + bytes.remaining() > capacity) {
                throw BackupException.media("device.full", "memory", "there is no room for " + bytes.remaining() + " bytes", null);
            }
            byte[] piece = new byte[bytes.remaining()];
            bytes.get(piece);
            content.writeBytes(piece);
            if (meter != null) {
                meter.in(piece.length);
            }
        }

        @Override
        public void commit() throws BackupException {
            enter("commit", key);
            if (replaces) {
                blobs.put(key, content.toByteArray());
            } else if (blobs.putIfAbsent(key, content.toByteArray()) != null) {
                throw exists(key);
            }
        }

        @Override
        public void close() {
            content.reset();
        }
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        enter("read", key);
        byte[] bytes = blobs.get(key);
        if (bytes == null) {
            throw BackupException.media("blob.missing", key, "there is no blob " + key, null);
        }
        int length = (int) Math.min(into.remaining(), Math.max(0, bytes.length - offset));
        if (length > 0) {
            into.put(bytes, (int) offset, length);
            if (meter != null) {
                meter.out(length);
            }
        }
        return length;
    }

    @Override
    public long size(String key) throws BackupException {
        enter("size", key);
        byte[] bytes = blobs.get(key);
        return bytes == null ? -1 : bytes.length;
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        enter("list", prefix);
        blobs.forEach((key, bytes) -> {
            if (key.startsWith(prefix)) {
                each.accept(new Blob(key, bytes.length));
            }
        });
    }

    @Override
    public void delete(String key) throws BackupException {
        enter("delete", key);
        BlobLock lock = locks.get(key);
        if (isHeld(lock)) {
            throw BackupException.operator("blob.locked", key, key + " is locked until " + lock.until());
        }
        locks.remove(key);
        blobs.remove(key);
    }

    private boolean isHeld(BlobLock lock) {
        return lock != null && lock.until().isAfter(clock.instant());
    }

    @Override
    public void extend(String key, BlobLock lock) throws BackupException {
        enter("extend", key);
        if (!modes.contains(lock.mode())) {
            throw BackupException.operator("device.unsupported", location(), "this device does not lock in the mode " + lock.mode());
        }
        requireThere(key);
        locks.merge(key, lock, (now, wanted) -> isHeld(now) ? stronger(now, wanted) : wanted);
    }

    /** The later end in the stronger mode. */
    private static BlobLock stronger(BlobLock one, BlobLock other) {
        return new BlobLock(one.mode().compareTo(other.mode()) > 0 ? one.mode() : other.mode(), one.until().isAfter(other.until()) ? one.until() : other.until());
    }

    @Override
    public Optional<BlobLock> lock(String key) throws BackupException {
        enter("lock", key);
        requireThere(key);
        return Optional.ofNullable(locks.get(key)).filter(this::isHeld);
    }

    private void requireThere(String key) throws BackupException {
        if (!blobs.containsKey(key)) {
            throw BackupException.media("blob.missing", key, "there is no blob " + key, null);
        }
    }

    @Override
    public Space space() throws BackupException {
        enter("space", "x");
        return new Space(capacity, capacity - used());
    }

    private long used() {
        return blobs.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true, true, modes);
    }
}
