package org.azekura.rest.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.azekura.api.access.Right;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** The OpenAPI document of these routes, made once: some time after a start, or when somebody asks for it before. Safe for any number of threads. */
public final class OpenApi {

    private final List<Route> routes;
    private String text;

    /** @param routes all that are served, this one's among them as soon as it is asked for */
    public OpenApi(List<Route> routes) {
        this.routes = routes;
    }

    public Route route() {
        return Route.get("openapi.json").needs(Right.OWN).says("This document").answersText("application/json").by(call -> new Reply.Text("application/json", text()));
    }

    /**
     * Has it made when this time has passed, so that who asks first does not wait for the classes that describe records.
     *
     * @return closed, it is not made any more
     */
    public AutoCloseable madeAfter(Duration pause) {
        CompletableFuture<Void> later = CompletableFuture.runAsync(this::text, CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS));
        return () -> later.cancel(false);
    }

    private synchronized String text() {
        if (text == null) {
            text = document().toString();
        }
        return text;
    }

    private ObjectNode document() {
        ObjectNode document = Json.MAPPER.createObjectNode().put("openapi", "3.1.0");
        document.putObject("info").put("title", "Azekura").put("version", "1")
                .put("description", "Sizes are bytes, times are RFC 3339, states are single words, paths are in percent form: %XX is a byte that is no printable UTF-8.");
        document.putArray("servers").addObject().put("url", Route.ROOT);
        Forms forms = new Forms();
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            paths.withObject("/" + ("/" + route.pattern()).replace("~", "~0").replace("/", "~1")).set(route.method().toLowerCase(Locale.ROOT), new Operation(route, forms).node());
        }
        ObjectNode schemas = forms.all();
        new Requests(schemas).loosen(routes);
        ObjectNode components = document.putObject("components");
        components.set("schemas", schemas);
        secure(document, components.putObject("securitySchemes"));
        return document;
    }

    private static void secure(ObjectNode document, ObjectNode schemes) {
        schemes.putObject("token").put("type", "http").put("scheme", "bearer").put("description", "The token of the home, or one that was made for a program.");
        schemes.putObject("session").put("type", "apiKey").put("in", "cookie").put("name", Door.SESSION_COOKIE)
                .put("description", "Of a browser. What changes something needs the header " + Door.Entry.CSRF_HEADER + ", too.");
        document.putArray("security").addObject().putArray("token");
        document.withArray("security").addObject().putArray("session");
    }
}
