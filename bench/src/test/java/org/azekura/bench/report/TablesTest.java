package org.azekura.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.azekura.bench.meter.Service;
import org.azekura.bench.run.Sample;
import org.azekura.bench.run.Work;
import org.junit.jupiter.api.Test;

class TablesTest {

    private static final long MIB = 1 << 20;
    private final List<Sample> samples = new ArrayList<>();

    private void sample(String tool, String corpus, Work work, double processor, long stored) {
        samples.add(new Sample(0, false, corpus, work, tool, processor * 2, processor, 0, 0, 0, stored * MIB, 0, work == Work.NEXT_DAY ? 4 * MIB : 0, Service.NONE));
    }

    private Row.Ratio row(String work, String against) {
        return new Goals(new Median(samples, false), List.of("small-files", "database"), List.of("restic")).parts().stream().flatMap(part -> part.rows().stream())
                .filter(Row.Ratio.class::isInstance).map(Row.Ratio.class::cast)
                .filter(row -> row.work().equals(work) && row.against().equals(against)).findFirst().orElseThrow();
    }

    @Test
    void theMedianIsTheMiddleOrBetweenTheTwoInTheMiddle() {
        assertEquals(2, Median.of(DoubleStream.of(9, 1, 2)));
        assertEquals(1.5, Median.of(DoubleStream.of(2, 1)));
        assertTrue(Double.isNaN(Median.of(DoubleStream.empty())));
    }

    @Test
    void sumsAreOverAllCorporaAndComparedWithTheGoal() {
        sample("azekura", "small-files", Work.FIRST, 1, 10);
        sample("azekura", "database", Work.FIRST, 1.5, 30);
        sample("restic", "small-files", Work.FIRST, 4, 20);
        sample("restic", "database", Work.FIRST, 1, 30);
        Row.Ratio cpu = row("first backup, CPU, sum of all", "restic");
        assertEquals(0.5, cpu.ratio());
        assertEquals("met", cpu.verdict());
        assertEquals("| first backup, CPU, sum of all | 2.50 s | restic: 5.00 s | 0.500 | ≤ 0.500 | met |", cpu.line());
        assertEquals("met", row("small files, volume", "restic").verdict());
    }

    @Test
    void growthIsFromTheUnchangedStateToTheNextDay() {
        sample("azekura", "database", Work.UNCHANGED, 1, 100);
        sample("azekura", "database", Work.NEXT_DAY, 1, 109);
        Row.Ratio row = row("database, next day, growth", "changed bytes");
        assertEquals(9.0 / 4, row.ratio());
        assertEquals("**missed**", row.verdict());
    }

    @Test
    void whatWasNotMeasuredIsNeitherMetNorMissed() {
        sample("azekura", "small-files", Work.RESTORE, 1, 10);
        assertEquals("not measured", row("small-files, restore, CPU", "restic").verdict());
    }

    @Test
    void oneMissingCorpusDoesNotMakeASumSmaller() {
        sample("azekura", "small-files", Work.FIRST, 1, 10);
        sample("restic", "small-files", Work.FIRST, 4, 20);
        assertEquals("not measured", row("first backup, CPU, sum of all", "restic").verdict());
        sample("azekura", "database", Work.FIRST, 1, 10);
        sample("restic", "database", Work.FIRST, 4, 20);
        assertEquals("met", row("first backup, CPU, sum of all", "restic").verdict());
    }

    @Test
    void aPartIsOnlyMetIfAllThatIsMeasuredIs() {
        Row good = new Row.Most("a", "s", 1, 2);
        Row bad = new Row.Least("b", "files/s", 1, 2);
        Row seen = new Row.Seen("c", "s", 9, "");
        Row absent = new Row.Absent("d", "", "later");
        assertEquals("**met**", Part.of("p", "g", List.of(good, seen)).verdict());
        assertEquals("met as far as measured", Part.of("p", "g", List.of(good, absent)).verdict());
        assertEquals("**missed in 1 of 3**", Part.of("p", "g", List.of(good, bad, absent)).verdict());
        assertEquals("not measured", Part.of("p", "g", List.of(absent, new Row.Most("e", "s", Double.NaN, 2))).verdict());
    }

    @Test
    void numbersShowThreeDigitsThatCount() {
        assertEquals("0.123", Figures.plain(0.1234));
        assertEquals("1.00", Figures.plain(0.9999));
        assertEquals("12.3", Figures.plain(12.34));
        assertEquals("1234", Figures.plain(1234.4));
        assertEquals("–", Figures.plain(Double.NaN));
    }
}
