package org.azekura.cli.contact;

import java.io.IOException;

/** A way to the appliance. Used by one thread at a time. */
interface Way {

    /** Longest time until a connection is there. */
    int CONNECT_MS = 10_000;

    /**
     * Sends one request and waits for the head of its answer.
     *
     * @param target     path and query, encoded
     * @param token      the bearer token; null where none is needed, on the network only
     * @param body       of a POST or PUT, may be empty; null without one
     * @param silence_ms longest time without a byte
     */
    Answer send(String method, String target, String token, Body body, int silence_ms) throws IOException;
}
