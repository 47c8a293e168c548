package org.azekura.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import org.azekura.client.posix.Accounts;
import org.azekura.client.posix.Attribute;
import org.azekura.client.posix.Directories;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.DirectoryPath;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.OpenFile;

/** A tree with all that a file system can have. */
final class SampleTree {

    static final byte[] NOT_TEXT = {(byte) 0xff, 'x', (byte) 0x80};

    private final boolean root = Accounts.self() == 0;

    static void make(Path at) throws Exception {
        try (Directory directory = Directories.open(at)) {
            new SampleTree().fill(directory);
        }
    }

    /** Removes all that is in a directory, however deep. */
    static void remove(Path at) throws Exception {
        try (DirectoryPath path = new DirectoryPath(Directories.open(at))) {
            while (true) {
                byte[][] sub = new byte[1][];
                Directory here = path.current();
                here.names(name -> {
                    if (here.stat(name).type() == FileType.DIRECTORY) {
                        sub[0] = name;
                    } else {
                        here.remove(name);
                    }
                });
                if (sub[0] != null) {
                    path.down(sub[0], Directory::open);
                } else if (path.depth() == 0) {
                    return;
                } else {
                    byte[] name = path.name(path.depth());
                    path.up();
                    path.current().removeDirectory(name);
                }
            }
        }
    }

    private static byte[] name(String text) {
        return text.getBytes(UTF_8);
    }

    private static void file(Directory in, byte[] name, byte[] content, int mode) throws Exception {
        try (OpenFile file = in.create(name, 0600)) {
            file.write(0, content, 0, content.length);
            file.chmod(mode);
        }
        in.touch(name, 1_000_000_000L + name.length, 987_654_321);
    }

    private void fill(Directory top) throws Exception {
        file(top, name("empty"), new byte[0], 0644);
        file(top, name("small"), "small content".getBytes(UTF_8), 04755);
        file(top, name("large"), CollectTest.random(1, 3_333_333), 0640);
        file(top, NOT_TEXT, new byte[] {1, 2, 3}, 0600);
        file(top, name("new\nline"), new byte[] {4}, 0400);
        file(top, "n".repeat(255).getBytes(UTF_8), new byte[] {5}, 0000);
        file(top, name("linked"), "three names".getBytes(UTF_8), 0644);
        top.makeDirectory(name("sub"), 0700);
        try (Directory sub = top.open(name("sub"))) {
            sub.link(top, name("linked"), name("second"));
            top.link(top, name("linked"), name("third"));
            for (int i = 0; i < 50; i++) {
                file(sub, name("file" + i), CollectTest.random(i, i * 100), 0644);
            }
            sub.makeDirectory(name("empty directory"), 0711);
        }
        sparse(top);
        top.makeSymlink(new byte[] {'.', '.', '/', (byte) 0xfe}, name("symlink"));
        top.touch(name("symlink"), 5, 6);
        top.makeNode(name("fifo"), FileType.FIFO, 0644, 0, 0);
        top.makeNode(name("socket"), FileType.SOCKET, 0600, 0, 0);
        attributes(top);
        deep(top);
        top.chmod(name("sub"), 01751);
        top.touch(name("sub"), 1_111_111_111L, 1);
    }

    private static void sparse(Directory top) throws Exception {
        try (OpenFile file = top.create(name("sparse"), 0600)) {
            file.truncate(40 << 20);
            for (int island : new int[] {0, 7 << 20, 30 << 20}) {
                file.write(island, CollectTest.random(island, 100_000), 0, 100_000);
            }
        }
        try (OpenFile file = top.create(name("hole"), 0600)) {
            file.truncate(5_000_000_000L >> 10);
        }
    }

    private void attributes(Directory top) throws Exception {
        top.attributes(name("small")).set(new Attribute(name("user.azekura"), new byte[] {0, (byte) 200}));
        top.attributes(name("sub")).set(new Attribute(name("user.directory"), name("value")));
        ByteBuffer acl = ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
        for (int[] e : new int[][] {{1, 6, -1}, {2, 4, 12345}, {4, 4, -1}, {16, 6, -1}, {32, 0, -1}}) {
            acl.putShort((short) e[0]).putShort((short) e[1]).putInt(e[2]);
        }
        top.attributes(name("empty")).set(new Attribute(name("system.posix_acl_access"), acl.array()));
        if (root) {
            top.chown(name("small"), 12345, 54321);
            top.chmod(name("small"), 06755);
            top.chown(name("symlink"), 111, 222);
            top.chown(name("sub"), 77, 88);
            top.makeNode(name("character"), FileType.CHARACTER, 0600, 1, 3);
            top.makeNode(name("block"), FileType.BLOCK, 0660, 7, 300);
            byte[] capability = HexFormat.of().parseHex("0100000200200000000000000000000000000000");
            top.attributes(name("large")).set(new Attribute(name("security.capability"), capability));
            top.touch(name("symlink"), 5, 6);
        }
    }

    private static void deep(Directory top) throws Exception {
        try (DirectoryPath path = new DirectoryPath(top.reopen())) {
            byte[] name = ("deep".repeat(50)).getBytes(UTF_8);
            for (int i = 0; i < 40; i++) {
                path.current().makeDirectory(name, 0755);
                path.down(name, Directory::open);
            }
            file(path.current(), name("bottom"), "far down".getBytes(UTF_8), 0644);
        }
    }
}
