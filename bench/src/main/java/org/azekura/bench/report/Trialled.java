package org.azekura.bench.report;

import static org.azekura.bench.run.Sample.APPLIANCE;
import static org.azekura.bench.run.Sample.NONE;

import java.util.ArrayList;
import java.util.List;
import org.azekura.bench.run.Sample;
import org.azekura.bench.run.Work;
import org.azekura.bench.trial.Figure;

/** The goals that are absolute: shown by trials of the appliance alone, and by starts. */
final class Trialled {

    private static final double MIB = 1 << 20;
    private static final double MILLI = 1000;

    private final Found found;
    private final Median median;
    private final List<String> peers;

    Trialled(Found found, Median median, List<String> peers) {
        this.found = found;
        this.median = median;
        this.peers = peers;
    }

    /** In the order of the goals' own table, behind those of {@link Goals}. */
    List<Part> parts() {
        return List.of(tape(), rebuild(), browse(), prune(), memory(), start(), resume(), apart());
    }

    /** These belong to parts that are held against peers. */
    Row catalogGrowth() {
        return most("catalog growth: pool, catalog and trees, " + found.of(Figure.RESCAN_GROWTH), "B", found.value(Figure.RESCAN_GROWTH), 1);
    }

    Row oneFile() {
        return most("one file: " + found.of(Figure.ONE_FILE), "ms", found.value(Figure.ONE_FILE) * MILLI, 100);
    }

    private static Row most(String work, String unit, double value, double limit) {
        return new Row.Most(work, unit, value, limit);
    }

    private Row seen(String work, String unit, Figure figure, double times) {
        return new Row.Seen(work, unit, found.value(figure) * times, found.of(figure));
    }

    private static Part tape() {
        return Part.of("tape", "≥ 95 % of the drive's rate", List.of(new Row.Absent("tape", "≥ 95 % of its rate", "the drives here are simulated and have no rate of their own")));
    }

    private Part rebuild() {
        return Part.of("catalog rebuild from media", "≥ 100,000 files/s", List.of(
                new Row.Least("catalog rebuild, " + found.of(Figure.REBUILD_RATE), "files/s", found.value(Figure.REBUILD_RATE), 100_000),
                seen("its wall time", "s", Figure.REBUILD_WALL, 1)));
    }

    private Part browse() {
        return Part.of("browse", "a page of a 10-million-entry directory < 200 ms; name search over all snapshots of 10 M files < 1 s", List.of(
                most("a page of " + found.of(Figure.BROWSE_PAGE), "ms", found.value(Figure.BROWSE_PAGE) * MILLI, 200),
                most("worst page of " + found.of(Figure.BROWSE_WORST), "ms", found.value(Figure.BROWSE_WORST) * MILLI, 200),
                most("name search, " + found.of(Figure.SEARCH), "ms", found.value(Figure.SEARCH) * MILLI, 1000),
                seen("until names can be searched", "s", Figure.SEARCH_READY, 1),
                new Row.Absent("the same at 10 M entries", "", "such a tree takes too long to make and save here")));
    }

    private Part prune() {
        List<Row> rows = new ArrayList<>();
        rows.add(seen("prune, the job", "s", Figure.PRUNE_FIRST, 1));
        rows.add(seen("its packs", "", Figure.PRUNE_PACKS, 1));
        rows.add(seen("tree pages it dropped", "", Figure.PRUNE_PAGES, 1));
        rows.add(seen("prune after a small change, the job", "s", Figure.PRUNE_CHANGE, 1));
        rows.add(new Row.Absent("1.5 M chunks", "≪ 20 s", "1.5 TB of files would be needed; see the rows above and \"prune\" of each corpus below"));
        return Part.of("prune", "proportional to what changed; 1.5 M chunks ≪ 20 s; no lock on backups", rows);
    }

    private Part memory() {
        double tenth = found.value(Figure.PEAK_TENTH) / MIB;
        double all = found.value(Figure.PEAK_ALL) / MIB;
        return Part.of("memory", "client ≤ 256 MiB, growing by ≤ 16 MiB from 100 k to 10 M files; index ≤ 64 bytes a chunk", List.of(
                most("peak of the whole appliance (server, node and client in one), first backup of " + found.of(Figure.PEAK_ALL), "MiB", all, 256),
                most("its growth from " + found.of(Figure.PEAK_TENTH) + " to " + found.of(Figure.PEAK_ALL), "MiB", all - tenth, 16),
                new Row.Absent("client alone, 100 k to 10 M entries", "≤ 256 MiB, + ≤ 16 MiB", "counted by `MemoryTest` of the client, `check --slow`"),
                new Row.Absent("bytes a chunk of the index", "≤ 64", "counted by `IndexSizeTest` of the storage node")));
    }

    private Part start() {
        List<Row> rows = new ArrayList<>();
        double ours = median.of(Goals.US, NONE, Work.START, Sample::processor) * MILLI;
        for (String peer : peers) {
            double theirs = median.of(peer, NONE, Work.START, Sample::processor) * MILLI;
            rows.add(peer.equals("borg") ? new Row.Ratio("call that prints the version, CPU", "ms", ours, peer, theirs, 1)
                    : new Row.Seen("call that prints the version, CPU", "ms", ours, peer + ": " + Figures.plain(theirs) + " ms"));
        }
        rows.add(most("appliance, from `up` to ready, wall", "s", median.of(APPLIANCE, NONE, Work.START, Sample::wall), 5));
        return Part.of("start", "CLI ≤ `borg --version` in CPU; appliance ready ≤ 5 s", rows);
    }

    private Part resume() {
        return Part.of("resume after kill −9", "re-sent data ≤ one checkpoint (64 MiB)", List.of(
                most("sent again, " + found.of(Figure.SENT_AGAIN), "MiB", found.value(Figure.SENT_AGAIN) / MIB, 64)));
    }

    private Part apart() {
        return Part.of("server, node and client in processes of their own, over TLS", "seen beside all in one, same corpus", List.of(
                share("backup, CPU", Figure.APART_BACKUP_PROCESSOR), share("backup, wall", Figure.APART_BACKUP_WALL),
                share("restore, CPU", Figure.APART_RESTORE_PROCESSOR), share("restore, wall", Figure.APART_RESTORE_WALL)));
    }

    private Row share(String work, Figure figure) {
        return seen(work, "× all in one", figure, 1);
    }
}
