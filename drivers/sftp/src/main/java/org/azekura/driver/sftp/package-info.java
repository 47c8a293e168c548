/**
 * The device driver for folders of SFTP servers. {@code SftpStore} is the device, {@code Lines} its connections; each {@code Line} sends requests without waiting
 * for the answers to those before.
 */
package org.azekura.driver.sftp;
