/**
 * A drive behind the SCSI target of a Linux kernel: the kernel keeps reservations, and enforces them between its initiators; what a tape drive says is said
 * by a {@link org.azekura.driver.tape.scsi.ScsiPath} of this process. For the guest of the slow test.
 */
package org.azekura.driver.tape.lio;
