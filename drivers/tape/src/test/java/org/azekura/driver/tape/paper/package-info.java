/**
 * A drive with what no peer has, made by hand from the standards (SSC-3, SPC-4, SSC-5): LOCATE(16), places in all forms, what is on the tape, persistent
 * reservation, TapeAlert, compression, encryption, programmable warning, cartridge memory, densities, recommended order, write-once media. It says what the standards
 * say, not what a drive of some maker was seen to say: no such drive was there.
 */
package org.azekura.driver.tape.paper;
