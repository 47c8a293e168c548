package org.azekura.client.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.client.blocks.BlockMaps;
import org.azekura.client.cache.Cache;
import org.azekura.client.cache.CacheFolder;
import org.azekura.client.cache.CacheWriter;
import org.azekura.client.cache.CachedDirectory;
import org.azekura.client.cache.CachedEntry;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Attributes;
import org.azekura.client.posix.Directories;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;

/**
 * The client's part of a backup of as many entries as wished, in a process of its own: a walk goes over one real folder again and
 * again, each time under another name and with other times. Everything up to the frames is the real thing; those are dropped.
 * Nine in ten entries are told to be FIFOs, as nothing else can be had in millions; the tenth is a small file, and read.
 */
final class Generated {

    static final int IN_FOLDER = 10_000;
    private static final int READ_ONE_IN = 10;
    private static final int MIN_CHUNK = 256 << 10;
    private static final long CHECKPOINT = 64 << 20;
    private static final byte[] ID_KEY = new byte[ChunkNamer.KEY_BYTES];
    private static final CacheFolder.Key KEY = new CacheFolder.Key(new ClientName("host"), new SaveSetName("set"), new PoolName("pool"));

    private final Path work;
    private final CacheFolder caches;
    private long jobs;

    private Generated(Path work) throws IOException {
        this.work = work;
        this.caches = new CacheFolder(work.resolve("cache"));
    }

    /** Takes the frames and calls them durable. */
    private static final class Dropping implements Outlet {
        private final Safety safety;
        private long data;
        private long trees;

        Dropping(Safety safety) {
            this.safety = safety;
        }

        @Override
        public CompletableFuture<boolean[]> known(List<ChunkId> chunks) {
            return CompletableFuture.completedFuture(new boolean[chunks.size()]);
        }

        @Override
        public void toNode(ByteBuffer frame) {
            safety.nodeHas(++data);
        }

        @Override
        public void toServer(ByteBuffer frame) {
            safety.serverHas(++trees);
        }
    }

    /** Makes each time that the folder is walked another one. */
    private record Varied(Collector collector, long[] folder, long[] number) implements Harvest {

        @Override
        public void enter(PathBuffer path, byte[] name, FileStat stat, Attributes attributes, boolean saved, CachedEntry before, CachedDirectory parent)
                throws IOException, BackupException {
            folder[0]++;
            collector.enter(path, name, stat, attributes, saved, before, parent);
        }

        @Override
        public void leave() throws IOException, BackupException {
            collector.leave();
        }

        @Override
        public void entry(Directory directory, PathBuffer path, byte[] name, FileStat stat, CachedEntry before, ReadFile ahead)
                throws IOException, BackupException {
            long other = folder[0] * IN_FOLDER + number[0]++ % IN_FOLDER;
            collector.entry(directory, path, name, number[0] % READ_ONE_IN == 0 ? stat : new FileStat(FileType.FIFO, stat.mode(), stat.uid(), stat.gid(), 1,
                    other, stat.device(), 0, 0, other, (int) (other % 999_983), other, 0, 0), before, null);
        }
    }

    /** Folders that are there under their names only. */
    private Path named(int folders) throws IOException {
        Path root = Files.createDirectories(work.resolve("root-" + folders));
        for (int i = 0; i < folders; i++) {
            Files.createDirectories(root.resolve("generated-" + i));
        }
        return root;
    }

    private void files() throws IOException {
        Path folder = Files.createDirectories(work.resolve("folder"));
        for (int i = 0; i < IN_FOLDER; i++) {
            Files.writeString(folder.resolve("file-" + i), "content " + i);
        }
    }

    /** @return files walked */
    private long backup(int folders, SnapshotId snapshot, SnapshotId parent) throws Exception {
        JobId job = new JobId(++jobs);
        Breaker breaker = new Breaker(job);
        RecipientKey recipient = RecipientKey.generate();
        KeyRing ring = KeyRing.create(List.of(Recipient.of("test", recipient)));
        ChunkNamer namer = new ChunkNamer(ID_KEY);
        Safety safety = new Safety();
        Tally tally = new Tally();
        // As if all were older than it is.
        Instant started = Instant.now().plusSeconds(10);
        try (Cache known = parent == null ? null : caches.open(KEY, parent); CacheWriter cache = caches.begin(KEY, snapshot, started, job);
                BlockMaps maps = new BlockMaps(caches.maps(KEY)); Sealer sealer = Sealer.open(ring.epoch(), ring.epochPublicKey())) {
            try (Pipeline pipeline = new Pipeline(breaker, namer, sealer, 3, new Dropping(safety), safety, tally);
                    Checkpoints checkpoints = new Checkpoints(job, safety, CHECKPOINT, 0, cut -> caches.keep(KEY, job, cache, cut))) {
                CachedDirectory before = Cache.root(null, known);
                TreeBuilder trees = new TreeBuilder(breaker, namer, pipeline::page, cache, before, checkpoints);
                Segments segments = new Segments(pipeline, MIN_CHUNK, ID_KEY, CHECKPOINT);
                Problems problems = new Problems();
                Meter meter = new Meter(new Readers(), System::nanoTime);
                Collector collector = new Collector(trees, segments, new ContentReader(segments, null, MIN_CHUNK, tally, meter), maps, namer, problems, tally);
                walk(breaker, folders, collector, problems, tally, before, meter);
                segments.end();
                trees.finish();
                pipeline.drain();
                if (!problems.list().isEmpty()) {
                    throw new IllegalStateException(problems.list().getFirst().toString());
                }
            }
        }
        caches.commit(KEY, snapshot);
        return tally.files();
    }

    private void walk(Breaker breaker, int folders, Collector collector, Problems problems, Tally tally, CachedDirectory before, Meter meter)
            throws Exception {
        Path root = named(folders);
        Walker.Scope scope = new Walker.Scope(RootTree.of(List.of(RawPath.of(root.toString()))), new RuleSet(List.of()), false, Inodes.of(List.of()));
        try (Directory folder = Directories.open(work.resolve("folder"));
                Lookahead ahead = new Lookahead(breaker, meter, new Lookahead.Wish(0, new RuleSet(List.of())), Lookahead.NO_BUDGET, AheadSource::of,
                        System::nanoTime)) {
            Harvest harvest = new Varied(collector, new long[1], new long[1]);
            new Walker(breaker, scope, caches.folder(), harvest, problems, new Problems(), tally, ahead, meter,
                    (above, name) -> new String(name, UTF_8).startsWith("generated-") ? folder.reopen() : above.open(name)).walk(before);
        }
    }

    /** The most that this process has had resident, and what of it is its own now, in bytes. */
    private static String memory() throws IOException {
        return field("VmHWM:") + " " + field("RssAnon:");
    }

    private static long field(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
    }

    /**
     * For each count saves so many entries, then once more unchanged, and says so: the count of the first, the memory behind it, the count
     * of the second, the memory behind that, the milliseconds of both.
     *
     * @param args a folder to work in, and counts
     */
    public static void main(String... args) throws Exception {
        Generated generated = new Generated(Path.of(args[0]));
        generated.files();
        for (String count : Arrays.asList(args).subList(1, args.length)) {
            int folders = Integer.parseInt(count) / IN_FOLDER;
            long began = System.nanoTime();
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
            long first = generated.backup(folders, new SnapshotId(1, folders), null);
            String memory = memory();
            long between = System.nanoTime();
            long again = generated.backup(folders, new SnapshotId(2, folders), new SnapshotId(1, folders));
            System.out.println(first + " " + memory + " " + again + " " + memory() + " " + (between - began) / 1_000_000 + " "
                    + (System.nanoTime() - between) / 1_000_000);
        }
    }
}
