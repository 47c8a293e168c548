package org.azekura.storagenode.cartridge.set;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.device.Barcode;
import org.azekura.storagenode.cartridge.drive.First;
import org.junit.jupiter.api.Test;

class StrangersTest {

    private static final Barcode ONE = new Barcode("A00001L8");
    private static final Barcode TWO = new Barcode("A00002L8");

    private final AtomicLong clock = new AtomicLong();
    private final Strangers strangers = new Strangers(clock::get);

    @Test
    void isBelievedUntilItIsGoneOrSomebodyLooked() {
        strangers.met(ONE, new First.Blank());
        strangers.met(TWO, new First.Blank());
        clock.addAndGet(TimeUnit.DAYS.toNanos(1));
        strangers.there(List.of(ONE));
        assertNotNull(strangers.first(ONE));
        assertNull(strangers.first(TWO));
        strangers.forget(ONE);
        assertNull(strangers.first(ONE));
        strangers.met(ONE, new First.Blank());
        strangers.forgetAll();
        assertNull(strangers.first(ONE));
    }

    @Test
    void whatCouldNotBeReadIsTriedAgainAfterAWhile() {
        strangers.met(ONE, new First.Other("the drive is dirty, perhaps"));
        clock.addAndGet(TimeUnit.MINUTES.toNanos(5) - 1);
        assertNotNull(strangers.first(ONE));
        clock.addAndGet(1);
        assertNull(strangers.first(ONE));
    }
}
