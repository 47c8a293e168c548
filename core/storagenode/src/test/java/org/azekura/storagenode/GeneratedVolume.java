package org.azekura.storagenode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.message.PoolOrder;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeWriter;
import org.azekura.engine.volume.SigningKey;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;

/** A volume with one large tree of small files, each of which has a chunk of its own, and any number of snapshots of it. No checkpoint. */
final class GeneratedVolume {

    private static final int BATCH = 20_000;
    private static final int CONTENT = 16;

    private final FaultDisk disk;
    private final int directories;
    private final int files;
    private final KeyRing ring = KeyRing.create(List.of(Recipient.of("test", RecipientKey.generate())));
    private final ChunkNamer namer = new ChunkNamer(new byte[32]);
    private final TestFrames frames = new TestFrames(1);
    private final List<ByteBuffer> batch = new ArrayList<>();
    private Sealer sealer;
    private CrashLife.Client client;

    /** @param files in each directory */
    GeneratedVolume(FaultDisk disk, int directories, int files) {
        this.disk = disk;
        this.directories = directories;
        this.files = files;
    }

    void make(Path folder, int snapshots) throws Exception {
        SigningKey signer = SigningKey.loadOrCreate(folder.resolve("signer"));
        try (CrashLife life = new CrashLife(disk.on(FaultPlan.none()), new CrashModel(), CrashLife.label(signer), folder.resolve("node"));
                Sealer opened = Sealer.open(ring.epoch(), ring.epochPublicKey())) {
            life.open();
            sealer = opened;
            client = life.client(true);
            ChunkId root = tree();
            flush();
            client.flush();
            for (int i = 1; i <= snapshots; i++) {
                SnapshotId id = new SnapshotId(1, i);
                life.server.done(new PoolOrder.StoreManifest(client.job, CrashLife.POOL, id, manifest(id, root, signer)));
            }
            client.end();
        }
        disk.cut();
    }

    private byte[] manifest(SnapshotId id, ChunkId root, SigningKey signer) {
        byte[] manifest = new Manifest(id, new JobId(1), new ClientName("c1"), new SaveSetName("set"), CrashLife.POOL, ChunkSizes.DEFAULT, 3, root, null,
                Instant.EPOCH, Instant.EPOCH, (long) directories * files, 0, directories, sealer.session(), sealer.sealedKey(), new byte[2000]).encoded();
        return new SignedManifest(manifest, signer.sign(manifest), signer.publicKey(), Instant.EPOCH).encoded();
    }

    private ChunkId tree() throws BackupException {
        TreeWriter root = writer();
        for (int d = 0; d < directories; d++) {
            TreeWriter directory = writer();
            for (int f = 0; f < files; f++) {
                ChunkId chunk = frames.id();
                send(frames.data(sealer.session(), chunk, CONTENT));
                directory.add(entry("file-%06d".formatted(f), Entry.Type.FILE, new Entry.Content.Inline(List.of(new Extent(chunk, 0, CONTENT)), null)));
            }
            root.add(entry("dir-%06d".formatted(d), Entry.Type.DIRECTORY, new Entry.Content.Directory(directory.finish())));
        }
        return root.finish();
    }

    private TreeWriter writer() {
        return new TreeWriter(namer, (id, page) -> send(sealer.seal(ChunkKind.TREE, id, page.clear(), page.plain(), 0, page.plain().length, 1)));
    }

    private void send(ByteBuffer frame) throws BackupException {
        batch.add(frame);
        if (batch.size() == BATCH) {
            flush();
        }
    }

    private void flush() throws BackupException {
        client.send(sealer.session(), batch);
        batch.clear();
    }

    private static Entry entry(String name, Entry.Type type, Entry.Content content) {
        return new Entry(name.getBytes(StandardCharsets.UTF_8), type, 0644, 0, 0, "root", "root", type == Entry.Type.FILE ? CONTENT : 0, Instant.EPOCH,
                Instant.EPOCH, 0, null, 0, 0, List.of(), content, false);
    }
}
