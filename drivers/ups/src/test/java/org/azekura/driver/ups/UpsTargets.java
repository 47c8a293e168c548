package org.azekura.driver.ups;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.azekura.testkit.fuzz.Target;

/** What comes over the line. */
final class UpsTargets {

    private UpsTargets() {}

    static List<Target> all() {
        return List.of(Target.of("answer", "device.garbled", List.of(bytes("(208.4 140.0 208.4 034 59.9 2.05 35.0 00110000"),
                bytes("(---.- ---.- 230.0 --- 49.9 -.-- --.- 11001000")), answer -> UpsStatus.parse(new String(answer, StandardCharsets.ISO_8859_1))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
