package org.azekura.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A way to the appliance. Used by one thread at a time. */
interface Way {

    /** Longest time until a connection is there. */
    int CONNECT_MS = 10_000;

    /**
     * Sends one request and waits for the head of its answer.
     *
     * @param target     path and query, encoded
     * @param token      the bearer token; null where none is needed, on the network only
     * @param body       of a POST, may be empty; null without one
     * @param silence_ms longest time without a byte
     */
    Answer send(String method, String target, String token, Body body, int silence_ms) throws IOException;

    /** What goes with a request. */
    sealed interface Body {

        String type();

        long length() throws IOException;

        /** Gives it in pieces, from its begin to its end. */
        void each(Piece piece) throws IOException;

        /** Takes a piece. */
        interface Piece {
            void take(ByteBuffer bytes) throws IOException;
        }

        /** JSON. */
        record Bytes(byte[] bytes) implements Body {

            @Override
            public String type() {
                return "application/json";
            }

            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void each(Piece piece) throws IOException {
                piece.take(ByteBuffer.wrap(bytes));
            }
        }

        /** A file; it must not change meanwhile. */
        record Whole(Path file) implements Body {

            private static final int PIECE = 64 << 10;

            @Override
            public String type() {
                return "application/octet-stream";
            }

            @Override
            public long length() throws IOException {
                return Files.size(file);
            }

            @Override
            public void each(Piece piece) throws IOException {
                try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
                    ByteBuffer buffer = ByteBuffer.allocate(PIECE);
                    while (in.read(buffer) > 0) {
                        piece.take(buffer.flip());
                        buffer.clear();
                    }
                }
            }
        }
    }
}
