/** The device driver for directories. */
package org.azekura.driver.disk;
