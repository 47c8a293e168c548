package org.azekura.driver.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.azekura.driver.tape.scsi.Sense;
import org.azekura.driver.tape.scsi.SenseTable;
import org.azekura.driver.tape.scsi.Verdict;
import org.junit.jupiter.api.Test;

/** Every row of the one table, and one unknown code of each key: what is made of it, and what callers of a drive and of a changer are told. */
class SenseTableTest {

    private static final int UNKNOWN = 0x7e;

    private static Sense sense(int key, int asc, int ascq) {
        return new Sense(false, key, asc, ascq, false, false, false, OptionalLong.empty());
    }

    private static Answer answer(Sense sense) {
        return new Answer(2, Optional.of(sense), 0, 0, 0);
    }

    private static String line(Sense sense) {
        Verdict verdict = SenseTable.verdict(sense);
        String told = verdict.isDone() ? "" : " " + Family.DRIVE.refused("", answer(sense), Doing.WRITING).failure().code() + " "
                + Family.CHANGER.refused("", answer(sense), Doing.MOVING).failure().code();
        return sense + " " + verdict + told;
    }

    @Test
    void walksEveryRowAndOneUnknownOfEachKey() throws Exception {
        List<String> lines = new ArrayList<>();
        for (SenseTable.Row row : SenseTable.rows()) {
            Sense sense = sense(row.key(), row.asc() == SenseTable.ANY ? UNKNOWN : row.asc(), row.ascq() == SenseTable.ANY ? UNKNOWN : row.ascq());
            assertEquals(row, SenseTable.row(sense), "no other row hides it");
            lines.add(line(sense));
        }
        try (InputStream expected = SenseTableTest.class.getResourceAsStream("sense.txt")) {
            assertEquals(new String(expected.readAllBytes(), StandardCharsets.UTF_8), String.join("\n", lines) + "\n");
        }
        for (int key = 0; key < 16; key++) {
            Sense unknown = sense(key, UNKNOWN, UNKNOWN);
            assertEquals(SenseTable.ANY, SenseTable.row(unknown).asc(), "key " + key + " has a row for what is not named");
        }
    }

    @Test
    void flagsSayMoreThanCodes() {
        assertEquals(Verdict.FILEMARK, SenseTable.verdict(new Sense(false, 0, 0, 0, true, false, false, OptionalLong.empty())), "by the flag alone");
        assertEquals(Verdict.FILEMARK, SenseTable.verdict(sense(0, 0, 1)), "by the codes alone");
        assertEquals(Verdict.EARLY_WARNING, SenseTable.verdict(new Sense(false, 0, 0, 0, false, true, false, OptionalLong.empty())));
        assertEquals(Verdict.EARLY_WARNING, SenseTable.verdict(new Sense(false, 1, 0x0c, 0, false, true, false, OptionalLong.empty())),
                "an error that was corrected, behind the early warning");
        assertEquals(Verdict.NEXT_TAPE, SenseTable.verdict(new Sense(false, 13, 0, 2, false, true, false, OptionalLong.empty())));
        assertEquals(Verdict.END_OF_DATA, SenseTable.verdict(new Sense(false, 8, 0, 0, false, true, false, OptionalLong.empty())));
        assertEquals(Verdict.BEGINNING, SenseTable.verdict(new Sense(false, 0, 0, 4, false, true, false, OptionalLong.empty())));
    }

    @Test
    void whatWasTransferredIsNeverAFailure() {
        for (int[] code : new int[][] {{0, 0, 0}, {1, 0x17, 1}, {1, 0x0c, 0}, {0, 0x82, 0x82}, {1, 0x82, 0x82}}) {
            assertTrue(SenseTable.verdict(sense(code[0], code[1], code[2])).isDone());
        }
    }
}
