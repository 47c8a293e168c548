package org.azekura.storagenode;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;

/** Something that is done to a pool while its power may go at any step. Several may run at once, each on a thread of its own. */
@FunctionalInterface
interface CrashAct {

    /** @throws BackupException only because of the device; the model says what was acknowledged until then */
    void run(CrashLife life, Random random) throws BackupException;

    /** A backup as client and server do it: ask, send, flush, check, manifest, catalog. */
    CrashAct BACKUP = (life, random) -> {
        TestFrames frames = new TestFrames(random.nextLong());
        List<ChunkId> chunks = new ArrayList<>(life.model.some(random, random.nextInt(4)));
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            chunks.add(frames.id());
        }
        try (CrashLife.Client client = life.client(true)) {
            List<ChunkId> unknown = client.unknown(chunks);
            int from = 0;
            while (from < unknown.size()) {
                // Each session has packs of its own, one for data and one for trees: several become durable at once.
                int to = from + 1 + random.nextInt(unknown.size() - from);
                send(life, client, frames, unknown.subList(from, to), random);
                if (random.nextInt(3) == 0) {
                    client.flush();
                }
                from = to;
            }
            client.flush();
            if (!life.missing(chunks).isEmpty()) {
                throw new AssertionError("flushed, and yet missing: " + life.missing(chunks));
            }
            CrashModel.Saved saved = life.model.begin(chunks);
            life.server.done(new PoolOrder.StoreManifest(client.job, CrashLife.POOL, saved.id(), saved.manifest()));
            life.model.acknowledge(saved);
            client.end();
        }
    };

    /** A snapshot is deleted: off the medium first, then out of the catalog. */
    CrashAct FORGET = (life, random) -> {
        CrashModel.Saved saved = life.model.beginDelete(random);
        if (saved != null) {
            life.server.done(new PoolOrder.RemoveManifest(CrashLife.POOL, saved.id()));
            life.model.deleted(saved.id());
        }
    };

    /** Returns the space of what is dead. */
    CrashAct PRUNE = (life, random) -> CrashPrune.run(life, 50);

    /** Returns all the space there is. */
    CrashAct PRUNE_ALL = (life, random) -> CrashPrune.run(life, 101);

    /** Reads a snapshot; unless that is deleted meanwhile, all of it is there, wherever a prune moves it. */
    CrashAct READ = (life, random) -> {
        CrashModel.Saved saved = life.model.any(random);
        if (saved != null) {
            try (CrashLife.Client client = life.client(false)) {
                Map<ChunkId, ByteBuffer> frames = client.read(saved.chunks());
                if (frames.containsValue(null) && life.model.isAcknowledged(saved.id())) {
                    // Without power nothing can be read, and this says so.
                    life.server.order(new PoolOrder.MeasureRoom(CrashLife.POOL), PoolAnswer.Room.class);
                    throw new AssertionError("a chunk of snapshot " + saved.id() + " can't be read");
                }
                client.end();
            }
        }
    };

    /** A job that a client leaves in the middle. */
    CrashAct ABANDON = (life, random) -> {
        TestFrames frames = new TestFrames(random.nextLong());
        try (CrashLife.Client client = life.client(true)) {
            send(life, client, frames, List.of(frames.id(), frames.id()), random);
            client.end();
        }
    };

    private static void send(CrashLife life, CrashLife.Client client, TestFrames frames, List<ChunkId> chunks, Random random)
            throws BackupException {
        SessionId session = frames.session();
        List<ByteBuffer> made = new ArrayList<>();
        for (ChunkId chunk : chunks) {
            int size = 1 + random.nextInt(2000);
            ByteBuffer frame = random.nextInt(4) == 0 ? frames.tree(session, chunk, size) : frames.data(session, chunk, size);
            life.model.sent(chunk, frame);
            made.add(frame);
        }
        client.send(session, made);
    }
}
