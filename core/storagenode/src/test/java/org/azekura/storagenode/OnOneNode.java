package org.azekura.storagenode;

import java.nio.file.Path;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a node of its own with a pool on a device in memory. */
abstract class OnOneNode {

    @TempDir
    Path dir;
    NodeBench bench;
    MemoryStore store;

    @BeforeEach
    void open() throws Exception {
        bench = new NodeBench(dir);
        store = bench.pool();
    }

    @AfterEach
    void close() {
        bench.close();
    }
}
