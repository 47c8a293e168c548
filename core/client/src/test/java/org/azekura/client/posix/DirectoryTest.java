package org.azekura.client.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {

    @TempDir
    Path dir;

    private Directory directory;

    @BeforeEach
    void open() throws PosixException {
        directory = Directories.open(dir);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private static byte[] name(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void keepsNamesThatAreNoTextByteForByte() throws Exception {
        List<byte[]> names = List.of(new byte[] {(byte) 0xff, (byte) 0xfe, 'x'}, name("new\nline"), name("桜"), "n".repeat(255).getBytes(UTF_8));
        for (byte[] name : names) {
            directory.create(name, 0600).close();
        }
        List<String> found = new ArrayList<>();
        directory.names(name -> found.add(HexFormat.of().formatHex(name)));
        assertEquals(names.stream().map(n -> HexFormat.of().formatHex(n)).sorted().toList(), found.stream().sorted().toList());
    }

    @Test
    void listsMoreNamesThanOneBufferHolds() throws Exception {
        for (int i = 0; i < 3000; i++) {
            directory.create(name("file-with-a-rather-long-name-" + i), 0600).close();
        }
        int[] count = {0};
        directory.names(name -> count[0]++);
        assertEquals(3000, count[0]);
    }

    @Test
    void readsBackWhatWasWrittenAndItsTimes() throws Exception {
        byte[] content = new byte[3_000_000];
        new Random(7).nextBytes(content);
        try (OpenFile file = directory.create(name("a"), 0640)) {
            file.write(0, content, 0, content.length);
            file.chmod(04751);
        }
        directory.touch(name("a"), 1_234_567_890L, 123_456_789);
        FileStat stat = directory.stat(name("a"));
        assertEquals(FileType.FILE, stat.type());
        assertEquals(04751, stat.mode());
        assertEquals(content.length, stat.size());
        assertEquals(1_234_567_890L, stat.mtimeSecond());
        assertEquals(123_456_789, stat.mtimeNano());
        byte[] back = new byte[content.length + 10];
        try (OpenFile file = directory.read(name("a"))) {
            assertEquals(content.length, file.read(0, back, 0, back.length));
            assertTrue(file.stat().sameContent(stat));
        }
        assertArrayEquals(content, Arrays.copyOf(back, content.length));
    }

    @Test
    void findsHoles() throws Exception {
        try (OpenFile file = directory.create(name("sparse"), 0600)) {
            file.truncate(64 << 20);
            file.write(16 << 20, new byte[] {1}, 0, 1);
        }
        assertTrue(directory.stat(name("sparse")).maybeSparse());
        try (OpenFile file = directory.read(name("sparse"))) {
            long data = file.nextData(0);
            assertEquals(16 << 20, data);
            assertEquals((16 << 20) + 4096, file.nextHole(data));
            assertEquals(-1, file.nextData((16 << 20) + 4096));
        }
    }

    @Test
    void makesLinksNodesAndRemovesThem() throws Exception {
        directory.makeSymlink(new byte[] {(byte) 0x80, '/'}, name("link"));
        assertArrayEquals(new byte[] {(byte) 0x80, '/'}, directory.readLink(name("link")));
        directory.makeNode(name("fifo"), FileType.FIFO, 0622, 0, 0);
        directory.chmod(name("fifo"), 0622);
        assertEquals(FileType.FIFO, directory.stat(name("fifo")).type());
        assertEquals(0622, directory.stat(name("fifo")).mode());
        directory.makeNode(name("socket"), FileType.SOCKET, 0600, 0, 0);
        assertEquals(FileType.SOCKET, directory.stat(name("socket")).type());
        directory.link(directory, name("fifo"), name("second"));
        assertEquals(2, directory.stat(name("fifo")).links());
        directory.rename(name("second"), name("third"));
        assertNull(directory.find(name("second")));
        directory.remove(name("third"));
        directory.makeDirectory(name("sub"), 0700);
        directory.removeDirectory(name("sub"));
        assertNull(directory.find(name("sub")));
    }

    @Test
    void aRenameToAFreeNameReplacesNothing() throws Exception {
        directory.makeSymlink(name("first"), name("a"));
        directory.makeSymlink(name("second"), name("b"));
        assertEquals(Errno.EEXIST, assertThrows(PosixException.class, () -> directory.renameToFree(name("a"), name("b"))).errno());
        assertEquals(Errno.EEXIST, assertThrows(PosixException.class, () -> directory.moveToFree(name("a"), name("b"))).errno());
        assertArrayEquals(name("second"), directory.readLink(name("b")));
        directory.renameToFree(name("a"), name("c"));
        directory.moveToFree(name("c"), name("d"));
        assertArrayEquals(name("first"), directory.readLink(name("d")));
        assertNull(directory.find(name("a")));
        assertNull(directory.find(name("c")));
    }

    @Test
    void attributesOfAHeldEntryGoToItWhateverItsName() throws Exception {
        directory.makeNode(name("fifo"), FileType.FIFO, 0600, 0, 0);
        directory.makeSymlink(name("nowhere"), name("link"));
        try (HeldEntry fifo = directory.hold(name("fifo")); HeldEntry link = directory.hold(name("link"))) {
            directory.rename(name("fifo"), name("moved"));
            directory.create(name("fifo"), 0600).close();
            directory.rename(name("link"), name("moved link"));
            fifo.inode().chmod(0642);
            fifo.inode().touch(5, 6);
            link.inode().touch(7, 8);
            if (Accounts.self() == 0) {
                fifo.inode().chown(111, 222);
                link.inode().chown(333, 444);
                assertEquals(222, directory.stat(name("moved")).gid());
                assertEquals(333, directory.stat(name("moved link")).uid());
            }
            assertArrayEquals(name("nowhere"), link.readLink());
        }
        assertEquals(0642, directory.stat(name("moved")).mode());
        assertEquals(6, directory.stat(name("moved")).mtimeNano());
        assertEquals(7, directory.stat(name("moved link")).mtimeSecond());
        assertEquals(0600, directory.stat(name("fifo")).mode());
    }

    @Test
    void attributesOfAnOpenFileGoToItWhateverItsName() throws Exception {
        byte[] xattr = name("user.azekura");
        try (OpenFile file = directory.create(name("file"), 0600)) {
            directory.rename(name("file"), name("moved"));
            directory.create(name("file"), 0600).close();
            file.inode().set(new Attribute(xattr, name("kept")));
            file.inode().set(new Attribute(name("user.gone"), name("removed")));
            file.inode().remove(name("user.gone"));
            file.inode().remove(name("user.gone"));
            if (Accounts.self() == 0) {
                file.inode().chown(111, 222);
                assertEquals(111, directory.stat(name("moved")).uid());
                assertEquals(222, directory.stat(name("moved")).gid());
            }
            file.inode().chmod(04711);
            file.inode().touch(5, 6);
        }
        FileStat moved = directory.stat(name("moved"));
        assertEquals(04711, moved.mode());
        assertEquals(5, moved.mtimeSecond());
        assertEquals(6, moved.mtimeNano());
        List<Attribute> kept = directory.attributes(name("moved")).list();
        assertEquals(1, kept.size());
        assertArrayEquals(name("kept"), kept.getFirst().value());
        assertEquals(0600, directory.stat(name("file")).mode());
    }

    @Test
    void aDirectoryHandsListsDownOnceItHasADefaultOne() throws Exception {
        assertFalse(directory.handsDownLists());
        ByteBuffer acl = ByteBuffer.allocate(4 + 3 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
        for (int[] e : new int[][] {{1, 7, -1}, {4, 5, -1}, {32, 5, -1}}) {
            acl.putShort((short) e[0]).putShort((short) e[1]).putInt(e[2]);
        }
        directory.inode().set(new Attribute(name("system.posix_acl_default"), acl.array()));
        assertTrue(directory.handsDownLists());
        directory.inode().remove(name("system.posix_acl_default"));
        assertFalse(directory.handsDownLists());
    }

    @Test
    void aFailureTellsCallNameAndReason() {
        PosixException failed = assertThrows(PosixException.class, () -> directory.stat(name("nothing")));
        assertEquals("stat nothing: No such file or directory (errno 2)", failed.getMessage());
        assertEquals("No such file or directory", failed.reason());
    }

    @Test
    void makesDevicesForRoot() throws Exception {
        assumeTrue(Accounts.self() == 0, "only root makes devices");
        directory.makeNode(name("device"), FileType.CHARACTER, 0600, 259, 70000);
        FileStat stat = directory.stat(name("device"));
        assertEquals(259, stat.major());
        assertEquals(70000, stat.minor());
    }

    @Test
    void keepsAttributesAlsoOfLinks() throws Exception {
        directory.create(name("a"), 0600).close();
        Attribute attribute = new Attribute(name("user.azekura"), new byte[] {0, 1, (byte) 0xff});
        directory.attributes(name("a")).set(attribute);
        List<Attribute> found = directory.attributes(name("a")).list();
        assertEquals(1, found.size());
        assertArrayEquals(attribute.name(), found.getFirst().name());
        assertArrayEquals(attribute.value(), found.getFirst().value());
        try (OpenFile open = directory.read(name("a"))) {
            assertEquals(1, open.attributes().size());
            assertArrayEquals(attribute.name(), open.attributes().getFirst().name());
            assertArrayEquals(attribute.value(), open.attributes().getFirst().value());
        }
        directory.makeSymlink(name("a"), name("link"));
        assertEquals(List.of(), directory.attributes(name("link")).list());
        directory.attributes(name("a")).remove(attribute.name());
        assertEquals(List.of(), directory.attributes(name("a")).list());
    }

    @Test
    void moreAttributesThanATreeTakesAreNotRead() throws Exception {
        directory.create(name("a"), 0600).close();
        for (String attribute : List.of("user.a", "user.b")) {
            directory.attributes(name("a")).set(new Attribute(name(attribute), new byte[100]));
        }
        assertEquals(2, directory.attributes(name("a")).list(300).size());
        assertEquals(Errno.E2BIG, assertThrows(PosixException.class, () -> directory.attributes(name("a")).list(200)).errno());
    }

    @Test
    void followsNoLinkAndLeavesNoDirectory() throws Exception {
        directory.makeDirectory(name("real"), 0700);
        directory.makeSymlink(name("real"), name("link"));
        assertThrows(PosixException.class, () -> directory.open(name("link")));
        assertEquals(Errno.ELOOP, assertThrows(PosixException.class, () -> directory.openBeneath(name("link"))).errno());
        directory.create(name("file"), 0600).close();
        assertEquals(Errno.ENOTDIR, assertThrows(PosixException.class, () -> directory.openBeneath(name("file"))).errno());
        assertThrows(IllegalArgumentException.class, () -> directory.openBeneath(name("..")));
        assertThrows(IllegalArgumentException.class, () -> directory.create(name("../x"), 0600));
        assertThrows(IllegalArgumentException.class, () -> directory.remove(name("..")));
    }

    @Test
    void fifoDoesNotBlockTheReader() throws Exception {
        directory.makeNode(name("fifo"), FileType.FIFO, 0600, 0, 0);
        try (OpenFile file = directory.read(name("fifo"))) {
            assertEquals(FileType.FIFO, file.stat().type());
        }
    }

    @Test
    void errorsNameCallNameAndReason() {
        PosixException e = assertThrows(PosixException.class, () -> directory.stat(name("missing")));
        assertEquals(Errno.ENOENT, e.errno());
        assertEquals("stat missing: No such file or directory (errno 2)", e.getMessage());
    }

    @Test
    void knowsNamesOfAccounts() {
        Accounts accounts = new Accounts();
        assertEquals("root", accounts.user(0));
        assertEquals("root", accounts.group(0));
        assertEquals("", accounts.user(0x7eadbeef));
        assertFalse(accounts.user(0).isEmpty());
    }
}
