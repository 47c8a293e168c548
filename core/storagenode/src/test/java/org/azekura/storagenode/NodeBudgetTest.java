package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.engine.volume.SigningKey;
import org.azekura.storagenode.job.JobPacks;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a backup of new data costs the device and the server, counted. */
@Timeout(300)
class NodeBudgetTest {

    private static final int CHUNKS = 96;
    private static final int CHUNK_BYTES = 1 << 20;

    @TempDir
    Path dir;

    @Test
    void newDataIsWrittenOnceWithOneSyncAndOneReportForEachPack() throws Exception {
        FaultDisk disk = new FaultDisk(1);
        CrashModel model = new CrashModel();
        byte[] label = CrashLife.label(SigningKey.loadOrCreate(dir.resolve("signer")));
        try (CrashLife life = new CrashLife(disk.on(FaultPlan.none()), model, label, dir.resolve("node"))) {
            life.open();
            long syncs = disk.counts().syncs();
            long written = disk.counts().bytes(Call.WRITE);
            long reads = disk.counts().bytes(Call.READ);
            try (CrashLife.Client client = life.client(true)) {
                store(client);
                client.end();
            }
            long bytes = disk.counts().bytes(Call.WRITE) - written;
            int packs = life.server.packs.size();
            int expected = CHUNKS * CHUNK_BYTES / JobPacks.TARGET_BYTES;
            assertTrue(packs >= expected && packs <= expected + 1, packs + " packs");
            assertEquals(packs, disk.counts().syncs() - syncs, "one sync for each pack: 32 for a GiB");
            assertTrue(bytes < 1.001 * CHUNKS * CHUNK_BYTES, bytes + " bytes written for " + CHUNKS * CHUNK_BYTES);
            assertEquals(reads, disk.counts().bytes(Call.READ), "nothing is read back");
        }
    }

    @Test
    void whatIsKnownCostsTheDeviceNothing() throws Exception {
        FaultDisk disk = new FaultDisk(1);
        byte[] label = CrashLife.label(SigningKey.loadOrCreate(dir.resolve("signer")));
        try (CrashLife life = new CrashLife(disk.on(FaultPlan.none()), new CrashModel(), label, dir.resolve("node"))) {
            life.open();
            List<ChunkId> chunks;
            try (CrashLife.Client client = life.client(true)) {
                chunks = store(client);
                client.end();
            }
            long syncs = disk.counts().syncs();
            long written = disk.counts().bytes(Call.WRITE);
            try (CrashLife.Client client = life.client(true)) {
                assertEquals(List.of(), client.unknown(chunks));
                client.flush();
                client.end();
            }
            assertEquals(syncs, disk.counts().syncs());
            assertEquals(written, disk.counts().bytes(Call.WRITE));
        }
    }

    private static List<ChunkId> store(CrashLife.Client client) throws Exception {
        TestFrames frames = new TestFrames(3);
        SessionId session = frames.session();
        List<ChunkId> chunks = new ArrayList<>();
        // A part at a time: all frames at once would not fit in the memory of the test.
        for (int part = 0; part < 4; part++) {
            List<ByteBuffer> some = new ArrayList<>();
            for (int i = 0; i < CHUNKS / 4; i++) {
                ChunkId chunk = frames.id();
                chunks.add(chunk);
                some.add(frames.data(session, chunk, CHUNK_BYTES));
            }
            client.send(session, some);
        }
        client.flush();
        return chunks;
    }
}
