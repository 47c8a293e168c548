/**
 * A small iSCSI initiator (RFC 7143): one session for one logical unit, of one connection, with one command at a time. Why it is our own:
 * {@code docs/decisions/0032-scsi-from-user-space.md}.
 *
 * <p>All numbers are unsigned and big-endian. A PDU is
 * <pre>
 * pdu     = header (48), additional header (4 * header[4], passed over), data (u24 at header[5]), zeros up to a multiple of 4
 * header  = [0] opcode, 40h more if it is immediate; [1] flags; [2..3] by opcode; [4] words of additional header; [5] u24 bytes of data;
 *           [8] logical unit, or by opcode; [16] u32 tag of the task; [20..47] by opcode
 * </pre>
 * Sent: NOP-Out 00h, SCSI command 01h, login 03h, data-out 05h, logout 06h. Understood: NOP-In 20h, SCSI response 21h, login response 23h, data-in 25h,
 * logout response 26h, ready to transfer 31h, asynchronous message 32h, reject 3Fh. Anything else ends the session, and so does whatever does not
 * fit to what was asked: data for another task, out of order or more than asked for, a data segment longer than the 256 KiB we have declared.
 * Lengths are checked before anything is allocated or read.
 *
 * <p>Not spoken: digests (TCP and the CRC of each block on the tape stand for them), several connections or commands in flight, error recovery above level 0
 * (a lost connection is told to the caller, who knows where the tape stands), redirection (its address is told). Of
 * authentication CHAP is spoken, one way and both.
 */
package org.azekura.driver.tape.iscsi;
