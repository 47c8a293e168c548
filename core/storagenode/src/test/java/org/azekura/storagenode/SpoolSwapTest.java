package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.SnapshotId;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.storagenode.pool.VolumeKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node whose packs wait for tape: what clients and the server are told when, and who takes over what waits. */
@Timeout(300)
class SpoolSwapTest extends OnOneLibrary {

    private static final SnapshotId SNAPSHOT = new SnapshotId(1, 2);

    private CompletableFuture<Void> manifest(int job) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                bench.server.done(new PoolOrder.StoreManifest(new JobId(job), NodeBench.POOL, SNAPSHOT, new byte[] {1, 2, 3}));
                done.complete(null);
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private Set<PackId> placed() {
        Set<PackId> placed = new HashSet<>();
        bench.server.media.forEach(told -> {
            if (told instanceof NodeReport.PacksPlaced packs) {
                packs.packs().forEach(pack -> placed.add(pack.pack()));
            }
        });
        return placed;
    }

    @Test
    void aClientIsToldWhenAPackIsInTheSpoolAndTheServerWhereItLiesOnTape() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> chunks = client.newChunks(10);
            client.store(chunks, 50_000);
            assertEquals(1, waiting().size());
            assertEquals(Set.of(), placed());
            PackId pack = bench.server.packs.getFirst().pack();
            assertEquals(Optional.empty(), library.place(NodeBench.POOL, VolumeKeys.pack(pack)));
            assertEquals(chunks.size(), client.read(chunks).size());
            manifest(1).get();
            assertEquals(List.of(), waiting());
            while (placed().isEmpty()) {
                Thread.onSpinWait();
            }
            assertEquals(Set.of(pack), placed());
            assertEquals(chunks.size(), client.read(chunks).size());
            PackAnswer.PackOnVolume listed = bench.server.order(new PackOrder.ListPacks(NodeBench.POOL, null), PackAnswer.PackList.class).packs().getFirst();
            assertEquals(NodeBench.VOLUME, listed.volume());
            assertEquals(library.place(NodeBench.POOL, VolumeKeys.pack(pack)).orElseThrow().position().toString(), listed.position());
        }
    }

    @Test
    void theNextDriverGoesOnWithWhatWaits() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> chunks = client.newChunks(40);
            client.store(chunks, 50_000);
            faults("write drive 0: hang");
            CompletableFuture<Void> manifest = manifest(1);
            try (DeviceUse.Pause pause = bench.role.deviceUse().pause(Set.of(LIBRARY), "its driver is updated", NodeBench.LONG)) {
                go();
                faults("# none");
                come();
                assertFalse(manifest.isDone());
                pause.prove(NodeBench.LONG);
                assertFalse(waiting().isEmpty(), "a proof has everything written that waits");
            }
            manifest.get();
            assertEquals(List.of(), waiting());
            List<ByteBuffer> read = client.read(chunks);
            assertEquals(chunks.size(), read.size());
        }
    }

    private void damageTrailer() throws Exception {
        Path pack = waiting().getFirst();
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length - 1] ^= 1;
        Files.write(pack, bytes);
    }

    /** It is put aside by who comes next: no snapshot may count on it, also if its job did not wait at that moment, and its chunks are asked for again. */
    @Test
    void aPackThatTheNextDriverDoesNotFindFailsTheJobThatWroteIt() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> chunks = client.newChunks(10);
            client.store(chunks, 50_000);
            assertEquals(List.of(), bench.missing(chunks));
            try (DeviceUse.Pause pause = bench.role.deviceUse().pause(Set.of(LIBRARY), "its driver is updated", NodeBench.LONG)) {
                go();
                damageTrailer();
                come();
                pause.prove(NodeBench.LONG);
            }
            while (bench.missing(chunks).isEmpty()) {
                Thread.onSpinWait();
            }
            assertTrue(manifest(1).handle((done, e) -> e != null && e.getMessage().contains("is no pack any more")).get());
        }
        try (NodeBench.Client client = bench.client(2)) {
            List<ChunkId> lost = client.newChunks(10);
            client.store(lost, 50_000);
            manifest(2).get();
            assertEquals(List.of(), bench.missing(lost));
        }
    }

    /** What a job relies on is lost before it waits for tape: it has written that, or was told that it is known. Who relies on nothing of it goes on. */
    @Test
    void aPackThatIsDamagedWhileItsJobGoesOnFailsThatJobAndWhoeverReliesOnIt() throws Exception {
        try (NodeBench.Client client = bench.client(1); NodeBench.Client other = bench.client(2); NodeBench.Client third = bench.client(3)) {
            other.store(other.newChunks(1), 100);
            List<ChunkId> chunks = client.newChunks(10);
            client.store(chunks, 50_000);
            assertTrue(third.known(chunks.get(4)));
            Path pack = waiting().stream().filter(file -> file.toFile().length() > 100_000).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(pack);
            bytes[bytes.length / 2] ^= 1;
            Files.write(pack, bytes);
            manifest(2).get();
            assertTrue(manifest(3).handle((done, e) -> e != null && e.getMessage().contains(pack.getFileName().toString())).get());
            assertTrue(manifest(1).handle((done, e) -> e != null && e.getMessage().contains(pack.getFileName().toString())).get());
        }
    }

    @Test
    void whoWaitsForTapeEndsWithItsJob() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(10), 50_000);
            faults("write drive 0: hang");
            CompletableFuture<Void> manifest = manifest(1);
            awaitDrain();
            bench.server.done(new NodeOrder.EndJob(new JobId(1)));
            assertRefused("job.ended", () -> {
                try {
                    manifest.get();
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof BackupException told ? told : e;
                }
            });
            assertEquals(1, waiting().size());
        }
    }

    @Test
    void anOrderThatComesBehindTheEndOfItsJobIsRefused() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(10), 50_000);
            bench.server.done(new NodeOrder.EndJob(new JobId(1)));
            assertRefused("job.ended", () -> bench.server.done(new PoolOrder.StoreManifest(new JobId(1), NodeBench.POOL, SNAPSHOT, new byte[1])));
        }
    }

    @Test
    void nothingOfAPoolThatIsGoneWaits() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(10), 50_000);
            bench.server.done(new PoolOrder.ClosePool(NodeBench.POOL));
            assertEquals(1, waiting().size());
            PoolOrder.OpenPool like = bench.openOrder(false);
            bench.server.order(new PoolOrder.OpenPool(like.pool(), LIBRARY, like.appliance(), null, null), PoolAnswer.VolumeReady.class);
            bench.server.done(new PoolOrder.ClosePool(NodeBench.POOL, true));
            assertFalse(Files.exists(dir.resolve("spool/lib1/default")));
        }
    }

    @Test
    void aPackThatIsDamagedBeforeItIsOnTapeIsStoredAgain() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> chunks = client.newChunks(10);
            client.store(chunks, 50_000);
            Path pack = waiting().getFirst();
            byte[] bytes = Files.readAllBytes(pack);
            bytes[bytes.length / 2] ^= 1;
            Files.write(pack, bytes);
            CompletableFuture<Void> manifest = manifest(1);
            assertTrue(manifest.handle((done, e) -> e != null && e.getMessage().contains(pack.getFileName().toString())).get());
            while (bench.missing(chunks).isEmpty()) {
                Thread.onSpinWait();
            }
            List<ChunkId> lost = bench.missing(chunks);
            assertEquals(1, lost.size());
            try (NodeBench.Client next = bench.client(2)) {
                next.store(lost, 50_000);
                manifest(2).get();
            }
            assertEquals(List.of(), bench.missing(chunks));
        }
    }
}
