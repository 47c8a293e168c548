/**
 * The door to one SCSI device, whatever the way to it: a command goes in, what the device answered comes out. Nothing here repeats, interprets or
 * reconnects, so that who calls knows what was sent: a WRITE must never be sent twice.
 */
package org.azekura.driver.tape.scsi;
