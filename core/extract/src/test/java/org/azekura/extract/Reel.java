package org.azekura.extract;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.Library;
import org.azekura.driver.simulator.Simulator;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.cartridge.set.Supply;
import org.azekura.storagenode.cartridge.volume.Sealing;

/** A volume that was made in a folder, on several small cartridges of a simulated library. */
record Reel(Path dir) {

    static final PoolName POOL = new PoolName("golden");
    private static final String LABEL = "azekura-label";
    private static final int FILLER = 5 << 20;

    Simulator simulator() throws BackupException {
        return Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "1", "mailSlots", "0", "cartridges", "7", "capacity_MB", "8",
                "buffer_MB", "2"));
    }

    /** Between its packs is something large that is none of ours. */
    static Reel of(Path volume, Path dir) throws Exception {
        return of(volume, dir, POOL);
    }

    /** As one of the media sets of the pool. */
    static Reel ofSet(int number, Path volume, Path dir) throws Exception {
        return of(volume, dir, MediaSet.of(POOL, number).name());
    }

    private static Reel of(Path volume, Path dir, PoolName pool) throws Exception {
        Reel reel = new Reel(dir);
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (Simulator library = reel.simulator();
                LibraryStore store = new LibraryStore(new DeviceName("lib"), library, dir.resolve("notes"), dir.resolve("spool"), following(key, pool))) {
            write(volume, store.pool(pool, Optional.empty()), label -> named(label, pool, key));
        }
        return reel;
    }

    /** The same, sealed by the drive. */
    static Reel sealed(Path volume, Path dir, byte[] secret) throws Exception {
        Reel reel = new Reel(dir);
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (Simulator library = reel.simulator();
                LibraryStore store = new LibraryStore(new DeviceName("lib"), library, dir.resolve("notes"), dir.resolve("spool"), following(key, POOL))) {
            write(volume, store.sealing(POOL, new Sealing(secret, true)).pool(POOL, Optional.empty()));
        }
        return reel;
    }

    /**
     * The same, of which the cartridge with this number has left.
     *
     * @return the barcode of the last one
     */
    static String leaving(Path volume, Path dir, int number) throws Exception {
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (Simulator library = new Reel(dir).simulator();
                LibraryStore store = new LibraryStore(new DeviceName("lib"), library, dir.resolve("notes"), dir.resolve("spool"), following(key, POOL))) {
            write(volume, store.pool(POOL, Optional.empty()));
            VolumeId leaving = store.members(POOL).get(number - 1).volume();
            while (!store.leave(POOL, leaving, "test", 16 << 20).left()) {}
            return store.members(POOL).getLast().barcode().orElseThrow().value();
        }
    }

    /** On the first cartridge of a library that is there, and no other. */
    static void on(Library library, Barcode barcode, Path volume, Path dir) throws Exception {
        try (LibraryStore store = new LibraryStore(new DeviceName("lib"), library, dir.resolve("notes"), dir.resolve("spool"))) {
            write(volume, store.pool(POOL, Optional.of(barcode)));
        }
    }

    /** The label as one of this pool's has it. */
    private static byte[] named(byte[] label, PoolName pool, KeyPair key) throws BackupException {
        Label made = Label.parse(label);
        return pool.equals(made.pool()) ? label : new Label(made.volume(), made.appliance(), pool, made.name(), made.barcode(), made.made(), key.getPublic().getEncoded())
                .sign(key.getPrivate());
    }

    private static Supply following(KeyPair key, PoolName of) {
        return (pool, full, number, refused) -> Optional.of(new Supply.Next(Optional.empty(), new Label(new VolumeId(1, 100 + number), new ApplianceId(3, 4), of,
                "golden-" + number, null, VolumeMaker.TIME, key.getPublic().getEncoded(), new VolumeId(1, 2), number).sign(key.getPrivate()), Optional.empty()));
    }

    private interface Relabelling {
        byte[] of(byte[] label) throws BackupException;
    }

    private static void write(Path volume, BlobStore to) throws Exception {
        write(volume, to, label -> label);
    }

    private static void write(Path volume, BlobStore to, Relabelling relabelling) throws Exception {
        List<Path> packs = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        try (Stream<Path> all = Files.walk(volume)) {
            all.filter(Files::isRegularFile).sorted().forEach(file -> (file.startsWith(volume.resolve("packs")) ? packs : others).add(file));
        }
        for (Path file : others) {
            byte[] content = Files.readAllBytes(file);
            String name = volume.relativize(file).toString();
            put(to, name, name.equals(LABEL) ? relabelling.of(content) : content);
        }
        for (Path pack : packs) {
            byte[] filler = new byte[FILLER];
            new Random(packs.indexOf(pack)).nextBytes(filler);
            put(to, "filler/" + packs.indexOf(pack), filler);
            put(to, volume.relativize(pack).toString(), Files.readAllBytes(pack));
        }
    }

    private static void put(BlobStore to, String key, byte[] content) throws BackupException {
        try (BlobWriter writer = to.create(key)) {
            writer.write(ByteBuffer.wrap(content));
            writer.commit();
        }
    }

    /** The library with its robot. */
    Machine robot(Feeder feeder) {
        return new Machine() {
            @Override
            public Library library(String changer, List<String> drives, String chapFile) throws BackupException {
                return simulator();
            }

            @Override
            public Feeder feeder() {
                return feeder;
            }
        };
    }

    /** The drive alone, and a hand that puts into it what was asked for. Keeps what that was. */
    static final class Hand implements Machine, Feeder, AutoCloseable {

        final List<String> asked = new ArrayList<>();
        private final Simulator simulator;
        private final List<Barcode> order;

        /**
         * The drive is empty at first.
         *
         * @param order in which it takes them, one after the other, and then those that are named
         */
        Hand(Reel reel, String... order) throws BackupException {
            this.simulator = reel.simulator();
            this.order = new ArrayList<>(Stream.of(order).map(Barcode::new).toList());
            takeOut();
        }

        private Element takeOut() throws BackupException {
            Changer robot = simulator.changer().orElseThrow();
            Element drive = robot.inventory().stream().filter(element -> element.kind() == Element.Kind.DRIVE).findFirst().orElseThrow();
            if (drive.barcode().isPresent()) {
                simulator.drives().getFirst().unload();
                robot.move(drive.address(), drive.source().orElseThrow());
            }
            return drive;
        }

        @Override
        public Library library(String changer, List<String> drives, String chapFile) {
            return new Library() {
                @Override
                public Optional<Changer> changer() {
                    return Optional.empty();
                }

                @Override
                public List<Drive> drives() {
                    return simulator.drives();
                }

                @Override
                public String location() {
                    return simulator.location();
                }
            };
        }

        @Override
        public Feeder feeder() {
            return this;
        }

        @Override
        public void close() {
            simulator.close();
        }

        @Override
        public boolean give(String wanted) {
            if (Collections.frequency(asked, wanted) > 3) {
                return false;
            }
            asked.add(wanted);
            try {
                Changer robot = simulator.changer().orElseThrow();
                Element drive = takeOut();
                Optional<ElementAddress> next = where(wanted, robot.inventory());
                if (next.isPresent()) {
                    robot.move(next.get(), drive.address());
                }
                return next.isPresent();
            } catch (BackupException e) {
                throw new IllegalStateException(e);
            }
        }

        private Optional<ElementAddress> where(String wanted, List<Element> all) {
            Optional<Barcode> next = order.isEmpty() ? numbered(wanted) : Optional.of(order.removeFirst());
            return all.stream().filter(element -> next.isPresent() && element.barcode().equals(next)).map(Element::address).findFirst();
        }

        /** Cartridges were taken one after the other. */
        private static Optional<Barcode> numbered(String wanted) {
            Matcher number = Pattern.compile("(follows )?number ([1-6])").matcher(wanted);
            return number.find() ? Optional.of(new Barcode("A0000" + (Integer.parseInt(number.group(2)) + (number.group(1) == null ? 0 : 1)) + "L8")) : Optional.empty();
        }
    }
}
