/** A real peer that speaks SFTP, on loopback: {@link org.azekura.testkit.sftp.Sshd}. */
package org.azekura.testkit.sftp;
