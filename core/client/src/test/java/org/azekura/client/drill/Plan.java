package org.azekura.client.drill;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.api.message.RestoreBatch;
import org.azekura.client.posix.Accounts;
import org.azekura.client.restore.Batches;
import org.azekura.client.restore.ChunkSource;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;

/** A snapshot in memory: entries and chunks, given as a server and a node would. */
final class Plan {

    static final Instant TIME = Instant.ofEpochSecond(1_600_000_000, 123_456_789);
    final ChunkNamer namer = new ChunkNamer(new byte[32]);
    final Map<ChunkId, byte[]> chunks = new HashMap<>();
    private final List<List<RestorePlan.Part>> batches = new ArrayList<>();

    /** Random content. */
    byte[] chunk(int seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    Extent extent(byte[] content) {
        return slice(content, 0, content.length);
    }

    Extent slice(byte[] chunk, int offset, int length) {
        ChunkId id = namer.data(chunk, 0, chunk.length);
        chunks.put(id, chunk);
        return new Extent(id, offset, length);
    }

    Entry entry(String name, Entry.Type type, int mode, long group, byte[] target, List<Entry.Xattr> xattrs, List<Extent> extents) {
        long size = extents.stream().mapToLong(Extent::length).sum();
        Entry.Content content = extents.isEmpty() ? new Entry.Content.None() : new Entry.Content.Inline(extents, null);
        return new Entry(name.getBytes(StandardCharsets.UTF_8), type, mode, Accounts.self(), Accounts.ownGroup(), "", "", size, TIME, TIME, group, target, 0, 0, xattrs, content, false);
    }

    Entry file(String name, long group, Extent... extents) {
        return entry(name, Entry.Type.FILE, 0640, group, null, List.of(), Arrays.asList(extents));
    }

    Entry directory(String name) {
        return entry(name, Entry.Type.DIRECTORY, 0750, 0, null, List.of(), List.of());
    }

    static Entry.Xattr xattr(String name, String value) {
        return new Entry.Xattr(name.getBytes(StandardCharsets.US_ASCII), value.getBytes(StandardCharsets.US_ASCII));
    }

    /** One batch of entries that come whole. */
    void batch(Map<String, Entry> entries) {
        List<RestorePlan.Part> parts = new ArrayList<>();
        entries.forEach((path, entry) -> parts.add(new RestorePlan.Part(RawPath.of(path), entry, 0, true)));
        batches.add(parts);
    }

    void part(String path, Entry entry, long from, boolean last) {
        batches.add(List.of(new RestorePlan.Part(RawPath.of(path), entry, from, last)));
    }

    Batches batches() {
        PlanWriter writer = new PlanWriter();
        var all = batches.iterator();
        return () -> {
            if (!all.hasNext()) {
                return null;
            }
            List<RestorePlan.Part> parts = all.next();
            Map<ChunkId, RestoreBatch.ChunkKey> keys = new LinkedHashMap<>();
            parts.forEach(part -> PlannedBatch.extents(part).stream().filter(extent -> !extent.isHole())
                    .forEach(extent -> keys.put(extent.chunk(), new RestoreBatch.ChunkKey(extent.chunk(), new byte[32]))));
            return new RestoreBatch(writer.parts(parts, List.copyOf(keys.keySet())), List.copyOf(keys.values()), List.of());
        };
    }

    /** What is not there any more can't be read. */
    ChunkSource source() {
        return (wanted, taker) -> wanted.keySet().forEach(chunk -> taker.take(chunk, chunks.get(chunk), 1));
    }
}
