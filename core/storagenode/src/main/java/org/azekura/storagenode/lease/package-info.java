/**
 * Who gets a drive of a library. {@link org.azekura.storagenode.lease.Leases} is a pure function of who waits, of the drives and of what lies in them;
 * {@link org.azekura.storagenode.lease.DriveDesk} asks it whenever one of these changes, and has callers wait for what it says. So what is simulated over
 * years is what runs. {@link org.azekura.storagenode.lease.Pass} says who reads next on one cartridge. Nothing here touches a device.
 */
package org.azekura.storagenode.lease;
