package org.azekura.driver.serialchanger;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is sent to move a cartridge, with the robot's numbers to be filled in. */
record Command(String text) {

    private static final Pattern NUMBER = Pattern.compile("\\{(from|to)(?::([1-5]))?}");

    /** Whether every brace belongs to a number. */
    boolean isSound() {
        String rest = NUMBER.matcher(text).replaceAll("");
        return rest.indexOf('{') < 0 && rest.indexOf('}') < 0;
    }

    byte[] bytes(int from, int to) {
        Matcher numbers = NUMBER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (numbers.find()) {
            int number = numbers.group(1).equals("from") ? from : to;
            String digits = numbers.group(2) == null ? "" + number : String.format("%0" + numbers.group(2) + "d", number);
            numbers.appendReplacement(filled, digits);
        }
        return numbers.appendTail(filled).toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
