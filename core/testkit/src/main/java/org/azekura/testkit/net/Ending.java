package org.azekura.testkit.net;

/** How a connection through a {@link TcpProxy} ends. */
public enum Ending {
    /** FIN to both sides: as when a process ends. What was passed on before arrives. */
    CUT,
    /** RST to both sides: as when a host or a firewall has forgotten the connection. What was passed on last may be lost. */
    RESET
}
