package org.azekura.rest.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Right;

/**
 * A method and a pattern, who may call it, what it means to a reader of the document, and what answers. It is written as one sentence,
 * and no part of it can be left out:
 *
 * <pre>
 * Route.get("pools/{pool}").needs(Right.READ).says("One media pool with its volumes").answers(PoolView.class).by(this::show)
 * </pre>
 *
 * @param pattern    below {@link #ROOT}; {@code {pool}} stands for one name, which {@link Call#place} gives
 * @param rights     one of these will do
 * @param summary    one sentence without a full stop
 * @param ofAll      whether it is only for callers who have to do with all clients
 * @param parameters of the query
 * @param danger     which calls of it are dangerous; null: none is
 */
public record Route(String method, String pattern, Set<Right> rights, String summary, boolean ofAll, List<Parameter> parameters, Body body, Answer answer,
        Danger danger, Endpoint endpoint) {

    public static final String ROOT = "/api/v1";

    public Route {
        if (rights.isEmpty() || summary.isBlank() || answer == null) {
            throw new IllegalStateException(method + " " + pattern + " lacks a right, a summary or an answer");
        }
        parameters = List.copyOf(parameters);
    }

    /** Answers one call. Called by many threads at a time. */
    public interface Endpoint {
        Reply answer(Call call) throws BackupException, Refusal;
    }

    /** Answers one call that brings something. Called by many threads at a time. */
    public interface Taker<B> {
        Reply answer(Call call, B body) throws BackupException, Refusal;
    }

    public static Unguarded get(String pattern) {
        return begin("GET", pattern);
    }

    public static Unguarded post(String pattern) {
        return begin("POST", pattern);
    }

    public static Unguarded put(String pattern) {
        return begin("PUT", pattern);
    }

    public static Unguarded patch(String pattern) {
        return begin("PATCH", pattern);
    }

    public static Unguarded delete(String pattern) {
        return begin("DELETE", pattern);
    }

    private static Unguarded begin(String method, String pattern) {
        return (right, others) -> summary -> new RouteDraft(method, pattern, EnumSet.of(right, others), summary, Reach.BY_RIGHTS, List.of(), null, null);
    }

    /** A route that does not say yet who may call it. */
    public interface Unguarded {

        /** @param others of which one will do as well */
        Untold needs(Right right, Right... others);
    }

    /** A route that does not say yet what it is for. */
    public interface Untold {
        RouteDraft says(String summary);
    }

    /** The same for callers whose library knows no PATCH. */
    public Route asPost() {
        return new Route("POST", pattern, rights, summary, ofAll, parameters, body, answer, danger, endpoint);
    }

    /** @throws Refusal 403, which says what is lacking */
    public void requireCallableBy(Caller caller) throws Refusal {
        if (rights.stream().noneMatch(caller.role()::may)) {
            throw Refusal.denied(caller, rights);
        }
        if (ofAll) {
            Scope.requireUnbounded(caller);
        }
    }

    /** Refuses what the endpoint would not read. */
    public void requireReadable(ObjectNode brought) throws Refusal {
        switch (body) {
            case Body.None() -> requireNothing(brought);
            case Body.Json(Class<?> type) -> Json.read(brought, type);
            case Body.Kinds _, Body.File _ -> { }
        }
    }

    /** Names of the fields of what is brought that are not for everybody's eyes. */
    public Set<String> secrets() {
        return body instanceof Body.Json(Class<?> type) && type.isRecord()
                ? Arrays.stream(type.getRecordComponents()).filter(field -> field.getAccessor().isAnnotationPresent(Secret.class)).map(RecordComponent::getName)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** Names of the places in the pattern, in their order. */
    public List<String> places() {
        return places(pattern);
    }

    static List<String> places(String pattern) {
        return Arrays.stream(pattern.split("/")).filter(Route::isPlace).map(Route::name).toList();
    }

    /** What stands in the places, or null if the path is another one. */
    Map<String, String> match(List<String> path) {
        String[] parts = pattern.split("/");
        if (parts.length != path.size()) {
            return null;
        }
        Map<String, String> places = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (isPlace(parts[i])) {
                places.put(name(parts[i]), path.get(i));
            } else if (!parts[i].equals(path.get(i))) {
                return null;
            }
        }
        return places;
    }

    private static boolean isPlace(String part) {
        return part.startsWith("{");
    }

    private static String name(String place) {
        return place.substring(1, place.length() - 1);
    }

    /** What a call brings. */
    public sealed interface Body {

        /** Nothing, or an empty object. */
        record None() implements Body {}

        /** A JSON object of this form. */
        record Json(Class<?> type) implements Body {}

        /** A JSON object whose field {@code by} says by a word which of these forms its other fields have. */
        record Kinds(String by, Map<String, Class<?>> types) implements Body {}

        /**
         * The bytes of a file, kept as {@link Call#file}.
         *
         * @param most  so many of them
         * @param first asked before any of them is read: who is refused anyway need not send them
         */
        record File(long most, First first) implements Body {

            /** What is asked before. */
            @FunctionalInterface
            public interface First {
                void check() throws BackupException;
            }
        }
    }

    /** What a call that went well is answered. */
    public sealed interface Answer {

        /** @param list whether it is an array of such rows */
        record Json(int status, Class<?> type, boolean list) implements Answer {}

        record Text(String mediaType) implements Answer {}

        /** The bytes of a file to be kept. */
        record File() implements Answer {}

        /** @param types of events by their names */
        record Events(Map<String, Class<?>> types) implements Answer {}
    }

    /** Reads what a call brings as this type, or refuses. */
    static <B> Endpoint reading(Class<B> type, Taker<B> taker) {
        return call -> taker.answer(call, Json.read(call.body(), type));
    }

    /** Refuses a call that brings fields where none are expected. */
    static Endpoint bringingNothing(Endpoint endpoint) {
        return call -> {
            requireNothing(call.body());
            return endpoint.answer(call);
        };
    }

    private static void requireNothing(ObjectNode body) throws Refusal {
        List<String> fields = new ArrayList<>();
        body.fieldNames().forEachRemaining(fields::add);
        if (!fields.isEmpty()) {
            throw Refusal.badRequest("request.field", fields.getFirst(), "there is no field \"" + fields.getFirst() + "\" here; this call brings none");
        }
    }
}
