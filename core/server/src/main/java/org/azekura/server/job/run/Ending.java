package org.azekura.server.job.run;

/** The end of a thread that has bounds of its own, waited for however often whoever waits is interrupted: who interrupts a job wants it to end, not to end untidily. */
public final class Ending {

    private Ending() {}

    /** Returns when it has ended; who waits is as interrupted as he was meanwhile. */
    public static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
