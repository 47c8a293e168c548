package org.azekura.felix.config;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** One run of the appliance: start, say that it is ready, wait, stop. */
final class Appliance {

    /** On a machine so slow that this is too little, {@code AZEKURA_JAVA_OPTS=-Dazekura.start.limit_s=300} in front of {@code azekura up} gives it more. */
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(Long.getLong("azekura.start.limit_s", 60));
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    /** Up to here no bundle reads a setting. */
    private static final int CONFIGURED_START_LEVEL = 5;

    private final UpOptions options;
    private final Membership self;
    private final Home home;
    private final Path distribution;
    private final SortedMap<String, Hashtable<String, Object>> settings;
    private FirstLoginFile firstLogin;
    private final AtomicBoolean stopping = new AtomicBoolean();

    Appliance(UpOptions options, Membership self, Home home, Path distribution, SortedMap<String, Hashtable<String, Object>> settings) {
        this.options = options;
        this.self = self;
        this.home = home;
        this.distribution = distribution;
        this.settings = settings;
    }

    /** @return the exit code */
    int run(PrintStream out, PrintStream err) throws StartFailure, IOException, InterruptedException {
        Instant deadline = Instant.now().plus(READY_TIMEOUT);
        var bundles = BundleList.read(distribution.resolve("roles"), lists());
        if (self.roles().contains(Role.SERVER)) {
            new ListenPlace(self.host(), options.port()).require("another port is given with --port, any free one with --port 0");
        }
        var port = TransportPort.choose(options, self, home.transportPort(), new SecureRandom());
        Surroundings.systemProperties(home, distribution);
        Surroundings.redirectOutput(home);
        if (options.firstLogin().isPresent()) {
            firstLogin = new FirstLoginFile(options.firstLogin().get());
        }

        var framework = RunningFramework.create(Surroundings.frameworkProperties(options, self, port, home, distribution,
                CONFIGURED_START_LEVEL));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(framework, err), "azekura-stop"));
        try {
            framework.start(bundles, distribution.resolve("bundles"));
            configure(framework);
            framework.raise(bundles.highestStartLevel(), left(deadline));
            String ready = awaitReady(framework, deadline);
            port.remember();
            out.println(ready);
            out.flush();
        } catch (StartFailure failure) {
            if (!stopping.get()) {
                framework.stop(STOP_TIMEOUT);
                throw failure;
            }
        }
        framework.awaitStop();
        return 0;
    }

    private List<String> lists() {
        List<String> names = new ArrayList<>(List.of("common"));
        self.roles().forEach(role -> names.add(role.word()));
        if ("1".equals(System.getenv("AZEKURA_GOGO")) && System.console() != null && System.console().isTerminal()) {
            names.add("shell");
        }
        return names;
    }

    private void configure(RunningFramework framework) throws StartFailure, IOException {
        ServiceReference<ConfigurationAdmin> reference = framework.context().getServiceReference(ConfigurationAdmin.class);
        if (reference == null) {
            throw lacking(framework, "no configuration admin");
        }
        var admin = framework.context().getService(reference);
        new StoredConfiguration(admin, home.config().resolve("applied.properties")).apply(settings);
    }

    /** @return the line that says so, and one before it where somebody has to log in for the first time */
    private String awaitReady(RunningFramework framework, Instant deadline) throws StartFailure, IOException, InterruptedException {
        var diagnosis = framework.diagnosis();
        if (!diagnosis.bundles().isEmpty()) {
            throw lacking(framework, "");
        }
        if (!self.roles().contains(Role.SERVER)) {
            // Its server may be away for long; what is asked for is that the role itself runs.
            if (!diagnosis.components().isEmpty()) {
                throw lacking(framework, "");
            }
            return ready(null, Optional.empty());
        }
        return switch (Outcome.await(framework.context(), left(deadline))) {
            case Outcome.Answers(String url) -> ready(url, firstPassword(framework));
            case Outcome.Fails(String text) -> throw StartFailure.failed(text);
            case Outcome.Silent() -> throw lacking(framework, "the console does not answer after " + READY_TIMEOUT.toSeconds() + " s");
        };
    }

    /** Empty if a file shows it. */
    private Optional<FirstPassword> firstPassword(RunningFramework framework) throws IOException {
        if (firstLogin == null) {
            return FirstPassword.take(framework.context());
        }
        Optional<FirstPassword> first = FirstPassword.take(framework.context(), false);
        if (first.isPresent()) {
            firstLogin.show(first.get());
        }
        return Optional.empty();
    }

    /** @param url null without a server */
    private String ready(String url, Optional<FirstPassword> first) {
        if (!options.json()) {
            return first.map(FirstPassword::line).map(line -> line + "\n").orElse("") + (url == null ? "ready" : "ready " + url);
        }
        var ready = Json.createObjectBuilder().add("url", url == null ? JsonValue.NULL : Json.createValue(url)).add("home", home.folder().toString());
        first.ifPresent(password -> ready.add("firstLogin", password.json()));
        return ready.build().toString();
    }

    /** One line with the first lack; all of them go to the log file. */
    private StartFailure lacking(RunningFramework framework, String otherwise) {
        var diagnosis = framework.diagnosis();
        List<String> lacks = new ArrayList<>(diagnosis.bundles());
        lacks.addAll(diagnosis.components());
        lacks.forEach(System.err::println);
        String first = lacks.isEmpty() ? otherwise : lacks.getFirst();
        return StartFailure.failed(first + (lacks.size() > 1 ? "; and " + (lacks.size() - 1) + " more" : "")
                + "; see " + home.log());
    }

    /** Never 0, which would wait for ever. */
    private static Duration left(Instant deadline) {
        Duration left = Duration.between(Instant.now(), deadline);
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    /** Runs when the JVM is told to end; its exit code after a signal would not be 0. */
    private void stop(RunningFramework framework, PrintStream err) {
        stopping.set(true);
        try {
            // first, for whatever happens on the way to the end
            if (firstLogin != null) {
                firstLogin.close();
            }
            if (!framework.stop(STOP_TIMEOUT)) {
                err.println("azekura: not stopped after " + STOP_TIMEOUT.toSeconds() + " s; the process ends all the same");
            }
            home.close();
        } catch (IOException | IllegalStateException e) {
            err.println("azekura: while stopping: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        err.flush();
        Runtime.getRuntime().halt(0);
    }
}
