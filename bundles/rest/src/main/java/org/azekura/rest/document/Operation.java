package org.azekura.rest.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.access.Right;
import org.azekura.api.access.Role;
import org.azekura.rest.call.Asked;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Problem;
import org.azekura.rest.call.Route;

/** One route as an operation of the document. */
final class Operation {

    private static final String JSON = "application/json";

    private final Route route;
    private final Forms forms;

    Operation(Route route, Forms forms) {
        this.route = route;
        this.forms = forms;
    }

    /** Like {@code postPoolsPoolRecipients}. */
    static String id(Route route) {
        return route.method().toLowerCase(Locale.ROOT) + Stream.of(route.pattern().split("[^A-Za-z]+")).filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)).collect(Collectors.joining());
    }

    ObjectNode node() {
        ObjectNode node = Json.MAPPER.createObjectNode().put("operationId", id(route)).put("summary", route.summary())
                .put("description", "For the roles " + roles() + (route.ofAll() ? ", if they have to do with all clients." : "."));
        node.put("x-of-all", route.ofAll());
        if (route.danger() != null) {
            node.put("x-dangerous", route.danger().always() ? "always" : "if");
        }
        node.putArray("tags").add(route.pattern().split("/")[0]);
        route.rights().forEach(right -> node.withArray("x-rights").add(word(right)));
        ArrayNode parameters = Json.MAPPER.createArrayNode();
        route.places().forEach(place -> parameters.addObject().put("name", place).put("in", "path").put("required", true).putObject("schema").put("type", "string"));
        route.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        if (!parameters.isEmpty()) {
            node.set("parameters", parameters);
        }
        if (Door.isForVisitors(route.method(), route.pattern())) {
            node.putArray("security");
        }
        body(node);
        answers(node.putObject("responses"));
        return node;
    }

    private String roles() {
        return Arrays.stream(Role.values()).filter(role -> route.rights().stream().anyMatch(role::may)).map(Role::word).collect(Collectors.joining(", "));
    }

    private static String word(Right right) {
        return right.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode parameter(Parameter parameter) {
        ObjectNode node = Json.MAPPER.createObjectNode().put("name", parameter.name()).put("in", "query").put("required", parameter.required())
                .put("description", parameter.says());
        ObjectNode schema = node.putObject("schema");
        switch (parameter.form()) {
            case Parameter.Form.Text(String example) -> {
                schema.put("type", "string");
                node.put("example", example);
            }
            case Parameter.Form.Flag() -> {
                schema.put("type", "boolean");
                node.put("allowEmptyValue", true);
            }
            case Parameter.Form.Whole(int least, int most) -> schema.put("type", "integer").put("minimum", least).put("maximum", most);
            case Parameter.Form.Time() -> schema.put("type", "string").put("format", "date-time");
            case Parameter.Form.Word(List<String> words) -> words.forEach(schema.put("type", "string").putArray("enum")::add);
        }
        return node;
    }

    private void body(ObjectNode node) {
        switch (route.body()) {
            case Route.Body.None() -> { }
            case Route.Body.Json(Class<?> type) -> content(node.putObject("requestBody"), JSON).set("schema", forms.of(type));
            case Route.Body.Kinds(String by, Map<String, Class<?>> types) -> {
                ObjectNode body = node.putObject("requestBody").put("required", true);
                ObjectNode schema = content(body, JSON).putObject("schema");
                types.values().stream().distinct().forEach(type -> schema.withArray("oneOf").add(forms.of(type)));
                schema.putObject("discriminator").put("propertyName", by);
            }
            case Route.Body.File _ -> content(node.putObject("requestBody").put("required", true), "application/octet-stream").putObject("schema");
        }
    }

    private void answers(ObjectNode responses) {
        switch (route.answer()) {
            case Route.Answer.Json(int status, Class<?> type, boolean list) -> {
                ObjectNode schema = list ? Json.MAPPER.createObjectNode().put("type", "array").set("items", forms.of(type)) : forms.of(type);
                content(response(responses, String.valueOf(status), said(status)), JSON).set("schema", schema);
            }
            case Route.Answer.Text(String mediaType) -> content(response(responses, "200", said(200)), mediaType).putObject("schema")
                    .put("type", mediaType.equals(JSON) ? "object" : "string");
            case Route.Answer.File() -> {
                content(response(responses, "200", "The file"), "application/octet-stream").putObject("schema");
                content(response(responses, "206", "The part of it that the header Range asks for"), "application/octet-stream").putObject("schema");
            }
            case Route.Answer.Events(Map<String, Class<?>> types) -> {
                ObjectNode content = content(response(responses, "200", "A stream of events, each with the data of its name"), "text/event-stream");
                content.putObject("schema").put("type", "string");
                types.forEach((name, type) -> content.withObject("/x-events").set(name, forms.of(type)));
            }
        }
        if (route.danger() != null) {
            waits(responses);
        }
        problem(responses, "401", "Nobody is proven to call");
        problem(responses, "403", "The caller's role does not do, or what is asked is refused");
        problem(responses, "default", "An RFC 9457 problem; its code says which");
    }

    /** A route that orders a job is answered 202 with that, too. */
    private void waits(ObjectNode responses) {
        ObjectNode asked = forms.of(Asked.class);
        if (!responses.has("202")) {
            content(response(responses, "202", "It waits for another person or its time, as the rule says; Location says where the request is"), JSON).set("schema", asked);
        } else {
            ObjectNode media = responses.withObject("/202/content/" + JSON.replace("/", "~1"));
            ObjectNode either = Json.MAPPER.createObjectNode();
            either.putArray("anyOf").add(media.get("schema")).add(asked);
            media.set("schema", either);
        }
    }

    private static String said(int status) {
        return switch (status) {
            case 201 -> "It is made";
            case 202 -> "It is ordered; Location says where the job is";
            default -> "It is so";
        };
    }

    private void problem(ObjectNode responses, String status, String description) {
        content(response(responses, status, description), "application/problem+json").set("schema", forms.of(Problem.class));
    }

    private static ObjectNode response(ObjectNode responses, String status, String description) {
        return responses.putObject(status).put("description", description);
    }

    private static ObjectNode content(ObjectNode of, String mediaType) {
        return of.putObject("content").putObject(mediaType);
    }
}
