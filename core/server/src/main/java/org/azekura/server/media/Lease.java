package org.azekura.server.media;

/** What is to be done with a drive. */
sealed interface Lease {

    int drive();

    /** It is the request's from now on; its cartridge is mounted there if it is not yet. */
    record Grant(int drive, MountRequest request) implements Lease {}

    /** Its holder, who writes, gives it up at its next sync, and waits again. */
    record Yield(int drive) implements Lease {}

    /** It is cleaned; what is mounted goes back to its slot before. */
    record Clean(int drive) implements Lease {}

    /** What is mounted goes back to its slot. */
    record Unmount(int drive) implements Lease {}
}
