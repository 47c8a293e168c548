package org.azekura.storagenode.lease;

/** What else there is to know of drives. Any thread; never blocks. */
public interface DriveView {

    Health health(int drive);

    /** Whether what lies in it will be written soon. */
    boolean isSoonWanted(int drive);

    /** A number that changes as long as some drive does something. */
    long steps();
}
