package org.azekura.server.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.catalog.DriveMount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorRatesTest {

    private static final long GB = 1_000_000_000;
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private static DriveMount mount(String drive, String barcode, int minute, long written, long errors) {
        return new DriveMount(drive, barcode, TIME.plusSeconds(60L * minute), written, 0, errors, -1, 0, true);
    }

    /** Three others in the drive, with two errors in a gigabyte. */
    private static List<DriveMount> others(String drive, long written) {
        return List.of(mount(drive, "O1", 1, written, 2 * written / GB), mount(drive, "O2", 2, written, 1 * written / GB), mount(drive, "O3", 3, written, 3 * written / GB));
    }

    private static List<String> raised(int factor, List<DriveMount> mounts) {
        return ErrorRates.of(mounts, barcode -> factor).stream().map(one -> one.mount().drive() + " " + one.mount().barcode() + (one.writing() ? " w" : " r")).toList();
    }

    private static List<DriveMount> with(List<DriveMount> some, DriveMount... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    /** What one mount of 100 GB had, by which factor it is judged, how much the others had written, and whether that is too much. */
    @ParameterizedTest
    @CsvSource({"100000, 10, 100, true", "2001, 10, 100, true", "2000, 10, 100, false", "200, 10, 100, false", "2001, 11, 100, false", "100000, 0, 100, false",
            "99, 10, 100, false", "2001, 10, 10, true", "100000, 10, 9, false"})
    void moreThanSoManyTimesWhatIsUsualIsTooMuch(long errors, int factor, long othersWrote, boolean isTooMuch) {
        assertEquals(isTooMuch ? List.of("D A w") : List.of(), raised(factor, with(others("D", othersWrote * GB), mount("D", "A", 4, 100 * GB, errors))));
    }

    @Test
    void withoutThreeMountsOfOthersNothingIsKnown() {
        DriveMount bad = mount("D", "A", 4, GB, 100_000);
        assertEquals(List.of(), raised(10, with(others("D", GB).subList(0, 2), bad)));
        assertEquals(List.of(), raised(10, with(others("E", GB), bad)), "another drive counts otherwise");
        assertEquals(List.of(), raised(10, List.of(bad, mount("D", "A", 1, GB, 0), mount("D", "A", 2, GB, 0), mount("D", "A", 3, GB, 0))), "its own are no others");
    }

    @Test
    void aFewErrorsAreNoneAlsoWhereOthersHaveNoneAtAll() {
        List<DriveMount> sound = List.of(mount("D", "O1", 1, GB, 0), mount("D", "O2", 2, GB, 0), mount("D", "O3", 3, GB, 0));
        assertEquals(List.of(), raised(10, with(sound, mount("D", "A", 4, GB, 99))));
        assertEquals(List.of("D A w"), raised(10, with(sound, mount("D", "A", 4, GB, 100))));
    }

    @Test
    void theNewestMountOfAPairCountsAndWhatIsForgottenDoesNot() {
        DriveMount bad = mount("D", "A", 4, GB, 100_000);
        assertEquals(List.of(), raised(10, with(others("D", GB), bad, mount("D", "A", 5, GB, 3))));
        assertEquals(List.of("D A w"), raised(10, with(others("D", GB), mount("D", "A", 3, GB, 3), bad)));
        assertEquals(List.of(), raised(10, with(others("D", GB), bad.forgotten())));
        assertEquals(List.of(), raised(10, with(others("D", GB).stream().map(DriveMount::forgotten).toList(), bad)));
    }

    @Test
    void aLookAtTheLabelDoesNotClearAPair() {
        DriveMount bad = mount("D", "A", 4, GB, 100_000);
        assertEquals(List.of("D A w"), raised(10, with(others("D", GB), bad, mount("D", "A", 5, GB / 20, 0), mount("D", "A", 6, 0, 0))));
        assertEquals(List.of(), raised(10, with(others("D", GB), bad, mount("D", "A", 5, GB / 10, 0))));
    }

    @Test
    void readingIsComparedWithReading() {
        List<DriveMount> mounts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            mounts.add(new DriveMount("D", "O" + i, TIME, 0, GB, -1, 5, 0, true));
        }
        mounts.add(new DriveMount("D", "A", TIME, 0, GB, -1, 5000, 0, true));
        assertEquals(List.of("D A r"), raised(10, mounts));
        String text = ErrorRates.of(mounts, barcode -> 10).getFirst().text();
        assertEquals("drive D corrected 5000 errors per GB while reading, 5.0 is usual there", text);
    }

    @Test
    void aDriveThatIsDirtyWithEveryCartridgeIsNoReasonToAccuseOne() {
        List<DriveMount> mounts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            mounts.add(mount("D", "O" + i, i, GB, 90_000 + i));
        }
        assertTrue(raised(10, mounts).isEmpty());
    }
}
