package org.azekura.testkit.device;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Readiness;
import org.azekura.api.device.RetrievalTier;
import org.junit.jupiter.api.Test;

/** What every {@link BlobStore} does that has an archive: one with {@link BlobStore#tiers}. */
public interface BlobArchiveContract {

    /** Longer than an archive takes to count days. */
    Duration KEPT = Duration.ofDays(3);

    /** The empty, open store of this test; the same one at every call. */
    BlobStore store();

    /** Writes a blob that lies in the archive when this returns. */
    void putCold(String key, byte[] content) throws Exception;

    /** What was asked for is there now. */
    void bring() throws Exception;

    /** What was brought goes again. */
    void end() throws Exception;

    /** What the device's clock says, about. */
    Instant now();

    @Test
    default void aBlobIsBroughtAndGoesAgain() throws Exception {
        byte[] content = {1, 2, 3};
        putCold("packs/cold", content);
        assertEquals(new Readiness.Archived(), store().readiness("packs/cold"));
        assertRefused("blob.archived", () -> store().read("packs/cold", 0, ByteBuffer.allocate(3)));
        assertEquals(3, store().size("packs/cold"));
        assertEquals(Map.of("packs/cold", 3L), Blobs.list(store(), ""));
        String tier = store().tiers().getFirst().name();
        store().retrieve("packs/cold", tier, KEPT);
        store().retrieve("packs/cold", tier, KEPT);
        assertEquals(new Readiness.Coming(), store().readiness("packs/cold"));
        assertRefused("blob.archived", () -> store().read("packs/cold", 0, ByteBuffer.allocate(3)));
        bring();
        Readiness.Retrieved brought = assertInstanceOf(Readiness.Retrieved.class, store().readiness("packs/cold"));
        assertTrue(brought.until().isAfter(now()), brought::toString);
        assertArrayEquals(content, Blobs.get(store(), "packs/cold", 0, 3));
        store().retrieve("packs/cold", tier, KEPT.multipliedBy(2));
        assertArrayEquals(content, Blobs.get(store(), "packs/cold", 0, 3));
        end();
        assertEquals(new Readiness.Archived(), store().readiness("packs/cold"));
        store().delete("packs/cold");
        assertEquals(-1, store().size("packs/cold"));
    }

    @Test
    default void whatIsNotInTheArchiveIsReadAtOnce() throws Exception {
        Blobs.put(store(), "label", new byte[5]);
        assertEquals(new Readiness.Ready(), store().readiness("label"));
        store().retrieve("label", store().tiers().getFirst().name(), KEPT);
        assertEquals(new Readiness.Ready(), store().readiness("label"));
        assertEquals(5, Blobs.get(store(), "label", 0, 9).length);
    }

    @Test
    default void saysWhatItCanNotBring() throws Exception {
        String tier = store().tiers().getFirst().name();
        assertRefused("blob.missing", () -> store().readiness("none"));
        assertRefused("blob.missing", () -> store().retrieve("none", tier, KEPT));
        assertRefused("blob.key", () -> store().readiness("../blob"));
        assertRefused("blob.key", () -> store().retrieve("../blob", tier, KEPT));
        Blobs.put(store(), "label", new byte[1]);
        String refusal = assertRefused("device.unsupported", () -> store().retrieve("label", "Yesterday", KEPT)).getMessage();
        assertTrue(refusal.contains(tier), refusal);
    }

    /** What is told of many at once is what is told of each; it may be nothing. */
    @Test
    default void aSurveyTellsNothingElseThanALookAtEach() throws Exception {
        List<String> keys = new ArrayList<>(List.of("packs/none"));
        for (int i = 0; i < 20; i++) {
            keys.addAll(List.of("packs/cold-" + i, "packs/asked-" + i, "packs/warm-" + i));
            putCold("packs/cold-" + i, new byte[1]);
            putCold("packs/asked-" + i, new byte[1]);
            Blobs.put(store(), "packs/warm-" + i, new byte[1]);
        }
        assertSurveyed(keys);
        for (int i = 0; i < 20; i++) {
            store().retrieve("packs/asked-" + i, store().tiers().getFirst().name(), KEPT);
        }
        assertSurveyed(keys);
        bring();
        assertSurveyed(keys);
        end();
        assertSurveyed(keys);
        assertEquals(Map.of(), store().survey(List.of()));
    }

    private void assertSurveyed(List<String> keys) throws Exception {
        for (Map.Entry<String, Readiness> told : store().survey(keys).entrySet()) {
            assertTrue(keys.contains(told.getKey()), told::toString);
            assertEquals(store().readiness(told.getKey()), told.getValue(), told.getKey());
        }
    }

    @Test
    default void tellsItsTiersTheCheapestFirst() {
        assertFalse(store().tiers().isEmpty());
        long before = 0;
        for (RetrievalTier tier : store().tiers()) {
            assertFalse(tier.waiting().isNegative(), tier::toString);
            assertTrue(tier.microsPerGiB() < 0 || tier.microsPerGiB() >= before, tier::toString);
            before = Math.max(before, tier.microsPerGiB());
        }
    }
}
