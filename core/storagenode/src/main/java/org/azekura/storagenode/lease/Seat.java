package org.azekura.storagenode.lease;

import java.time.Duration;

/** What a {@link DriveDesk} knows of one drive. All under its lock, but for {@link #yielding}. */
final class Seat {

    final int number;
    /** What it is for, or what lies there while nobody has it; null: nothing, or nobody knows. */
    String mounted;
    /** What lies there, whoever has it for whatever; null: nothing, or nobody knows. */
    String lying;
    MountRequest holder;
    volatile boolean yielding;
    /** Calls of its holder that go on. */
    int inside;
    /** When the last of them ended. */
    long rests;
    /** Those who wait for the drive itself, and one who has it. */
    int errands;
    boolean visited;
    /** Since when it is held, or is not. */
    long since;

    Seat(int number, long now) {
        this.number = number;
        this.since = now;
    }

    DriveNow now(Health health, long now) {
        return new DriveNow(number, health, mounted, holder, yielding, errands > 0 || visited, Duration.ofNanos(now - since));
    }

    boolean isOf(MountRequest.Purpose purpose, String cartridge) {
        return holder != null && !yielding && holder.purpose() == purpose && holder.cartridge().equals(cartridge);
    }

    void take(MountRequest request, long now) {
        holder = request;
        mounted = request.cartridge();
        yielding = false;
        since = now;
        rests = now;
        inside = 0;
    }

    /** It was his until the last of his calls ended. */
    void release() {
        holder = null;
        yielding = false;
        since = rests;
    }
}
