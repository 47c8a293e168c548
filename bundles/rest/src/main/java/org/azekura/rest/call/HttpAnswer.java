package org.azekura.rest.call;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes replies and problems as HTTP. */
public final class HttpAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(HttpAnswer.class);

    private HttpAnswer() {}

    /** Answers are for who asked, and are what they say they are. */
    public static void protect(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    public static void problem(HttpServletResponse response, Problem problem) throws IOException {
        json(response, problem.status(), "application/problem+json", problem);
    }

    public static void json(HttpServletResponse response, int status, String type, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        Json.MAPPER.writeValue(response.getOutputStream(), body);
    }

    public static void write(Reply reply, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (reply) {
            case Reply.Json(int status, Object body, Map<String, String> headers) -> {
                headers.forEach(response::setHeader);
                if (status == HttpServletResponse.SC_NO_CONTENT) {
                    response.setStatus(status);
                } else {
                    json(response, status, "application/json", body);
                }
            }
            case Reply.Text(String mediaType, String text) -> {
                response.setContentType(mediaType);
                response.setCharacterEncoding(StandardCharsets.UTF_8);
                response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            }
            case Reply.File file -> Sending.begin(file, request, response);
            case Reply.Stream(Reply.Stream.Writer writer) -> {
                response.setContentType("text/event-stream");
                response.setCharacterEncoding(StandardCharsets.UTF_8);
                if (request.getMethod().equals("HEAD")) {
                    writer.drop();
                } else {
                    stream(writer, request, response);
                }
            }
        }
    }

    private static void stream(Reply.Stream.Writer writer, HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        Thread.ofVirtual().name("events " + request.getRemoteAddr()).start(() -> {
            try {
                writer.write(response.getOutputStream());
            } catch (IOException e) {
                LOG.debug("an event stream ended: {}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                async.complete();
            }
        });
    }

    /** Ends what goes on by itself; it may have been cut off before. */
    public static void complete(AsyncContext async) {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            LOG.debug("what was cut off is over already: {}", e.toString());
        }
    }

    /**
     * Breaks off what is being written. By Jetty's own number for it: the servlet interface has none. What was announced or chunked does not come to its end then. The
     * whiteboard's wrapper would look for a page about that error, and end the answer in good order.
     */
    public static void cutOff(HttpServletResponse response) {
        ServletResponse inmost = response;
        while (inmost instanceof ServletResponseWrapper wrapper) {
            inmost = wrapper.getResponse();
        }
        try {
            ((HttpServletResponse) inmost).sendError(-1);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("cutting off what was being sent: {}", e.toString());
        }
    }
}
