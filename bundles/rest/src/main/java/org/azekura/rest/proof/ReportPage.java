package org.azekura.rest.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * A report as a page: all that it needs is in it, and it asks nobody for anything.
 *
 * @param json the same for programs
 */
record ReportPage(Report report, String json) {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.JAPANESE);
    private static final String STYLE = "body{font:15px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1rem 0}"
            + "th,td{border:1px solid #888;padding:.2rem .6rem;text-align:left;vertical-align:top}section+section{margin-top:3rem;border-top:2px solid #888}"
            + "li{overflow-wrap:anywhere}";

    String html() {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Azekura: restore drills</title>\n<style>")
                .append(STYLE).append("</style>\n</head>\n<body>\n");
        for (Locale language : LANGUAGES) {
            new Section(page, words(language)).write(language, report);
        }
        return page.append("<script type=\"application/json\" id=\"report\">").append(json).append("</script>\n</body>\n</html>\n").toString();
    }

    private static Properties words(Locale language) {
        Properties words = new Properties();
        try (InputStream in = ReportPage.class.getResourceAsStream("report." + language.getLanguage() + ".properties")) {
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    /** All of it in one language. */
    private record Section(StringBuilder page, Properties words) {

        void write(Locale language, Report report) {
            page.append("<section lang=\"").append(language.getLanguage()).append("\">\n<h1>").append(word("title")).append("</h1>\n");
            if (report.since() != null || report.until() != null) {
                page.append("<p>").append(word("period", report.since() == null ? "–" : report.since(), report.until() == null ? "–" : report.until())).append("</p>\n");
            }
            long proven = report.drills().stream().filter(drill -> drill.outcome().equals("proven")).count();
            page.append("<p>").append(word("summary", report.drills().size(), proven)).append("</p>\n");
            report.drills().forEach(this::drill);
            page.append("<p>").append(word("signed")).append("</p>\n</section>\n");
        }

        private void drill(ProofRow drill) {
            page.append("<h2>").append(word("drill", Long.toString(drill.job()), word(drill.outcome()))).append("</h2>\n<table>\n");
            row("saveSet", drill.client() + "/" + drill.saveSet());
            row("snapshot", drill.snapshot());
            row("received", drill.received());
            row("pool", drill.pool());
            row("host", drill.host());
            row("began", drill.began());
            row("ended", drill.ended());
            raw("chosen", drill.sample() == null ? word("whole") : word("sample", drill.sample().files(), drill.sample().of(), drill.sample().seed()));
            raw("compared", word("amount", drill.entries(), drill.bytes()));
            raw("times", word("phases", drill.times().waiting(), drill.times().restoring(), drill.times().comparing()));
            row("differences", Long.toString(drill.differences()));
            page.append("</table>\n<p>").append(word(drill.outcome() + ".means")).append("</p>\n");
            if (!drill.told().isEmpty()) {
                page.append("<ul>\n");
                drill.told().forEach(text -> page.append("<li>").append(escaped(text)).append("</li>\n"));
                page.append("</ul>\n");
            }
        }

        private void row(String name, String value) {
            raw(name, escaped(value));
        }

        private void raw(String name, String value) {
            page.append("<tr><th>").append(word(name)).append("</th><td>").append(value).append("</td></tr>\n");
        }

        /** Numbers are the same in all languages. */
        private String word(String key, Object... values) {
            Object[] texts = new Object[values.length];
            for (int i = 0; i < values.length; i++) {
                texts[i] = escaped(values[i].toString());
            }
            return MessageFormat.format(words.getProperty(key), texts);
        }

        private static String escaped(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
        }
    }
}
