package org.azekura.testkit.net;

/** Which way bytes go through a {@link TcpProxy}. */
public enum Direction {
    /** From who dialled to the target. */
    FORWARD,
    /** From the target to who dialled. */
    BACK
}
