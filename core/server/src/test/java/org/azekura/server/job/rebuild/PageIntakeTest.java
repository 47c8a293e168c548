package org.azekura.server.job.rebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.server.trees.Sharing;
import org.azekura.server.trees.SomePages;
import org.azekura.server.trees.TreeMarks;
import org.azekura.server.trees.TreeStore;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rebuild brings, while another server prunes. */
class PageIntakeTest {

    @TempDir
    Path dir;

    private final MemoryStore device = new MemoryStore();

    private TreeStore open(String server) throws BackupException, IOException {
        return TreeStore.open(Files.createDirectory(dir.resolve(server)), new Sharing(() -> device, "trees", server));
    }

    /** To a prune nothing is alive: the snapshots of a rebuild are in the catalog at its end only. */
    private static void prune(TreeStore store) throws BackupException {
        try (TreeMarks marks = store.marks(Set::of)) {
            marks.compact(50);
        }
    }

    @Test
    void pagesStayThatWereGivenUpBeforeItBegan() throws BackupException, IOException {
        List<ByteBuffer> frames = new SomePages().frames(30, 21);
        try (TreeStore leader = open("leader"); TreeStore other = open("other")) {
            for (ByteBuffer frame : frames) {
                leader.append(frame);
            }
            leader.sync();
            other.renew();
            prune(leader); // the other server does not know of it yet
            AtomicLong told = new AtomicLong();
            PageIntake intake = new PageIntake(other, told::set);
            intake.take(take -> {
                for (ByteBuffer frame : frames) {
                    take.take(frame);
                }
            });
            assertEquals(30, intake.pages());
            prune(leader); // the rebuild began behind the first, which nobody has to wait for
            for (TreeStore store : List.of(leader, other)) {
                for (ByteBuffer frame : frames) {
                    store.renew();
                    assertTrue(store.has(SomePages.id(frame)));
                    assertEquals(frame, store.whole(SomePages.id(frame)));
                }
            }
        }
    }
}
