package org.azekura.client.hook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.message.ClientReport;

/** What a program prints, as far as there is room for it; it is read to the end, so that nothing waits for a reader. */
final class Printed {

    private static final int MAX_BYTES = 32 << 10;

    private final InputStream from;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long lost;

    Printed(InputStream from) {
        this.from = from;
    }

    /** Returns at the end. */
    void listen() {
        byte[] part = new byte[4096];
        try {
            for (int read = from.read(part); read >= 0; read = from.read(part)) {
                keep(part, read);
            }
        } catch (IOException e) {
            // it was closed: the program is over, and nobody listens any longer
        }
    }

    private synchronized void keep(byte[] part, int length) {
        int room = Math.min(length, MAX_BYTES - kept.size());
        kept.write(part, 0, room);
        lost += length - room;
    }

    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String line : kept.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList()) {
            lines.add(line.substring(0, Math.min(line.length(), ClientReport.Remarks.MAX_LINE)));
        }
        if (lines.size() >= ClientReport.Remarks.MAX_LINES) {
            lines.subList(ClientReport.Remarks.MAX_LINES - 1, lines.size()).clear();
            lines.add("… and more, which is not kept");
        } else if (lost > 0) {
            lines.add("… and " + lost + " bytes more, which are not kept");
        }
        return lines;
    }

    /** The last line, empty if there is none. */
    String last() {
        List<String> lines = lines();
        return lines.isEmpty() ? "" : lines.getLast();
    }
}
