package org.azekura.driver.simulator;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;

/** A line of a script; the package's Javadoc has the grammar. {@link #text} is how it is known. */
sealed interface Line {

    String text();

    /**
     * Something goes wrong.
     *
     * @param call      empty for any of a drive
     * @param block     the object in front of which the drive stands, counted from 0
     * @param times     how often; {@link Integer#MAX_VALUE} for always
     */
    record Fault(String text, Optional<Call> call, OptionalLong block, Optional<Barcode> cartridge, OptionalInt drive, int times, Effect effect)
            implements Line {

        /** @param drive -1 for a changer */
        boolean fits(Call now, long object, Optional<Barcode> there, int number) {
            return (call.isPresent() ? call.get() == now : !now.isOfChanger())
                    && (block.isEmpty() || block.getAsLong() == object)
                    && (cartridge.isEmpty() || cartridge.equals(there))
                    && (drive.isEmpty() || drive.getAsInt() == number);
        }
    }

    /** Somebody does something. */
    record Hand(String text, Act act) implements Line {}

    Pattern FAULT = Pattern.compile("([a-z]+)(?: block ([0-9]{1,15}))?(?: of (" + Script.BARCODE + "))?(?: drive ([0-9]{1,2}))?"
            + "(?: (?:(always)|([0-9]{1,6}) times))? ?: ?([ -~]+)");
    Pattern HAND = Pattern.compile("(insert|take|protect|unprotect) (" + Script.BARCODE + ")");
    Pattern POWER = Pattern.compile("power off drive ([0-9]{1,2})");

    /** @throws BackupException {@code setting.faults} if it is none */
    static Line parse(String text) throws BackupException {
        Matcher hand = HAND.matcher(text);
        if (hand.matches()) {
            return new Hand(text, act(hand.group(1), new Barcode(hand.group(2)), text));
        }
        Matcher power = POWER.matcher(text);
        if (power.matches()) {
            return new Hand(text, new Act.PowerOff(Integer.parseInt(power.group(1))));
        }
        Matcher fault = FAULT.matcher(text);
        if (!fault.matches()) {
            throw refused(text, "write one like \"write block 120 of A00001L8: medium error\", \"move of A00001L8: jam\" or \"insert A00009L8\"");
        }
        return fault(text, fault);
    }

    private static Act act(String verb, Barcode cartridge, String text) throws BackupException {
        if (verb.equals("insert") && Generation.of(cartridge).isEmpty() && !cartridge.isCleaning()) {
            throw refused(text, "a barcode ends with L5 to L9, or LV to LZ for what is written once, or begins with CLN");
        }
        return switch (verb) {
            case "insert" -> new Act.Insert(cartridge);
            case "take" -> new Act.Take(cartridge);
            default -> new Act.Protect(cartridge, verb.equals("protect"));
        };
    }

    private static Fault fault(String text, Matcher found) throws BackupException {
        Optional<Call> call = Optional.empty();
        if (!found.group(1).equals("any")) {
            call = Optional.of(call(found.group(1), text));
        }
        int times = found.group(5) != null ? Integer.MAX_VALUE : found.group(6) != null ? Integer.parseInt(found.group(6)) : 1;
        Effect effect = Effects.parse(found.group(7), call.orElse(null)).orElse(null);
        if (effect == null) {
            throw refused(text, "behind \"" + found.group(1) + "\" may stand: " + Effects.choices(call.orElse(null)));
        }
        return new Fault(text, call, found.group(2) == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(found.group(2))),
                Optional.ofNullable(found.group(3)).map(Barcode::new),
                found.group(4) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(found.group(4))), times, effect);
    }

    private static Call call(String word, String text) throws BackupException {
        for (Call call : Call.values()) {
            if (call.toString().equals(word)) {
                return call;
            }
        }
        throw refused(text, "a line begins with one of load, unload, write, filemarks, read, locate, space, position, erase, any, move, inventory,"
                + " initialise, insert, take, protect, unprotect, power off");
    }

    static BackupException refused(String text, String why) {
        return BackupException.operator("setting.faults", text, "the line \"" + text + "\" of the faults will not do: " + why);
    }
}
