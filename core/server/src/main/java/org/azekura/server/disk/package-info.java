/**
 * Disks of a dedicated appliance's machine. What may be taken and how sets are is the system's to judge, and it asks disks for their health: this room orders
 * at the system's door, reads what the system writes, and puts together what is said of one disk.
 */
package org.azekura.server.disk;
