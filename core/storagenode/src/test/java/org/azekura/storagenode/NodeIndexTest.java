package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolOrder;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.index.PowerLoss;
import org.azekura.storagenode.pool.BlobPack;
import org.azekura.storagenode.pool.VolumeKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the node knows of a volume when its pool is opened again, and what it reads for that. */
@Timeout(300)
class NodeIndexTest extends OnOneNode {

    private static final int PACKS = 5;

    private List<ChunkId> chunks;
    private List<NodeReport.PackWritten> packs;
    /** Packs that were read from the device. */
    private final Set<String> read = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void store() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            chunks = client.newChunks(PACKS);
            for (ChunkId chunk : chunks) {
                client.store(List.of(chunk), 1_000);
            }
            client.end();
        }
        packs = List.copyOf(bench.server.packs);
        store.fault((doing, key) -> {
            if (key.startsWith("packs/") && !doing.equals("list")) {
                read.add(key);
            }
        });
    }

    private Path folder() {
        return dir.resolve("node/index/default");
    }

    private void closePool() throws BackupException {
        bench.server.done(new PoolOrder.ClosePool(NodeBench.POOL));
    }

    private List<Boolean> known() throws BackupException {
        List<Boolean> known = new ArrayList<>();
        try (NodeBench.Client client = bench.client(2)) {
            for (ChunkId chunk : chunks) {
                known.add(client.known(chunk));
            }
        }
        return known;
    }

    private void assertAllKnown() throws BackupException {
        assertFalse(known().contains(false));
    }

    @Test
    void aGoodIndexSparesEveryPack() throws Exception {
        bench.reopen();
        assertAllKnown();
        assertEquals(Set.of(), read);
        bench.restart();
        assertAllKnown();
        assertEquals(Set.of(), read);
    }

    @Test
    void afterPowerLossEveryPackIsRead() throws Exception {
        closePool();
        PowerLoss.at(folder());
        bench.reopen();
        assertAllKnown();
        assertEquals(new HashSet<>(store.keys("packs/")), read);
    }

    @Test
    void withoutAnIndexEveryPackIsRead() throws Exception {
        closePool();
        for (Path file : files(folder())) {
            Files.delete(file);
        }
        bench.reopen();
        assertAllKnown();
        assertEquals(PACKS, read.size());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void onlyPacksThatAreNewAreRead() throws Exception {
        closePool();
        Path before = Files.createDirectory(dir.resolve("before"));
        for (Path file : files(folder())) {
            Files.copy(file, before.resolve(file.getFileName()));
        }
        bench.reopen();
        try (NodeBench.Client client = bench.client(3)) {
            chunks = client.newChunks(2);
            client.store(chunks, 1_000);
            client.end();
        }
        closePool();
        for (Path file : files(before)) {
            Files.copy(file, folder().resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        read.clear();
        bench.reopen();
        assertAllKnown();
        assertEquals(Set.of(bench.server.packs.getLast().position()), read);
    }

    @Test
    void packsThatAreGoneAreForgotten() throws Exception {
        store.lose(packs.get(1).position());
        store.lose(packs.get(4).position());
        bench.reopen();
        assertEquals(List.of(true, false, true, true, false), known());
        assertEquals(Set.of(), read);
    }

    @Test
    void aPackThatIsShorterThanItWasIsReadAgain() throws Exception {
        store.truncate(packs.get(2).position(), (int) packs.get(2).size() - 500);
        bench.reopen();
        assertEquals(List.of(true, true, false, true, true), known());
        assertEquals(Set.of(packs.get(2).position()), read);
    }

    /** As prune does it: the frames in a new pack first, then the old one out of the index, then off the volume. */
    private void rewrite(NodeReport.PackWritten old) {
        try {
            PackIndex index = new PackReader(new BlobPack(store, old.pack())).index();
            PackId id = new PackId(77, old.pack().low());
            ByteBuffer bytes = ByteBuffer.allocate((int) old.size());
            store.read(old.position(), 0, bytes);
            try (BlobWriter blob = store.create(VolumeKeys.pack(id))) {
                blob.write(bytes.flip());
                blob.commit();
            }
            ChunkIndex chunkIndex = bench.role.pools.get(NodeBench.POOL).index();
            chunkIndex.add(new PackIndex(id, index.kind(), index.group(), index.sessions(), index.entries()), old.size(), Instant.EPOCH, null);
            KnownPack gone = chunkIndex.pack(old.pack());
            assertEquals(List.of(gone), chunkIndex.drop(List.of(gone)).dropped());
            store.delete(old.position());
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aReadWhosePackWasDroppedMeanwhileFindsTheChunkWhereItIs() throws Exception {
        NodeReport.PackWritten pack = packs.get(3);
        try (NodeBench.Client client = bench.client(2, NodeBench.GROUP, false)) {
            List<ByteBuffer> before = client.read(chunks);
            AtomicBoolean done = new AtomicBoolean();
            store.fault((doing, key) -> {
                if (doing.equals("read") && key.equals(pack.position()) && done.compareAndSet(false, true)) {
                    rewrite(pack);
                }
            });
            assertEquals(before, client.read(chunks));
            assertTrue(done.get());
            assertNull(bench.role.pools.get(NodeBench.POOL).index().pack(pack.pack()));
            assertEquals(List.of(), store.keys("damaged/"));
        }
        assertAllKnown();
    }

    @Test
    void whatARunningJobWasToldIsNotDropped() throws Exception {
        ChunkIndex index = bench.role.pools.get(NodeBench.POOL).index();
        KnownPack pack = index.pack(packs.get(0).pack());
        KnownPack other = index.pack(packs.get(1).pack());
        try (NodeBench.Client client = bench.client(2)) {
            assertTrue(client.known(chunks.get(0)));
            ChunkIndex.Dropped dropped = index.drop(List.of(pack, other));
            assertEquals(List.of(pack), dropped.pinned());
            assertEquals(List.of(other), dropped.dropped());
            assertFalse(client.known(chunks.get(1)));
            client.end();
        }
        assertEquals(List.of(pack), index.drop(List.of(pack)).dropped());
    }
}
