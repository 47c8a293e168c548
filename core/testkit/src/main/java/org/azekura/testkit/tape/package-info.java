/**
 * Real peers for SCSI over iSCSI, on loopback and without hardware: {@link org.azekura.testkit.tape.Vtl}, a library with two drives and a robot, and
 * {@link org.azekura.testkit.tape.Istgt}, a single drive that knows places. What each of them does wrong is said at the class. Both need their Debian package
 * and root. Any number of them run at once, each in a folder and on ports of its own; what a test forgets ends with its JVM.
 */
package org.azekura.testkit.tape;
