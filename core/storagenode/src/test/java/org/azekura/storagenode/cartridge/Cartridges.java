package org.azekura.storagenode.cartridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.driver.simulator.Simulator;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.SigningKey;
import org.azekura.testkit.device.Blobs;

/** A small library in files: some drives, eight slots, cartridges of 32 MB, a buffer of 2 MB; and the store on it. */
final class Cartridges implements AutoCloseable {

    static final PoolName POOL = new PoolName("default");
    static final PoolName OTHER = new PoolName("other");

    private final Path dir;
    private final int drives;
    private final AtomicLong clock = new AtomicLong();
    private Simulator library;
    private LibraryStore store;

    Cartridges(Path dir, int drives, String... faults) throws BackupException {
        this.dir = dir;
        this.drives = drives;
        open(faults);
    }

    /** Serves the library anew, as after a start of the node. */
    void open(String... faults) throws BackupException {
        Map<String, String> settings = new HashMap<>(Map.of("folder", folder().toString(), "drives", Integer.toString(drives), "mailSlots", "2",
                "capacity_MB", "32", "buffer_MB", "2", "faults", String.join("\n", faults)));
        library = Simulator.of(settings);
        store = new LibraryStore(new DeviceName("lib1"), library, notes(), dir.resolve("spool"), clock::get);
    }

    void reopen(String... faults) throws BackupException {
        close();
        open(faults);
    }

    /** The machine of the drives loses its power; then all is served anew. */
    void crash() throws BackupException {
        for (int i = 0; i < drives; i++) {
            library.powerOff(i);
        }
        reopen();
    }

    Path folder() {
        return dir.resolve("library");
    }

    Path notes() {
        return dir.resolve("notes");
    }

    /** What this node remembers of cartridges goes. */
    void forgetNotes() throws IOException {
        try (var files = Files.walk(notes())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Writes the file of faults anew. */
    void faults(String... lines) throws IOException {
        Files.write(folder().resolve("faults"), List.of(lines));
    }

    /** Time goes by. */
    void pass(long seconds) {
        clock.addAndGet(seconds * 1_000_000_000L);
    }

    Simulator library() {
        return library;
    }

    LibraryStore store() {
        return store;
    }

    BlobStore pool(PoolName pool) {
        return store.pool(pool, Optional.empty());
    }

    /** The pool's volume, with a label. */
    BlobStore labelled(PoolName pool) throws BackupException {
        Blobs.put(pool(pool), Tape.LABEL, label(pool));
        return pool(pool);
    }

    byte[] label(PoolName pool) throws BackupException {
        return label(pool, pool.value().hashCode());
    }

    byte[] label(PoolName pool, long volume) throws BackupException {
        SigningKey key = SigningKey.loadOrCreate(dir.resolve("key"));
        return new Label(new VolumeId(7, volume), new ApplianceId(3, 4), pool, pool + " 1", null, Instant.parse("2026-01-02T03:04:05Z"), key.publicKey())
                .sign(key.privateKey());
    }

    ElementAddress find(String barcode) throws BackupException {
        return library.changer().orElseThrow().inventory().stream().filter(element -> element.barcode().equals(Optional.of(new Barcode(barcode))))
                .map(Element::address).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        store.close();
        library.close();
    }
}
