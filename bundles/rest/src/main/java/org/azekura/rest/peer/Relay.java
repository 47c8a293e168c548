package org.azekura.rest.peer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.azekura.rest.call.HttpAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What another server answers, written as it comes. What breaks off there is cut off here. */
final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** What is between two servers, and not between one and its caller. */
    private static final Set<String> NOT_TAKEN = Set.of("connection", "keep-alive", "transfer-encoding", "content-length", "date", "server", "trailer", "upgrade");
    /** An event stream is never silent for longer than five. */
    private static final Duration EVENTS_SILENT = Duration.ofSeconds(20);
    /** A file may wait for a cartridge. */
    private static final Duration SILENT = Duration.ofMinutes(10);
    private static final int PIECE = 64 << 10;

    private final HttpResponse<InputStream> answer;
    private final HttpServletResponse response;
    private volatile long heard = System.nanoTime();

    Relay(HttpResponse<InputStream> answer, HttpServletResponse response) {
        this.answer = answer;
        this.response = response;
    }

    void run() {
        head();
        Thread watch = Thread.ofVirtual().name("silence of who leads").start(this::watch);
        try (InputStream in = answer.body()) {
            OutputStream out = response.getOutputStream();
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                heard = System.nanoTime();
                out.write(piece, 0, read);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            LOG.debug("an answer of who leads broke off: {}", e.toString());
            HttpAnswer.cutOff(response);
        } finally {
            watch.interrupt();
        }
    }

    private void head() {
        response.setStatus(answer.statusCode());
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
                set(name, values);
            }
        });
        answer.headers().firstValueAsLong("content-length").ifPresent(response::setContentLengthLong);
    }

    private void set(String name, List<String> values) {
        response.setHeader(name, values.getFirst());
        values.stream().skip(1).forEach(value -> response.addHeader(name, value));
    }

    /** A peer whose machine has gone says nothing, not even that. */
    private void watch() {
        boolean events = answer.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
        Duration most = events ? EVENTS_SILENT : SILENT;
        try {
            for (Duration left = most; left.isPositive(); left = most.minusNanos(System.nanoTime() - heard)) {
                Thread.sleep(left);
            }
            answer.body().close();
        } catch (InterruptedException e) {
            // it has ended
        } catch (IOException e) {
            LOG.debug("{}", e.toString());
        }
    }
}
