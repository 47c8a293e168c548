package org.azekura.driver.tape.replay;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what passes through a transport. A recording that can't be written, or is too long, ends; what passes goes on. */
public final class Recording implements ScsiTransport {

    static final String HEAD = "azekura scsi recording 1";
    static final int MOST_EXCHANGES = 100_000;
    static final long MOST_TEXT = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
    private static final byte SECURITY_PROTOCOL_OUT = (byte) 0xb5;

    private final ScsiTransport device;
    private final Path file;
    private BufferedWriter writer;
    private int exchanges;
    private long text;

    private Recording(ScsiTransport device, Path file, BufferedWriter writer) {
        this.device = device;
        this.file = file;
        this.writer = writer;
    }

    /** @param file must not exist; only its owner can read it */
    public static Recording of(ScsiTransport device, Path file) throws IOException {
        BufferedWriter writer = Files.newBufferedWriter(Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))), StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        Recording recording = new Recording(device, file, writer);
        recording.write(List.of(HEAD));
        return recording;
    }

    @Override
    public Outcome execute(byte[] cdb, Direction direction, ByteBuffer data, Duration timeout) {
        int asked = direction == Direction.IN ? data.remaining() : 0;
        int from = direction == Direction.IN ? data.position() : 0;
        Content out = direction != Direction.OUT ? null : cdb[0] == SECURITY_PROTOCOL_OUT ? new Content.Secret(data.remaining()) : Content.of(data);
        Outcome outcome = device.execute(cdb, direction, data, timeout);
        Content in = direction == Direction.IN && data.position() > from ? Content.of(data.duplicate().limit(data.position()).position(from)) : null;
        note(new Exchange(cdb, direction, asked, out, outcome, outcome instanceof Outcome.Answered ? in : null));
        return outcome;
    }

    private synchronized void note(Exchange exchange) {
        if (writer != null) {
            try {
                if (++exchanges > MOST_EXCHANGES) {
                    throw new IOException("it has " + MOST_EXCHANGES + " exchanges, which is the most");
                }
                write(List.of(exchange.call(), exchange.reply()));
            } catch (IOException e) {
                LOG.warn("the recording {} ends here: {}", file, e.getMessage());
                end();
            }
        }
    }

    private void write(List<String> lines) throws IOException {
        long length = 0;
        for (String line : lines) {
            length += line.length() + 1;
        }
        if (text + length > MOST_TEXT) {
            throw new IOException("it is " + MOST_TEXT + " bytes long, which is the most");
        }
        text += length;
        for (String line : lines) {
            writer.write(line);
            writer.write('\n');
        }
        writer.flush();
    }

    private void end() {
        try {
            writer.close();
        } catch (IOException e) {
            LOG.warn("the recording {} may lack its end: {}", file, e.getMessage());
        } finally {
            writer = null;
        }
    }

    @Override
    public void close() {
        device.close();
        synchronized (this) {
            if (writer != null) {
                end();
            }
        }
    }
}
