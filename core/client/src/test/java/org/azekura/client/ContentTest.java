package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.message.CheckBatch;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.RestoreBatch;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.seal.Sealer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client opens chunks for the server and says which are not what their ids say. */
@Timeout(300)
class ContentTest {

    private static final PackId PACK = new PackId(1, 2);

    @TempDir
    Path dir;

    private Scene scene;
    private List<ChunkId> data;

    @BeforeEach
    void begin() throws Exception {
        scene = new Scene(Files.createDirectory(dir.resolve("home")));
        Path source = Files.createDirectory(dir.resolve("source"));
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        Files.write(source.resolve("file"), bytes);
        scene.backup(source, null);
        data = scene.node.stored.stream().filter(header -> header.kind() == ChunkKind.DATA).map(header -> header.id()).toList();
        assertTrue(data.size() > 3 && scene.node.stored(ChunkKind.TREE) > 0);
    }

    @AfterEach
    void end() {
        scene.close();
    }

    private List<ChunkId> wrong() throws Exception {
        List<RestoreBatch.ChunkKey> keys = new ArrayList<>();
        for (ChunkId chunk : scene.node.frames.keySet()) {
            keys.add(new RestoreBatch.ChunkKey(chunk, scene.key(chunk)));
        }
        return check(keys);
    }

    private List<ChunkId> check(List<RestoreBatch.ChunkKey> keys) throws Exception {
        JobId job = scene.nextJob();
        scene.server.order(new ClientOrder.CheckContent(job, Scene.POOL, FakeNode.ACCESS, scene.keys.idKey()));
        int half = keys.size() / 2;
        List<ClientReport.Checked> reports = scene.server.check(job, List.of(new CheckBatch(PACK, keys.subList(0, half)),
                new CheckBatch(PACK, keys.subList(half, keys.size()))));
        assertEquals(List.of(PACK, PACK), reports.stream().map(ClientReport.Checked::pack).toList());
        return reports.stream().flatMap(report -> report.wrong().stream()).toList();
    }

    /** A sound frame of a session that the catalog knows, under this id, with other content. */
    private void forge(ChunkId chunk, ChunkKind kind, byte[] clear) throws Exception {
        try (Sealer sealer = Sealer.open(scene.ring.epoch(), scene.ring.epochPublicKey())) {
            scene.node.sealed.put(sealer.session(), sealer.sealedKey());
            byte[] other = "other content".getBytes();
            scene.node.frames.put(chunk, sealer.seal(kind, chunk, clear, other, 0, other.length, 3));
        }
        assertEquals(chunk, Frame.parse(scene.node.frames.get(chunk)).header().id());
        assertEquals("other content", new String(scene.chunk(chunk)), "it opens as if it were right");
    }

    @Test
    void nothingIsWrongWithWhatABackupStored() throws Exception {
        assertEquals(List.of(), wrong());
    }

    @Test
    void aSoundFrameWithOtherContentIsFound() throws Exception {
        forge(data.get(2), ChunkKind.DATA, new byte[0]);
        assertEquals(List.of(data.get(2)), wrong());
    }

    @Test
    void aTreePageIsNamedWithItsClearPart() throws Exception {
        ChunkId page = scene.node.stored.stream().filter(header -> header.kind() == ChunkKind.TREE).findFirst().orElseThrow().id();
        Frame right = Frame.parse(scene.node.frames.get(page));
        byte[] clear = new byte[right.clear().remaining()];
        right.clear().duplicate().get(clear);
        byte[] plain = scene.chunk(page);
        clear[clear.length - 1] ^= 1;
        try (Sealer sealer = Sealer.open(scene.ring.epoch(), scene.ring.epochPublicKey())) {
            scene.node.sealed.put(sealer.session(), sealer.sealedKey());
            scene.node.frames.put(page, sealer.seal(ChunkKind.TREE, page, clear, plain, 0, plain.length, 3));
        }
        assertEquals(List.of(page), wrong());
    }

    @Test
    void whatCantBeReadOrOpenedIsWrong() throws Exception {
        scene.node.lost.put(data.get(0), true);
        ByteBuffer damaged = ByteBuffer.allocate(scene.node.frames.get(data.get(1)).remaining()).put(scene.node.frames.get(data.get(1)).duplicate()).flip();
        damaged.put(damaged.limit() - 1, (byte) ~damaged.get(damaged.limit() - 1));
        scene.node.frames.put(data.get(1), damaged);
        List<RestoreBatch.ChunkKey> keys = List.of(new RestoreBatch.ChunkKey(data.get(0), scene.key(data.get(0))),
                new RestoreBatch.ChunkKey(data.get(1), new byte[32]), new RestoreBatch.ChunkKey(data.get(2), new byte[0]),
                new RestoreBatch.ChunkKey(data.get(3), scene.key(data.get(2))));
        assertEquals(data.subList(0, 4), check(keys));
    }

    @Test
    void theSameJobGoesOnWithAnotherPool() throws Exception {
        JobId job = scene.nextJob();
        for (int pool = 1; pool <= 2; pool++) {
            scene.server.order(new ClientOrder.CheckContent(job, Scene.POOL, FakeNode.ACCESS, scene.keys.idKey()));
            List<RestoreBatch.ChunkKey> keys = List.of(new RestoreBatch.ChunkKey(data.get(0), scene.key(data.get(0))));
            assertEquals(pool, scene.server.check(job, List.of(new CheckBatch(PACK, keys))).size());
            scene.server.order(new ClientOrder.Cancel(job, false));
        }
    }
}
