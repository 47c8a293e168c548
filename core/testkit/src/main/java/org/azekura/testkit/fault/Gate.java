package org.azekura.testkit.fault;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where calls of a device wait until a test lets them go. */
public final class Gate {

    private static final int PATIENCE_S = 120;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Lets everybody go, now and later. */
    public void open() {
        open.countDown();
    }

    /** Waits until a call has come to the gate. */
    public void awaitCaller() throws InterruptedException {
        if (!arrived.await(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new AssertionError("no call came to the gate");
        }
    }

    void pass() {
        arrived.countDown();
        try {
            if (!open.await(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new AssertionError("the gate was never opened");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted at the gate", e);
        }
    }
}
