package org.azekura.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.azekura.bench.corpus.Corpora;
import org.azekura.bench.run.Sample;
import org.azekura.bench.run.Work;

/** The goals that a run can show, against each peer that took part. */
final class Goals {

    private static final String US = "azekura";
    private static final double MIB = 1 << 20;

    private final Median median;
    private final List<String> corpora;
    private final List<String> peers;

    Goals(Median median, List<String> corpora, List<String> peers) {
        this.median = median;
        this.corpora = corpora;
        this.peers = peers;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        List<String> summed = corpora.stream().filter(corpus -> !corpus.equals(Corpora.WALK)).toList();
        for (String peer : peers) {
            rows.add(sum("first backup, CPU, sum of all", "s", peer, summed, Work.FIRST, Sample::processor, 0.5));
            rows.add(sum("first backup, volume, sum of all", "MiB", peer, summed, Work.FIRST, s -> s.stored() / MIB, 1));
            rows.add(sum("first backup, wall, sum of all", "s", peer, summed, Work.FIRST, Sample::wall, 0.5));
        }
        for (String peer : peers) {
            rows.add(one("small files, volume", "MiB", peer, "small-files", Work.FIRST, s -> s.stored() / MIB, 0.7));
            rows.add(one("small files, first backup, CPU", "s", peer, "small-files", Work.FIRST, Sample::processor, 1.0 / 3));
            rows.add(one("tiny files, unchanged rescan, CPU", "s", peer, Corpora.WALK, Work.UNCHANGED, Sample::processor, peer.equals("borg") ? 1.0 / 12 : 1.0 / 8));
        }
        inPlace(rows, "database");
        inPlace(rows, "disk-image");
        restores(rows);
        return rows.stream().filter(row -> !Double.isNaN(row.ours())).toList();
    }

    private void inPlace(List<Row> rows, String corpus) {
        double changed = median.of(US, corpus, Work.NEXT_DAY, s -> s.changed() / MIB);
        rows.add(new Row(corpus + ", next day, growth", "MiB", growth(US, corpus), "changed bytes", changed, 2));
        for (String peer : peers) {
            rows.add(new Row(corpus + ", next day, growth", "MiB", growth(US, corpus), peer, growth(peer, corpus), peer.equals("restic") ? 0.1 : 1));
        }
    }

    private double growth(String tool, String corpus) {
        return median.growth(tool, corpus, Work.UNCHANGED, Work.NEXT_DAY) / MIB;
    }

    private void restores(List<Row> rows) {
        for (String peer : peers) {
            for (String corpus : corpora) {
                boolean small = corpus.equals("small-files") || corpus.equals(Corpora.WALK);
                rows.add(one(corpus + ", restore, CPU", "s", peer, corpus, Work.RESTORE, Sample::processor, small ? 0.5 : 1));
            }
        }
    }

    private Row one(String work, String unit, String peer, String corpus, Work of, ToDoubleFunction<Sample> value, double limit) {
        return sum(work, unit, peer, corpora.contains(corpus) ? List.of(corpus) : List.of(), of, value, limit);
    }

    private Row sum(String work, String unit, String peer, List<String> of, Work what, ToDoubleFunction<Sample> value, double limit) {
        return new Row(work, unit, median.sum(US, of, what, value), peer, median.sum(peer, of, what, value), limit);
    }
}
