package org.azekura.installer;

import java.util.Hashtable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Of the drivers in these tests; what it does stands in its bundle's header {@code Test-Mode}. */
public final class TestActivator implements BundleActivator {

    /** System property with what deaf ones wait for. */
    static final String LATCH = "installer.test.latch";

    @Override
    public void start(BundleContext context) throws InterruptedException {
        String mode = context.getBundle().getHeaders().get("Test-Mode");
        String version = context.getBundle().getHeaders().get("Bundle-Version");
        switch (mode) {
            case "quiet" -> {
                return;
            }
            case "throws" -> throw new IllegalStateException("the far side is away");
            case "hangs" -> new CountDownLatch(1).await();
            case "deaf" -> hang();
            default -> { }
        }
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("test.version", version);
        Supplier<String> service = () -> mode.equals("broken") ? "does not work" : "";
        context.registerService(Supplier.class, service, properties);
    }

    @Override
    public void stop(BundleContext context) {
        if ("clings".equals(context.getBundle().getHeaders().get("Test-Mode"))) {
            hang();
        }
    }

    private static void hang() {
        CountDownLatch latch = (CountDownLatch) System.getProperties().get(LATCH);
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // That is what makes it deaf.
                continue;
            }
        }
    }
}
