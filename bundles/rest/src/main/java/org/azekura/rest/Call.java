package org.azekura.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One request, taken apart.
 *
 * @param names       what the pattern's {@code *} stood for, in order, decoded
 * @param query       parameters, decoded
 * @param body        an object; empty without a body
 * @param lastEventId where an event stream broke off, null if it is new
 * @param file        the body of an upload, whose endpoint hands it on or fails; null for any other
 * @param caller      who calls, as the log names him
 */
record Call(List<String> names, Map<String, String> query, ObjectNode body, String lastEventId, Path file, String caller) {

    String name() {
        return names.getFirst();
    }

    /** A parameter, null if it was not given. */
    String query(String parameter) {
        return query.get(parameter);
    }

    /** Whether a parameter was given and does not say no. */
    boolean flag(String parameter) {
        String value = query.get(parameter);
        return value != null && !value.equals("false");
    }

    /** Reads {@code a=b&c}; a parameter that this endpoint does not know is a mistake, not decoration. */
    static Map<String, String> parse(String query, Set<String> known) throws Refusal {
        Map<String, String> parameters = new HashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String part : query.split("&")) {
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals));
            if (!known.contains(name)) {
                throw Refusal.badRequest("request.parameter", name, "\"" + name + "\" is no parameter here"
                        + (known.isEmpty() ? "" : "; there is " + String.join(", ", known.stream().sorted().toList())));
            }
            parameters.put(name, equals < 0 ? "" : decode(part.substring(equals + 1)));
        }
        return parameters;
    }

    static String decode(String text) throws Refusal {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("request.encoding", text, "\"" + text + "\" is not percent-encoded UTF-8");
        }
    }
}
