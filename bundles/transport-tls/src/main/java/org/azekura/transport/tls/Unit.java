package org.azekura.transport.tls;

import java.nio.ByteBuffer;

/** The smallest thing that goes over a link as a whole. */
sealed interface Unit {

    /** Largest payload in bytes. */
    int MAX_PAYLOAD = 64 << 10;
    /** Type, stream and length. */
    int HEAD = 9;
    /** Bytes of its length in front of the first bytes of a frame. */
    int TOTAL = 4;

    int stream();

    /** Bytes of a frame in it. */
    default int content() {
        return 0;
    }

    /** Whether it is sent again if it was lost. */
    default boolean counted() {
        return true;
    }

    record Frame(int stream, int total, ByteBuffer bytes) implements Unit {
        @Override
        public int content() {
            return bytes.remaining();
        }
    }

    record More(int stream, ByteBuffer bytes) implements Unit {
        @Override
        public int content() {
            return bytes.remaining();
        }
    }

    record Open(int stream) implements Unit {}

    record End(int stream) implements Unit {}

    record Reset(int stream) implements Unit {}

    record Credit(int stream, int bytes) implements Unit {}

    record Ack(long received) implements Passing {}

    record Ping() implements Passing {}

    record Close() implements Passing {}

    /** Of the link, and gone with it. */
    sealed interface Passing extends Unit {
        @Override
        default int stream() {
            return 0;
        }

        @Override
        default boolean counted() {
            return false;
        }
    }
}
