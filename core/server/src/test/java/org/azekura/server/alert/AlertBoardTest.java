package org.azekura.server.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.CatalogView;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertBoardTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path dir;
    private CatalogDoor door;
    private AlertBoard board;
    private Instant now = TIME;
    private final List<Alert> there = new ArrayList<>();
    private BackupException fault;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() {
        door = new CatalogDoor(dir);
        board = board();
    }

    @AfterEach
    void close() {
        board.close();
        door.close();
    }

    private AlertBoard board() {
        AlertBoard made = new AlertBoard(door.catalog(), () -> now);
        made.add(() -> {
            if (fault != null) {
                throw fault;
            }
            return there;
        });
        made.watch(change -> told.add((change.came() ? "+" : "-") + change.alert().code() + " " + change.alert().text()));
        return made;
    }

    private static Alert alert(String code, String text) {
        return Alert.of(code, Severity.WARNING, Alert.Subject.of("pool", "main"), Map.of("pool", "main"), text);
    }

    private void look(int times) throws BackupException {
        for (int i = 0; i < times; i++) {
            now = now.plus(AlertBoard.EVERY);
            board.look();
        }
    }

    @Test
    void tellsOnceOfWhatCameAndWhatWent() throws Exception {
        there.add(alert("a", "one"));
        look(1);
        assertEquals(List.of(), told);
        look(3);
        assertEquals(List.of("+a one"), told);
        there.clear();
        look(1);
        assertEquals(1, told.size());
        look(3);
        assertEquals(List.of("+a one", "-a one"), told);
        assertEquals(List.of(), door.catalog().read(CatalogView::alerts));
        assertEquals(2, door.catalog().read(view -> view.happenings(10)).size());
    }

    @Test
    void saysNothingOfWhatIsThereOrGoneForAMoment() throws Exception {
        for (int i = 0; i < 5; i++) {
            there.add(alert("a", "one"));
            look(1);
            there.clear();
            look(1);
        }
        assertEquals(List.of(), told);
        there.add(alert("a", "one"));
        look(2);
        there.clear();
        look(1);
        there.add(alert("a", "one"));
        look(2);
        assertEquals(List.of("+a one"), told);
    }

    @Test
    void keepsWhatIsThereOverARestart() throws Exception {
        there.add(alert("a", "one"));
        there.add(alert("b", "two"));
        look(2);
        Instant since = board.now().getFirst().since();
        there.remove(1);
        board.close();
        board = board();
        told.clear();
        look(4);
        assertEquals(List.of("-b two"), told, "it went while nobody looked");
        assertEquals(since, board.now().getFirst().since());
    }

    @Test
    void anotherTextIsTheSameAlert() throws Exception {
        there.add(alert("a", "one"));
        look(2);
        there.set(0, alert("a", "two"));
        look(2);
        assertEquals(List.of("+a one"), told);
        assertEquals(List.of("two"), door.catalog().read(CatalogView::alerts).stream().map(Alert::text).toList());
    }

    @Test
    void nothingGoesWhileNobodyCanSay() throws Exception {
        there.add(alert("a", "one"));
        look(2);
        fault = BackupException.operator("node.offline", "n", "it is away");
        for (int i = 0; i < 5; i++) {
            assertThrows(BackupException.class, () -> look(1));
        }
        assertEquals(List.of("+a one"), told);
        assertEquals(1, door.catalog().read(CatalogView::alerts).size());
    }
}
