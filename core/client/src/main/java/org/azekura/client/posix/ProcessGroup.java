package org.azekura.client.posix;

/** The processes that one has started and that have not left it. */
public final class ProcessGroup {

    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    private ProcessGroup() {}

    /**
     * Asks all of a group to end. None of it being there is no error.
     *
     * @param leader number of the process that the group is named by
     * @param hard   whether they are not asked
     */
    public static void end(long leader, boolean hard) {
        if (leader <= 1) {
            throw new IllegalArgumentException("process group " + leader);
        }
        Libc.kill(Math.toIntExact(-leader), hard ? SIGKILL : SIGTERM);
    }
}
