package org.azekura.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.azekura.api.ByteSize;
import org.azekura.api.TimeSpan;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;

/** Rules of a pool for its cartridges, as people give and see them. */
final class MediaRuleWords {

    private MediaRuleWords() {}

    /** What was given, as the interface takes it; what is null stays as it is. */
    static ObjectNode change(String blank, String scratch, String keep, Integer repack, String cutAfter, String cutSize, Integer reserve, String setAfter,
            String setSize, String encryption, Integer errorFactor) {
        ObjectNode change = Json.object();
        flag(change, "blank", "--blank", blank);
        flag(change, "scratch", "--scratch", scratch);
        time(change, "keep", "--keep", keep);
        time(change, "cutAfter", "--cut-after", cutAfter);
        time(change, "setAfter", "--set-after", setAfter);
        number(change, "repack", "--repack", repack, 100);
        number(change, "reserve", "--reserve", reserve, 100);
        bytes(change, "cutSize", "--cut-size", cutSize);
        bytes(change, "setSize", "--set-size", setSize);
        if (encryption != null) {
            if (!encryption.equals("drive") && !encryption.equals("none")) {
                throw CommandFailure.usage("--encryption is drive or none, not \"" + encryption + "\"");
            }
            change.put("encryption", encryption);
        }
        number(change, "errorFactor", "--error-factor", errorFactor, 1_000_000);
        return change;
    }

    private static void flag(ObjectNode change, String field, String option, String word) {
        if (word != null) {
            if (!word.equals("yes") && !word.equals("no")) {
                throw CommandFailure.usage(option + " is yes or no, not \"" + word + "\"");
            }
            change.put(field, word.equals("yes"));
        }
    }

    private static void number(ObjectNode change, String field, String option, Integer number, int most) {
        if (number != null) {
            if (number < 0 || number > most) {
                throw CommandFailure.usage(option + " is 0 to " + most + ", not " + number);
            }
            change.put(field, number);
        }
    }

    private static void time(ObjectNode change, String field, String option, String text) {
        if (text != null) {
            long seconds = text.equals("0") ? 0 : TimeSpan.seconds(text);
            if (seconds < 0) {
                throw CommandFailure.usage(option + " is a time like 12h or 30d, not \"" + text + "\"");
            }
            change.put(field, seconds);
        }
    }

    private static void bytes(ObjectNode change, String field, String option, String text) {
        try {
            if (text != null) {
                change.put(field, ByteSize.parse(text));
            }
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(option + " is a size like 500GiB or 2TiB, not \"" + text + "\"");
        }
    }

    static void print(JsonNode rules, Facts facts) {
        facts.put("blank", yes(rules, "blank", "takes blank cartridges by itself", "takes only cartridges that were labelled for it"));
        facts.put("scratch", yes(rules, "scratch", "takes cartridges that are needed no more", "takes no cartridge that was given up"));
        facts.put("keep", rules.path("keep").asLong() == 0 ? "a cartridge is used again when nothing on it is needed" : "a cartridge is not used again for "
                + span(rules.path("keep").asLong()) + " after it was written");
        facts.put("repack", rules.path("repack").asInt() == 0 ? "no cartridge is copied away, but for suspect ones" : "a cartridge is copied away below "
                + rules.path("repack").asInt() + " % that count");
        int reserve = rules.path("reserve").asInt();
        facts.put("reserve", reserve == 0 ? "backups take the last free cartridge, too" : "the last " + (reserve == 1 ? "free cartridge is" : reserve
                + " free cartridges are") + " left for what is copied away");
        facts.put("cut", end("a cartridge is closed", "after it was labelled", "when it is full", rules, "cutAfter", "cutSize"));
        facts.put("set", end("a media set is closed", "after it began", "when somebody says so", rules, "setAfter", "setSize"));
        facts.put("encryption", Words.text(rules, "encryption").equals("drive") ? "drive: drives seal what they write, but for labels" : "none: drives write what they get");
        if (!Words.text(rules, "warning").isEmpty()) {
            facts.put("warning", Words.text(rules, "warning"));
        }
        facts.put("errors", rules.path("errorFactor").asInt() == 0 ? "corrected errors say nothing" : "a cartridge is suspect of which two drives corrected "
                + rules.path("errorFactor").asInt() + " times as much as of others");
    }

    private static String yes(JsonNode rules, String field, String so, String not) {
        return rules.path(field).asBoolean() ? "yes: " + so : "no: " + not;
    }

    private static String end(String what, String since, String otherwise, JsonNode rules, String time, String size) {
        long after = rules.path(time).asLong();
        boolean bySize = rules.path(size).asLong() > 0;
        return what + (after == 0 && !bySize ? " " + otherwise : after == 0 ? "" : " " + span(after) + " " + since)
                + (after > 0 && bySize ? ", or" : "") + (bySize ? " with " + Words.size(rules, size) + " on it" : "");
    }

    private static String span(long seconds) {
        return seconds % 86_400 == 0 ? seconds / 86_400 + " d" : seconds % 3600 == 0 ? seconds / 3600 + " h" : seconds + " s";
    }
}
