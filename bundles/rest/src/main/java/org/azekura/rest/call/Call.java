package org.azekura.rest.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.access.Caller;

/**
 * One request, taken apart.
 *
 * @param places      what stands in the places of the pattern, decoded
 * @param query       parameters, decoded
 * @param body        an object; empty without a body
 * @param lastEventId where an event stream broke off, null if it is new
 * @param file        the body of an upload, whose endpoint hands it on or fails; null for any other
 */
public record Call(Door.Entry entry, Map<String, String> places, Map<String, String> query, ObjectNode body, String lastEventId, Path file) {

    public Caller caller() {
        return entry.caller();
    }

    /** The body as a record of ours. */
    public <T> T read(Class<T> type) throws Refusal {
        return Json.read(body, type);
    }

    /** What stands in this place of the pattern. */
    public String place(String name) {
        String found = places.get(name);
        if (found == null) {
            throw new IllegalStateException("the route has no place {" + name + "}");
        }
        return found;
    }

    /** A parameter, null if it was not given. */
    public String query(String parameter) {
        return query.get(parameter);
    }

    /** Whether a parameter was given and does not say no. */
    public boolean flag(String parameter) {
        String value = query.get(parameter);
        return value != null && !value.equals("false");
    }

    /** A parameter that is a number. */
    public int whole(String parameter, int otherwise) {
        String value = query.get(parameter);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** A parameter that is a time, null if it was not given. */
    public Instant instant(String parameter) {
        String value = query.get(parameter);
        return value == null ? null : time(value);
    }

    /** @throws java.time.DateTimeException if it is none */
    static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    /** Reads {@code a=b&c}; a parameter that this endpoint does not know is a mistake, not decoration. */
    static Map<String, String> parse(String query, List<Parameter> known) throws Refusal {
        Map<String, String> found = new HashMap<>();
        List<String> names = known.stream().map(Parameter::name).sorted().toList();
        for (String part : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals));
            if (!names.contains(name)) {
                throw Refusal.badRequest("request.parameter", name, "\"" + name + "\" is no parameter here"
                        + (names.isEmpty() ? "" : "; there is " + String.join(", ", names)));
            }
            if (found.put(name, equals < 0 ? "" : decode(part.substring(equals + 1))) != null) {
                throw Refusal.badRequest("request.parameter", name, "the parameter " + name + " is there twice");
            }
        }
        for (Parameter parameter : known) {
            parameter.check(found.get(parameter.name()));
        }
        return found;
    }

    static String decode(String text) throws Refusal {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("request.encoding", text, "\"" + text + "\" is not percent-encoded UTF-8");
        }
    }
}
