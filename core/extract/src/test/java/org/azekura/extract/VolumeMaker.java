package org.azekura.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.pack.PackWriter;
import org.azekura.engine.pack.SealedSession;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.snapshot.Details;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.ExtentWriter;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.TreeWriter;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.engine.volume.CheckpointWriter;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.MediaItem;
import org.azekura.engine.volume.PathSealer;
import org.azekura.engine.volume.SigningKey;

/**
 * Makes a small volume with everything that a format can express: several snapshots, later key rings with a second epoch, a checkpoint, slices of a shared chunk,
 * whole chunks, holes, long lists of extents, a directory of many pages, links, special files. Keys are fresh, so no two are equal.
 */
final class VolumeMaker {

    static final Instant TIME = Instant.parse("2026-01-02T03:04:05.123456789Z");
    private static final PoolName POOL = new PoolName("golden");
    private static final TrustGroup GROUP = new TrustGroup(5, 6);
    private static final ApplianceId APPLIANCE = new ApplianceId(3, 4);
    /** Takes several pages. */
    static final int MANY = 1500;

    private final Path volume;
    private final RecipientKey key = RecipientKey.generate();
    private KeyRing ring = KeyRing.create(List.of(Recipient.of("golden", key)));
    private final PoolKeys keys;
    private final ChunkNamer namer;
    private final SigningKey signer;
    private final List<CheckpointItem> sessions = new ArrayList<>();
    private final List<CheckpointItem> packs = new ArrayList<>();
    private final VolumeId id = new VolumeId(1, 2);
    private final int many;
    private int made;

    private VolumeMaker(Path folder, int many) throws BackupException, IOException {
        this.many = many;
        volume = Files.createDirectories(folder.resolve("volume"));
        keys = ring.unlock(key);
        namer = new ChunkNamer(keys.idKey());
        Path file = folder.resolve("signing-key");
        signer = SigningKey.loadOrCreate(file);
        Files.delete(file);
    }

    /** Makes {@code folder/volume} and its recovery file {@code folder/recovery.txt}; one directory has so many files. */
    static void make(Path folder, int many) throws BackupException, IOException {
        VolumeMaker maker = new VolumeMaker(folder, many);
        maker.write("azekura-label", new Label(maker.id, APPLIANCE, POOL, "golden-1", null, TIME, maker.signer.publicKey())
                .sign(maker.signer.privateKey()));
        maker.write("keyring-1", maker.ring.encoded());
        String recovery = RecoveryFile.of(POOL, maker.key, maker.ring).text();
        SnapshotId old = maker.snapshot(1, false, null);
        maker.checkpoint(old);
        Recipient second = Recipient.of("second", RecipientKey.generate());
        KeyRing both = maker.ring.with(maker.keys, second);
        maker.write("keyring-2", both.encoded());
        maker.ring = both.without(maker.keys, second.id());
        maker.write("keyring-3", maker.ring.encoded());
        maker.snapshot(2, true, old);
        Files.writeString(folder.resolve("recovery.txt"), recovery);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = volume.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private SnapshotId snapshot(int number, boolean changed, SnapshotId parent) throws BackupException, IOException {
        SnapshotId snapshot = new SnapshotId((0x019b_0000_0000L + number) << 16, number);
        try (Sealer sealer = Sealer.open(ring.epoch(), ring.epochPublicKey())) {
            sessions.add(new CheckpointItem.Session(sealer.session(), sealer.sealedKey()));
            Packs packs = new Packs(sealer);
            Tree tree = new Tree(packs, changed);
            ChunkId root = tree.root();
            packs.finish();
            Manifest bare = new Manifest(snapshot, new JobId(number), new ClientName("host"), new SaveSetName("srv"), POOL, ChunkSizes.DEFAULT, 3,
                    root, parent, TIME, TIME.plusSeconds(number), tree.files, tree.bytes, tree.directories, sealer.session(), sealer.sealedKey(), new byte[0]);
            byte[] manifest = bare.with(new Details(List.of(RawPath.of("/srv")), List.of(), false,
                    List.of(new PathProblem(RawPath.of("/srv/secret"), "can't be read"))), sealer).encoded();
            write("snapshots/" + snapshot, new SignedManifest(manifest, signer.sign(manifest), signer.publicKey(), TIME.plusSeconds(10 * number)).encoded());
        }
        return snapshot;
    }

    private void checkpoint(SnapshotId old) throws BackupException, IOException {
        var bytes = new ByteArrayOutputStream();
        CheckpointWriter writer = CheckpointWriter.withMedia(page -> bytes.write(page.array(), page.position(), page.remaining()));
        writer.add(new CheckpointItem.Head(APPLIANCE, POOL, TIME, 1, ChunkSizes.DEFAULT, 3, ring.encoded()));
        writer.add(new CheckpointItem.Volume(id, "golden-1", null));
        writer.add(new CheckpointItem.Client(new ClientName("host"), GROUP, signer.publicKey()));
        for (CheckpointItem session : sessions) {
            writer.add(session);
        }
        for (CheckpointItem pack : packs) {
            writer.add(pack);
        }
        writer.add(new CheckpointItem.Snapshot(old, 1000, 1));
        writer.add(new CheckpointItem.Deleted(new SnapshotId(0x019b_0000_0000L << 16, 9)));
        writer.add(new ConfigurationItem.Edition(1));
        try (PathSealer sealer = new PathSealer(ring)) {
            writer.add(sealer.key());
            writer.add(sealer.seal(new ClientName("host"), null, new SaveSet(new SaveSetName("srv"), List.of(RawPath.of("/srv")), List.of(), false), Hooks.NONE));
        }
        writer.add(new MediaItem.PoolMedia(POOL, true, true, 0, 40, 0, 0, 1, 0, 0, false, 10, -1));
        writer.add(new MediaItem.KnownVolume(id, true, false, false, "evidence", "bank safe", TIME, TIME, 1));
        writer.finish();
        write("checkpoints/0000000000000001", bytes.toByteArray());
    }

    /** The two packs of a session. */
    private final class Packs {

        private final Open data;
        private final Open trees;

        Packs(Sealer sealer) throws BackupException {
            data = new Open(ChunkKind.DATA, sealer);
            trees = new Open(ChunkKind.TREE, sealer);
        }

        void finish() throws BackupException, IOException {
            data.finish();
            trees.finish();
        }
    }

    private final class Open {

        private final PackId pack = new PackId(0x1234_5678_9abc_def0L * ++made, made);
        private final ChunkKind kind;
        private final Sealer sealer;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final PackWriter writer;

        Open(ChunkKind kind, Sealer sealer) throws BackupException {
            this.kind = kind;
            this.sealer = sealer;
            writer = new PackWriter(pack, kind, GROUP, List.of(new SealedSession(sealer.session(), sealer.sealedKey())),
                    part -> bytes.write(part.array(), part.arrayOffset() + part.position(), part.remaining()));
        }

        void add(ChunkId chunk, byte[] clear, byte[] plain) throws BackupException {
            ByteBuffer frame = sealer.seal(kind, chunk, clear, plain, 0, plain.length, 19);
            writer.append(frame);
        }

        void finish() throws BackupException, IOException {
            writer.finish();
            String place = "packs/" + pack.toString().substring(0, 2) + "/" + pack;
            write(place, bytes.toByteArray());
            packs.add(new CheckpointItem.Pack(pack, kind == ChunkKind.TREE, bytes.size(), writer.chunks(), id, place, TIME, made));
        }
    }

    /** One day's tree. */
    private final class Tree {

        private final Packs packs;
        private final boolean changed;
        private final Set<ChunkId> stored = new HashSet<>();
        long files;
        long bytes;
        long directories;

        Tree(Packs packs, boolean changed) {
            this.packs = packs;
            this.changed = changed;
        }

        ChunkId root() throws BackupException {
            TreeMap<String, Entry> srv = new TreeMap<>();
            segment(srv);
            large(srv);
            patched(srv);
            put(srv, entry("empty", Entry.Type.FILE, 0600, 0, new Entry.Content.None(), 0, null));
            put(srv, entry("link", Entry.Type.SYMLINK, 0777, 0, new Entry.Content.None(), 0, "../elsewhere".getBytes(UTF_8)));
            put(srv, entry("pipe", Entry.Type.FIFO, 0640, 0, new Entry.Content.None(), 0, null));
            put(srv, entry("many", Entry.Type.DIRECTORY, 0750, 0, new Entry.Content.Directory(many()), 0, null));
            Entry top = entry("srv", Entry.Type.DIRECTORY, 01755, 0, new Entry.Content.Directory(tree(srv)), 0, null);
            TreeMap<String, Entry> root = new TreeMap<>();
            put(root, top);
            return tree(root);
        }

        private void put(TreeMap<String, Entry> into, Entry entry) {
            into.put(new String(entry.name(), UTF_8), entry);
            if (entry.type() == Entry.Type.DIRECTORY) {
                directories++;
            } else {
                files++;
                bytes += entry.size();
            }
        }

        private ChunkId tree(TreeMap<String, Entry> entries) throws BackupException {
            TreeWriter writer = new TreeWriter(namer, this::page);
            for (Entry entry : entries.values()) {
                writer.add(entry);
            }
            return writer.finish();
        }

        private void page(ChunkId page, Page content) throws BackupException {
            if (stored.add(page)) {
                packs.trees.add(page, content.clear(), content.plain());
            }
        }

        private Extent chunk(byte[] plain) throws BackupException {
            ChunkId chunk = namer.data(plain, 0, plain.length);
            if (stored.add(chunk)) {
                packs.data.add(chunk, new byte[0], plain);
            }
            return new Extent(chunk, 0, plain.length);
        }

        /** Small files are slices of one chunk; one of them has two names. */
        private void segment(TreeMap<String, Entry> srv) throws BackupException {
            byte[] one = text(1, 3000);
            byte[] two = changed ? "changed on the second day\n".getBytes(UTF_8) : text(2, 500);
            byte[] three = text(3, 1200);
            byte[] all = Arrays.copyOf(one, one.length + two.length + three.length);
            System.arraycopy(two, 0, all, one.length, two.length);
            System.arraycopy(three, 0, all, one.length + two.length, three.length);
            ChunkId chunk = chunk(all).chunk();
            put(srv, file("one.txt", one.length, List.of(new Extent(chunk, 0, one.length)), one, 7));
            put(srv, file("one-again.txt", one.length, List.of(new Extent(chunk, 0, one.length)), one, 7));
            put(srv, file("two.txt", two.length, List.of(new Extent(chunk, one.length, two.length)), two, 0));
            put(srv, file("three \u00e9\u5009.txt", three.length, List.of(new Extent(chunk, one.length + two.length, three.length)), three, 0));
        }

        /** Whole chunks around a hole. */
        private void large(TreeMap<String, Entry> srv) throws BackupException {
            Extent first = chunk(text(4, 300_000));
            Extent second = chunk(text(5, 400_000));
            put(srv, file("large.bin", 700_000 + 2_000_000, List.of(first, Extent.hole(2_000_000), second), null, 0));
        }

        /** More extents than stand in an entry. */
        private void patched(TreeMap<String, Entry> srv) throws BackupException {
            Extent base = chunk(text(6, 8192));
            List<Extent> extents = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                extents.add(new Extent(base.chunk(), i % 2 == 0 ? 0 : 4096, 64));
            }
            put(srv, file("patched.db", 600 * 64, extents, null, 0));
        }

        private Entry file(String name, long size, List<Extent> extents, byte[] slices, long group) throws BackupException {
            Entry.Content content = ExtentWriter.content(extents, slices == null ? null : sha256(slices), namer, this::page);
            return entry(name, Entry.Type.FILE, 0644, size, content, group, null);
        }

        private ChunkId many() throws BackupException {
            TreeMap<String, Entry> entries = new TreeMap<>();
            for (int i = 0; i < many; i++) {
                put(entries, entry("file-%05d".formatted(i), Entry.Type.FILE, 0400, 0, new Entry.Content.None(), 0, null));
            }
            return tree(entries);
        }

        private Entry entry(String name, Entry.Type type, int mode, long size, Entry.Content content, long group, byte[] target) {
            List<Entry.Xattr> xattrs = name.equals("one.txt") || name.equals("one-again.txt")
                    ? List.of(new Entry.Xattr("user.azekura".getBytes(UTF_8), new byte[] {0, 1, (byte) 200})) : List.of();
            return new Entry(name.getBytes(UTF_8), type, mode, 0, 0, "root", "root", size, TIME.plusSeconds(size), TIME, group, target, 0, 0, xattrs,
                    content, false);
        }
    }

    /** Compresses well, so that the volume stays small. */
    static byte[] text(long seed, int length) {
        Random random = new Random(seed);
        byte[] block = new byte[200];
        random.nextBytes(block);
        byte[] text = new byte[length];
        for (int at = 0; at < length; at++) {
            text[at] = at % 5000 == 0 ? (byte) random.nextInt() : block[at % block.length];
        }
        return text;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
