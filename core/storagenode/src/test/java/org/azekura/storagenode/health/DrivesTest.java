package org.azekura.storagenode.health;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.DeviceName;
import org.azekura.api.device.Alert;
import org.azekura.storagenode.cartridge.drive.DriveCare;
import org.junit.jupiter.api.Test;

class DrivesTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");

    @Test
    void whatGoesWrongOnceIsDoneAgain() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(2);
        try (Drives drives = new Drives()) {
            drives.open(said -> {
                if (failed.getCount() > 0) {
                    failed.countDown();
                    throw new IllegalStateException("a driver fails");
                }
                told.countDown();
                return true;
            });
            drives.of(LIBRARY).said(said(0));
            assertTrue(failed.await(120, TimeUnit.SECONDS));
            drives.of(LIBRARY).said(said(1));
            assertTrue(told.await(120, TimeUnit.SECONDS), "what was to be told then, and what came since");
        }
    }

    private static DriveCare.Said said(int drive) {
        return new DriveCare.Said(drive, "S" + drive, Optional.empty(), List.of(new Alert(20)), null, Optional.empty());
    }
}
