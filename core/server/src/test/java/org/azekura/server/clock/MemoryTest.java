package org.azekura.server.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    /** As it stands in catalogs that there are: it is not edited. */
    private static final String GOLDEN = "1 2026-05-01T12:00:00Z 2026-01-01T00:00:00Z 2026-04-01T00:00:00.000000001Z confirmed PT1H"
            + " 2026-02-01T00:00:00Z/2026-02-02T00:00:00Z/PT48H 2026-03-01T00:00:00Z/2026-03-01T00:00:00Z/PT2.5S";

    @Test
    void isWrittenAsItWas() {
        Memory golden = new Memory(NOON, Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00.000000001Z"), true, Duration.ofHours(1),
                List.of(new Shift(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-02-02T00:00:00Z"), Duration.ofDays(2)),
                        new Shift(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z"), Duration.ofMillis(2500))));
        assertEquals(GOLDEN, golden.toString());
        assertEquals(golden, Memory.parse(GOLDEN));
        assertEquals(Memory.first(NOON), Memory.parse(Memory.first(NOON).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "2 2026-05-01T12:00:00Z 2026-01-01T00:00:00Z 2026-04-01T00:00:00Z new PT0S",
        "1 2026-05-01T12:00:00Z 2026-01-01T00:00:00Z 2026-04-01T00:00:00Z known PT0S", "1 2026-05-01T12:00:00Z 2026-01-01T00:00:00Z 2026-04-01T00:00:00Z new PT0S ",
        "1 2026-05-01T12:00:00Z 2026-01-01T00:00:00Z 2026-04-01T00:00:00Z new PT0S 2026-04-02T00:00:00Z/2026-04-01T00:00:00Z/PT1S",
        "1 2026-05-01T12:00:00Z 2026-01-01T00:00:00Z 2026-04-01T00:00:00Z new PT0S 2026-04-01T00:00:00Z/2026-04-01T00:00:00Z/PT-1S"})
    void whatIsNoneIsRefused(String text) {
        assertThrows(RuntimeException.class, () -> Memory.parse(text));
    }

    @Test
    void whateverIsReadIsWrittenAgainOrRefused() {
        long seed = Seeds.start();
        System.out.println("seed " + seed);
        Random random = Seeds.random(seed);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(GOLDEN);
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                text.setCharAt(random.nextInt(text.length()), "0123456789 -:./TZPHS".charAt(random.nextInt(20)));
            }
            try {
                Memory memory = Memory.parse(text.toString());
                assertEquals(memory, Memory.parse(memory.toString()), text::toString);
                read++;
            } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
                // what ServerClock says of it is tested there
            }
        }
        assertTrue(read > 100, "hardly anything was readable: " + read);
    }

    @Test
    void howeverManyConfirmationsTheStampsStayBoundedAndNoneGetsEarlier() {
        long seed = Seeds.start();
        System.out.println("seed " + seed);
        Random random = Seeds.random(seed);
        Memory memory = Memory.first(NOON);
        for (int i = 0; i < 10 * Memory.MOST_SHIFTS; i++) {
            memory = memory.passed(Duration.ofSeconds(1 + random.nextInt(100_000)));
            Memory next = memory.confirmed(memory.reading().plusSeconds(3 + random.nextInt(1_000_000)));
            for (Shift shift : memory.shifts()) {
                for (Instant stamp : List.of(shift.from(), shift.to())) {
                    assertFalse(next.corrected(stamp).isBefore(memory.corrected(stamp)), stamp::toString);
                }
            }
            assertTrue(next.shifts().size() <= Memory.MOST_SHIFTS);
            memory = next;
        }
        assertEquals(Memory.MOST_SHIFTS, memory.shifts().size());
        assertEquals(memory, Memory.parse(memory.toString()));
    }
}
