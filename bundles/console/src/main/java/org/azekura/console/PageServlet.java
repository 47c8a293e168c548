package org.azekura.console;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Answers GET with files. What lies below {@code /assets/} has a hash in its name and is kept by browsers for good; every other address without a dot is
 * one of a page, which {@code index.html} finds by itself. Below {@code /manual/} lies the manual: pages without a script, for anybody, since who can't
 * sign in needs them most. Everything goes out with a policy that lets a page load from here alone.
 */
final class PageServlet extends HttpServlet {

    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    static final String MANUAL_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    private static final String FOLDER = "/dist";
    private static final String INDEX = "/index.html";
    private static final String HASHED = "/assets/";
    private static final String MANUAL = "/manual/";

    private static final long serialVersionUID = 1;

    private final transient Function<String, URL> bundle;

    /** @param bundle finds a file by its path, or null */
    PageServlet(Function<String, URL> bundle) {
        this.bundle = bundle;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        protect(response, path.startsWith(MANUAL) ? MANUAL_POLICY : POLICY);
        if (path.startsWith("/api/")) {
            // the REST interface is not there yet, or no more
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the appliance starts or stops; try again in a few seconds");
            return;
        }
        if (path.equals("/manual") || path.equals(MANUAL)) {
            response.sendRedirect(MANUAL + "index.html");
            return;
        }
        String name = path.indexOf('.') < 0 && !path.startsWith(MANUAL) ? INDEX : path;
        Format format = Format.of(name);
        // an encoded or climbing path names no file of ours
        if (format == null || !name.matches("(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+") || bundle.apply(FOLDER + name) == null) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "there is no such page");
            return;
        }
        response.setContentType(format.type());
        response.setHeader("Cache-Control", name.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
        write(name, format, request.getHeader("Accept-Encoding"), response);
    }

    private void write(String name, Format format, String accepted, HttpServletResponse response) throws IOException {
        URL file = bundle.apply(FOLDER + name);
        if (format.text()) {
            response.setHeader("Vary", "Accept-Encoding");
            for (Coding coding : Coding.values()) {
                URL smaller = coding.in(accepted) ? bundle.apply(FOLDER + name + coding.suffix()) : null;
                if (smaller != null) {
                    response.setHeader("Content-Encoding", coding.word());
                    file = smaller;
                    break;
                }
            }
        }
        byte[] bytes;
        try (InputStream in = file.openStream()) {
            bytes = in.readAllBytes();
        }
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static void refuse(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/plain;charset=utf-8");
        response.getOutputStream().write((why + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void protect(HttpServletResponse response, String policy) {
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    }
}
