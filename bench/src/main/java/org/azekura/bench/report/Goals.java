package org.azekura.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.azekura.bench.corpus.Corpora;
import org.azekura.bench.run.Sample;
import org.azekura.bench.run.Work;

/** The goals that are held against the peers that took part, corpus by corpus. What no goal speaks of is in the table of everything. */
final class Goals {

    static final String US = "azekura";
    private static final double MIB = 1 << 20;
    private static final String RESTIC = "restic";
    private static final String SMALL = "small-files";

    private final Median median;
    private final List<String> corpora;
    private final List<String> peers;

    Goals(Median median, List<String> corpora, List<String> peers) {
        this.median = median;
        this.corpora = corpora;
        this.peers = peers;
    }

    /** In the order of the goals' own table. */
    List<Part> parts() {
        return List.of(cpu(), wall(), smallFiles(), rescan(), inPlace(), restore());
    }

    private Part cpu() {
        List<Row> rows = new ArrayList<>();
        for (String peer : peers) {
            rows.add(sum("first backup, CPU, sum of all", "s", peer, Sample::processor, 0.5));
            rows.add(sum("first backup, volume, sum of all", "MiB", peer, s -> s.stored() / MIB, 1));
        }
        return Part.of("first backup, CPU", "≤ ½ of restic's and of borg's, with a volume no larger", rows);
    }

    private Part wall() {
        List<Row> rows = new ArrayList<>();
        for (String peer : peers) {
            rows.add(sum("first backup, wall, sum of all", "s", peer, Sample::wall, 0.5));
        }
        rows.add(new Row.Absent("client → node over TLS, against local", "≥ 80 %", "see the trial of hosts apart below: hosts share one machine here, so its rate holds both ends and no line"));
        return Part.of("first backup, wall", "≥ 2 × as fast as either; over TLS ≥ 80 % of local", rows);
    }

    private Part smallFiles() {
        List<Row> rows = new ArrayList<>();
        for (String peer : peers) {
            rows.add(one("small files, volume", "MiB", peer, SMALL, Work.FIRST, s -> s.stored() / MIB, 0.7));
            rows.add(one("small files, first backup, CPU", "s", peer, SMALL, Work.FIRST, Sample::processor, 1.0 / 3));
        }
        return Part.of("many small files", "volume ≤ 0.7 of restic's and borg's; CPU ≤ ⅓", rows);
    }

    private Part rescan() {
        List<Row> rows = new ArrayList<>();
        for (String peer : peers) {
            rows.add(one("tiny files, unchanged rescan, CPU", "s", peer, Corpora.WALK, Work.UNCHANGED, Sample::processor, peer.equals("borg") ? 1.0 / 12 : 1.0 / 8));
        }
        return Part.of("unchanged rescan of 1 M files", "CPU ≤ ⅛ restic, ≤ 1/12 borg; catalog growth ≈ 0", rows);
    }

    private Part inPlace() {
        List<Row> rows = new ArrayList<>();
        for (String corpus : List.of("database", "disk-image")) {
            double changed = median.of(US, corpus, Work.NEXT_DAY, s -> s.changed() / MIB);
            rows.add(new Row.Ratio(corpus + ", next day, growth", "MiB", growth(US, corpus), "changed bytes", changed, 2));
            if (peers.contains(RESTIC)) {
                rows.add(new Row.Ratio(corpus + ", next day, growth", "MiB", growth(US, corpus), RESTIC, growth(RESTIC, corpus), 0.1));
            }
        }
        return Part.of("in-place change (database, disk image)", "growth ≤ 2 × changed bytes (≤ 1/10 of restic's)", rows);
    }

    private double growth(String tool, String corpus) {
        return median.growth(tool, corpus, Work.UNCHANGED, Work.NEXT_DAY) / MIB;
    }

    private Part restore() {
        List<Row> rows = new ArrayList<>();
        for (String corpus : peers.contains(RESTIC) ? corpora : List.<String>of()) {
            boolean small = corpus.equals(SMALL) || corpus.equals(Corpora.WALK);
            rows.add(one(corpus + ", restore, CPU", "s", RESTIC, corpus, Work.RESTORE, Sample::processor, small ? 0.5 : 1));
        }
        for (String corpus : List.of(SMALL, Corpora.WALK)) {
            rows.add(new Row.Most(corpus + ", one file, the job with its planning", "ms", median.of(US, corpus, Work.RESTORE_ONE, Sample::job) * 1000, 100));
        }
        return Part.of("restore", "CPU ≤ restic's everywhere, ≤ ½ on small files; one file of a big snapshot < 100 ms after planning", rows);
    }

    private Row.Ratio one(String work, String unit, String peer, String corpus, Work of, ToDoubleFunction<Sample> value, double limit) {
        return new Row.Ratio(work, unit, median.of(US, corpus, of, value), peer, median.of(peer, corpus, of, value), limit);
    }

    private Row.Ratio sum(String work, String unit, String peer, ToDoubleFunction<Sample> value, double limit) {
        List<String> summed = corpora.stream().filter(corpus -> !corpus.equals(Corpora.WALK)).toList();
        return new Row.Ratio(work, unit, median.sum(US, summed, Work.FIRST, value), peer, median.sum(peer, summed, Work.FIRST, value), limit);
    }
}
