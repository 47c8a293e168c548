package org.azekura.engine.tree;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry.Content;
import org.azekura.engine.tree.Entry.Type;
import org.azekura.engine.tree.Entry.Xattr;

/** Entries of every kind, all from one seed. */
final class RandomEntries {

    private final Random random;

    RandomEntries(Random random) {
        this.random = random;
    }

    /** A generator whose seed is printed; run again with {@code -Dseed=N}. */
    static RandomEntries seeded(String test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test + " seed=" + seed);
        return new RandomEntries(new Random(seed));
    }

    Random random() {
        return random;
    }

    List<Entry> sorted(int count) {
        TreeMap<RawPath, Entry> entries = new TreeMap<>();
        while (entries.size() < count) {
            Entry e = entry();
            entries.put(new RawPath(e.name()), e);
        }
        return List.copyOf(entries.values());
    }

    Entry entry() {
        Type type = Type.values()[random.nextInt(Type.values().length)];
        boolean device = type == Type.BLOCK || type == Type.CHARACTER;
        return new Entry(name(), type, random.nextInt(), random.nextInt(), random.nextInt(), text(), text(), random.nextLong() >>> 1 + random.nextInt(63),
                time(), time(), random.nextInt(4) == 0 ? random.nextLong() | 1 : 0, type == Type.SYMLINK ? bytes(random.nextInt(300)) : null,
                device ? random.nextInt() : 0, device ? random.nextInt() : 0, xattrs(), content(type), random.nextBoolean());
    }

    byte[] name() {
        byte[] name = bytes(1 + random.nextInt(random.nextInt(10) == 0 ? 255 : 20));
        for (int i = 0; i < name.length; i++) {
            if (name[i] == 0 || name[i] == '/' || name[i] == '.') {
                name[i] = (byte) 0xff;
            }
        }
        return name;
    }

    ChunkId chunk() {
        return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    List<Extent> extents(int count) {
        List<Extent> extents = new ArrayList<>(count);
        ChunkId chunk = chunk();
        for (int i = 0; i < count; i++) {
            chunk = random.nextInt(4) == 0 ? chunk : chunk();
            extents.add(switch (random.nextInt(3)) {
                case 0 -> Extent.hole(1 + (random.nextLong() >>> 20));
                case 1 -> new Extent(chunk, 0, 1 + random.nextInt(1 << 20));
                default -> new Extent(chunk, random.nextInt(1 << 20), 1 + random.nextInt(1 << 20));
            });
        }
        return extents;
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Instant time() {
        return switch (random.nextInt(10)) {
            case 0 -> Instant.MIN;
            case 1 -> Instant.MAX;
            default -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        };
    }

    private String text() {
        return List.of("", "root", "tomás", "倉庫", "x".repeat(random.nextInt(40))).get(random.nextInt(5));
    }

    private List<Xattr> xattrs() {
        TreeMap<RawPath, Xattr> xattrs = new TreeMap<>();
        for (int i = random.nextInt(8) - 5; i > 0; i--) {
            byte[] name = bytes(random.nextInt(30));
            xattrs.put(new RawPath(name), new Xattr(name, bytes(random.nextInt(200))));
        }
        return List.copyOf(xattrs.values());
    }

    private Content content(Type type) {
        byte[] hash = random.nextBoolean() ? bytes(32) : null;
        return switch (type) {
            case DIRECTORY -> random.nextInt(4) == 0 ? new Content.None() : new Content.Directory(chunk());
            case FILE -> switch (random.nextInt(4)) {
                case 0 -> new Content.None();
                case 1 -> new Content.Paged(chunk(), random.nextLong() >>> 1 | 1, hash);
                default -> new Content.Inline(extents(random.nextInt(12)), hash);
            };
            default -> new Content.None();
        };
    }
}
