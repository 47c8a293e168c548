package org.azekura.client.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.azekura.api.RawPath;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.DirectoryPath;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;

/** Goes through all that is below a folder, however deep, over no link. */
final class Walk {

    private static final RawPath TOP = RawPath.of("/");

    private final DirectoryPath path;
    private final Visitor visitor;
    /** For each level the sub-directories that are still to be gone into. */
    private final Deque<Deque<Found>> open = new ArrayDeque<>();

    /** @param path below the folder, from a slash on */
    record Found(Directory in, byte[] name, FileStat stat, RawPath path) {}

    interface Visitor {

        /** What is no directory; may be removed. */
        void entry(Found found) throws IOException;

        /** A directory, before it is gone into. */
        void directory(Found found) throws IOException;

        /** Everything in it was gone through; it may be removed. */
        default void left(Directory above, byte[] name) throws IOException {}
    }

    private Walk(DirectoryPath path, Visitor visitor) {
        this.path = path;
        this.visitor = visitor;
    }

    static void run(Path top, Visitor visitor) throws IOException {
        try (DirectoryPath path = new DirectoryPath(at(top))) {
            new Walk(path, visitor).run();
        }
    }

    /** The directory that this absolute path leads to. */
    static Directory at(Path top) throws IOException {
        Directory at = Directory.root();
        for (Path name : top) {
            try (Directory above = at) {
                at = above.openFollowing(name.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return at;
    }

    private void run() throws IOException {
        enter(TOP);
        while (!open.isEmpty()) {
            Found next = open.getLast().poll();
            if (next != null) {
                path.down(next.name, Directory::openBeneath);
                enter(next.path);
                continue;
            }
            open.removeLast();
            if (path.depth() > 0) {
                byte[] name = path.name(path.depth());
                path.up();
                visitor.left(path.current(), name);
            }
        }
    }

    private void enter(RawPath at) throws IOException {
        Directory here = path.current();
        List<byte[]> names = new ArrayList<>();
        here.names(names::add);
        Deque<Found> below = new ArrayDeque<>();
        for (byte[] name : names) {
            Found found = new Found(here, name, here.stat(name), at.child(name));
            if (found.stat.type() == FileType.DIRECTORY) {
                visitor.directory(found);
                below.add(found);
            } else {
                visitor.entry(found);
            }
        }
        open.add(below);
    }
}
