package org.azekura.cli.mount;

import java.lang.foreign.MemorySegment;

/**
 * Has the kernel forget names when it knows very many: it would keep them for as long as it has memory, and each costs this process some 150 bytes. What is in use
 * it keeps; the rest it asks for again.
 */
final class Trim {

    private static final int MOST = 200_000;
    private static final int AT_ONCE = 20_000;
    private static final long LOOK_ms = 500;

    private Trim() {}

    /** On a thread of its own: the kernel may hold a directory for as long as a question about it is open. */
    static void begin(Nodes nodes, LibFuse fuse, MemorySegment session) {
        Thread.ofPlatform().daemon().name("trims names").start(() -> {
            try {
                while (true) {
                    Thread.sleep(LOOK_ms);
                    if (nodes.size() > MOST) {
                        nodes.eldest(AT_ONCE).forEach(known -> fuse.forget(session, known.parent(), known.name()));
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
