package org.azekura.driver.serialchanger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.serial.SerialLine;

/** One command after the other to a robot, and what it replies. One thread at a time; {@link #close} any. */
final class Talk implements AutoCloseable {

    /** More than that is no reply of any robot. */
    private static final int MOST = 4096;

    private final String port;
    private final Profile profile;
    private SerialLine line;
    private boolean closed;

    /** What came back. */
    sealed interface Reply permits Done, Refused {}

    record Done() implements Reply {}

    /** @param code empty if the profile has none for it */
    record Refused(String code) implements Reply {}

    Talk(String port, Profile profile) {
        this.port = port;
        this.profile = profile;
    }

    String port() {
        return port;
    }

    /**
     * Sends a command; opens the line if it is not open.
     *
     * @throws BackupException {@code device.io} if the line broke: it is opened anew next time; {@code device.timeout}, {@code device.closed}
     */
    Reply say(byte[] command) throws BackupException {
        SerialLine to = open();
        try {
            to.drain();
            to.write(command);
            return reply(to);
        } catch (BackupException e) {
            drop(to);
            throw isClosed() ? closed() : e;
        }
    }

    private Reply reply(SerialLine from) throws BackupException {
        StringBuilder came = new StringBuilder();
        byte[] piece = new byte[256];
        long end = System.nanoTime() + profile.patience().toNanos();
        for (long left = profile.patience().toNanos(); left > 0 && came.length() < MOST; left = end - System.nanoTime()) {
            int count = from.read(piece, Duration.ofNanos(left));
            came.append(new String(piece, 0, count, StandardCharsets.ISO_8859_1));
            Reply found = find(came.toString());
            if (found != null) {
                return found;
            }
        }
        throw BackupException.device("device.timeout", port, "the robot on " + port + " did not reply within " + profile.patience().toSeconds() + " s"
                + (came.isEmpty() ? "" : "; it said " + shown(came)), null);
    }

    /** The reply that ends first; null if none is whole. */
    private Reply find(String came) {
        Reply found = null;
        int ends = Integer.MAX_VALUE;
        for (String ok : profile.ok()) {
            int at = came.indexOf(ok);
            if (at >= 0 && at + ok.length() < ends) {
                ends = at + ok.length();
                found = new Done();
            }
        }
        for (Profile.Failed failed : profile.failed()) {
            int at = came.indexOf(failed.text());
            int code = at + failed.text().length();
            if (at >= 0 && code + failed.code() <= came.length() && code < ends) {
                ends = code;
                found = new Refused(came.substring(code, code + failed.code()));
            }
        }
        return found;
    }

    static String shown(CharSequence text) {
        StringBuilder shown = new StringBuilder("\"");
        text.chars().limit(80).forEach(c -> shown.append(c >= ' ' && c <= '~' ? String.valueOf((char) c) : String.format("\\x%02x", c)));
        return shown.append('"').toString();
    }

    private synchronized SerialLine open() throws BackupException {
        if (closed) {
            throw closed();
        }
        if (line == null) {
            line = SerialLine.open(port, profile.line());
        }
        return line;
    }

    private synchronized void drop(SerialLine broken) {
        if (line == broken) {
            line = null;
            broken.close();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    void requireOpen() throws BackupException {
        if (isClosed()) {
            throw closed();
        }
    }

    private BackupException closed() {
        return BackupException.device("device.closed", port, "the robot on " + port + " is closed", null);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (line != null) {
            line.close();
            line = null;
        }
    }
}
