package org.azekura.driver.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.WriteResult;

/**
 * A cartridge that is loaded: its tape, what waits in the drive's buffer to be written to it, and where the drive stands. What waits lies behind all
 * that is on the tape. One thread at a time.
 */
final class Mount implements Closeable {

    private final Lying lying;
    private final Reel reel;
    private final Drive.Cartridge cartridge;
    private final Geometry geometry;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private long waitingTape;
    private long at;
    private boolean lost;
    private boolean failed;
    private WriteResult warned = WriteResult.WRITTEN;
    private Wear wear;
    private boolean memoryOld;

    Mount(Lying lying, Reel reel, Drive.Cartridge cartridge, int wraps) throws IOException {
        this.wear = reel.wear();
        this.lying = lying;
        this.reel = reel;
        this.cartridge = cartridge;
        this.geometry = new Geometry(Math.max(1, reel.capacity()), wraps);
    }

    Lying lying() {
        return lying;
    }

    Reel reel() {
        return reel;
    }

    Drive.Cartridge cartridge() {
        return cartridge;
    }

    Geometry geometry() {
        return geometry;
    }

    /** The object in front of which the drive stands. */
    long at() {
        return at;
    }

    void at(long object) {
        at = object;
    }

    /** Whether nobody can know where it stands. */
    boolean isLost() {
        return lost;
    }

    void lost(boolean now) {
        lost = now;
    }

    /** Objects that there are, or will be when the buffer is empty. */
    long end() {
        return reel.objects() + waiting.size();
    }

    boolean isBufferEmpty() {
        return waiting.isEmpty();
    }

    /** Bytes of tape that lie before the place where the drive stands. */
    long used() throws IOException, BackupException {
        return at > reel.objects() ? reel.used() + waitingTape : reel.usedBefore(at);
    }

    /** The worst that a fault has made it say stays. */
    void warn(WriteResult result) {
        warned = result.compareTo(warned) > 0 ? result : warned;
    }

    WriteResult warned() {
        return warned;
    }

    /** Where the drive stands, at the end, an object more. */
    void add(Piece piece) {
        waiting.add(piece);
        waitingTape += piece.tape();
        at++;
    }

    /** Lets the oldest go to the tape until no more than so many bytes wait. Behind one that the tape does not take, all are lost. */
    void drain(long left) throws IOException {
        while (waitingTape > left && !waiting.isEmpty()) {
            Piece piece = waiting.peek();
            if (piece.bad()) {
                waiting.clear();
                waitingTape = 0;
                failed = true;
                return;
            }
            reel.append(piece);
            waiting.remove();
            waitingTape -= piece.tape();
        }
    }

    /** Whether something was lost that nobody has been told of; true once. */
    boolean takeFailure() {
        boolean now = failed;
        failed = false;
        return now;
    }

    /** Whether its memory is found as it was before it was written last. */
    boolean isMemoryOld() {
        return memoryOld;
    }

    void memoryIsOld() {
        memoryOld = true;
    }

    /** What the cartridge has been through, up to here. */
    Wear wear() {
        return wear;
    }

    /** Its memory is written when it is unloaded. */
    void wear(Wear now) {
        wear = now;
    }

    /** What waits is lost. */
    @Override
    public void close() throws IOException {
        try (reel) {
            reel.wear(wear);
        }
    }
}
