package org.azekura.catalog.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Failure;
import org.azekura.api.Failure.Kind;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.names.NameChange;
import org.azekura.api.names.NameDay;
import org.azekura.api.names.NameIndex;
import org.azekura.api.names.NameLine;
import org.azekura.api.names.NameQuery;
import org.azekura.api.names.NameVisitor;
import org.azekura.catalog.sql.CatalogFault;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.Transactions;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of each pool in a file of its own in the home's folder {@code names}, opened when it is first asked for. A damaged one is deleted. */
@Component(name = "org.azekura.names.sqlite")
public final class SqliteNames implements NameIndex {

    private static final Logger log = LoggerFactory.getLogger(SqliteNames.class);
    private static final String END = ".db";

    private final Path folder;
    private final int stretch;
    private final Map<PoolName, NamesFile> open = new HashMap<>();
    private boolean closed;

    @Activate
    public SqliteNames(BundleContext context) {
        this(Path.of(context.getProperty("azekura.home"), "names"));
    }

    /** @param folder made with the first pool; its parent is there */
    public SqliteNames(Path folder) {
        this(folder, NameLookup.STRETCH);
    }

    /** @param stretch see {@link NameLookup} */
    SqliteNames(Path folder, int stretch) {
        this.folder = folder;
        this.stretch = stretch;
    }

    @Deactivate
    public synchronized void close() {
        closed = true;
        open.values().forEach(NamesFile::close);
        open.clear();
    }

    private Path path(PoolName pool) {
        return folder.resolve(pool.value() + END);
    }

    @Override
    public Set<PoolName> pools() throws BackupException {
        Set<PoolName> pools = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(END))
                        .forEach(name -> pools.add(new PoolName(name.substring(0, name.length() - END.length()))));
            } catch (IOException e) {
                throw failure("names.io", "the folder " + folder + " can't be read: " + e);
            }
        }
        return pools;
    }

    private BackupException failure(String code, String what) {
        return new BackupException(new Failure(code, Kind.DEVICE, true, folder.toString(), what));
    }

    @Override
    public List<NameLine> lines(PoolName pool) throws BackupException {
        return Files.exists(path(pool)) ? read(pool, NameRows::lines) : List.of();
    }

    @Override
    public void add(PoolName pool, NameDay day, List<NameChange> changes, List<PathProblem> problems) throws BackupException {
        write(pool, (sql, ids) -> {
            new NameRows(sql, ids).add(day, changes, problems);
            return null;
        });
    }

    @Override
    public void forget(PoolName pool, Set<SnapshotId> snapshots) throws BackupException {
        if (Files.exists(path(pool))) {
            write(pool, (sql, ids) -> {
                new NameRows(sql, ids).forget(snapshots);
                return null;
            });
        }
    }

    @Override
    public void forget(PoolName pool, ClientName client, SaveSetName saveSet) throws BackupException {
        if (Files.exists(path(pool))) {
            write(pool, (sql, ids) -> {
                new NameRows(sql, ids).forget(client, saveSet);
                return null;
            });
        }
    }

    @Override
    public boolean sweep(PoolName pool) throws BackupException {
        return Files.exists(path(pool)) && write(pool, (sql, ids) -> new NameSweep(sql, ids).go());
    }

    @Override
    public void drop(PoolName pool) throws BackupException {
        synchronized (this) {
            NamesFile file = open.remove(pool);
            if (file != null) {
                file.close();
            }
            NamesFile.delete(path(pool));
        }
    }

    @Override
    public String search(PoolName pool, NameQuery query, NameVisitor visitor) throws BackupException {
        return Files.exists(path(pool)) ? read(pool, sql -> new NameLookup(sql, visitor, stretch).search(query)) : null;
    }

    /** What to change. */
    @FunctionalInterface
    private interface Change<T> {
        T run(Sql sql, NameIds ids) throws BackupException;
    }

    private <T> T write(PoolName pool, Change<T> change) throws BackupException {
        NamesFile file = file(pool);
        try {
            return file.write(sql -> change.run(sql, file.ids()));
        } catch (BackupException e) {
            throw lost(pool, e);
        }
    }

    private <T> T read(PoolName pool, Transactions.Steps<T> steps) throws BackupException {
        NamesFile file = file(pool);
        try {
            return file.read(steps);
        } catch (BackupException e) {
            throw lost(pool, e);
        }
    }

    private synchronized NamesFile file(PoolName pool) throws BackupException {
        if (closed) {
            throw failure("names.closed", "the index of names is closed");
        }
        NamesFile file = open.get(pool);
        if (file == null) {
            try {
                file = NamesFile.open(path(pool));
            } catch (BackupException e) {
                if (!CatalogFault.isDamage(e)) {
                    throw e;
                }
                lost(pool, e);
                file = NamesFile.open(path(pool));
            }
            open.put(pool, file);
        }
        return file;
    }

    /** A damaged file goes, and is made anew by who fills it. */
    private BackupException lost(PoolName pool, BackupException why) throws BackupException {
        if (CatalogFault.isDamage(why) && why.failure().code().startsWith("names.")) {
            log.warn("pool={} the index of names is made anew: {}", pool, why.getMessage());
            drop(pool);
        }
        return why;
    }
}
