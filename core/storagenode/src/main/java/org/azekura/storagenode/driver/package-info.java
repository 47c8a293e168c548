/** Which drivers serve which devices, and how they, or their settings, change while jobs run: devices are paused, proven to be the same, and go on. */
package org.azekura.storagenode.driver;
