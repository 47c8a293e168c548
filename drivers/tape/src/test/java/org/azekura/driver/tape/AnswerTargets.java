package org.azekura.driver.tape;

import java.util.HexFormat;
import java.util.List;
import org.azekura.driver.tape.scsi.Sense;
import org.azekura.driver.tape.scsi.SenseTable;
import org.azekura.testkit.fuzz.Target;

/** What devices answer, be it any bytes: nothing of it throws. */
final class AnswerTargets {

    private AnswerTargets() {}

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static List<Target> all() {
        return List.of(
                target("sense data", hex("7200000100000010000a80000000000100000002040200e0"), input -> Sense.parse(input).ifPresent(SenseTable::verdict)),
                target("element status", hex("01f40001000000 5e 04 80 0056 00000056 01f4 09 00 0000 000000 81 03e8"
                        + "41303030303 14c38".replace(" ", "") + "20".repeat(24) + "00000000 02 01 00 22" + "41".repeat(34)), input -> {
                            for (int type = 1; type <= 4; type++) {
                                ElementStatus.parse(input, type);
                            }
                        }),
                target("element addresses", hex("1d12 0001 0001 03e8 0008 000a 0002 01f4 0002 0000"), ElementMap::parse),
                target("designators", hex("01 03 00 08 5000123456789abc 02 01 00 1a" + "41".repeat(26)), input -> Inquiry.names(input, 0)),
                target("supported operations", hex("00000014 08 00 0000 00 02 0006 000a 00 00 00000064 000007d0"), Operations::parse),
                target("attributes", hex("0000000d 0001 80 0008 0000000000ae9f80"), input -> Memory.description(Memory.attributes(input))),
                target("densities", hex("0036 0000 5e5ea0 0000" + "00".repeat(7) + "00b71b00" + "41".repeat(36)), Labels::densities),
                target("alerts", hex("2e00000a 0001600101 0014600101"), Alerts::parse),
                target("encryption capabilities", hex("00100028" + "00".repeat(16) + "01000014 8a" + "00".repeat(15) + "00010014"), Keys::parse),
                target("numbers of a log page", hex("0300000c 0003 60 04 fffffffe 0006 60 08"), input -> Logs.numbers(input, 3)),
                target("ends of wraps", hex("001a0000 000000000000000000032db6 000100000000000000065a0f"), EndsOfWraps::parse),
                target("recommended order", hex("0200000000000020 001e 000000 30303030303030303030 00" + "00".repeat(16)), Recommended::parse),
                target("mode pages", hex("18001008 5e000000 00000000 0f0ec080000000010000000100000000"), input -> Modes.page(input, 0x0f)));
    }

    private static Target target(String name, byte[] seed, Target.Check check) {
        return Target.of(name, "none", List.of(seed), check);
    }
}
