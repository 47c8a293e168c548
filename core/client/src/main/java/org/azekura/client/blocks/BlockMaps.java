package org.azekura.client.blocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.azekura.client.posix.FileStat;
import org.azekura.engine.tree.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The block maps of a save set, as one job uses them. One thread. */
public final class BlockMaps implements AutoCloseable {

    /** Smaller files have none: a map costs as much as sending some kilobytes, and they are a chunk or two. */
    public static final long MIN_FILE_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(BlockMaps.class);
    private static final String DRAFT = ".draft";
    /** For millions of maps a few of those that nobody needs stay; the next job has another chance. */
    private static final int LIVE_BITS = 1 << 23;
    /** The rest has its turn after the next job. */
    private static final int MAX_SWEPT = 100_000;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();
    private final Set<MapWriter> drafts = new HashSet<>();
    private long[] live;
    private long begun;
    private boolean made;
    private boolean written;
    private List<Path> stale = List.of();

    /** @param folder made when the first map is */
    public BlockMaps(Path folder) {
        this.folder = folder;
    }

    Path file(long name) {
        return folder.resolve(MapName.text(name));
    }

    /**
     * Looks for the map of a file of the parent snapshot.
     *
     * @param name    by {@link MapName}, from what the parent's cache tells
     * @param content what the parent snapshot has
     * @return null if there is none of exactly this content
     */
    public MapReader find(long name, Entry.Content content) {
        Path file = file(name);
        try {
            return MapReader.open(file, content);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | RuntimeException e) {
            LOG.info("block map {} cannot be used: {}; its file is cut as a whole", file, e.toString());
            return null;
        }
    }

    /**
     * Begins a map.
     *
     * @param parent of the same file in the parent snapshot, null if there is none
     * @return null if that is not possible
     */
    public MapWriter begin(MapReader parent) {
        try {
            if (!made) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                remove(list(name -> name.endsWith(DRAFT)));
                made = true;
            }
        } catch (IOException e) {
            LOG.warn("no block maps can be kept in {}: {}", folder, e.toString());
            return null;
        }
        int blockBytes = parent == null ? MapForm.BLOCK_BYTES : MapForm.FINE_BLOCK_BYTES;
        boolean comparable = parent != null && parent.blockBytes() == blockBytes;
        BlockHash hash = comparable ? parent.hash() : new BlockHash(random(BlockHash.KEY_BYTES));
        MapWriter draft = new MapWriter(this, folder.resolve(++begun + DRAFT), random(MapForm.ID_BYTES), blockBytes, hash);
        drafts.add(draft);
        return draft;
    }

    private byte[] random(int bytes) {
        byte[] made = new byte[bytes];
        random.nextBytes(made);
        return made;
    }

    void finished(MapWriter map, FileStat stat) {
        drafts.remove(map);
        written = true;
        keep(stat);
    }

    void discarded(MapWriter map) {
        drafts.remove(map);
    }

    /** A file with this map, if there is one, is in the snapshot that is being made. */
    public void keep(FileStat stat) {
        if (stat.size() >= MIN_FILE_BYTES) {
            if (live == null) {
                live = new long[LIVE_BITS / Long.SIZE];
            }
            int bit = (int) MapName.of(stat) & LIVE_BITS - 1;
            live[bit / Long.SIZE] |= 1L << bit;
        }
    }

    /** Nor are drafts, which are those of a job that is over. */
    private boolean isLive(String name) {
        if (live == null || name.endsWith(DRAFT)) {
            return false;
        }
        int bit = (int) Long.parseUnsignedLong(name, 16) & LIVE_BITS - 1;
        return (live[bit / Long.SIZE] & 1L << bit) != 0;
    }

    /**
     * Notes the maps of files that are not in the snapshot that was made. Before the server has it: what the next job writes is none of
     * this one's business.
     */
    public void settle() {
        // Where nothing is written nothing grows.
        if (written) {
            try {
                stale = list(name -> !isLive(name));
            } catch (IOException e) {
                LOG.warn("old block maps in {} cannot be found: {}", folder, e.toString());
            }
        }
    }

    /** Removes the maps that were noted. When the server has the snapshot: until then the parent's may be needed again. */
    public void sweep() {
        try {
            remove(stale);
        } catch (IOException e) {
            LOG.warn("old block maps in {} cannot be removed: {}", folder, e.toString());
        }
    }

    private List<Path> list(Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> wanted.test(file.getFileName().toString())).limit(MAX_SWEPT).toList();
        }
    }

    private static void remove(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** Discards what is not finished. */
    @Override
    public void close() {
        Set.copyOf(drafts).forEach(MapWriter::discard);
    }
}
