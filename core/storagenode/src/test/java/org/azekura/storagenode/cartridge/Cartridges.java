package org.azekura.storagenode.cartridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.driver.simulator.Simulator;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.set.Supply;
import org.azekura.storagenode.cartridge.spool.SpoolDisk;
import org.azekura.storagenode.cartridge.spool.SpoolNews;
import org.azekura.storagenode.lease.MountRules;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.Tapes;

/** A small library in files: some drives, eight slots, three cartridges of 32 MB or six of 8, a buffer of 2 MB; and the store on it. */
final class Cartridges implements AutoCloseable {

    static final PoolName POOL = new PoolName("default");
    static final PoolName OTHER = new PoolName("other");

    /** Nobody waits for a moment to pass: time stands still if no test has it pass. */
    private static final MountRules RULES = new MountRules(MountRules.USUAL.batch(), MountRules.USUAL.longest(), MountRules.USUAL.turn(),
            MountRules.USUAL.patience(), MountRules.USUAL.idle(), Duration.ZERO);

    private static final KeyPair KEY = key();
    private static final Map<PoolName, byte[]> LABELS = new ConcurrentHashMap<>();

    private final Path dir;
    private final int drives;
    private final Supply supply;
    private final int media;
    private final AtomicLong clock = new AtomicLong();
    private Simulator library;
    private Watched watched;
    private LibraryStore store;
    /** Of every pool; 0: none. */
    private long spool;
    private SpoolDisk disk = new SpoolDisk();
    private final Map<String, BlobPlace> placed = new ConcurrentHashMap<>();
    private final List<String> damaged = new CopyOnWriteArrayList<>();

    Cartridges(Path dir, int drives, String... faults) throws BackupException {
        this(dir, drives, 3, Supply.NONE, faults);
    }

    /** Small ones, which follow each other. */
    Cartridges(Path dir, int drives, Supply supply) throws BackupException {
        this(dir, drives, 6, supply);
    }

    private Cartridges(Path dir, int drives, int media, Supply supply, String... faults) throws BackupException {
        this.dir = made(dir);
        this.drives = drives;
        this.media = media;
        this.supply = supply;
        open(faults);
    }

    /** One drive, and a cartridge that is written once; the other one is out of reach. */
    static Cartridges writtenOnce(Path dir) throws BackupException {
        Cartridges cartridges = new Cartridges(dir, 1, 1, Supply.NONE, "insert W00001LY");
        cartridges.library.changer().orElseThrow().move(cartridges.find("W00001LY"), cartridges.free());
        cartridges.hide(new Barcode("A00001L8"));
        return cartridges;
    }

    private static Path made(Path dir) {
        try {
            return Files.createDirectories(dir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves the library anew, as after a start of the node. */
    void open(String... faults) throws BackupException {
        Map<String, String> settings = new HashMap<>(Map.of("folder", folder().toString(), "drives", Integer.toString(drives), "mailSlots", "2",
                "cartridges", Integer.toString(media), "capacity_MB", media == 6 ? "8" : "32", "buffer_MB", "2", "faults", String.join("\n", faults)));
        library = Simulator.of(settings);
        watched = new Watched(library);
        store = new LibraryStore(new DeviceName("lib1"), watched, notes(), dir.resolve("spool"), supply, RULES, clock::get).telling(new SpoolNews() {
            @Override
            public void placed(PoolName pool, Map<String, BlobPlace> places) {
                placed.putAll(places);
            }

            @Override
            public void damaged(PoolName pool, String key, String what) {
                damaged.add(key);
            }
        });
        store.use(disk);
    }

    /** Packs of all pools wait on this disk, so many bytes of each pool at most. */
    Cartridges spooling(long bytes, SpoolDisk on) {
        spool = bytes;
        disk = on;
        store.use(on);
        return this;
    }

    /** Something that happens while nobody serves the library. */
    interface Meanwhile {
        void happens() throws IOException;
    }

    /** Serves the library anew, with the spool on a disk that does what it should. */
    void goOn(Meanwhile meanwhile) throws IOException, BackupException {
        close();
        meanwhile.happens();
        disk = new SpoolDisk();
        open();
    }

    /** Where packs wait. */
    Path packs(PoolName pool) {
        return dir.resolve("spool/lib1").resolve(pool.value());
    }

    /** What was told to be on tape, ever. */
    Map<String, BlobPlace> placed() {
        return placed;
    }

    /** What was told to be damaged in the spool, ever. */
    List<String> damaged() {
        return damaged;
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
        setNotes(Map.of());
    }

    /** What this node remembers, by file. */
    Map<Path, byte[]> getNotes() throws IOException {
        Map<Path, byte[]> all = new HashMap<>();
        try (Stream<Path> files = Files.walk(notes())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.put(file, Files.readAllBytes(file));
            }
        }
        return all;
    }

    /** A home is restored: it remembers what it did then. */
    void setNotes(Map<Path, byte[]> then) throws IOException {
        for (Path file : getNotes().keySet()) {
            Files.delete(file);
        }
        for (Map.Entry<Path, byte[]> file : then.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    /** Takes the cartridge out of a drive, into a slot that nobody uses. */
    void shelve(int drive) throws BackupException {
        Changer changer = library.changer().orElseThrow();
        library.drives().get(drive).unload();
        changer.move(changer.inventory().stream().filter(element -> element.drive().equals(OptionalInt.of(drive))).findFirst().orElseThrow().address(), free());
    }

    /** The last slot that is empty: its own is that of a cartridge in a drive. */
    ElementAddress free() throws BackupException {
        return library.changer().orElseThrow().inventory().stream().filter(element -> element.kind() == Element.Kind.SLOT && element.content() instanceof Element.Empty)
                .map(Element::address).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** As a hand does: puts another cartridge into a drive, which has let go of that which lies there. */
    void exchange(int drive, String barcode) throws BackupException {
        Changer changer = library.changer().orElseThrow();
        List<Element> all = changer.inventory();
        Element at = all.stream().filter(element -> element.drive().equals(OptionalInt.of(drive))).findFirst().orElseThrow();
        if (!(at.content() instanceof Element.Empty)) {
            changer.move(at.address(), all.stream().filter(element -> element.kind() == Element.Kind.SLOT && element.content() instanceof Element.Empty)
                    .findFirst().orElseThrow().address());
        }
        changer.move(find(barcode), at.address());
    }

    /** Somebody has glued the barcodes of two onto each other, while they were out of the library. */
    void confuse(String one, String other) throws IOException {
        for (String kind : List.of(".objects", ".content")) {
            Path media = folder().resolve("cartridges");
            Path between = media.resolve("between");
            Files.move(media.resolve(one + kind), between);
            Files.move(media.resolve(other + kind), media.resolve(one + kind));
            Files.move(between, media.resolve(other + kind));
        }
    }

    /** Takes a cartridge from its slot, to where no pool looks for it. */
    void hide(Barcode barcode) throws BackupException {
        Changer changer = library.changer().orElseThrow();
        changer.move(find(barcode.value()), changer.inventory().stream().filter(element -> element.kind() == Element.Kind.MAIL_SLOT).findFirst().orElseThrow().address());
    }

    /** Has a cartridge in a drive, ready, without any store. */
    Drive load(String barcode, int drive) throws BackupException {
        Changer changer = library.changer().orElseThrow();
        ElementAddress to = changer.inventory().stream().filter(element -> element.drive().equals(OptionalInt.of(drive))).findFirst().orElseThrow().address();
        if (!find(barcode).equals(to)) {
            changer.move(find(barcode), to);
        }
        Tapes.load(library.drives().get(drive));
        return library.drives().get(drive);
    }

    /** Lets these go wrong from here on, also if they did before. */
    void faults(String... lines) throws IOException, BackupException {
        Files.createDirectories(folder());
        Files.write(folder().resolve("faults"), List.of("# none"));
        library.changer().orElseThrow().identity();
        Files.write(folder().resolve("faults"), List.of(lines));
    }

    /** Bytes of blobs in the making. */
    long spooled() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(dir.resolve("spool"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** As a process that was killed does. */
    void leaveInSpool(String name) throws IOException {
        Files.write(dir.resolve("spool/lib1").resolve(name), new byte[100]);
    }

    /** Time goes by. */
    void pass(long seconds) {
        clock.addAndGet(seconds * 1_000_000_000L);
    }

    Simulator library() {
        return library;
    }

    Watched watched() {
        return watched;
    }

    LibraryStore store() {
        return store;
    }

    BlobStore pool(PoolName pool) {
        return store.pool(pool, Optional.empty(), spool);
    }

    /** The pool's volume, with a label. */
    BlobStore labelled(PoolName pool) throws BackupException {
        Blobs.put(pool(pool), Keys.LABEL, label(pool));
        return pool(pool);
    }

    /** A label that this pool's volume may have; the same one at every call. */
    static byte[] label(PoolName pool) {
        return LABELS.computeIfAbsent(pool, name -> label(name, name.value().hashCode()));
    }

    static byte[] label(PoolName pool, long volume) {
        return new Label(new VolumeId(7, volume), new ApplianceId(3, 4), pool, pool + " 1", null, Instant.parse("2026-01-02T03:04:05Z"),
                KEY.getPublic().getEncoded()).sign(KEY.getPrivate());
    }

    /** Of a cartridge that is labelled for a pool beforehand. */
    static byte[] prepared(PoolName pool, long volume) {
        return new Label(new VolumeId(9, volume), new ApplianceId(3, 4), pool, "prepared " + volume, null, Instant.parse("2026-01-02T03:04:05Z"),
                KEY.getPublic().getEncoded(), new VolumeId(9, volume), 0).sign(KEY.getPrivate());
    }

    /** Of a later volume of this pool's set; made a second later for each number that the volume's id has more. */
    static byte[] label(PoolName pool, int number, long volume) {
        try {
            return new Label(new VolumeId(8, volume), new ApplianceId(3, 4), pool, pool + " " + number, null, Instant.parse("2026-01-02T03:04:05Z").plusSeconds(volume),
                    KEY.getPublic().getEncoded(), Label.parse(label(pool)).volume(), number).sign(KEY.getPrivate());
        } catch (BackupException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
