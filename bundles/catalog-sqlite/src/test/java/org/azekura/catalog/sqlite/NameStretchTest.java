package org.azekura.catalog.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.names.NameChange;
import org.azekura.api.names.NameDay;
import org.azekura.api.names.NameLine;
import org.azekura.api.names.NameQuery;
import org.azekura.api.names.NameSpan;
import org.azekura.api.names.NameState;
import org.azekura.api.names.NameType;
import org.azekura.api.names.NameVisitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trigrams that are each in half of all names and never in one give the visitor nothing to stop at. */
class NameStretchTest {

    private static final PoolName POOL = new PoolName("p");
    private static final int NAMES = 1000;
    private static final int STRETCH = 100;

    @TempDir
    private Path home;

    /** Takes everything, and looks on a few times. */
    private static final class Impatient implements NameVisitor {

        private final List<String> found = new ArrayList<>();
        private int left;

        Impatient(int left) {
            this.left = left;
        }

        @Override
        public boolean wants(NameLine line) {
            return true;
        }

        @Override
        public Next name(byte[] name) {
            return Next.TAKE;
        }

        @Override
        public boolean looksOn() {
            return left-- > 0;
        }

        @Override
        public boolean path(NameLine line, RawPath path, List<NameSpan> spans) {
            found.add(path.toString());
            return true;
        }
    }

    @Test
    void endsWhereNobodyWaitsAnyLongerAndGoesOnFromThere() throws BackupException {
        SqliteNames names = new SqliteNames(home.resolve("names"), STRETCH);
        List<NameChange> changes = new ArrayList<>();
        for (int i = 0; i < NAMES; i++) {
            String name = i == NAMES / 2 ? "abcd" : i % 2 == 0 ? "abc-" + i : "bcd-" + i;
            changes.add(new NameChange(RawPath.of("/" + name), false, new NameState(NameType.FILE, 0, Instant.EPOCH, 0)));
        }
        names.add(POOL, new NameDay(new ClientName("c"), new SaveSetName("s"), new SnapshotId(1, 1), new ChunkId(1, 1, 1, 1), null), changes, List.of());
        List<String> found = new ArrayList<>();
        String next = null;
        int pages = 0;
        do {
            Impatient visitor = new Impatient(2);
            next = names.search(POOL, new NameQuery(List.of("abcd"), next), visitor);
            found.addAll(visitor.found);
            pages++;
        } while (next != null);
        assertEquals(List.of("/abcd"), found);
        assertEquals(4, pages, "ten stretches, three a page");
        names.close();
    }
}
