package org.azekura.bench.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.azekura.bench.corpus.Corpora;
import org.azekura.bench.meter.Cost;
import org.azekura.bench.run.Aging;
import org.azekura.bench.tool.Folders;
import org.azekura.bench.tool.Home;
import org.azekura.bench.tool.Processes;

/**
 * All roles in one process against each in its own, over TLS on this machine: the same tree in turns, medians. It is of random bytes, of which
 * nothing can be left out: the most that the transport can cost.
 */
record Apart(Path script, Path work, int mib) implements Trial {

    static final String NAME = "apart";
    private static final int PAIRS = 5;
    /** Not counted: a running process has its code compiled. */
    private static final int WARM_UPS = 2;

    /** What one side took, pair after pair, in seconds. */
    private record Taken(List<Double> processor, List<Double> wall) {

        Taken() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(Cost cost, Duration job) {
            processor.add(seconds(cost.processor()));
            wall.add(seconds(job));
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Found found) throws IOException, InterruptedException {
        Path tree = Files.createDirectories(work.resolve("source"));
        Corpora.noise(mib).make(tree);
        Aging.await(tree);
        Taken oneBackup = new Taken();
        Taken oneRestore = new Taken();
        Taken apartBackup = new Taken();
        Taken apartRestore = new Taken();
        try (Home one = new Home(script, work.resolve("one")); Processes apart = new Processes(script, work.resolve("processes"))) {
            for (int i = -WARM_UPS; i < PAIRS; i++) {
                String pool = "pair" + (i + WARM_UPS);
                together(one, pool, tree, i < 0 ? new Taken() : oneBackup, i < 0 ? new Taken() : oneRestore);
                apart(apart, pool, tree, i < 0 ? new Taken() : apartBackup, i < 0 ? new Taken() : apartRestore);
            }
        }
        fact(found, Figure.APART_BACKUP_PROCESSOR, apartBackup.processor, oneBackup.processor);
        fact(found, Figure.APART_BACKUP_WALL, apartBackup.wall, oneBackup.wall);
        fact(found, Figure.APART_RESTORE_PROCESSOR, apartRestore.processor, oneRestore.processor);
        fact(found, Figure.APART_RESTORE_WALL, apartRestore.wall, oneRestore.wall);
    }

    private void together(Home one, String pool, Path tree, Taken backup, Taken restore) throws IOException, InterruptedException {
        one.makePool(pool);
        Home.Saved saved = one.backup(pool, tree);
        backup.add(saved.cost(), one.lastJob());
        restore.add(one.served("restore", saved.snapshot(), "--to", work.resolve("restored").toString()).cost(), one.lastJob());
        Folders.delete(work.resolve("restored"));
        Folders.delete(one.pool(pool));
    }

    private void apart(Processes apart, String pool, Path tree, Taken backup, Taken restore) throws IOException, InterruptedException {
        apart.makePool(pool);
        Home.Saved saved = apart.backup(pool, tree);
        backup.add(saved.cost(), apart.lastJob());
        restore.add(apart.restore(saved.snapshot(), work.resolve("restored")), apart.lastJob());
        Folders.delete(work.resolve("restored"));
        Folders.delete(apart.pool(pool));
    }

    private void fact(Found found, Figure figure, List<Double> apart, List<Double> one) throws IOException {
        found.fact(figure, median(apart) / median(one), String.format(Locale.ROOT, "%d MiB of random bytes, %d pairs: %.2f s apart, %.2f s in one", mib, PAIRS, median(apart), median(one)));
    }
}
