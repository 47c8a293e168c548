package org.azekura.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of one language. Those of alerts are the console's: they are written once. */
final class Phrases {

    /** In which alerts come. */
    private static final String SERVERS = "en";
    private static final Pattern OURS = Pattern.compile("\\{(\\w+)}");
    private static final Pattern CONSOLES = Pattern.compile("\\{\\{(\\w+)}}");
    static final Map<String, Phrases> ALL = Map.of("en", new Phrases("en"), "ja", new Phrases("ja"));

    private final Properties texts = new Properties();
    private final JsonNode alerts;

    private Phrases(String language) {
        try (InputStream own = open("letter." + language + ".properties")) {
            texts.load(new InputStreamReader(own, StandardCharsets.UTF_8));
            alerts = language.equals(SERVERS) ? MissingNode.getInstance() : alerts(language);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode alerts(String language) throws IOException {
        try (InputStream theirs = open("alerts." + language + ".json")) {
            return Told.JSON.readTree(theirs);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream found = Phrases.class.getResourceAsStream(name);
        if (found == null) {
            throw new IOException("the bundle has no " + name);
        }
        return found;
    }

    boolean has(String key) {
        return texts.containsKey(key);
    }

    String say(String key, Map<String, String> values) {
        return filled(OURS, texts.getProperty(key, key), values);
    }

    String say(String key) {
        return say(key, Map.of());
    }

    /** Of an alert: by its code and values, or as the server says it where this language has no words for it. */
    String alert(Told told) {
        JsonNode text = alerts;
        for (String part : told.code().split("\\.")) {
            text = text.path(part);
        }
        return text.isTextual() ? filled(CONSOLES, text.asText(), told.values()) : told.text().replaceFirst("^resolved: ", "");
    }

    private static String filled(Pattern places, String text, Map<String, String> values) {
        return places.matcher(text).replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
    }
}
