/**
 * SCSI devices by Linux's generic driver, {@code /dev/sgN}. The library is for the machine that this was built on; on another the bundle starts
 * without it, and only {@code /dev/sg} can't be used.
 */
@Header(name = "Bundle-NativeCode", value = "native/libazekura_sg.so;osname=linux;processor=${os.arch}, *")
package org.azekura.driver.tape.sg;

import org.osgi.annotation.bundle.Header;
