/**
 * The drives of a library and the robot that feeds them: brings cartridges into drives in turns ({@link org.azekura.storagenode.lease}), reads what they begin
 * with, and knows where each drive stands. What is on a cartridge beyond its label, and whose it is, others know.
 */
package org.azekura.storagenode.cartridge.drive;
