package org.azekura.server.names;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.names.NameLine;
import org.azekura.api.server.Snapshots.Bounds;
import org.azekura.api.server.Snapshots.Found;
import org.azekura.api.server.Snapshots.Version;
import org.azekura.api.server.Snapshots.Wanted;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.catalog.sqlite.SqliteNames;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.browse.NameWalk;
import org.azekura.testkit.catalog.Rows;

/** An appliance of two hosts whose days go by at random: it saves, deletes, prunes, is killed, loses the latest of its index or all of it. */
final class NameHistory implements AutoCloseable {

    static final PoolName POOL = new PoolName("p");

    private final Path home;
    private final Random random;
    private final CatalogDoor door;
    private final ChunkNamer namer = new ChunkNamer(new byte[32]);
    private final Map<ChunkId, Page> pages = new HashMap<>();
    private final Map<SnapshotId, Set<ChunkId>> used = new LinkedHashMap<>();
    private final List<RandomTree> hosts;
    private final List<Path> copies = new ArrayList<>();
    private SqliteNames names;
    private Path folder;
    private int count;
    boolean opens = true;
    final NameKeeper keeper;

    NameHistory(Path home, Random random) throws BackupException {
        this.home = home;
        this.random = random;
        this.door = new CatalogDoor(home);
        this.folder = home.resolve("names");
        this.names = new SqliteNames(folder);
        this.hosts = List.of(new RandomTree(random), new RandomTree(random));
        door.change(edit -> {
            edit.putPool(Rows.pool(POOL.value()));
            edit.putClient(Rows.client("host0"));
            edit.putClient(Rows.client("host1"));
        });
        this.keeper = new NameKeeper(door.catalog(), new NameKeeper.Trees() {
            @Override
            public TreeReader reader(Pool pool) {
                return NameHistory.this.reader();
            }

            @Override
            public boolean opens(Pool pool) {
                return opens;
            }
        }, () -> names, 1 + random.nextInt(20));
    }

    TreeReader reader() {
        return new TreeReader(id -> {
            if (!pages.containsKey(id)) {
                throw BackupException.corrupt("tree.missing", id.toString(), "no page " + id);
            }
            return pages.get(id);
        });
    }

    void step() throws BackupException {
        switch (random.nextInt(10)) {
            case 0, 1 -> delete();
            case 2 -> prune();
            case 3 -> readSome();
            case 4 -> kill();
            default -> save();
        }
    }

    void save() throws BackupException {
        int host = random.nextInt(hosts.size());
        hosts.get(host).change();
        Set<ChunkId> of = new HashSet<>();
        ChunkId root = hosts.get(host).write(namer, (id, page) -> {
            pages.put(id, page);
            of.add(id);
        });
        SnapshotId id = new SnapshotId(random.nextLong(), 1);
        used.put(id, of);
        Instant time = Instant.EPOCH.plusSeconds(count++);
        door.change(edit -> edit.putSnapshot(new Snapshot(id, new JobId(1), POOL, new ClientName("host" + host), new SaveSetName("s"), root, null, time, time, 0, 0, 0, 0, new byte[1])));
    }

    private void delete() throws BackupException {
        List<SnapshotId> all = List.copyOf(used.keySet());
        if (!all.isEmpty()) {
            SnapshotId id = all.get(random.nextInt(3) == 0 ? all.size() - 1 : random.nextInt(all.size()));
            used.remove(id);
            door.change(edit -> edit.deleteSnapshot(id, Instant.EPOCH));
        }
    }

    private void prune() {
        Set<ChunkId> alive = new HashSet<>();
        used.values().forEach(alive::addAll);
        pages.keySet().retainAll(alive);
    }

    private void readSome() throws BackupException {
        int[] left = {random.nextInt(4)};
        keeper.round(() -> left[0]-- <= 0);
    }

    /** What a killed process leaves is a copy of its files; after a power loss it may be an older one, or none. */
    private void kill() {
        Path copy = home.resolve("names" + copies.size());
        copy(folder, copy);
        copies.add(copy);
        names.close();
        folder = home.resolve("run" + copies.size());
        if (random.nextInt(6) > 0) {
            copy(random.nextBoolean() ? copy : copies.get(random.nextInt(copies.size())), folder);
        }
        names = new SqliteNames(folder);
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
            if (Files.isDirectory(from)) {
                try (Stream<Path> files = Files.list(from)) {
                    for (Path file : files.filter(f -> !f.toString().endsWith("-shm")).toList()) {
                        Files.copy(file, to.resolve(file.getFileName()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void catchUp() throws BackupException {
        keeper.round(() -> false);
    }

    SqliteNames names() {
        return names;
    }

    Path folder() {
        return folder;
    }

    Found search(String pattern, boolean ignoreCase, String after, int limit) throws BackupException {
        return new NameSearch(door.catalog(), keeper, 0).search(new Wanted(pattern, ignoreCase, null, Bounds.NONE, after), limit);
    }

    /** Waits for the keeper, which is at work. */
    Found patientSearch(String pattern) throws BackupException {
        return new NameSearch(door.catalog(), keeper).search(new Wanted(pattern, false, null, Bounds.NONE, null), 10_000);
    }

    /** Nobody has the files open until the next call. */
    void reopen() {
        names.close();
        names = new SqliteNames(folder);
    }

    int snapshots() {
        return used.size();
    }

    /** By the trees of the snapshots that the index has read. */
    List<Version> walked(String text, boolean ignoreCase) throws BackupException {
        NamePattern pattern = NamePattern.of(text, ignoreCase);
        List<Version> versions = new ArrayList<>();
        Set<SnapshotId> read = new HashSet<>();
        for (NameLine line : names.lines(POOL)) {
            read.addAll(line.days());
        }
        for (String host : List.of("host0", "host1")) {
            NameWalk walk = new NameWalk(path -> pattern.matches(path, path.names().getLast()));
            walk.days(reader(), door.catalog().read(view -> view.snapshots(new ClientName(host))).stream().filter(day -> read.contains(day.id())).toList());
            versions.addAll(walk.versions());
        }
        return versions;
    }

    @Override
    public void close() {
        names.close();
        door.close();
    }
}
