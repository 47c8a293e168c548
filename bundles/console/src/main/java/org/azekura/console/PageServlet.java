package org.azekura.console;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GET with files. What lies below {@code /assets/} has a hash in its name and is kept by browsers for good; every other address without a dot is
 * one of a page, which {@code index.html} finds by itself. Everything goes out with a policy that lets a page load from here alone. Nobody has to log in for
 * it: so whoever reads slowly, or not at all, holds no thread of the web server, and no copy of a file.
 */
final class PageServlet extends HttpServlet {

    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final String FOLDER = "/dist";
    private static final String INDEX = "/index.html";
    private static final String HASHED = "/assets/";

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(PageServlet.class);

    private final transient Function<String, URL> bundle;
    private final transient Map<String, byte[]> read = new ConcurrentHashMap<>();

    /** @param bundle finds a file by its path, or null */
    PageServlet(Function<String, URL> bundle) {
        this.bundle = bundle;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        protect(response);
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            get(request, response);
        } else {
            response.setHeader("Allow", "GET, HEAD");
            refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "pages are only looked at");
        }
    }

    private void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        if (path.startsWith("/api/") && !path.matches(".*(/\\.|//|%|;).*")) {
            // the REST interface is not there yet, or no more
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the appliance starts or stops; try again in a few seconds");
            return;
        }
        String name = path.indexOf('.') < 0 && !path.startsWith("/api/") ? INDEX : path;
        Format format = Format.of(name);
        // an encoded or climbing path names no file of ours
        if (format == null || !name.matches("(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+") || bundle.apply(FOLDER + name) == null) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "there is no such page");
            return;
        }
        response.setContentType(format.type());
        response.setHeader("Cache-Control", name.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
        write(name, format, request, response);
    }

    private void write(String name, Format format, HttpServletRequest request, HttpServletResponse response) throws IOException {
        URL file = bundle.apply(FOLDER + name);
        if (format.text()) {
            response.setHeader("Vary", "Accept-Encoding");
            for (Coding coding : Coding.values()) {
                URL smaller = coding.in(request.getHeader("Accept-Encoding")) ? bundle.apply(FOLDER + name + coding.suffix()) : null;
                if (smaller != null) {
                    response.setHeader("Content-Encoding", coding.word());
                    file = smaller;
                    break;
                }
            }
        }
        byte[] bytes = bytes(file);
        response.setContentLength(bytes.length);
        if (request.getMethod().equals("GET")) {
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            Thread.ofVirtual().name("page for " + request.getRemoteAddr()).start(() -> {
                try {
                    response.getOutputStream().write(bytes);
                } catch (IOException e) {
                    LOG.debug("who read {} has gone: {}", name, e.toString());
                } finally {
                    async.complete();
                }
            });
        }
    }

    private byte[] bytes(URL file) throws IOException {
        byte[] known = read.get(file.toString());
        if (known != null) {
            return known;
        }
        try (InputStream in = file.openStream()) {
            byte[] bytes = in.readAllBytes();
            read.put(file.toString(), bytes);
            return bytes;
        }
    }

    private static void refuse(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/plain;charset=utf-8");
        response.getOutputStream().write((why + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void protect(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    }
}
