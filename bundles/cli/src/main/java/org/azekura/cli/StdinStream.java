package org.azekura.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Brings standard input to the client role of this home, past the server: blocks with their length before them, an empty one at
 * the end, so that a command that dies is told from one that is through.
 */
final class StdinStream implements AutoCloseable {

    private static final int ANSWER_MS = 10_000;
    private static final int MAX_ANSWER = 200;
    private static final int BLOCK_BYTES = 64 << 10;

    private final InputStream input;
    private final Socket socket;
    private final long number;

    private StdinStream(InputStream input, Socket socket, long number) {
        this.input = input;
        this.socket = socket;
        this.number = number;
    }

    /** Asks the client to take a stream. */
    static StdinStream open(Root root) {
        InputStream input = root.terminal.in();
        if (input == null) {
            throw CommandFailure.usage("--stdin saves what is piped into it, like pg_dump db | azekura backup --stdin db.sql; standard input is a terminal");
        }
        if (Contact.elsewhere(root) != null) {
            throw CommandFailure.usage("--stdin goes to the client of a home on this machine; give --home, not --url or AZEKURA_URL");
        }
        // First of all whether the appliance runs: the port in a file it left behind may be somebody else's by now.
        root.rest().get("status");
        Path home = Contact.home(root);
        String port = Contact.read(home.resolve("run/stdin"), Exit.UNREACHABLE, "no client runs in " + home + " that takes standard input");
        Socket socket = null;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
            socket.setSoTimeout(ANSWER_MS);
            socket.getOutputStream().write((root.rest().token() + "\n").getBytes(StandardCharsets.UTF_8));
            return new StdinStream(input, socket, number(line(socket.getInputStream())));
        } catch (IOException | NumberFormatException e) {
            close(socket);
            throw CommandFailure.unreachable("the client of " + home + " takes no standard input: " + e.getMessage(), e);
        } catch (CommandFailure e) {
            close(socket);
            throw e;
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n' && line.length() < MAX_ANSWER; b = in.read()) {
            line.append((char) b);
        }
        return line.toString();
    }

    private static long number(String answer) {
        if (!answer.matches("[0-9]{1,19}")) {
            throw new CommandFailure(Exit.REFUSED, "the client takes no standard input: " + answer);
        }
        return Long.parseLong(answer);
    }

    /** What the order names it by. */
    long number() {
        return number;
    }

    /** Begins to copy. It waits until a job reads; what goes wrong is told by that job, which then fails. */
    void begin() {
        Thread.ofPlatform().daemon().name("standard input").start(() -> {
            try (socket) {
                copy(socket.getOutputStream());
            } catch (IOException e) {
                // closed without an end
            }
        });
    }

    private void copy(OutputStream out) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(Integer.BYTES + BLOCK_BYTES);
        for (int length = read(block); length >= 0; length = read(block)) {
            if (length > 0) {
                out.write(block.putInt(0, length).array(), 0, Integer.BYTES + length);
            }
        }
        out.write(new byte[Integer.BYTES]);
    }

    private int read(ByteBuffer block) throws IOException {
        return input.read(block.array(), Integer.BYTES, BLOCK_BYTES);
    }

    @Override
    public void close() {
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // nothing is left to be done with it
        }
    }
}
