package org.azekura.notify;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.catalog.Alert.Severity;

/**
 * Writes letters in one language.
 *
 * @param console address of the console's pages, empty if nobody knows it
 * @param zone    whose time people read
 */
record LetterWriter(Phrases phrases, String appliance, String console, ZoneId zone) {

    /** A digest names so many at the most. */
    private static final int NAMED = 200;
    private static final int LONGEST_SUBJECT = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz");

    /** One letter about all of them. */
    Letter write(List<Told> told) {
        String head = told.size() == 1 ? headline(told.getFirst()) : phrases.say("digest", Map.of("count", Integer.toString(told.size()),
                "errors", Long.toString(told.stream().filter(Told::isError).count())));
        String subject = oneLine("[" + appliance + "] " + head);
        subject = subject.codePointCount(0, subject.length()) <= LONGEST_SUBJECT ? subject : subject.substring(0, subject.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…";
        StringBuilder plain = new StringBuilder(told.size() == 1 ? "" : head + "\n\n");
        StringBuilder html = new StringBuilder(told.size() == 1 ? "" : "<h1 style=\"font-size:1.2em\">" + escaped(head) + "</h1>\n");
        told.stream().limit(NAMED).forEach(one -> {
            plain.append(plain(one, told.size() == 1)).append('\n');
            html.append(html(one));
        });
        if (told.size() > NAMED) {
            String more = phrases.say("more", Map.of("count", Integer.toString(told.size() - NAMED)));
            plain.append(more).append("\n\n");
            html.append("<p>").append(escaped(more)).append("</p>\n");
        }
        String foot = phrases.say("foot", Map.of("appliance", appliance));
        plain.append("-- \n").append(foot).append('\n').append(console.isEmpty() ? "" : console + "\n");
        html.append("<p style=\"color:#666\">").append(console.isEmpty() ? escaped(foot) : link(console, foot)).append("</p>\n");
        return new Letter(subject, plain.toString(), "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body style=\"font-family:sans-serif\">\n" + html + "</body></html>\n");
    }

    /** What happened, one line. */
    String headline(Told told) {
        return oneLine(switch (told.event()) {
            case "job" -> phrases.say(told.code(), Map.of("what", what(told)));
            case "alert" -> told.over() ? phrases.say("alert.over", Map.of("text", phrases.alert(told))) : phrases.alert(told);
            default -> phrases.say(told.code());
        });
    }

    private String what(Told told) {
        String kind = phrases.has("kind." + told.kind()) ? phrases.say("kind." + told.kind()) : told.kind();
        Map<String, String> values = new TreeMap<>(Map.of("kind", kind, "job", told.job().toString()));
        if (told.client() == null) {
            return phrases.say("job.what", values);
        }
        values.put("client", told.client());
        return phrases.say("job.whose", values);
    }

    private Map<String, String> facts(Told told) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("severity", phrases.say("severity." + told.severity()));
        facts.put("client", told.client());
        facts.put("saveSet", told.saveSet());
        facts.put("pool", told.pool());
        facts.put("policy", told.policy());
        facts.put("time", TIME.format(Instant.parse(told.time()).atZone(zone)));
        facts.put("why", told.event().equals("job") ? told.values().get("why") : null);
        facts.values().removeIf(value -> value == null);
        return facts;
    }

    private List<String> below(Told told) {
        List<String> lines = new ArrayList<>();
        if (told.event().equals("test")) {
            lines.add(phrases.say("test.text"));
        }
        if (told.job() != null && phrases.has("todo." + told.code())) {
            lines.add(phrases.say("todo", Map.of("text", phrases.say("todo." + told.code(), Map.of("job", told.job().toString())))));
        }
        return lines;
    }

    private String address(Told told) {
        return told.job() == null || console.isEmpty() ? "" : console + "/jobs/" + told.job();
    }

    private String plain(Told told, boolean alone) {
        StringBuilder text = new StringBuilder(alone ? "" : "* ").append(headline(told)).append('\n');
        facts(told).forEach((name, value) -> text.append("  ").append(phrases.say("field." + name)).append(": ").append(oneLine(value)).append('\n'));
        below(told).forEach(line -> text.append("  ").append(line).append('\n'));
        if (!address(told).isEmpty()) {
            text.append("  ").append(address(told)).append('\n');
        }
        return text.toString();
    }

    private String html(Told told) {
        StringBuilder text = new StringBuilder("<h2 style=\"font-size:1em;color:").append(told.isError() ? "#b1380b" : told.severity().equals(Severity.WARNING.word()) ? "#795600" : "#151515")
                .append("\">").append(escaped(headline(told))).append("</h2>\n<table>\n");
        facts(told).forEach((name, value) -> text.append("<tr><td>").append(escaped(phrases.say("field." + name))).append("</td><td>").append(escaped(oneLine(value)))
                .append("</td></tr>\n"));
        text.append("</table>\n");
        below(told).forEach(line -> text.append("<p>").append(escaped(line)).append("</p>\n"));
        if (!address(told).isEmpty()) {
            text.append("<p>").append(link(address(told), address(told))).append("</p>\n");
        }
        return text.toString();
    }

    private static String link(String address, String text) {
        return "<a href=\"" + escaped(address) + "\">" + escaped(text) + "</a>";
    }

    /** Names and reasons come from hosts: no line of theirs may begin a header, or look like one of ours; nor may one turn the direction of what stands behind it. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+", " ").strip();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
