package org.azekura.cli.contact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;

/**
 * A request and its answer, on a connection of their own (RFC 9112). A file is sent when the appliance has said that it wants it, and as long as it
 * says nothing else: who is refused learns why, and has sent nothing for it (RFC 9110, 10.1.1).
 *
 * @param target path and query, encoded
 * @param token  null where none is needed
 * @param body   null without one
 */
record Exchange(String method, String target, String token, Body body) {

    /**
     * An appliance that stands by asks the one that leads before it says what is wanted, and takes some seconds for that. What is between may swallow
     * the word, and then the file is sent without.
     */
    static final int PATIENCE_MS = 10_000;
    /** Something between does not know what is asked. */
    static final int EXPECTATION_FAILED = 417;

    private static final int CONTINUE = 100;
    private static final int PIECE_BYTES = 64 << 10;

    /**
     * @param wire        closed with the answer, and if this fails
     * @param patience_ms for the word that the file is wanted; 0: it is not asked for
     */
    Answer over(Wire wire, int patience_ms) throws IOException {
        boolean asks = hasFile() && patience_ms > 0;
        try {
            wire.write(request(asks));
            AnswerReader answer = new AnswerReader(wire);
            boolean sends = hasFile() && (!asks || isWanted(wire, answer, patience_ms));
            if (sends) {
                send(wire, answer);
            }
            return answer.answer(sends);
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private boolean hasFile() {
        return body != null && body.file() != null;
    }

    private static boolean isWanted(Wire wire, AnswerReader answer, int patience_ms) throws IOException {
        while (wire.hears(patience_ms)) {
            if (answer.head() == CONTINUE) {
                return true;
            }
            if (answer.isBegun()) {
                return false;
            }
        }
        return true;
    }

    private void send(Wire wire, AnswerReader answer) throws IOException {
        try (FileChannel in = open()) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            for (long left = body.length(); left > 0; left -= piece.limit()) {
                read(in, piece.clear().limit((int) Math.min(PIECE_BYTES, left)));
                piece.flip();
                while (wire.offer(piece)) {
                    answer.head();
                    if (answer.isBegun()) {
                        return;
                    }
                }
            }
        }
    }

    private FileChannel open() {
        try {
            return FileChannel.open(body.file());
        } catch (IOException e) {
            throw unread(e.toString(), e);
        }
    }

    private void read(FileChannel in, ByteBuffer piece) {
        int count;
        try {
            count = in.read(piece);
        } catch (IOException e) {
            throw unread(e.toString(), e);
        }
        if (count < 0) {
            throw unread("it has become shorter while it was sent", null);
        }
    }

    /** Not the connection's fault. */
    private CommandFailure unread(String why, IOException cause) {
        return new CommandFailure(Exit.FAILED, "cannot read " + body.file() + ": " + why, cause);
    }

    private ByteBuffer request(boolean asks) {
        if (!target.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("not encoded: " + target);
        }
        StringBuilder head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        if (token != null) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        if (body != null) {
            head.append("Content-Type: ").append(body.type()).append("\r\nContent-Length: ").append(body.length()).append("\r\n");
        }
        if (asks) {
            head.append("Expect: 100-continue\r\n");
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] json = body == null || body.bytes() == null ? new byte[0] : body.bytes();
        return ByteBuffer.allocate(first.length + json.length).put(first).put(json).flip();
    }
}
