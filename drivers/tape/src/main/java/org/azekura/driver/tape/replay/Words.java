package org.azekura.driver.tape.replay;

import java.util.Arrays;
import java.util.HexFormat;
import org.azekura.api.BackupException;

/** A line of a recording, word by word. */
final class Words {

    private final String source;
    private final int line;
    private final String[] words;
    private int at;

    /** @param source what is read, for messages; @param line its number, from 1 */
    Words(String source, int line, String text) {
        this.source = source;
        this.line = line;
        this.words = text.split(" ", -1);
    }

    boolean take(String word) {
        boolean is = at < words.length && words[at].equals(word);
        at += is ? 1 : 0;
        return is;
    }

    boolean isHex() {
        return at < words.length && !words[at].isEmpty() && words[at].chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** All that follows. */
    String rest() {
        String rest = String.join(" ", Arrays.asList(words).subList(Math.min(at, words.length), words.length));
        at = words.length;
        return rest;
    }

    byte[] hex(int most) throws BackupException {
        require(isHex() && words[at].length() % 2 == 0 && words[at].length() / 2 <= most, "at most " + most + " bytes in hex are expected");
        return HexFormat.of().parseHex(words[at++]);
    }

    int number(int least, int most) throws BackupException {
        require(at < words.length, "a number is expected");
        try {
            int number = Integer.parseInt(words[at]);
            require(Integer.toString(number).equals(words[at]) && number >= least && number <= most, "a number from " + least + " to " + most + " is expected");
            at++;
            return number;
        } catch (NumberFormatException e) {
            throw wrong("a number is expected");
        }
    }

    void end() throws BackupException {
        require(at == words.length, "the line should end");
    }

    void require(boolean holds, String otherwise) throws BackupException {
        if (!holds) {
            throw wrong(otherwise);
        }
    }

    private BackupException wrong(String why) {
        String found = at < words.length ? words[at] : "its end";
        return BackupException.corrupt("recording.damaged", source, source + ", line " + line + ": " + why + "; found is "
                + (found.length() > 60 ? found.substring(0, 60) + "…" : found));
    }
}
