package org.azekura.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.azekura.cli.contact.Contact;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;

/**
 * A connection with the client role of this home, past the server; it waits there until a job takes it.
 *
 * @param number what the job's order names it by
 */
public record ClientDoor(Socket socket, long number) implements AutoCloseable {

    private static final int ANSWER_MS = 10_000;
    private static final int MAX_ANSWER = 200;

    /** @param what that is brought, for people */
    public static ClientDoor open(Root root, String what) {
        // First of all whether the appliance runs: the port in a file it left behind may be somebody else's by now.
        root.rest().get("status");
        Path home = root.home();
        String port = Contact.read(home.resolve("run/stdin"), Exit.UNREACHABLE, "no client runs in " + home + " that takes " + what);
        Socket socket = null;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
            socket.setSoTimeout(ANSWER_MS);
            socket.getOutputStream().write((root.rest().token() + "\n").getBytes(StandardCharsets.UTF_8));
            return new ClientDoor(socket, number(what, line(socket.getInputStream())));
        } catch (IOException | NumberFormatException e) {
            close(socket);
            throw CommandFailure.unreachable("the client of " + home + " takes no " + what + ": " + e.getMessage(), e);
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

    private static long number(String what, String answer) {
        if (!answer.matches("[0-9]{1,19}")) {
            throw new CommandFailure(Exit.REFUSED, "the client takes no " + what + ": " + answer);
        }
        return Long.parseLong(answer);
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
