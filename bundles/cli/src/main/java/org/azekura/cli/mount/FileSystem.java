package org.azekura.cli.mount;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A mounted snapshot. */
final class FileSystem {

    private static final long LOOP_END_ms = 5_000;
    private static final long LOOK_ms = 250;

    private final Path directory;
    private final Line line;
    private final Operations operations;
    private final Thread loop;
    private String device;

    private FileSystem(LibFuse fuse, MemorySegment session, Path directory, Line line, Operations operations) {
        this.directory = directory;
        this.line = line;
        this.operations = operations;
        this.loop = Thread.ofPlatform().daemon().name("file system").unstarted(() -> fuse.sessionLoop(session));
    }

    /**
     * Mounts it; from here on the kernel asks.
     *
     * @param name  that the table of mounts shows
     * @param time  of what was saved without one
     * @param other whether other users see it, too, as far as the saved permissions let them
     * @throws IOException naming what is missing, and what would do
     */
    static FileSystem mount(Path directory, String name, Line line, Instant time, boolean other) throws IOException {
        LibFuse fuse;
        try {
            fuse = new LibFuse();
        } catch (IllegalArgumentException e) {
            throw new IOException("a snapshot is mounted by libfuse3, which is not on this machine; install the Debian package fuse3", e);
        }
        Arena arena = Arena.ofShared();
        Nodes nodes = new Nodes();
        Replies replies = new Replies(fuse, new Attributes(time));
        Operations operations = new Operations(line, nodes, replies);
        MemorySegment table = Upcalls.table(operations, fuse, arena);
        String options = "ro,subtype=azekura,fsname=" + name + (other ? ",allow_other,default_permissions" : "");
        MemorySegment session = fuse.sessionNew(arguments(arena, List.of("azekura", "-o", options)), table);
        if (session.equals(MemorySegment.NULL)) {
            throw new IOException("libfuse takes none of this: " + options);
        }
        FileSystem mounted = new FileSystem(fuse, session, directory, line, operations);
        if (fuse.sessionMount(session, arena.allocateFrom(directory.toString())) != 0) {
            throw new IOException(Mounting.why(directory));
        }
        mounted.loop.start();
        mounted.device = Mounting.device(directory);
        Mounting.readAhead(mounted.device);
        Trim.begin(nodes, fuse, session);
        return mounted;
    }

    /** {@code struct fuse_args} */
    private static MemorySegment arguments(Arena arena, List<String> texts) {
        MemorySegment vector = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            vector.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        MemorySegment args = arena.allocate(24, Long.BYTES);
        args.set(JAVA_INT, 0, texts.size());
        args.set(ADDRESS, 8, vector);
        return args;
    }

    /** Returns when it is mounted no more. @return whether somebody has unmounted it; else the client has ended it */
    boolean await() throws InterruptedException {
        while (loop.isAlive() && !line.hasEnded() && !isLeft()) {
            loop.join(LOOK_ms);
        }
        boolean unmounted = !line.hasEnded();
        if (!unmounted) {
            detach();
        }
        return unmounted;
    }

    /**
     * Whether it was unmounted, and nobody has anything of it open any more. The kernel ends the loop only when the mount is gone from every namespace; a container
     * that was started meanwhile may hold a copy for as long as it runs.
     */
    private boolean isLeft() {
        return device != null && !operations.inUse() && !Mounting.isMounted(device);
    }

    /** Takes it out of the tree of files at once. Who has something open there goes on with it until this process ends. */
    void detach() {
        Mounting.detach(directory);
        try {
            loop.join(LOOP_END_ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        line.close();
    }
}
