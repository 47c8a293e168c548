package org.azekura.client.job;

import java.util.function.LongSupplier;

/**
 * So many bytes a second, for everybody who draws on it together. Who asks is given the next place in one line of bytes and waits until the line has
 * come so far: nobody overtakes, and what is bounded anew in between counts from then on. A quarter of a second that nobody used may be used at
 * once. Thread-safe.
 */
public final class Bucket {

    private static final double SECOND = 1e9;
    private static final int BURST = 4;

    private final LongSupplier nanos;
    private long rate;
    /** How far the line has come, and how far it is given away, in bytes. */
    private double come;
    private long given;
    private long at;

    /** One without a bound. @param nanos a clock that only goes forward */
    public Bucket(LongSupplier nanos) {
        this.nanos = nanos;
        this.at = nanos.getAsLong();
    }

    /** @param perSecond bytes; 0: no bound */
    public synchronized void bound(long perSecond) {
        catchUp();
        rate = perSecond;
        catchUp();
    }

    synchronized long bound() {
        return rate;
    }

    private void catchUp() {
        long now = nanos.getAsLong();
        come = rate == 0 ? given : Math.min(come + (now - at) / SECOND * rate, given + (double) rate / BURST);
        at = now;
    }

    /** Takes the next place for so many bytes. */
    synchronized long place(long bytes) {
        catchUp();
        long place = given;
        given += bytes;
        return place;
    }

    /** Nanoseconds until it is this place's turn, as things are; 0: it is. */
    synchronized long untilTurn(long place) {
        catchUp();
        return come >= place ? 0 : (long) Math.ceil((place - come) / rate * SECOND);
    }
}
