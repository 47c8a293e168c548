package org.azekura.kit;

import java.time.Duration;
import java.time.Instant;
import org.azekura.testkit.device.BlobLockContract;

/** The contract of locks on the device under test, by the clock of this host. */
class BlobLockTrial extends StoreTrial implements BlobLockContract {

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void pass(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
