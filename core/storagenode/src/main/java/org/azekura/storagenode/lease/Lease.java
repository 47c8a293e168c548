package org.azekura.storagenode.lease;

/** What is to be done with a drive. */
sealed interface Lease {

    int drive();

    /** It is the request's from here on; its cartridge is brought there if it does not lie there. */
    record Grant(int drive, MountRequest request) implements Lease {}

    /** Its holder gives it up at its next sync, or between two reads, and waits again. */
    record Yield(int drive) implements Lease {}

    /** What is mounted goes back to its slot. */
    record Unmount(int drive) implements Lease {}
}
