package org.azekura.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.azekura.api.access.AuditLog;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.AuditHead;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainedLogTest {

    private static final ChainedLog.Times TIMES = new ChainedLog.Times(Instant.parse("2026-01-02T03:04:05.678Z"), Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    Path home;

    private static ChainedLog log(CatalogDoor door) {
        return new ChainedLog(door.catalog(), () -> TIMES);
    }

    private void fill(int lines) throws Exception {
        try (CatalogDoor door = CatalogDoor.of(home)) {
            for (int i = 1; i <= lines; i++) {
                log(door).add(new AuditLog.Act("user ann", "192.0.2.1", "DELETE pools/*", "pool" + i, "done"));
            }
        }
    }

    /** As somebody does who has the file. */
    private void tamper(String... statements) throws SQLException {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("catalog/azekura.db")); Statement sql = file.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        }
    }

    private AuditLog.Verdict verdict() throws Exception {
        try (CatalogDoor door = CatalogDoor.of(home)) {
            return log(door).verify();
        }
    }

    @Test
    void isWholeAlsoWhenItIsEmpty() throws Exception {
        assertEquals(new AuditLog.Verdict(0, 0, "", 0, false), verdict());
        fill(5);
        assertEquals(5, verdict().entries());
        assertEquals(0, verdict().broken());
    }

    /** What is written down once is what later versions have to find. */
    @Test
    void hashesAsItIsSaid() throws Exception {
        fill(2);
        assertEquals("ec0a30fdac81c5870935d489a4661ba5abcc06ba439fd7f598c136f22295a513", verdict().head());
    }

    @Test
    void pagesFromTheNewest() throws Exception {
        fill(5);
        try (CatalogDoor door = CatalogDoor.of(home)) {
            assertEquals(List.of(5L, 4L), log(door).page(Long.MAX_VALUE, 2).stream().map(AuditEntry::number).toList());
            assertEquals(List.of(3L, 2L, 1L), log(door).page(4, 100).stream().map(AuditEntry::number).toList());
        }
    }

    @Test
    void cutsWhatIsTooLongAndWhatCommandsATerminal() throws Exception {
        try (CatalogDoor door = CatalogDoor.of(home)) {
            AuditEntry entry = log(door).add(new AuditLog.Act("user ann", "", "x", "a\u001b[31m\ud800" + "b".repeat(5000), "done"));
            assertEquals(1000, entry.object().length());
            assertEquals("a\ufffd[31m\ufffdb", entry.object().substring(0, 8));
            AuditEntry turned = log(door).add(new AuditLog.Act("user ann", "", "x", "a\u202eb\u2066c\u200fd\u2028e\u2029f\u200bg", "done"));
            assertEquals("a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg", turned.object());
        }
        assertEquals(0, verdict().broken());
    }

    @Test
    void theCatalogItselfChangesNothing() throws Exception {
        fill(3);
        assertThrows(SQLException.class, () -> tamper("UPDATE audit SET who = 'user bob' WHERE number = 2"));
        assertThrows(SQLException.class, () -> tamper("DELETE FROM audit WHERE number = 3"));
    }

    @Test
    void saysThatLinesAreMissingWhichAreOnMedia() throws Exception {
        fill(5);
        try (CatalogDoor door = CatalogDoor.of(home)) {
            AuditHead head = door.catalog().read(AuditHead::known).orElseThrow();
            assertEquals(5, head.number());
            door.catalog().write(edit -> {
                head.noteWritten(edit);
                return null;
            });
        }
        fill(1);
        assertEquals("5 false 6", onMedia());
        tamper("DROP TRIGGER audit_is_not_deleted", "DELETE FROM audit WHERE number > 3");
        assertEquals(0, verdict().broken());
        assertEquals("5 true 5", onMedia());
        fill(2);
        assertEquals("5 true 5", onMedia());
        try (CatalogDoor door = CatalogDoor.of(home)) {
            log(door).accept();
        }
        assertEquals("5 false 5", onMedia());
    }

    /** What media had, whether that is missing, and what they are told next. */
    private String onMedia() throws Exception {
        try (CatalogDoor door = CatalogDoor.of(home)) {
            AuditLog.Verdict verdict = log(door).verify();
            return verdict.onMedia() + " " + verdict.cut() + " " + door.catalog().read(AuditHead::known).orElseThrow().number();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "UPDATE audit SET who = 'user bob' WHERE number = 3 | 3",
        "UPDATE audit SET outcome = 'done.' WHERE number = 1 | 1",
        "UPDATE audit SET origin = '192.0.2.', operation = '1DELETE pools/*' WHERE number = 2 | 2",
        "UPDATE audit SET time = machine, machine = time WHERE number = 5 | 5",
        "UPDATE audit SET hash = zeroblob(32) WHERE number = 4 | 4",
        "DELETE FROM audit WHERE number = 3 | 4",
        "DELETE FROM audit WHERE number < 3 | 3"})
    void saysWhereTheChainBreaks(String change, long broken) throws Exception {
        fill(5);
        tamper("DROP TRIGGER audit_is_not_changed", "DROP TRIGGER audit_is_not_deleted", change);
        assertEquals(broken, verdict().broken());
    }
}
