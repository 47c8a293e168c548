package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.azekura.api.ByteSize;

/** Rules of a pool for its cartridges, as people give and see them. */
final class MediaRuleWords {

    private MediaRuleWords() {}

    /** What was given, as the interface takes it; what is null stays as it is. */
    static ObjectNode change(String blank, String scratch, String keep, Integer repack, String cutAfter, String cutSize, String encryption, Integer errorFactor) {
        ObjectNode change = Json.object();
        flag(change, "blank", "--blank", blank);
        flag(change, "scratch", "--scratch", scratch);
        time(change, "keep", "--keep", keep);
        time(change, "cutAfter", "--cut-after", cutAfter);
        if (repack != null) {
            if (repack < 0 || repack > 100) {
                throw CommandFailure.usage("--repack is 0 to 100, not " + repack);
            }
            change.put("repack", repack);
        }
        if (cutSize != null) {
            change.put("cutSize", bytes(cutSize));
        }
        if (encryption != null) {
            if (!encryption.equals("drive") && !encryption.equals("none")) {
                throw CommandFailure.usage("--encryption is drive or none, not \"" + encryption + "\"");
            }
            change.put("encryption", encryption);
        }
        if (errorFactor != null) {
            if (errorFactor < 0 || errorFactor > 1_000_000) {
                throw CommandFailure.usage("--error-factor is 0 to 1000000, not " + errorFactor);
            }
            change.put("errorFactor", errorFactor);
        }
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

    private static void time(ObjectNode change, String field, String option, String text) {
        if (text != null) {
            long seconds = text.equals("0") ? 0 : TimeSpan.seconds(text);
            if (seconds < 0) {
                throw CommandFailure.usage(option + " is a time like 12h or 30d, not \"" + text + "\"");
            }
            change.put(field, seconds);
        }
    }

    private static long bytes(String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--cut-size is a size like 500GiB or 2TiB, not \"" + text + "\"");
        }
    }

    static void print(JsonNode rules, Facts facts) {
        facts.put("blank", yes(rules, "blank", "takes blank cartridges by itself", "takes only cartridges that were labelled for it"));
        facts.put("scratch", yes(rules, "scratch", "takes cartridges that are needed no more", "takes no cartridge that was given up"));
        facts.put("keep", rules.path("keep").asLong() == 0 ? "a cartridge is used again when nothing on it is needed" : "a cartridge is not used again for "
                + span(rules.path("keep").asLong()) + " after it was written");
        facts.put("repack", rules.path("repack").asInt() == 0 ? "no cartridge is copied away, but for suspect ones" : "a cartridge is copied away below "
                + rules.path("repack").asInt() + " % that count");
        facts.put("cut", cut(rules.path("cutAfter").asLong(), rules));
        facts.put("encryption", Words.text(rules, "encryption").equals("drive") ? "drive: drives seal what they write, but for labels" : "none: drives write what they get");
        facts.put("errors", rules.path("errorFactor").asInt() == 0 ? "corrected errors say nothing" : "a cartridge is suspect of which two drives corrected "
                + rules.path("errorFactor").asInt() + " times as much as of others");
    }

    private static String yes(JsonNode rules, String field, String so, String not) {
        return rules.path(field).asBoolean() ? "yes: " + so : "no: " + not;
    }

    private static String cut(long after, JsonNode rules) {
        boolean bySize = rules.path("cutSize").asLong() > 0;
        return after == 0 && !bySize ? "a cartridge is closed when it is full" : "a cartridge is closed" + (after == 0 ? "" : " " + span(after) + " after it was labelled")
                + (after > 0 && bySize ? ", or" : "") + (bySize ? " with " + Words.size(rules, "cutSize") + " on it" : "");
    }

    private static String span(long seconds) {
        return seconds % 86_400 == 0 ? seconds / 86_400 + " d" : seconds % 3600 == 0 ? seconds / 3600 + " h" : seconds + " s";
    }
}
