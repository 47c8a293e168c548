package org.azekura.testkit.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands before the body of a message (RFC 9112, 2.1), as it came: whoever changes a byte of it breaks a signature.
 *
 * @param first line: of a request, or of an answer
 */
record Head(String first, List<String> fields) {

    private static final int MOST = 64 << 10;

    /** @return null if nothing comes any more */
    static Head read(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in); line != null; line = line(in)) {
            if (line.isEmpty()) {
                return new Head(lines.getFirst(), lines.subList(1, lines.size()));
            }
            lines.add(line);
        }
        if (lines.isEmpty()) {
            return null;
        }
        throw new EOFException("a message ended in its head");
    }

    /** @return null at the end */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString(ISO_8859_1).stripTrailing();
            }
            line.write(b);
            if (line.size() > MOST) {
                throw new IOException("a line of more than " + MOST + " bytes");
            }
        }
        return null;
    }

    /** Null if there is no such field. */
    String field(String name) {
        return fields.stream().filter(field -> isCalled(field, name)).map(field -> field.substring(name.length() + 1).strip()).findFirst().orElse(null);
    }

    /** The same with this field and no other of its name. @param value null for none */
    Head with(String name, String value) {
        List<String> all = new ArrayList<>(fields.stream().filter(field -> !isCalled(field, name)).toList());
        if (value != null) {
            all.add(name + ": " + value);
        }
        return new Head(first, all);
    }

    private static boolean isCalled(String field, String name) {
        return field.regionMatches(true, 0, name + ":", 0, name.length() + 1);
    }

    /** Of an answer. */
    int status() {
        return Integer.parseInt(first.split(" ")[1]);
    }

    boolean isGood() {
        return status() / 100 == 2;
    }

    byte[] bytes() {
        return (first + "\r\n" + String.join("", fields.stream().map(field -> field + "\r\n").toList()) + "\r\n").getBytes(ISO_8859_1);
    }

    /** The body behind this head of an answer whose sender closes the connection behind it. */
    byte[] body(InputStream in) throws IOException {
        if (!"chunked".equalsIgnoreCase(field("Transfer-Encoding"))) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(line(in), 16); length > 0; length = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(length));
            line(in);
        }
        return body.toByteArray();
    }
}
