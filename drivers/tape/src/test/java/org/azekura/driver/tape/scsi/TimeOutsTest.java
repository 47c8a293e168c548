package org.azekura.driver.tape.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeOutsTest {

    @Test
    void knowsWhatTheMakerPublishesForTheNinthGeneration() {
        TimeOuts times = TimeOuts.of("ULT3580-TD9");
        Map<Integer, Integer> seconds = Map.of(0x92, 2940, 0x11, 2940, 0x08, 2340, 0x0a, 1500, 0x10, 1620, 0x01, 600, 0x1b, 960, 0x19, 74341, 0x00, 60, 0x12, 60);
        seconds.forEach((operation, expected) -> assertEquals(Duration.ofSeconds(expected), times.of(operation), Integer.toHexString(operation)));
    }

    @Test
    void knowsGenerationsByWhatMakersCallThem() {
        Map<String, Integer> generations = Map.of("ULT3580-TD5", 5, "ULTRIUM-HH8", 8, "Ultrium 7-SCSI", 7, "ULTRIUM-TD6", 6, "LTO-9 HH", 9, "iSCSI TAPE", 0, "L700", 0);
        generations.forEach((product, expected) -> assertEquals(expected, TimeOuts.of(product).generation(), product));
        assertEquals(Duration.ofSeconds(17_700), TimeOuts.of("ULT3580-TD5").of(0x19));
        assertEquals(Duration.ofSeconds(74_341), TimeOuts.of("something new").of(0x19), "what is not known is taken for the slowest");
    }

    @Test
    void whatTheDeviceSaysWinsUnlessItIsTooShortToBelieve() {
        TimeOuts times = TimeOuts.of("ULT3580-TD8").told(Map.of(0x08, Duration.ofSeconds(2000), 0x0a, Duration.ofSeconds(1)));
        assertEquals(Duration.ofSeconds(2000), times.of(0x08));
        assertEquals(Duration.ofSeconds(60), times.of(0x0a));
        assertEquals(Duration.ofSeconds(600), times.of(0x01));
    }
}
