/** A serial line, for drivers of serial devices. */
package org.azekura.serial;
