package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.AuditHead;
import org.azekura.api.catalog.CatalogView;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that came from media, and those of the new home behind them. */
class AuditSeamTest {

    private final List<String> problems = new ArrayList<>();
    private CatalogDoor door;

    @BeforeEach
    void open(@TempDir Path dir) {
        door = new CatalogDoor(dir);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static List<AuditEntry> lines(String who, int count) {
        List<AuditEntry> lines = new ArrayList<>();
        byte[] before = AuditEntry.beginning();
        for (int number = 1; number <= count; number++) {
            lines.add(new AuditEntry(0, Instant.EPOCH, Instant.EPOCH, who, "", "POST jobs", "line " + number, "done", null).behind(number, before));
            before = lines.getLast().hash();
        }
        return lines;
    }

    private void write(List<AuditEntry> lines) throws BackupException {
        door.catalog().write(edit -> {
            for (AuditEntry line : lines) {
                edit.addAudit(line);
            }
            return null;
        });
    }

    private static AuditChain.Link link(List<AuditEntry> lines, long first, long last) {
        byte[] before = first == 1 ? AuditEntry.beginning() : lines.get((int) first - 2).hash();
        return new AuditChain.Link(first, AuditChain.hex(before), last, AuditChain.hex(lines.get((int) last - 1).hash()), new PoolName("main"), first);
    }

    private void bring(List<AuditEntry> old, AuditChain.Link... links) throws BackupException {
        door.catalog().write(edit -> {
            new AuditSeam(edit, problems).put(AuditChain.of(List.of(links)), link -> old.subList((int) link.first() - 1, (int) link.last()));
            return null;
        });
    }

    private List<AuditEntry> log() throws BackupException {
        return door.catalog().read(view -> view.audit(Long.MAX_VALUE, 100)).reversed();
    }

    private static void assertWhole(List<AuditEntry> log) {
        byte[] before = AuditEntry.beginning();
        for (AuditEntry line : log) {
            assertTrue(line.follows(before), () -> "line " + line.number());
            before = line.hash();
        }
    }

    @Test
    void ownLinesGoOnBehindThoseFromMedia() throws Exception {
        List<AuditEntry> old = lines("user ann", 7);
        List<AuditEntry> own = lines("home", 3);
        write(own);
        bring(old, link(old, 1, 4), link(old, 5, 7));
        List<AuditEntry> log = log();
        assertEquals(11, log.size());
        assertWhole(log);
        assertArrayEquals(old.getLast().hash(), log.get(6).hash());
        assertEquals("appliance audit.revived lines up to 7 are back from media; 3 of this home, which ended with " + AuditChain.hex(own.getLast().hash()) + " behind them",
                log.get(7).who() + " " + log.get(7).operation() + " " + log.get(7).object());
        assertEquals(List.of("line 1", "line 2", "line 3"), log.subList(8, 11).stream().map(AuditEntry::object).toList());
        assertEquals(List.of(), problems);
        // What somebody noted of the new home's log shows that nothing else of it was changed.
        byte[] before = AuditEntry.beginning();
        for (int i = 0; i < 3; i++) {
            before = log.get(8 + i).behind(i + 1, before).hash();
        }
        assertArrayEquals(own.getLast().hash(), before);
    }

    @Test
    void whatMediaWereToldOfOwnLinesIsTheSameLineUnderAnotherNumber() throws Exception {
        List<AuditEntry> old = lines("user ann", 2);
        List<AuditEntry> own = lines("home", 3);
        write(own);
        door.catalog().write(edit -> {
            new AuditHead(2, own.get(1).hash()).noteWritten(edit);
            return null;
        });
        bring(old, link(old, 1, 2));
        AuditHead head = door.catalog().read(AuditHead::written).orElseThrow();
        assertEquals(5, head.number());
        assertTrue(door.catalog().read(head::isIn));
    }

    @Test
    void aLogThatHasAllThatMediaHaveStaysAsItIs() throws Exception {
        List<AuditEntry> same = lines("user ann", 5);
        write(same);
        bring(same, link(same, 1, 2), link(same, 3, 4));
        assertEquals(5, log().size());
        assertArrayEquals(same.getLast().hash(), log().getLast().hash());
    }

    @Test
    void aLogThatMediaHaveMoreOfGoesOnFromThere() throws Exception {
        List<AuditEntry> old = lines("user ann", 5);
        write(old.subList(0, 2));
        bring(old, link(old, 1, 2), link(old, 3, 5));
        assertEquals(6, log().size());
        assertWhole(log());
    }

    /** It is brought back as it is: to leave it out would hide what was done. */
    @Test
    void aLineThatWasChangedOnItsWayIsNamed() throws Exception {
        List<AuditEntry> old = lines("user ann", 4);
        AuditEntry second = old.get(1);
        old.set(1, new AuditEntry(2, second.time(), second.machine(), "user eve", second.from(), second.operation(), second.object(), second.outcome(), second.hash()));
        bring(old, link(old, 1, 4));
        assertEquals(List.of("line 2 does not follow from the one before"), problems);
        assertEquals(5, door.catalog().read((CatalogView view) -> view.audit(Long.MAX_VALUE, 100)).size());
    }
}
