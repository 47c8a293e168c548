package org.azekura.cli.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.azekura.cli.command.ClientDoor;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.CommandFailure;

/**
 * Brings standard input to the client role of this home, past the server: blocks with their length before them, an empty one at
 * the end, so that a command that dies is told from one that is through.
 */
final class StdinStream implements AutoCloseable {

    private static final int BLOCK_BYTES = 64 << 10;

    private final InputStream input;
    private final ClientDoor door;

    private StdinStream(InputStream input, ClientDoor door) {
        this.input = input;
        this.door = door;
    }

    /** Asks the client to take a stream. */
    static StdinStream open(Root root) {
        InputStream input = root.terminal().in();
        if (input == null) {
            throw CommandFailure.usage("--stdin saves what is piped into it, like pg_dump db | azekura backup --stdin db.sql; standard input is a terminal");
        }
        if (root.elsewhere() != null) {
            throw CommandFailure.usage("--stdin goes to the client of a home on this machine; give --home, not --url or AZEKURA_URL");
        }
        return new StdinStream(input, ClientDoor.open(root, "standard input"));
    }

    /** What the order names it by. */
    long number() {
        return door.number();
    }

    /** Begins to copy. It waits until a job reads; what goes wrong is told by that job, which then fails. */
    void begin() {
        Thread.ofPlatform().daemon().name("standard input").start(() -> {
            try (door) {
                copy(door.socket().getOutputStream());
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
        door.close();
    }
}
