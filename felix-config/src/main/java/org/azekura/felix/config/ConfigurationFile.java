package org.azekura.felix.config;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.felix.cm.json.io.Configurations;

/**
 * One configuration file: JSON with the types of the OSGi Configurator specification ({@code "key:Integer": 5}), comments allowed:
 * {@code {"PID": {"key": value}}}.
 */
record ConfigurationFile(Path path, String text) {

    /** A person's file has a few kilobytes; what is larger is no configuration. */
    static final long MAX_BYTES = 1 << 20;

    /** Refuses a key that stands twice in an object. */
    private static final JsonReaderFactory STRICT = Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));
    private static final Pattern PLACE = Pattern.compile(" at \\(line no=(\\d+), column no=(\\d+), offset=-?\\d+\\)");

    static ConfigurationFile read(Path path) throws StartFailure {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new ConfigurationFile(path, "").broken(1, Files.size(path) + " bytes, but at most " + MAX_BYTES + " can be read");
            }
            return new ConfigurationFile(path, Files.readString(path));
        } catch (IOException e) {
            throw new ConfigurationFile(path, "").broken(1, "can't be read as UTF-8 text: " + e);
        }
    }

    /** What the file sets, by pid. */
    Map<String, Hashtable<String, Object>> settings() throws StartFailure {
        Map<String, Hashtable<String, Object>> settings = new HashMap<>();
        for (var entry : json().entrySet()) {
            String pid = entry.getKey();
            if (pid.isEmpty() || entry.getValue().getValueType() != JsonValue.ValueType.OBJECT) {
                throw broken(line(pid), "expected a pid and its settings, like \"org.azekura.client\": {…}; found \"" + pid + "\": "
                        + entry.getValue());
            }
            settings.put(pid, properties(pid, entry.getValue().asJsonObject()));
        }
        return settings;
    }

    private JsonObject json() throws StartFailure {
        try {
            checkSyntax();
            try (JsonReader reader = STRICT.createReader(withoutComments())) {
                return reader.readObject();
            }
        } catch (JsonParsingException e) {
            Throwable innermost = e.getCause() == null ? e : e.getCause();
            throw broken((int) Math.max(1, e.getLocation().getLineNumber()), PLACE.matcher(innermost.getMessage()).replaceAll(""));
        } catch (IOException e) {
            throw broken(1, e.toString());
        }
    }

    /** To the end of the file; the reader stops at the end of the object. */
    private void checkSyntax() throws StartFailure, IOException {
        try (JsonParser parser = Json.createParser(withoutComments())) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw broken(1, "expected {\"PID\": {…}}; the file does not begin with {");
            }
            while (parser.hasNext()) {
                parser.next();
            }
        }
    }

    /** All at once: the reader that leaves comments out may give no character at a time, which parsers do not expect. */
    private Reader withoutComments() throws IOException {
        StringWriter plain = new StringWriter(text.length());
        try (Reader reader = Configurations.jsonCommentAwareReader(new StringReader(text))) {
            reader.transferTo(plain);
        }
        return new StringReader(plain.toString());
    }

    private Hashtable<String, Object> properties(String pid, JsonObject json) throws StartFailure {
        for (var entry : json.entrySet()) {
            if (entry.getValue() == JsonValue.NULL) {
                throw broken(line(pid, entry.getKey()), "\"" + entry.getKey() + "\" is null; leave the line out to get the default");
            }
        }
        try {
            return Configurations.buildReader().build(json).readConfiguration();
        } catch (IOException e) {
            String what = String.valueOf(e.getMessage()).replaceFirst("^.*PID <configuration> : ", "");
            String key = json.keySet().stream().filter(what::contains).findFirst().orElse("");
            throw broken(line(pid, key), "\"" + pid + "\": " + what);
        }
    }

    StartFailure broken(int line, String what) {
        return StartFailure.wrongUsage("configuration file " + path + ", line " + line + ": " + what);
    }

    /** The line where these names stand one after the other: the readers above tell the name, not the place. */
    int line(String... names) {
        int at = 0;
        for (String name : names) {
            at = Math.max(at, text.indexOf('"' + name + '"', at));
        }
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }
}
