package org.azekura.driver.serialchanger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.azekura.testkit.serial.SerialDevice;

/** A robot that hears commands and answers what a test wants. Thread-safe. */
final class RobotSimulator extends SerialDevice {

    private final Function<String, String> replies;
    private final StringBuilder heard = new StringBuilder();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Deque<String> instead = new ArrayDeque<>();

    /** @param replies to what has come so far; null: the command is not whole yet */
    RobotSimulator(Path folder, Function<String, String> replies) throws IOException, InterruptedException {
        super(folder);
        this.replies = replies;
        begin();
    }

    /** One letter each way, in a documented way. */
    static RobotSimulator generic(Path folder) throws IOException, InterruptedException {
        return new RobotSimulator(folder, heard -> "VCIAGRS".contains(heard) ? "X" : "E99");
    }

    /** ESC, something, C. */
    static RobotSimulator rimage(Path folder) throws IOException, InterruptedException {
        return new RobotSimulator(folder, heard -> heard.startsWith("\u001b!") && heard.endsWith("C") ? heard.contains("e1") ? "\u001b!e1000000C\u0004" : "\u001b!f11C\u0004"
                : heard.length() > 12 ? "\u001b!f01365534C\u0004" : null);
    }

    /** What it says to the next command, in place of what it would. */
    synchronized void answers(String next) {
        instead.add(next);
    }

    List<String> commands() {
        return List.copyOf(commands);
    }

    @Override
    protected synchronized void came(byte next) {
        heard.append((char) (next & 0xff));
        String reply = replies.apply(heard.toString());
        if (reply != null) {
            commands.add(heard.toString());
            heard.setLength(0);
            String other = instead.poll();
            send(other == null ? reply : other);
        }
    }
}
