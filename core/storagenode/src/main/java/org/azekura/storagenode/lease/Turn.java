package org.azekura.storagenode.lease;

/** A drive that somebody has for one call. Closed by who got it, once; any thread may ask. */
public final class Turn implements AutoCloseable {

    private final DriveDesk desk;
    private final Seat seat;
    private final String cartridge;
    private final boolean lingers;
    private boolean closed;

    Turn(DriveDesk desk, Seat seat, String cartridge, boolean lingers) {
        this.desk = desk;
        this.seat = seat;
        this.cartridge = cartridge;
        this.lingers = lingers;
    }

    /** Its number. */
    public int drive() {
        return seat.number;
    }

    /** What it is for; null if it is for the drive itself. */
    public String cartridge() {
        return cartridge;
    }

    /** Whether somebody waits for this drive who comes first: who writes is to be through soon. If it is for the drive itself: whether anybody waits. Never blocks. */
    public boolean isWanted() {
        return seat.yielding || cartridge == null && desk.isAwaited(seat);
    }

    /** The call is over. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            desk.close(this, seat, lingers);
        }
    }
}
