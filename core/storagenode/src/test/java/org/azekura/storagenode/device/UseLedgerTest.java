package org.azekura.storagenode.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Terms;
import org.azekura.api.message.DeviceAnswer.MonthFound;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UseLedgerTest {

    private static final DeviceName CLOUD = new DeviceName("cloud");
    private static final Terms PRICES = new Terms(Terms.Medium.CLOUD, Duration.ZERO, -1, 90_000, 400, 5_000);

    @TempDir
    Path dir;
    private Instant now = Instant.parse("2026-11-30T23:59:50Z");
    private UseLedger ledger = ledger();
    private final MemoryStore store = store();

    private UseLedger ledger() {
        return new UseLedger(() -> now);
    }

    private static MemoryStore store() {
        MemoryStore store = new MemoryStore();
        store.count(PRICES);
        return store;
    }

    private void open() {
        ledger.open(dir.resolve("use"));
        ledger.came(CLOUD, store);
    }

    private static void put(MemoryStore into, String key, int bytes) throws BackupException {
        try (BlobWriter writer = into.create(key)) {
            writer.write(ByteBuffer.allocate(bytes));
            writer.commit();
        }
    }

    private List<String> months() {
        return ledger.months().stream().map(UseLedgerTest::line).toList();
    }

    private static String line(MonthFound f) {
        return f.device() + " " + f.month() + " " + f.bytesIn() + " " + f.bytesOut() + " " + f.writes() + " " + f.reads() + " " + f.free();
    }

    @Test
    void countsWhatGoesBothWaysAndSaysWhatItCosts() throws Exception {
        open();
        put(store, "a", 100);
        store.read("a", 0, ByteBuffer.allocate(60));
        store.delete("a");
        assertEquals(List.of("cloud 2026-11 100 60 1 1 1"), months());
        MonthFound found = ledger.months().getFirst();
        assertEquals(List.of(90_000L, 400L, 5_000L), List.of(found.microsPerGiB(), found.microsPerThousand(), found.microsPerThousandWrites()));
    }

    @Test
    void aMonthEndsByTheClockOfUtcAndTheOneBeforeIsStillTold() throws Exception {
        open();
        put(store, "a", 100);
        ledger.look();
        now = Instant.parse("2026-12-01T00:00:00Z");
        put(store, "b", 7);
        assertEquals(List.of("cloud 2026-11 100 0 1 0 0", "cloud 2026-12 7 0 1 0 0"), months());
        now = Instant.parse("2027-01-01T00:00:00Z");
        assertEquals(List.of("cloud 2026-12 7 0 1 0 0", "cloud 2027-01 0 0 0 0 0"), months());
    }

    @Test
    void aClockThatWasTwiceInAnotherFutureLosesNothingOfTheMonthThatItIs() throws Exception {
        Instant right = now;
        now = Instant.parse("2031-01-01T00:00:00Z");
        open();
        put(store, "a", 100);
        ledger.look();
        now = Instant.parse("2035-05-01T00:00:00Z");
        put(store, "b", 100);
        ledger.look();
        now = right;
        put(store, "c", 7);
        ledger.look();
        put(store, "d", 8);
        assertEquals("cloud 2026-11 15 0 2 0 0", months().getFirst());
        now = Instant.parse("2026-12-01T00:00:00Z");
        put(store, "e", 1);
        assertEquals(List.of("cloud 2026-11 15 0 2 0 0", "cloud 2026-12 1 0 1 0 0"), months());
    }

    @Test
    void aDriverThatThrowsKeepsNoOtherDeviceFromBeingCounted() throws Exception {
        open();
        BlobStore broken = (BlobStore) Proxy.newProxyInstance(BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (self, method, args) -> {
            throw new IllegalStateException(method.getName());
        });
        for (String name : List.of("a", "z")) {
            ledger.came(new DeviceName(name), broken);
        }
        put(store, "a", 100);
        ledger.look();
        assertEquals(List.of("cloud 2026-11 100 0 1 0 0"), months());
        ledger.went(new DeviceName("a"), broken);
        ledger.close();
    }

    @Test
    void aKillCostsWhatCameBehindTheLastLookAndNothingElse() throws Exception {
        open();
        put(store, "a", 100);
        ledger.look();
        put(store, "b", 23);
        ledger = ledger();
        MemoryStore again = store();
        ledger.open(dir.resolve("use"));
        ledger.came(CLOUD, again);
        assertEquals(List.of("cloud 2026-11 100 0 1 0 0"), months());
        put(again, "c", 5);
        assertEquals(List.of("cloud 2026-11 105 0 2 0 0"), months());
    }

    @Test
    void anEndLosesNothing() throws Exception {
        open();
        put(store, "a", 100);
        ledger.close();
        ledger = ledger();
        ledger.open(dir.resolve("use"));
        ledger.came(CLOUD, store());
        assertEquals(List.of("cloud 2026-11 100 0 1 0 0"), months());
    }

    @Test
    void anotherServiceOfADeviceCountsOnAndTheSameOneCountsOnce() throws Exception {
        open();
        put(store, "a", 100);
        ledger.came(CLOUD, store);
        assertEquals(List.of("cloud 2026-11 100 0 1 0 0"), months());
        MemoryStore updated = store();
        put(store, "b", 10);
        ledger.came(CLOUD, updated);
        ledger.went(CLOUD, store);
        put(updated, "c", 1);
        assertEquals(List.of("cloud 2026-11 111 0 3 0 0"), months());
    }

    @Test
    void twoDevicesOfOneBucketCountEachItsOwn() throws Exception {
        open();
        MemoryStore second = store();
        ledger.came(new DeviceName("cloud2"), second);
        put(store, "a", 100);
        put(second, "b", 10);
        assertEquals(List.of("cloud 2026-11 100 0 1 0 0", "cloud2 2026-11 10 0 1 0 0"), months().stream().sorted().toList());
    }

    @Test
    void aDeviceThatCountsNothingIsNotTold() {
        open();
        ledger.came(new DeviceName("disk"), new MemoryStore());
        assertEquals(List.of("cloud 2026-11 0 0 0 0 0"), months());
    }

    @Test
    void aFileThatCannotBeReadAndADeviceMadeAnewBeginAnotherLedger() throws Exception {
        open();
        put(store, "a", 100);
        String first = ledger.months().getFirst().ledger();
        ledger.close();
        Files.write(dir.resolve("use/cloud"), "nothing that anybody wrote\n".getBytes(UTF_8));
        ledger = ledger();
        ledger.open(dir.resolve("use"));
        ledger.came(CLOUD, store());
        String second = ledger.months().getFirst().ledger();
        assertNotEquals(first, second);
        ledger.forget(CLOUD);
        assertFalse(Files.exists(dir.resolve("use/cloud")));
        ledger.came(CLOUD, store());
        assertNotEquals(second, ledger.months().getFirst().ledger());
        assertEquals(List.of("cloud 2026-11 0 0 0 0 0"), months());
    }
}
