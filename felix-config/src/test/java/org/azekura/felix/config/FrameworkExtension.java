package org.azekura.felix.config;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.nat.internal.NativeTestContainer;
import org.ops4j.pax.exam.spi.DefaultExamSystem;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/** Runs the bundles of every role in a framework of Pax Exam, with a fresh home, and hands out its bundle context. */
final class FrameworkExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

    private NativeTestContainer container;
    private Home home;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        home = Home.open(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home"));
        Surroundings.systemProperties(home, Distribution.FOLDER);
        List<Option> options = new ArrayList<>(List.of(cleanCaches(), workingDirectory(home.run().resolve("exam").toString())));
        Surroundings.SHARED_PACKAGES.forEach(name -> options.add(systemPackage(name)));
        var arguments = UpOptions.parse("--home", home.folder().toString(), "--port", "0");
        var self = Membership.of(arguments, Optional.empty(), List.of(), EnumSet.allOf(Role.class));
        var port = TransportPort.choose(arguments, self, home.transportPort(), new SecureRandom());
        Surroundings.frameworkProperties(arguments, self, port, home, Distribution.FOLDER, 1).forEach((key, value) -> {
            // Pax Exam has its own say in how the framework starts.
            if (!key.startsWith("org.osgi.framework.")) {
                options.add(frameworkProperty(key).value(value));
            }
        });
        BundleList list = BundleList.read(Distribution.roles(), Distribution.EVERY_ROLE);
        for (BundleList.Entry entry : list.entries()) {
            String url = Distribution.bundles().resolve(entry.jar() + ".jar").toUri().toString();
            options.add(bundle(url).startLevel(entry.startLevel()));
        }
        options.add(frameworkStartLevel(list.highestStartLevel()));
        container = (NativeTestContainer) PaxExamRuntime.createContainer(DefaultExamSystem.create(options.toArray(Option[]::new)));
        container.start();
        chooseCatalog(container.getSystemBundle().getBundleContext(), list);
    }

    /** As the launcher does it where no configuration file says else. */
    private void chooseCatalog(BundleContext framework, BundleList list) throws Exception {
        SortedMap<String, Hashtable<String, Object>> settings = new TreeMap<>();
        CatalogChoice.complete(settings, list.jars());
        ConfigurationAdmin admin = framework.getService(framework.getServiceReference(ConfigurationAdmin.class));
        new StoredConfiguration(admin, home.config().resolve("applied.properties")).apply(settings);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (container != null) {
            container.stop();
        }
        home.close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BundleContext.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return container.getSystemBundle().getBundleContext();
    }
}
