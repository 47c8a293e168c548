package org.azekura.server.names;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.PageSink;
import org.azekura.engine.tree.TreeWriter;

/** A file system that changes at random: names come and go, are something else, look otherwise. */
final class RandomTree {

    private static final byte[][] NAMES = {{'a'}, {'b'}, {'d'}, "report.txt".getBytes(), "Report.TXT".getBytes(), "ab\nc".getBytes(), {(byte) 0xff}, {'x', (byte) 0xe9, 'b'},
        "gr\u00f6\u00dfe.txt".getBytes(StandardCharsets.UTF_8), "K\u212a\u017f\u0130".getBytes(StandardCharsets.UTF_8), "\"b\"*'".getBytes(), "\ud83d\udc1f.txt".getBytes(StandardCharsets.UTF_8)};

    private final Random random;
    private Node root = new Node();

    /** A directory has children, anything else none. */
    private static final class Node {
        Entry.Type type = Entry.Type.DIRECTORY;
        int content;
        int time;
        int mode;
        final SortedMap<RawPath, Node> below = new TreeMap<>();
    }

    RandomTree(Random random) {
        this.random = random;
    }

    void change() {
        for (int i = random.nextInt(8); i >= 0; i--) {
            Node at = root;
            for (int depth = random.nextInt(4); depth > 0; depth--) {
                List<Node> dirs = at.below.values().stream().filter(node -> node.type == Entry.Type.DIRECTORY).toList();
                at = dirs.isEmpty() ? at : dirs.get(random.nextInt(dirs.size()));
            }
            change(at);
        }
    }

    private void change(Node dir) {
        RawPath name = new RawPath(NAMES[random.nextInt(NAMES.length)]);
        Node known = dir.below.get(name);
        dir.time = random.nextInt(5);
        switch (random.nextInt(6)) {
            case 0 -> dir.below.remove(name);
            case 1 -> dir.below.put(new RawPath(NAMES[random.nextInt(NAMES.length)]), known == null ? file() : copy(known));
            case 2 -> dir.below.put(name, new Node());
            case 3 -> {
                if (known != null) {
                    known.mode = random.nextInt(3);
                    known.time = random.nextInt(3);
                }
            }
            default -> dir.below.put(name, file());
        }
    }

    private Node file() {
        Node file = new Node();
        file.type = random.nextInt(5) == 0 ? Entry.Type.SYMLINK : Entry.Type.FILE;
        file.content = random.nextInt(6);
        file.time = random.nextInt(3);
        return file;
    }

    private static Node copy(Node node) {
        Node copy = new Node();
        copy.type = node.type;
        copy.content = node.content;
        copy.time = node.time;
        copy.mode = node.mode;
        node.below.forEach((name, below) -> copy.below.put(name, copy(below)));
        return copy;
    }

    ChunkId write(ChunkNamer namer, PageSink sink) throws BackupException {
        return write(root, namer, sink);
    }

    private static ChunkId write(Node dir, ChunkNamer namer, PageSink sink) throws BackupException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<RawPath, Node> below : dir.below.entrySet()) {
            Node node = below.getValue();
            boolean isDir = node.type == Entry.Type.DIRECTORY;
            boolean isLink = node.type == Entry.Type.SYMLINK;
            Entry.Content content = isDir ? new Entry.Content.Directory(write(node, namer, sink)) : isLink || node.content == 0 ? new Entry.Content.None() : content(node.content);
            Instant time = isDir && node.time == 4 ? null : Instant.ofEpochSecond(-3L + node.time, 999_999_999);
            entries.add(new Entry(below.getKey().bytes(), node.type, node.mode, 0, 0, "root", "root", isDir || isLink || node.content == 0 ? 0 : 10, time, time, 0,
                    isLink ? new byte[] {(byte) node.content} : null, 0, 0, List.of(), content, false));
        }
        TreeWriter writer = new TreeWriter(namer, sink);
        for (Entry entry : entries) {
            writer.add(entry);
        }
        return writer.finish();
    }

    /** Some equal bytes lie in other chunks, and of some nobody kept a hash. */
    private static Entry.Content content(int number) {
        byte[] hash = new byte[32];
        hash[0] = (byte) (number / 2);
        return new Entry.Content.Inline(List.of(new Extent(new ChunkId(number, 0, 0, 1), 0, 10)), number % 3 == 0 ? null : hash);
    }
}
