package org.azekura.client.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.channels.FileChannel;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Accounts;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault is planted between restore and comparison, in a real folder. */
class RehearsalTest {

    private static final long ROOM = 1 << 30;

    @TempDir
    Path top;

    private final Plan plan = new Plan();
    private final byte[] shared = plan.chunk(1, 3_000);
    private Rehearsal rehearsal;

    @BeforeEach
    void makeTree() {
        Map<String, Entry> tree = new LinkedHashMap<>();
        tree.put("/srv", plan.directory("srv"));
        tree.put("/srv/a", plan.file("a", 0, plan.slice(shared, 0, 1_000)));
        tree.put("/srv/b", plan.file("b", 0, plan.slice(shared, 1_000, 2_000)));
        tree.put("/srv/d", plan.directory("d"));
        tree.put("/srv/d/empty", plan.file("empty", 0));
        tree.put("/srv/link", plan.entry("link", Entry.Type.SYMLINK, 0777, 0, "a".getBytes(), List.of(), List.of()));
        tree.put("/srv/marked", plan.entry("marked", Entry.Type.FILE, 0600, 0, null, List.of(Plan.xattr("user.note", "kept")), List.of()));
        tree.put("/srv/one", plan.file("one", 5, plan.extent(plan.chunk(2, 500))));
        tree.put("/srv/pipe", plan.entry("pipe", Entry.Type.FIFO, 0600, 0, null, List.of(), List.of()));
        tree.put("/srv/sparse", plan.file("sparse", 0, plan.extent(plan.chunk(3, 4_096)), Extent.hole(1 << 20), plan.extent(plan.chunk(4, 4_096))));
        tree.put("/srv/two", plan.file("two", 5, plan.extent(plan.chunk(2, 500))));
        plan.batch(tree);
    }

    private Portion restored(long room) throws Exception {
        rehearsal = new Rehearsal(top, room, false, new Breaker(new JobId(1)), new Tally(), plan.namer, plan.batches(), plan.source());
        return rehearsal.restore();
    }

    private interface Fault {
        void plant(Path srv) throws Exception;
    }

    private List<String> found(Fault fault) throws Exception {
        Portion portion = restored(ROOM);
        fault.plant(top.resolve("srv"));
        rehearsal.compare(portion);
        assertNull(rehearsal.restore(), "there was one portion");
        assertEquals(rehearsal.findings().differences.first().size(), rehearsal.findings().differences.count());
        return rehearsal.findings().differences.first().stream().map(one -> one.path() + ": " + one.reason()).toList();
    }

    @Test
    void whatIsAsItWasSavedIsProven() throws Exception {
        assertEquals(List.of(), found(srv -> { }));
        assertEquals(List.of(), rehearsal.findings().unheld.told());
        assertEquals(11, rehearsal.findings().entries);
        assertEquals(9, rehearsal.findings().files);
    }

    @Test
    void oneByteOfASliceIsFoundInItsFileAlone() throws Exception {
        assertEquals(List.of("/srv/b: the content that was restored is not that which was saved"), found(srv -> {
            FileTime time = Files.getLastModifiedTime(srv.resolve("b"));
            try (FileChannel file = FileChannel.open(srv.resolve("b"), StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(new byte[] {(byte) ~shared[1_999]}), 999);
            }
            Files.setLastModifiedTime(srv.resolve("b"), time);
        }));
        assertEquals(0, rehearsal.findings().lost, "it is the scratch place that lost it");
    }

    @Test
    void aLengthIsFound() throws Exception {
        assertEquals(List.of("/srv/a: time of modification", "/srv/a: size 1001 is there, 1000 was saved"), found(srv -> Files.write(srv.resolve("a"), new byte[1],
                StandardOpenOption.APPEND)).stream().map(line -> line.replaceFirst("modification .*", "modification")).toList());
    }

    @Test
    void aModeIsFound() throws Exception {
        assertEquals(List.of("/srv/a: mode 600 is there, 640 was saved"), found(srv -> Files.setPosixFilePermissions(srv.resolve("a"),
                PosixFilePermissions.fromString("rw-------"))));
    }

    @Test
    void anOwnerIsFound() throws Exception {
        assumeTrue(Accounts.self() == 0, "needs root");
        assertEquals(List.of("/srv/a: owner 12345:0 is there, 0:0 was saved"), found(srv -> Files.setAttribute(srv.resolve("a"), "unix:uid", 12345)));
    }

    @Test
    void aTimeIsFoundToTheNanosecond() throws Exception {
        List<String> found = found(srv -> Files.setLastModifiedTime(srv.resolve("d"), FileTime.from(Plan.TIME.plusNanos(1))));
        assertEquals(List.of("/srv/d: time of modification " + Plan.TIME.plusNanos(1) + " is there, " + Plan.TIME + " was saved"), found);
    }

    @Test
    void extendedAttributesAreFound() throws Exception {
        List<String> found = found(srv -> {
            Files.getFileAttributeView(srv.resolve("marked"), UserDefinedFileAttributeView.class).write("note", ByteBuffer.wrap(new byte[] {1}));
            Files.getFileAttributeView(srv.resolve("a"), UserDefinedFileAttributeView.class).write("more", ByteBuffer.wrap(new byte[] {1}));
        });
        assertEquals(List.of("/srv/a: the extended attribute user.more is there, and was not saved", "/srv/marked: the extended attribute user.note is not as it was saved"), found);
    }

    @Test
    void anExtendedAttributeThatIsGoneIsFound() throws Exception {
        assertEquals(List.of("/srv/marked: the extended attribute user.note is not there"),
                found(srv -> Files.getFileAttributeView(srv.resolve("marked"), UserDefinedFileAttributeView.class).delete("note")));
    }

    @Test
    void whereALinkLeadsIsFound() throws Exception {
        List<String> found = found(srv -> {
            Files.delete(srv.resolve("link"));
            Files.createSymbolicLink(srv.resolve("link"), Path.of("b"));
        });
        assertTrue(found.contains("/srv/link: target b is there, a was saved"), found::toString);
    }

    @Test
    void anotherKindIsFound() throws Exception {
        List<String> found = found(srv -> {
            Files.delete(srv.resolve("pipe"));
            Files.createFile(srv.resolve("pipe"));
        });
        assertTrue(found.contains("/srv/pipe: kind FILE is there, FIFO was saved"), found::toString);
    }

    @Test
    void aNameThatIsAFileOfItsOwnIsFound() throws Exception {
        List<String> found = found(srv -> {
            Files.delete(srv.resolve("two"));
            Files.copy(srv.resolve("one"), srv.resolve("two"));
        });
        assertTrue(found.contains("/srv/two: is not the same file as /srv/one, of which it is another name"), found::toString);
        assertTrue(found.contains("/srv/one: number of names 1 is there, 2 was saved"), found::toString);
    }

    @Test
    void whatIsMissingAndWhatIsTooMuchIsFound() throws Exception {
        List<String> found = found(srv -> Files.move(srv.resolve("d/empty"), srv.resolve("d/other")));
        assertTrue(found.contains("/srv/d/empty: is not there after the restore"), found::toString);
        assertTrue(found.contains("/srv/d/other: is there after the restore, and was not saved"), found::toString);
    }

    @Test
    void aHoleThatTakesRoomOrIsNoneIsFound() throws Exception {
        assertEquals(List.of("/srv/sparse: what was saved as a hole takes room"), found(srv -> overwrite(srv.resolve("sparse"), new byte[1 << 20])));
        assertEquals(List.of("/srv/sparse: the content that was restored is not that which was saved"), again(srv -> overwrite(srv.resolve("sparse"), new byte[] {7})));
    }

    private List<String> again(Fault fault) throws Exception {
        Scratch.open(Files.createDirectories(top.resolveSibling("other"))).clear(top);
        return found(fault);
    }

    private static void overwrite(Path file, byte[] with) throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(with), 4_096);
        }
        Files.setLastModifiedTime(file, time);
    }

    @Test
    void aChunkThatIsNotWhatItsIdSaysIsNoContent() throws Exception {
        plan.chunks.replaceAll((id, content) -> content.length == 500 ? new byte[500] : content);
        List<String> found = found(srv -> { });
        assertEquals(List.of("/srv/one: data that cannot be read any more are left out: zeros are in their place"), found);
        assertEquals(1, rehearsal.findings().lost);
    }

    @Test
    void aChunkThatIsNowhereIsNamedWithEachOfItsFiles() throws Exception {
        plan.chunks.values().removeIf(content -> content.length == 3_000);
        assertEquals(List.of("/srv/a", "/srv/b"), found(srv -> { }).stream().map(line -> line.substring(0, line.indexOf(':'))).toList());
    }

    @Test
    void whatDoesNotFitAtOnceComesInPortionsAlsoWithinAFile() throws Exception {
        byte[][] pieces = {plan.chunk(11, 1 << 20), plan.chunk(12, 1 << 20), plan.chunk(13, 1 << 20)};
        Entry whole = plan.file("large", 0, plan.extent(pieces[0]), plan.extent(pieces[1]), plan.extent(pieces[2]));
        for (int i = 0; i < 3; i++) {
            plan.part("/srv/large", whole.with(new Entry.Content.Inline(List.of(plan.extent(pieces[i])), null)), (long) i << 20, i == 2);
        }
        Portion portion = restored(3 << 20);
        int portions = 0;
        while (portion != null) {
            portions++;
            if (portions == 2) {
                try (FileChannel channel = FileChannel.open(top.resolve("srv/large"), StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(new byte[10]), (1 << 20) + 5);
                }
                Files.setLastModifiedTime(top.resolve("srv/large"), FileTime.from(Plan.TIME));
            }
            rehearsal.compare(portion);
            Scratch.open(Files.createDirectories(top.resolveSibling("other"))).clear(top);
            portion = rehearsal.restore();
        }
        assertEquals(3, portions);
        var found = rehearsal.findings().differences.first();
        assertEquals(1, found.size(), found::toString);
        assertEquals("/srv/large", found.getFirst().path().toString());
        assertEquals(1 << 20, found.getFirst().ranges().getFirst().from());
        assertEquals(10, rehearsal.findings().files, "a file that is cut counts once");
    }

    @Test
    void onePieceThatHasNoRoomAtAllIsRefusedByName() throws Exception {
        BackupException full = assertThrows(BackupException.class, () -> restored(1_000));
        assertEquals("scratch.full", full.failure().code());
    }

    @Test
    void aTimeThatTheScratchPlaceCannotHoldIsToldAndNoDifference() throws Exception {
        try (Ability ability = new Ability(top)) {
            assertTrue(ability.holds(Plan.TIME));
            assertTrue(!ability.holds(Instant.MAX) && ability.holdsMode(04755));
        }
    }
}
