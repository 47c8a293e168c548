/** Serial devices that are not there, on pseudo-terminals. */
package org.azekura.testkit.serial;
