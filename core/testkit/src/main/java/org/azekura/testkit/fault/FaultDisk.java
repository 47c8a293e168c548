package org.azekura.testkit.fault;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.device.BlobStore;
import org.azekura.testkit.Seeds;

/**
 * A medium in memory. Power is taken from it by a {@link FaultPlan} or by {@link #cut}. What remains then, by chance of the seed where
 * there is a choice:
 *
 * <pre>
 * committed blob                    whole; lost or torn if the commit was a lie ({@link Fault.Forget})
 * finished delete                   gone
 * commit or delete under way        has happened, or has not
 * blob in the making                gone, or left as unfinished: the next {@link #on} removes it, as drivers do. Without
 *                                   {@code atomicPut} it, and a commit under way, may stand under its key, torn
 * </pre>
 *
 * Torn is: cut off anywhere, and some sectors of 512 bytes never written. Thread-safe.
 */
public final class FaultDisk {

    static final int SECTOR = 512;

    private final Random random;
    private final boolean atomicPut;
    private final Counts counts = new Counts();
    private final TreeMap<String, byte[]> blobs = new TreeMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private TreeMap<String, byte[]> before = new TreeMap<>();
    private long capacity = 1L << 40;
    private long unfinishedBytes;
    private int left;
    private FaultStore powered;
    private String place;
    private boolean removed;

    /** A disk on which blobs appear whole or not at all. */
    public FaultDisk(long seed) {
        this(seed, true);
    }

    public FaultDisk(long seed, boolean atomicPut) {
        this.random = Seeds.random(seed);
        this.atomicPut = atomicPut;
    }

    /** Powers up; a store that was on before loses its power. What a crash left unfinished is removed. */
    public synchronized BlobStore on(FaultPlan plan) {
        cut();
        left = 0;
        powered = new FaultStore(this, plan);
        return powered;
    }

    /** Takes the power away now, unless it is off. */
    public synchronized void cut() {
        if (powered != null) {
            cut(powered);
        }
    }

    /** Nothing if this store has no power any more: the disk may be on again. */
    synchronized void cut(FaultStore store) {
        if (store != powered) {
            return;
        }
        for (FaultStore.Writer draft : powered.goDark()) {
            if (random.nextBoolean()) {
                left++;
                if (!atomicPut && random.nextBoolean()) {
                    blobs.putIfAbsent(draft.key(), torn(draft.content()));
                }
            }
        }
        for (String key : forgotten) {
            byte[] blob = blobs.remove(key);
            if (blob != null && random.nextBoolean()) {
                blobs.put(key, torn(blob));
            }
        }
        forgotten.clear();
        unfinishedBytes = 0;
        before = new TreeMap<>(blobs);
        powered = null;
    }

    public synchronized boolean isOn() {
        return powered != null;
    }

    /** Bytes of all blobs, finished or not, that fit. */
    public synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    /** Where it says that it is, see {@link BlobStore#place}; null: it does not say. */
    public synchronized void place(String told) {
        place = told;
    }

    synchronized String place() {
        return place;
    }

    /** Removes all blobs with the folder that has them, behind everybody's back; {@link BlobStore#remake} makes it anew. */
    public synchronized void remove() {
        blobs.clear();
        removed = true;
    }

    synchronized boolean isRemoved() {
        return removed;
    }

    synchronized void remade() {
        removed = false;
    }

    /** What was asked of the disk since it was made. */
    public Counts counts() {
        return counts;
    }

    /** Blobs that the last power loss left unfinished; 0 once the power is back. */
    public synchronized int unfinished() {
        return left;
    }

    /** Keys with this prefix, in order, whatever a device would say. */
    public synchronized List<String> keys(String prefix) {
        return blobs.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    /** A copy of a blob as it stands; null if there is none. */
    public synchronized byte[] content(String key) {
        byte[] blob = blobs.get(key);
        return blob == null ? null : blob.clone();
    }

    /** Puts a blob down behind everybody's back; null removes it. */
    public synchronized void plant(String key, byte[] content) {
        if (content == null) {
            blobs.remove(key);
        } else {
            blobs.put(key, content.clone());
        }
    }

    boolean atomicPut() {
        return atomicPut;
    }

    byte[] blob(String key, boolean stale) {
        return (stale ? before : blobs).get(key);
    }

    Map<String, byte[]> all(boolean stale) {
        return new TreeMap<>(stale ? before : blobs);
    }

    /** @return false if the key is taken, and what has it is not to be replaced */
    boolean commit(String key, byte[] content, boolean replaces) {
        remember();
        if (replaces) {
            blobs.put(key, content);
        }
        return replaces || blobs.putIfAbsent(key, content) == null;
    }

    void forgetLater(String key) {
        forgotten.add(key);
    }

    void delete(String key) {
        remember();
        blobs.remove(key);
    }

    /** For a commit under way when the power goes, on a disk without {@code atomicPut}. */
    void commitTorn(String key, byte[] content) {
        blobs.putIfAbsent(key, torn(content));
    }

    private void remember() {
        before = new TreeMap<>(blobs);
    }

    /** @return false if there is no room */
    boolean take(int bytes) {
        if (used() + bytes > capacity) {
            return false;
        }
        unfinishedBytes += bytes;
        return true;
    }

    void giveBack(int bytes) {
        unfinishedBytes -= bytes;
    }

    BlobStore.Space space() {
        return new BlobStore.Space(capacity, Math.max(0, capacity - used()));
    }

    private long used() {
        return unfinishedBytes + blobs.values().stream().mapToLong(blob -> blob.length).sum();
    }

    boolean coin() {
        return random.nextBoolean();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private byte[] torn(byte[] content) {
        byte[] torn = Arrays.copyOf(content, random.nextInt(content.length + 1));
        for (int at = 0; at < torn.length; at += SECTOR) {
            if (random.nextInt(8) == 0) {
                Arrays.fill(torn, at, Math.min(torn.length, at + SECTOR), (byte) 0);
            }
        }
        return torn;
    }
}
