package org.azekura.bench.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.bench.corpus.Corpora;
import org.azekura.bench.corpus.Corpus;
import org.azekura.bench.meter.Program;
import org.azekura.bench.report.Median;
import org.azekura.bench.run.Aging;
import org.azekura.bench.tool.Folders;
import org.azekura.bench.tool.Home;
import org.azekura.bench.tool.Rest;

/** One folder with very many files: memory, browsing, search, prune, and the catalog made anew from the pool alone. */
record BigFolder(Path script, Path work, int files) implements Trial {

    static final String NAME = "big-folder";
    private static final String POOL = "big";
    private static final int PAGE = 1000;
    private static final int PAGES = 21;
    private static final int SEARCHES = 5;
    private static final Duration INDEXED = Duration.ofMinutes(3);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Found found) throws IOException, InterruptedException {
        Path tree = Files.createDirectories(work.resolve("source"));
        Corpus corpus = Corpora.flat(files);
        try (Home home = new Home(script, work.resolve("appliance"))) {
            tenth(home, found);
            corpus.make(tree);
            Aging.await(tree);
            home.makePool(POOL);
            Home.Saved first = home.backup(POOL, tree);
            found.fact(Figure.PEAK_ALL, first.cost().peakBytes(), files + " files");
            long before = stored(home);
            Home.Saved second = home.backup(POOL, tree);
            found.fact(Figure.RESCAN_GROWTH, (double) (stored(home) - before) / files, "bytes a file, of " + files + " unchanged files");
            try (Rest rest = new Rest(home)) {
                browse(rest, second.snapshot(), tree.resolve(corpus.one()), found);
                search(rest, found);
            }
            one(home, second.snapshot(), tree.resolve(corpus.one()), found);
            rebuild(home, second.snapshot(), tree.resolve(corpus.one()), found);
            prune(home, corpus, tree, List.of(second.snapshot(), first.snapshot()), found);
        }
    }

    /** The pool, and what the server keeps: the catalog. */
    private static long stored(Home home) throws IOException {
        return Folders.bytes(home.pool(POOL)) + Folders.bytes(home.home().resolve("catalog")) + Folders.bytes(home.home().resolve("trees"));
    }

    /** A tenth of it first: what the memory grows by from there tells whether it is bounded. */
    private void tenth(Home home, Found found) throws IOException, InterruptedException {
        Path tree = Files.createDirectories(work.resolve("tenth"));
        Corpora.flat(files / 10).make(tree);
        Aging.await(tree);
        home.makePool("tenth");
        found.fact(Figure.PEAK_TENTH, home.backup("tenth", tree).cost().peakBytes(), files / 10 + " files");
        Folders.delete(tree);
    }

    private void browse(Rest rest, String snapshot, Path one, Found found) throws IOException, InterruptedException {
        String folder = "snapshots/" + snapshot + "/entries?limit=" + PAGE + "&path=" + encoded(one.getParent().toString());
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            // All over the folder, the first from its begin.
            Rest.Answer answer = rest.get(i == 0 ? folder : folder + "&after=file-" + (long) files * i / (PAGES + 1));
            if (answer.body().path("entries").size() != PAGE) {
                throw new IOException("a page has " + answer.body().path("entries").size() + " entries, expected " + PAGE);
            }
            times.add(answer.wall());
        }
        String of = PAGE + " entries of a folder of " + files + ", by REST";
        found.fact(Figure.BROWSE_PAGE, median(times), of);
        found.fact(Figure.BROWSE_WORST, times.stream().mapToDouble(BigFolder::seconds).max().orElseThrow(), of + ", worst of " + PAGES);
    }

    private void search(Rest rest, Found found) throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (rest.get("search?name=file-" + files / 2).body().path("versions").isEmpty()) {
            if (Duration.ofNanos(System.nanoTime() - began).compareTo(INDEXED) > 0) {
                throw new IOException("a name is not found within " + INDEXED + " after the backup that saved it");
            }
            Thread.sleep(Duration.ofMillis(50));
        }
        found.fact(Figure.SEARCH_READY, (System.nanoTime() - began) / 1e9, "from the end of the backup until a name of it is found");
        double slowest = 0;
        for (String pattern : List.of("file-" + files / 3, "*" + files / 7 + "*", "file-?" + files / 100, "no such name")) {
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < SEARCHES; i++) {
                times.add(rest.get("search?name=" + encoded(pattern)).wall());
            }
            slowest = Math.max(slowest, median(times));
        }
        found.fact(Figure.SEARCH, slowest, "slowest of four patterns over " + files + " files in 2 snapshots, by REST");
    }

    private void one(Home home, String snapshot, Path one, Found found) throws IOException, InterruptedException {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < SEARCHES; i++) {
            Path to = work.resolve("one-" + i);
            home.run("restore", snapshot, one.toString(), "--to", to.toString());
            same(one, to);
            times.add(home.lastJob());
        }
        found.fact(Figure.ONE_FILE, median(times), "a file of " + files + ", the job with its planning");
    }

    private static void same(Path saved, Path to) throws IOException {
        if (Files.mismatch(saved, Path.of(to + saved.toString())) >= 0) {
            throw new IOException(to + " has other content than " + saved);
        }
    }

    /** From a copy of the pool's folder, in an appliance that knows nothing of it. */
    private void rebuild(Home home, String snapshot, Path one, Found found) throws IOException, InterruptedException {
        Path media = work.resolve("media");
        Path key = work.resolve("recovery");
        new Program(work, Map.of()).run("cp", "-a", home.pool(POOL).toString(), media.toString());
        home.run("key", "export", "--pool", POOL, "--unprotected", "--to", key.toString());
        try (Home reborn = new Home(script, work.resolve("reborn"))) {
            double wall = seconds(reborn.served("catalog", "rebuild", "--from", media.toString()).cost().wall());
            found.fact(Figure.REBUILD_WALL, wall, "the command, end to end: " + files + " files in 2 snapshots");
            found.fact(Figure.REBUILD_RATE, files / wall, "files/s of " + files + " files, end to end; what both snapshots have counts once");
            reborn.run("key", "import", key.toString());
            Path to = work.resolve("one-reborn");
            reborn.run("restore", snapshot, one.toString(), "--to", to.toString());
            same(one, to);
        }
    }

    /** Snapshots are deleted one by one; before, a thousandth of the files is replaced and saved. */
    private void prune(Home home, Corpus corpus, Path tree, List<String> delete, Found found) throws IOException, InterruptedException {
        corpus.nextDay(tree);
        Aging.await(tree);
        home.backup(POOL, tree);
        JsonNode result = prune(home, delete.getFirst());
        found.fact(Figure.PRUNE_FIRST, seconds(home.lastJob()), "the first of a pool of " + files + " tiny files in 3 snapshots");
        found.fact(Figure.PRUNE_PACKS, result.path("packs").asDouble(), "packs of that pool");
        found.fact(Figure.PRUNE_PAGES, result.path("pages").asDouble(), "of that pool");
        prune(home, delete.getLast());
        found.fact(Figure.PRUNE_CHANGE, seconds(home.lastJob()), "the next one, when a snapshot is gone of which 0.1 % was its own");
    }

    private static JsonNode prune(Home home, String snapshot) throws IOException, InterruptedException {
        home.run("snapshot", "delete", snapshot);
        return home.json("prune", "--pool", POOL, "--json");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static double median(List<Duration> times) {
        return Median.of(times.stream().mapToDouble(BigFolder::seconds));
    }
}
