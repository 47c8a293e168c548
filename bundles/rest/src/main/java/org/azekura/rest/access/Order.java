package org.azekura.rest.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Route;

/**
 * What a dangerous call orders, and what it was judged by.
 *
 * @param pattern of its route
 * @param was     what was laid down of what it is about; null if nothing is compared
 * @param says    what its route is for
 * @param secrets names of those fields of the body that are not shown
 */
record Order(String method, String pattern, Map<String, String> places, Map<String, String> query, ObjectNode body, JsonNode was, String says, Set<String> secrets) {

    private static final String COVERED = "(not shown)";

    Order {
        secrets = secrets == null ? Set.of() : secrets;
    }

    static Order of(Route route, Call call) throws BackupException, Refusal {
        return new Order(route.method(), route.pattern(), new TreeMap<>(call.places()), new TreeMap<>(call.query()), call.body(), tree(route.danger().now(call)), route.summary(),
                new TreeSet<>(route.secrets()));
    }

    /** @throws BackupException {@code request.damaged} */
    static Order read(String text) throws BackupException {
        try {
            return Json.MAPPER.readValue(text, Order.class);
        } catch (JsonProcessingException e) {
            throw new BackupException(BackupException.corrupt("request.damaged", "", "what was ordered cannot be read").failure(), e);
        }
    }

    String text() {
        return text(this);
    }

    static String text(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Numbers are of the same types in it as in what is read again. */
    private static JsonNode tree(Object value) {
        try {
            return Json.MAPPER.readTree(text(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws BackupException {@code request.conflict} says what is not any more as it was judged by, and seen by who confirmed it */
    void requireUnchanged(Object current) throws BackupException {
        JsonNode now = tree(current);
        if (was == null || was.equals(now)) {
            return;
        }
        List<String> changes = new ArrayList<>();
        for (var field : now.properties()) {
            if (!field.getValue().equals(was.get(field.getKey()))) {
                changes.add(field.getKey() + " was " + OrderWords.plain(was.path(field.getKey())) + ", is " + OrderWords.plain(field.getValue()));
            }
        }
        String object = String.join("/", places.values());
        throw BackupException.operator("request.conflict", object, (object.isEmpty() ? "this" : object) + " was changed since it was asked for"
                + (changes.isEmpty() ? "" : " (" + String.join("; ", changes) + ")") + ": nothing was done; ask anew");
    }

    /** The body as others may see it. */
    ObjectNode shown() {
        ObjectNode shown = body.deepCopy();
        secrets.forEach(field -> cover(shown, field, was == null ? null : was.get(field)));
        return shown;
    }

    /** @param told what readers are told anyway; null: nothing */
    private static void cover(ObjectNode of, String field, JsonNode told) {
        JsonNode value = of.get(field);
        if (value instanceof ObjectNode inner) {
            List.copyOf(inner.properties()).stream().filter(each -> told == null || !told.has(each.getKey())).forEach(each -> inner.put(each.getKey(), COVERED));
        } else if (value != null && !value.isNull()) {
            of.put(field, COVERED);
        }
    }
}
