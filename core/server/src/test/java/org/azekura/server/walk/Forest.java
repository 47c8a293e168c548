package org.azekura.server.walk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.TreeReader;
import org.azekura.engine.tree.TreeWriter;

/** Trees in memory, made of paths and a number for each file's content. Directories are there because something is in them. */
public final class Forest {

    private final ChunkNamer namer = new ChunkNamer(new byte[32]);
    private final Map<ChunkId, Page> pages = new HashMap<>();

    public TreeReader reader() {
        return new TreeReader(id -> {
            if (!pages.containsKey(id)) {
                throw BackupException.corrupt("tree.missing", id.toString(), "no page " + id);
            }
            return pages.get(id);
        });
    }

    public void lose(ChunkId page) {
        pages.remove(page);
    }

    /** @param files by paths like {@code /a/b} */
    public ChunkId tree(SortedMap<String, Integer> files) throws BackupException {
        SortedMap<String, SortedMap<String, Integer>> below = new TreeMap<>();
        SortedMap<String, Entry> entries = new TreeMap<>();
        for (Map.Entry<String, Integer> file : files.entrySet()) {
            String path = file.getKey().substring(1);
            int slash = path.indexOf('/');
            if (slash < 0) {
                entries.put(path, file(path, file.getValue()));
            } else {
                below.computeIfAbsent(path.substring(0, slash), name -> new TreeMap<>()).put(path.substring(slash), file.getValue());
            }
        }
        for (Map.Entry<String, SortedMap<String, Integer>> directory : below.entrySet()) {
            entries.put(directory.getKey(), entry(directory.getKey(), Entry.Type.DIRECTORY, 0, new Entry.Content.Directory(tree(directory.getValue()))));
        }
        TreeWriter writer = new TreeWriter(namer, pages::put);
        for (Entry entry : entries.values()) {
            writer.add(entry);
        }
        return writer.finish();
    }

    private static Entry file(String name, int content) {
        return entry(name, Entry.Type.FILE, 10, new Entry.Content.Inline(List.of(new Extent(new ChunkId(content, 0, 0, 1), 0, 10)), null));
    }

    private static Entry entry(String name, Entry.Type type, long size, Entry.Content content) {
        return new Entry(name.getBytes(StandardCharsets.UTF_8), type, 0644, 0, 0, "root", "root", size, Instant.EPOCH, Instant.EPOCH, 0, null,
                0, 0, List.of(), content, false);
    }
}
