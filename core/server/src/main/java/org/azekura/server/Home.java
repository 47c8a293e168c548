package org.azekura.server;

import java.nio.file.Path;

/**
 * Where the server keeps its state.
 *
 * @param distribution folder of the program itself; null if there is none, as in tests
 */
record Home(Path root, Path distribution) {

    Home(Path root) {
        this(root, null);
    }

    Path trees() {
        return root.resolve("trees");
    }

    Path keys() {
        return root.resolve("keys");
    }

    /** The key that signs volume labels; not a pool's key, so it has a folder of its own. */
    Path signingKey() {
        return root.resolve("server").resolve("signing-key");
    }

    /** Of drivers, while they are sent to storage nodes. */
    Path packages() {
        return root.resolve("server").resolve("packages");
    }

    Path defaultPool() {
        return root.resolve("pools").resolve("default");
    }
}
