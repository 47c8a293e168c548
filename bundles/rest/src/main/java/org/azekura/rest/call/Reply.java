package org.azekura.rest.call;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.azekura.api.BackupException;

/** What an endpoint answers. */
public sealed interface Reply {

    /** @param body written as JSON by Jackson; null with the status 204 only */
    record Json(int status, Object body, Map<String, String> headers) implements Reply {}

    /** Text in UTF-8. */
    record Text(String mediaType, String text) implements Reply {}

    /** A server-sent event stream; ends when the writer returns or the caller leaves. */
    record Stream(Writer writer) implements Reply {

        /** One of the two is called, once. */
        public interface Writer {
            /** Writes events until there are no more. Called on a thread of its own. */
            void write(OutputStream to) throws IOException, InterruptedException;

            /** Gives the stream up: it is not written. */
            void drop();
        }
    }

    /**
     * A file that the caller keeps.
     *
     * @param size in bytes; negative: nobody knows it, and only the whole is sent
     * @param tag  in quotes, the same for the same bytes only; null without a size
     */
    record File(String name, long size, String tag, Writer writer) implements Reply {

        public interface Writer {
            /**
             * Writes a part of it. Called on a platform thread of its own, not at all for who only asks what there is.
             *
             * @param length negative for all that comes
             * @throws BackupException or a refusal: it is answered if nothing is written yet, else the connection is cut
             */
            void write(OutputStream to, long from, long length) throws IOException, InterruptedException, BackupException, Refusal;
        }
    }

    static Reply ok(Object body) {
        return new Json(200, body, Map.of());
    }

    /** What was made and has no place of its own. */
    static Reply made(Object body) {
        return new Json(201, body, Map.of());
    }

    /** Done, and there is nothing to say about it. */
    static Reply nothing(Map<String, String> headers) {
        return new Json(204, null, headers);
    }

    /** @param location path of what was made, below {@link Route#ROOT} */
    static Reply made(int status, String location, Object body) {
        return new Json(status, body, Map.of("Location", Route.ROOT + "/" + location));
    }
}
