package org.azekura.kit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarInputStream;
import org.apache.felix.framework.FrameworkFactory;
import org.azekura.api.BackupException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** A framework of its own, as an appliance has one: component runtime, configuration admin, settings forms, and the API of this program. */
final class TrialFramework implements AutoCloseable {

    private static final long PATIENCE_S = 30;
    private static final List<String> BUNDLES = List.of("org.apache.felix.log", "org.apache.felix.configadmin", "org.apache.felix.metatype", "org.apache.felix.scr");
    /** What this program and the bundles must see as the same classes. */
    private static final String SHARED = "org.osgi.service.cm;version=1.6.1,org.osgi.service.component;version=1.5.1,org.osgi.service.component.propertytypes;version=1.5,"
            + "org.osgi.service.component.runtime;version=1.5,org.osgi.service.component.runtime.dto;version=1.5,org.osgi.service.metatype;version=1.4.1,"
            + "org.osgi.util.function;version=1.2,org.osgi.util.promise;version=1.3";
    private static final List<String> LOGGING = List.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi");

    private final Framework framework;

    private TrialFramework(Framework framework) {
        this.framework = framework;
    }

    static TrialFramework launch(Path folder) throws BackupException, IOException {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED + "," + api() + "," + logging());
        properties.put("felix.cm.dir", folder.resolve("config").toString());
        properties.put("felix.log.level", "1");
        Framework framework = new FrameworkFactory().newFramework(properties);
        try {
            framework.start();
            TrialFramework started = new TrialFramework(framework);
            for (String name : BUNDLES) {
                try (InputStream jar = resource("/jars/" + name + ".jar")) {
                    started.context().installBundle(name, jar).start();
                }
            }
            return started;
        } catch (BundleException e) {
            throw BackupException.bug("framework of the conformance run", e);
        }
    }

    /** Its packages in their versions, as its own manifest exports them. */
    private static String api() throws IOException {
        try (JarInputStream jar = new JarInputStream(resource("/jars/org.azekura.api.jar"))) {
            return jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
        }
    }

    /** Versions of the API's packages. */
    static Map<String, String> exported() throws IOException {
        Map<String, String> versions = new HashMap<>();
        for (Header.Clause clause : Header.clauses(api())) {
            versions.put(clause.name(), clause.attributes().get("version"));
        }
        return versions;
    }

    private static String logging() throws IOException {
        String version = Template.versions().getProperty("slf4j");
        return String.join(",", LOGGING.stream().map(name -> name + ";version=" + version).toList());
    }

    static InputStream resource(String name) throws IOException {
        InputStream in = TrialFramework.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("this program is not whole: it has no " + name);
        }
        return in;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Installs them; they resolve when a driver needs them. */
    void addLibraries(Path folder) throws IOException {
        for (Path library : Libraries.in(folder)) {
            try {
                context().installBundle("reference:" + library.toUri());
            } catch (BundleException e) {
                // What can't be installed is missed by who needs it.
                continue;
            }
        }
    }

    /** @throws BackupException {@code driver.failed}: it does not resolve, and what is missing, or does not start in time */
    void start(Path jar) throws BackupException {
        try {
            Bundle bundle = context().installBundle("reference:" + jar.toUri());
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                CompletableFuture.runAsync(() -> start(bundle), runnable -> Thread.ofPlatform().daemon().name("start of the driver").start(runnable))
                        .get(PATIENCE_S, TimeUnit.SECONDS);
            }
        } catch (BundleException e) {
            throw failed(jar, e.getMessage());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause().getCause() == null ? e.getCause() : e.getCause().getCause();
            throw failed(jar, cause.getMessage());
        } catch (TimeoutException e) {
            throw failed(jar, "its start has not ended after " + PATIENCE_S + " s; activation does nothing that can wait");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(jar, "interrupted");
        }
    }

    private static void start(Bundle bundle) {
        try {
            bundle.start();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BackupException failed(Path jar, String why) {
        return BackupException.device("driver.failed", jar.getFileName().toString(), "the bundle " + jar.getFileName() + " of the driver does not run: " + why, null);
    }

    /** A service that is there as long as the framework is. */
    <T> T service(Class<T> type) {
        ServiceReference<T> reference = context().getServiceReference(type);
        if (reference == null) {
            throw new IllegalStateException("there is no " + type.getName());
        }
        return context().getService(reference);
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
