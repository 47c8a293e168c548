package org.azekura.driver.ups;

import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;

/**
 * One answer to {@code Q1}; the grammar is in the package's description.
 *
 * @param input   of the mains, in volts; none if the device does not measure it
 * @param battery volts, of one cell or of all
 */
record UpsStatus(OptionalDouble input, OptionalDouble battery, boolean onBattery, boolean low, boolean failed) {

    /** No answer is longer, whatever a line sends. */
    static final int LONGEST = 64;
    private static final int FIELDS = 8;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}(?:\\.\\d{1,2})?");
    private static final Pattern NOTHING = Pattern.compile("-{1,4}(?:\\.-{1,2})?");
    private static final Pattern BITS = Pattern.compile("[01]{8}");

    /**
     * @param answer without the return at its end
     * @throws BackupException {@code device.garbled}
     */
    static UpsStatus parse(String answer) throws BackupException {
        String[] fields = answer.startsWith("(") && answer.length() <= LONGEST ? answer.substring(1).split(" ", FIELDS + 1) : new String[0];
        if (fields.length != FIELDS || !BITS.matcher(fields[FIELDS - 1]).matches()) {
            throw garbled(answer);
        }
        OptionalDouble[] numbers = new OptionalDouble[FIELDS - 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(fields[i], answer);
        }
        String bits = fields[FIELDS - 1];
        return new UpsStatus(numbers[0], numbers[5], bits.charAt(0) == '1', bits.charAt(1) == '1', bits.charAt(3) == '1');
    }

    private static OptionalDouble number(String field, String answer) throws BackupException {
        if (NUMBER.matcher(field).matches()) {
            return OptionalDouble.of(Double.parseDouble(field));
        }
        if (NOTHING.matcher(field).matches()) {
            return OptionalDouble.empty();
        }
        throw garbled(answer);
    }

    private static BackupException garbled(String answer) {
        StringBuilder shown = new StringBuilder();
        answer.chars().limit(LONGEST).forEach(c -> shown.append(c >= ' ' && c <= '~' ? (char) c : '.'));
        return BackupException.device("device.garbled", "", "the answer to Q1 is \"" + shown
                + "\"; expected is one like \"(230.4 230.4 230.0 017 49.9 27.1 31.5 00001000\": is the device one of the Megatec protocol, at 2400 8N1?", null);
    }
}
