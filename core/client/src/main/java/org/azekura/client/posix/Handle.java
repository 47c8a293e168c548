package org.azekura.client.posix;

/** A file descriptor and whether it is open. One thread at a time. */
final class Handle implements AutoCloseable {

    private int number;

    Handle(int number) {
        this.number = number;
    }

    /** @throws IllegalStateException if it was closed: the number may be somebody else's by now */
    int number() {
        if (number < 0) {
            throw new IllegalStateException("the handle is closed");
        }
        return number;
    }

    /** Closing twice is no error; a failure of the close itself is not told: who needs durability syncs before. */
    @Override
    public void close() {
        if (number >= 0) {
            Libc.close(Scratch.get().state, number);
            number = -1;
        }
    }
}
