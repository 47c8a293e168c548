package org.azekura.rest.call;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a file as an attachment, on a thread of its own: who takes it slowly holds none of the web server. What breaks off is cut off, so that nobody takes a part for
 * the whole.
 */
final class Sending {

    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    /** What is not put into a name as it is (RFC 8187). */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private Sending() {}

    static void begin(Reply.File file, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ByteRange range = file.size() < 0 ? new ByteRange(0, -1, true, true)
                : ByteRange.of(request.getHeader("Range"), request.getHeader("If-Range"), file.size(), file.tag());
        if (!range.satisfying()) {
            Refusal refusal = Refusal.unsatisfying(file.size());
            refusal.headers().forEach(response::setHeader);
            HttpAnswer.problem(response, refusal.problem());
            return;
        }
        head(file, range, response);
        if (!request.getMethod().equals("HEAD")) {
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            // what it sends is unpacked and packed again, which would hold up all virtual threads of a small machine
            Thread.ofPlatform().daemon().name("download to " + request.getRemoteAddr()).start(() -> send(file, range, response, async));
        }
    }

    private static void head(Reply.File file, ByteRange range, HttpServletResponse response) {
        response.setContentType("application/octet-stream");
        response.setHeader("Content-Disposition", disposition(file.name()));
        // were it shown all the same, it could do nothing in the name of who looks at it
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader("Accept-Ranges", file.size() < 0 ? "none" : "bytes");
        if (file.size() >= 0) {
            response.setHeader("ETag", file.tag());
            response.setContentLengthLong(range.length());
        }
        if (!range.whole()) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + range.from() + "-" + (range.from() + range.length() - 1) + "/" + file.size());
        }
    }

    /** RFC 6266: a name for all programs, and the right one. */
    static String disposition(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints().forEach(c -> plain.append(c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '%' ? (char) c : '_'));
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean bare = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || PLAIN.indexOf(b) >= 0;
            encoded.append(bare ? Character.toString(b) : String.format("%%%02X", b & 255));
        }
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }

    private static void send(Reply.File file, ByteRange range, HttpServletResponse response, AsyncContext async) {
        try {
            file.writer().write(response.getOutputStream(), range.from(), range.length());
        } catch (IOException e) {
            LOG.debug("who downloaded {} has gone: {}", file.name(), e.toString());
            HttpAnswer.cutOff(response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            HttpAnswer.cutOff(response);
        } catch (Refusal e) {
            instead(response, e.problem(), e.headers());
        } catch (BackupException e) {
            LOG.info("the download of {} broke off: {}", file.name(), e.getMessage());
            instead(response, Problem.of(e.failure()), Map.of());
        } catch (RuntimeException | Error e) {
            LOG.error("the download of {} failed", file.name(), e);
            instead(response, Problem.of(BackupException.bug(file.name(), e).failure()), Map.of());
        } finally {
            HttpAnswer.complete(async);
        }
    }

    /** The problem if nothing was sent yet. */
    private static void instead(HttpServletResponse response, Problem problem, Map<String, String> headers) {
        if (response.isCommitted()) {
            HttpAnswer.cutOff(response);
            return;
        }
        response.reset();
        HttpAnswer.protect(response);
        headers.forEach(response::setHeader);
        try {
            HttpAnswer.problem(response, problem);
        } catch (IOException e) {
            LOG.debug("a problem could not be told: {}", e.toString());
        }
    }
}
