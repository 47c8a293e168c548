package org.azekura.testkit.device;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.junit.jupiter.api.Test;

/** What every {@link BlobStore} does that says it locks blobs: {@link BlobStore.Capabilities#locks}. Locks of a minute or less may remain behind it. */
public interface BlobLockContract {

    /** No device's clock is further from ours; {@link #now} allows for the rest. */
    Duration LONG = Duration.ofMinutes(2);
    Duration SHORT = Duration.ofSeconds(5);

    /** The empty, open store of this test; the same one at every call. */
    BlobStore store();

    /** What the device's clock says, about. */
    Instant now();

    /** Lets some time pass, or waits for it. */
    void pass(Duration time) throws InterruptedException;

    private BlobLock lock(BlobLock.Mode mode, Duration from) {
        return new BlobLock(mode, now().plus(from).truncatedTo(ChronoUnit.SECONDS));
    }

    private BlobLock.Mode weakest() {
        return EnumSet.copyOf(store().capabilities().locks()).iterator().next();
    }

    private static void put(BlobStore store, String key, BlobLock lock) throws BackupException {
        Blobs.put(store, key, new byte[] {1, 2, 3});
        store.extend(key, lock);
    }

    @Test
    default void aLockedBlobStays() throws Exception {
        for (BlobLock.Mode mode : store().capabilities().locks()) {
            String key = "packs/" + mode.name().toLowerCase(Locale.ROOT);
            BlobLock lock = lock(mode, LONG);
            put(store(), key, lock);
            assertTrue(store().lock(key).orElseThrow().covers(lock));
            String refusal = assertRefused("blob.locked", () -> store().delete(key)).getMessage();
            assertFalse(refusal.contains("\n"), refusal);
            assertRefused("blob.exists", () -> store().create(key));
            assertArrayEquals(new byte[] {1, 2, 3}, Blobs.get(store(), key, 0, 3));
            assertEquals(Map.of(key, 3L), Blobs.list(store(), key));
        }
    }

    @Test
    default void whatTakesThePlaceOfALockedBlobIsLockedNoLess() throws Exception {
        for (BlobLock.Mode mode : store().capabilities().replace() ? store().capabilities().locks() : Set.<BlobLock.Mode>of()) {
            String key = "packs/" + mode.name().toLowerCase(Locale.ROOT);
            BlobLock lock = lock(mode, LONG);
            put(store(), key, lock);
            try (BlobWriter writer = store().replace(key)) {
                writer.write(ByteBuffer.wrap(new byte[] {4, 5, 6}));
                writer.commit();
            }
            assertArrayEquals(new byte[] {4, 5, 6}, Blobs.get(store(), key, 0, 3));
            assertTrue(store().lock(key).orElseThrow().covers(lock));
            assertRefused("blob.locked", () -> store().delete(key));
        }
    }

    @Test
    default void aLockGrowsAndNeverShrinks() throws Exception {
        Blobs.put(store(), "packs/blob", new byte[1]);
        assertEquals(Optional.empty(), store().lock("packs/blob"));
        BlobLock longest = lock(weakest(), LONG);
        for (Duration less : new Duration[] {Duration.ofSeconds(5), Duration.ZERO, Duration.ofSeconds(9)}) {
            store().extend("packs/blob", new BlobLock(longest.mode(), longest.until().minus(less)));
        }
        assertEquals(Optional.of(longest), store().lock("packs/blob"));
        assertRefused("blob.locked", () -> store().delete("packs/blob"));
    }

    @Test
    default void aModeGrowsStrongerAndNeverWeaker() throws Exception {
        Set<BlobLock.Mode> modes = store().capabilities().locks();
        if (modes.size() == 2) {
            BlobLock strong = lock(BlobLock.Mode.COMPLIANCE, LONG);
            put(store(), "packs/blob", new BlobLock(BlobLock.Mode.GOVERNANCE, strong.until()));
            store().extend("packs/blob", strong);
            store().extend("packs/blob", new BlobLock(BlobLock.Mode.GOVERNANCE, strong.until().plusSeconds(3)));
            assertEquals(Optional.of(new BlobLock(BlobLock.Mode.COMPLIANCE, strong.until().plusSeconds(3))), store().lock("packs/blob"));
        }
    }

    @Test
    default void whatWasLockedGoesWhenItsTimeHasCome() throws Exception {
        for (BlobLock.Mode mode : store().capabilities().locks()) {
            String key = "packs/" + mode.name().toLowerCase(Locale.ROOT);
            Blobs.put(store(), key, new byte[] {1, 2, 3});
            // behind the writing, which may take long: no device takes an end that is over
            store().extend(key, lock(mode, SHORT));
        }
        for (BlobStore.Blob blob : Blobs.list(store(), "").entrySet().stream().map(found -> new BlobStore.Blob(found.getKey(), found.getValue())).toList()) {
            while (store().lock(blob.key()).isPresent()) {
                pass(SHORT.dividedBy(4));
            }
            store().delete(blob.key());
        }
        assertEquals(Map.of(), Blobs.list(store(), ""));
    }

    @Test
    default void saysWhatItCanNotLock() throws Exception {
        BlobLock lock = lock(weakest(), LONG);
        assertRefused("blob.missing", () -> store().extend("packs/none", lock));
        assertRefused("blob.missing", () -> store().lock("packs/none"));
        assertRefused("blob.key", () -> store().extend("../blob", lock));
        assertRefused("blob.key", () -> store().lock("../blob"));
        Blobs.put(store(), "packs/blob", new byte[1]);
        for (BlobLock.Mode mode : EnumSet.complementOf(EnumSet.copyOf(store().capabilities().locks()))) {
            assertRefused("device.unsupported", () -> store().extend("packs/blob", new BlobLock(mode, lock.until())));
        }
    }
}
