package org.azekura.bench.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.bench.meter.Cost;

/**
 * The appliance with all its roles in one process. It runs all the time; a repository is a pool of its own. What the process has used
 * between a call's begin and its coming to rest is part of the call's cost.
 */
final class Appliance implements Tool {

    private final Home home;
    private final Ground ground;
    private final List<String> snapshots = new ArrayList<>();
    private String pool;
    private long besideBefore;

    /** Starts it with an empty home. */
    Appliance(Path script, Path folder, Ground ground) throws IOException, InterruptedException {
        home = new Home(script, folder);
        this.ground = ground;
    }

    @Override
    public String name() {
        return "azekura";
    }

    @Override
    public String version() throws IOException, InterruptedException {
        return home.run("--version").out().strip();
    }

    @Override
    public String settings() {
        return "defaults (zstd 3, AES-256-GCM), all roles in one process that was running";
    }

    /** What it took to get ready. */
    Cost started() {
        return home.started();
    }

    @Override
    public void begin(String name) throws IOException, InterruptedException {
        if (!home.process().lives()) {
            home.up();
        }
        pool = name() + "-" + name;
        snapshots.clear();
        home.makePool(pool, ground.pool(pool));
        besideBefore = Folders.bytes(home.home());
    }

    @Override
    public Cost backup(Path tree) throws IOException, InterruptedException {
        Home.Saved saved = home.backup(pool, tree);
        snapshots.add(saved.snapshot());
        return saved.cost();
    }

    @Override
    public Cost restore(Path to) throws IOException, InterruptedException {
        return home.served("restore", snapshots.getLast(), "--to", to.toString()).cost();
    }

    @Override
    public Cost restoreOne(Path file, Path to) throws IOException, InterruptedException {
        Cost cost = home.served("restore", snapshots.getLast(), file.toString(), "--to", to.toString()).cost();
        return cost.with(home.lastJob());
    }

    @Override
    public Cost prune() throws IOException, InterruptedException {
        List<String> delete = new ArrayList<>(List.of("snapshot", "delete"));
        delete.addAll(snapshots.subList(0, snapshots.size() - 1));
        Cost cost = home.served(delete.toArray(String[]::new)).cost();
        snapshots.subList(0, snapshots.size() - 1).clear();
        Cost prune = home.served("prune", "--pool", pool).cost();
        return cost.and(prune).with(home.lastJob());
    }

    @Override
    public long stored() throws IOException {
        return ground.bytes(pool);
    }

    @Override
    public long beside() throws IOException {
        return Folders.bytes(home.home()) - besideBefore;
    }

    /** The pool stays known, empty of files: a pool that has snapshots is not deleted. */
    @Override
    public void end() throws IOException {
        ground.delete(pool);
    }

    @Override
    public Cost start() throws IOException, InterruptedException {
        return home.run("--version").cost();
    }

    @Override
    public void close() throws IOException {
        home.close();
    }
}
