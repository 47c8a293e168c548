package org.azekura.transport.tls;

/** Tells when little goes through a buffer, so that it need not be large: thousands of hosts are connected and have nothing to say. One thread. */
final class Flow {

    private static final int LITTLE = 8 << 10;
    /** As many in a row: what goes on in bursts keeps its room between them. */
    private static final int TIMES = 8;

    private int little;

    /**
     * @param bytes that came or went at once
     * @return whether it has been little for some time
     */
    boolean isLow(int bytes) {
        little = bytes < LITTLE ? Math.min(TIMES, little + 1) : 0;
        return little == TIMES;
    }
}
