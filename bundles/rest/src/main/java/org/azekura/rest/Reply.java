package org.azekura.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** What an endpoint answers. */
sealed interface Reply {

    /** @param body written as JSON by Jackson */
    record Json(int status, Object body, Map<String, String> headers) implements Reply {}

    /** Plain text, UTF-8. */
    record Text(String text) implements Reply {}

    /** A server-sent event stream; ends when the writer returns or the caller leaves. */
    record Stream(Writer writer) implements Reply {

        /** One of the two is called, once. */
        interface Writer {
            /** Writes events until there are no more. Called on a thread of its own. */
            void write(OutputStream to) throws IOException, InterruptedException;

            /** Gives the stream up: it is not written. */
            void drop();
        }
    }

    static Reply ok(Object body) {
        return new Json(200, body, Map.of());
    }

    /** @param location path of what was made */
    static Reply made(int status, String location, Object body) {
        return new Json(status, body, Map.of("Location", location));
    }
}
