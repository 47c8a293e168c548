package org.azekura.testkit.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Candidacy;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.junit.jupiter.api.Test;

/** What every {@link CatalogStore} does: {@link RetentionRowsContract}, and transactions for many at once. */
public interface CatalogStoreContract extends RetentionRowsContract, ProofRowsContract, CatalogMediaContract, AccessRowsContract, NoticeRowsContract {

    @Test
    default void changesNothingWhenAChangeThrows() throws Exception {
        change(edit -> edit.putSetting("a", "before"));
        BackupException refusal = BackupException.operator("test.refused", "", "refused");
        assertSame(refusal, assertThrows(BackupException.class, () -> store().write(edit -> {
            edit.putSetting("a", "after");
            edit.putPool(Rows.pool("main"));
            assertEquals(Optional.of("after"), edit.setting("a"));
            throw refusal;
        })));
        assertThrows(UnsupportedOperationException.class, () -> store().write(edit -> {
            edit.putSetting("a", "after");
            throw new UnsupportedOperationException();
        }));
        assertEquals(Optional.of("before"), read(view -> view.setting("a")));
        assertEquals(List.of(), read(CatalogView::pools));
        assertSame(refusal, assertThrows(BackupException.class, () -> store().read(view -> {
            throw refusal;
        })));
        change(edit -> edit.putSetting("a", "at last"));
        assertEquals(Optional.of("at last"), reopen().read(view -> view.setting("a")));
    }

    @Test
    default void keepsACharacterThatNotEveryDatabaseHasAsItsPicture() throws Exception {
        change(edit -> edit.putSetting("a\0b", "c\0d"));
        assertEquals(Optional.of("c\u2400d"), read(view -> view.setting("a\0b")));
        change(edit -> edit.putSetting("lone", "\ud800"));
        assertEquals(Optional.of("?"), read(view -> view.setting("lone")));
    }

    @Test
    default void isLedAtOnceByWhoStandsAlone() throws Exception {
        Standing alone = new Standing("one");
        try (Candidacy candidacy = store().stand(alone)) {
            assertEquals(List.of("leads"), alone.told());
            CatalogServer server = candidacy.servers().getFirst();
            assertEquals(List.of("host-one", "https://one.example.net", true, true), List.of(server.name(), server.place(), server.leads(), server.here()));
            assertEquals(1, candidacy.servers().size());
            change(edit -> edit.putSetting("a", "1"));
        }
        assertEquals(Optional.of("1"), read(view -> view.setting("a")));
    }

    @Test
    default void refusesAViewThatWasKept() throws Exception {
        AtomicReference<CatalogView> kept = new AtomicReference<>();
        store().read(view -> {
            kept.set(view);
            return null;
        });
        assertThrows(IllegalStateException.class, () -> kept.get().pools());
    }

    @Test
    default void refusesToWaitForItself() throws Exception {
        assertThrows(IllegalStateException.class, () -> store().write(edit -> store().write(inner -> null)));
        assertThrows(IllegalStateException.class, () -> store().write(edit -> store().read(view -> null)));
        assertThrows(IllegalStateException.class, () -> store().read(view -> store().read(inner -> null)));
        change(edit -> edit.putSetting("a", "1"));
    }

    @Test
    default void showsAReaderOneStateUntilItReturns() throws Exception {
        change(edit -> edit.putSetting("a", "before"));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> seen = other.submit(() -> store().read(view -> {
                assertEquals(Optional.of("before"), view.setting("a"));
                begun.countDown();
                await(written);
                return view.setting("a");
            }));
            await(begun);
            change(edit -> edit.putSetting("a", "after"));
            written.countDown();
            assertEquals(Optional.of("before"), seen.get(120, TimeUnit.SECONDS));
        }
        assertEquals(Optional.of("after"), read(view -> view.setting("a")));
    }

    @Test
    default void letsManyReadAndWriteAtOnce() throws Exception {
        change(edit -> edit.putSetting("sum", "0"));
        Set<JobId> numbers = new HashSet<>();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JobId>> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                all.add(many.submit(() -> {
                    JobId number = store().write(edit -> {
                        edit.putSetting("sum", "" + (Integer.parseInt(edit.setting("sum").orElseThrow()) + 1));
                        return edit.nextJob();
                    });
                    int sum = Integer.parseInt(read(view -> view.setting("sum")).orElseThrow());
                    assertTrue(sum >= number.value(), "what was written is seen: " + sum + " after " + number);
                    return number;
                }));
            }
            for (Future<JobId> one : all) {
                numbers.add(one.get(120, TimeUnit.SECONDS));
            }
        }
        assertEquals(60, numbers.size());
        assertEquals(Optional.of("60"), read(view -> view.setting("sum")));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(120, TimeUnit.SECONDS), "the other thread did not come");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
