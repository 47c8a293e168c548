package org.azekura.storagenode;

import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.azekura.api.DeviceName;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a node of its own with a pool in a library of one drive and one cartridge, whose packs wait in a spool. */
abstract class OnOneLibrary {

    static final DeviceName LIBRARY = new DeviceName("lib1");

    @TempDir
    Path dir;
    NodeBench bench;
    LibraryStore library;
    private Simulator simulator;

    @BeforeEach
    void begin() throws Exception {
        bench = new NodeBench(Files.createDirectory(dir.resolve("bench")));
        come();
        PoolOrder.OpenPool like = bench.openOrder(true);
        bench.server.order(new PoolOrder.OpenPool(like.pool(), LIBRARY, like.appliance(), like.newLabel(), like.keyRing(), null, null, null, 256L << 20),
                PoolAnswer.VolumeReady.class);
    }

    @AfterEach
    void end() {
        bench.close();
        go();
    }

    void come() throws Exception {
        awaitLeft(dir.resolve("library/lock"));
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "1", "cartridges", "1", "capacity_MB", "100"));
        library = new LibraryStore(LIBRARY, simulator, dir.resolve("notes"), dir.resolve("spool")).telling(bench.role.spoolNews());
        bench.role.deviceCame(LIBRARY, library);
    }

    void go() {
        bench.role.deviceWent(LIBRARY, library);
        library.close();
        simulator.close();
    }

    /** A call that hung in the driver before leaves its library only when it ends. */
    private static void awaitLeft(Path lock) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (Files.exists(lock) && !isFree(lock) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static boolean isFree(Path lock) throws Exception {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    void faults(String line) throws Exception {
        Files.writeString(dir.resolve("library/faults"), line);
    }

    List<Path> waiting() throws Exception {
        try (Stream<Path> files = Files.list(dir.resolve("spool/lib1/default"))) {
            return files.toList();
        }
    }

    /** Returns when something that waits is being written. */
    static void awaitDrain() {
        while (Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("spool of pool default"))) {
            Thread.onSpinWait();
        }
    }
}
