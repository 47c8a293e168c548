/**
 * A network that behaves badly when a test says so. A {@link org.azekura.testkit.net.TcpProxy} stands between two hosts: it cuts, resets,
 * stalls, refuses, slows down and corrupts, at once or after an exact number of bytes. It needs no rights and no kernel module.
 */
package org.azekura.testkit.net;
