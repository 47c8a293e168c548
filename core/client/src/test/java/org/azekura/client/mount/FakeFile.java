package org.azekura.client.mount;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.Failure;
import org.azekura.api.RawPath;
import org.azekura.api.message.MountAnswer;
import org.azekura.api.message.MountQuestion;
import org.azekura.api.message.RestoreBatch;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;

/** A file of random extents, slices and holes among them, whose place a server tells a few at a time and whose chunks a node has. */
final class FakeFile {

    private static final int AT_ONCE = 5;

    final byte[] content;
    final AtomicInteger reads = new AtomicInteger();
    volatile boolean fails;
    private final List<Extent> extents = new ArrayList<>();
    private final Map<ChunkId, byte[]> stored = new HashMap<>();
    private final Set<ChunkId> damaged = new HashSet<>();
    private final Set<ChunkId> archived = new HashSet<>();
    /** So many times the server was. */
    final AtomicInteger asked = new AtomicInteger();

    FakeFile(long seed, int count) {
        Random random = new Random(seed);
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] chunk = new byte[1 + random.nextInt(50_000)];
            random.nextBytes(chunk);
            boolean hole = i % 6 == 5;
            int offset = hole ? 0 : random.nextInt(chunk.length);
            byte[] piece = new byte[chunk.length - offset];
            if (hole) {
                extents.add(Extent.hole(piece.length));
            } else {
                ChunkId id = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
                stored.put(id, chunk);
                extents.add(new Extent(id, offset, piece.length));
                System.arraycopy(chunk, offset, piece, 0, piece.length);
            }
            pieces.add(piece);
        }
        content = new byte[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, content, at, piece.length);
            at += piece.length;
        }
    }

    FileBytes reader(Shelf shelf) {
        return new FileBytes(new Layouts(this::find), new Chunks(shelf, this::read));
    }

    int chunks() {
        return stored.size();
    }

    /** @return where in the file the bytes of this extent begin and end */
    int[] damage(int number) {
        long from = extents.subList(0, number).stream().mapToLong(Extent::length).sum();
        damaged.add(extents.get(number).chunk());
        return new int[] {(int) from, (int) (from + extents.get(number).length())};
    }

    /** @return as {@link #damage} */
    int[] archive(int number) {
        int[] span = damage(number);
        damaged.clear();
        archived.add(extents.get(number).chunk());
        return span;
    }

    void bring() {
        archived.clear();
    }

    void heal() {
        damaged.clear();
    }

    private MountAnswer.Range find(MountQuestion.FindRange question) {
        List<Extent> told = new ArrayList<>();
        Set<ChunkId> chunks = new LinkedHashSet<>();
        long at = 0;
        long begin = 0;
        for (Extent extent : extents) {
            if (at + extent.length() > question.from() && told.size() < AT_ONCE) {
                begin = told.isEmpty() ? at : begin;
                told.add(extent);
                if (!extent.isHole()) {
                    chunks.add(extent.chunk());
                }
            }
            at += extent.length();
        }
        if (told.isEmpty()) {
            return new MountAnswer.Range(new byte[0], List.of(), List.of(), null);
        }
        Entry entry = new Entry("image".getBytes(), Entry.Type.FILE, 0644, 0, 0, "", "", content.length, Instant.EPOCH, Instant.EPOCH, 0, null, 0, 0,
                List.of(), new Entry.Content.Inline(told, null), false);
        byte[] part = new PlanWriter().parts(List.of(new RestorePlan.Part(RawPath.of("/srv/image"), entry, begin, false)), List.copyOf(chunks));
        Failure why = archived.isEmpty() ? null : BackupException.media("blob.archived", "/srv/image", "it lies in an archive", null).failure();
        asked.incrementAndGet();
        return new MountAnswer.Range(part, chunks.stream().map(chunk -> new RestoreBatch.ChunkKey(chunk, new byte[archived.contains(chunk) ? 0 : 32])).toList(),
                chunks.stream().filter(archived::contains).toList(), why);
    }

    private void read(List<RestoreBatch.ChunkKey> wanted, Chunks.Taker taker) throws BackupException {
        if (fails) {
            throw BackupException.network("transport.closed", "", "the node is gone", null);
        }
        for (RestoreBatch.ChunkKey key : wanted) {
            reads.incrementAndGet();
            taker.take(key.chunk(), damaged.contains(key.chunk()) || key.key().length == 0 ? null : stored.get(key.chunk()));
        }
    }
}
