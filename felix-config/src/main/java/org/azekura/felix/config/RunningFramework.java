package org.azekura.felix.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The OSGi framework with its bundles. Start-up errors are kept: a framework goes on without a bundle that does not resolve. */
final class RunningFramework {

    private final Framework framework;
    private final Map<Bundle, Throwable> errors = new ConcurrentHashMap<>();

    private RunningFramework(Framework framework) {
        this.framework = framework;
    }

    static RunningFramework create(Map<String, String> properties) {
        return new RunningFramework(new FrameworkFactory().newFramework(properties));
    }

    /** Installs the bundles from their folder and starts those up to the beginning start level. */
    void start(BundleList bundles, Path folder) throws StartFailure {
        try {
            framework.init();
            context().addFrameworkListener(this::remember);
            for (BundleList.Entry entry : bundles.entries()) {
                install(folder.resolve(entry.jar() + ".jar"), entry.startLevel());
            }
            framework.start();
        } catch (BundleException e) {
            throw StartFailure.failed("the framework does not start: " + e.getMessage(), e);
        }
    }

    private void install(Path jar, int startLevel) throws StartFailure, BundleException {
        if (!Files.isReadable(jar)) {
            throw StartFailure.failed("bundle " + jar + " is missing; build anew");
        }
        // By reference: the framework reads our jar in place and keeps no copy.
        Bundle bundle = context().installBundle("reference:" + jar.toUri());
        bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel);
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
    }

    /** Starts all bundles up to this level. */
    void raise(int startLevel, Duration timeout) throws StartFailure {
        var reached = new CountDownLatch(1);
        framework.adapt(FrameworkStartLevel.class).setStartLevel(startLevel, event -> reached.countDown());
        try {
            if (!reached.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw StartFailure.failed("start level " + startLevel + " not reached in " + timeout.toSeconds() + " s; it stands at "
                        + framework.adapt(FrameworkStartLevel.class).getStartLevel());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StartFailure.failed("interrupted while starting", e);
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Diagnosis diagnosis() {
        return new Diagnosis(context(), errors::get);
    }

    private void remember(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            errors.put(event.getBundle(), event.getThrowable());
        }
    }

    /** Returns when the framework has stopped. */
    void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    /** @return false if it did not stop in time */
    boolean stop(Duration timeout) throws InterruptedException {
        try {
            framework.stop();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
        return framework.waitForStop(timeout.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    }
}
