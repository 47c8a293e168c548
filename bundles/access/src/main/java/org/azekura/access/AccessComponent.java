package org.azekura.access;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.SteadyTime;
import org.azekura.api.access.AuditLog;
import org.azekura.api.access.Passkeys;
import org.azekura.api.access.Requests;
import org.azekura.api.access.Seal;
import org.azekura.api.access.SecondFactors;
import org.azekura.api.access.Sessions;
import org.azekura.api.access.SingleSignOn;
import org.azekura.api.access.Tokens;
import org.azekura.api.access.Users;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Catalog;
import org.azekura.api.server.ClockState;
import org.azekura.api.server.StartProblem;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes who is let in while the server runs; begins on a thread of its own, because it waits for the catalog. */
@Component(name = "org.azekura.access", immediate = true, service = {})
@Designate(ocd = AccessComponent.Settings.class)
public final class AccessComponent {

    private static final Logger LOG = LoggerFactory.getLogger(AccessComponent.class);

    private final BundleContext context;
    private final List<ServiceRegistration<?>> published = new ArrayList<>();
    private volatile Settings settings;
    private boolean closed;

    @ObjectClassDefinition(name = "Access", description = "Who is let in.")
    public @interface Settings {

        @AttributeDefinition(name = "Second factor for admins", description = "Whether each user of the role admin has to have a second factor; who has none is asked for"
                + " one at his next login, before anything else.")
        boolean factorForAdmins() default false;

        @AttributeDefinition(name = "Host name of passkeys", description = "The name under which browsers open the console, or the domain that it is in; passkeys are made for it. Empty: each"
                + " is made for the name in the address bar, and good for no other.")
        String passkeyHost() default "";

        @AttributeDefinition(name = "Provider on this machine", description = "Whether the provider of single sign-on may be this very machine or on its own link, and then be asked without TLS."
                + " Leave it off unless it is: whoever may set a provider would reach what listens to nobody else.")
        boolean localProvider() default false;
    }

    @Activate
    public AccessComponent(BundleContext context, @Reference Catalog catalog, @Reference Appliance appliance, Settings settings) {
        this.context = context;
        this.settings = settings;
        Thread.ofPlatform().daemon().name("access").start(() -> open(catalog, appliance));
    }

    /** It counts from the next login on. */
    @Modified
    void changed(Settings now) {
        settings = now;
    }

    private void open(Catalog catalog, Appliance appliance) {
        try {
            InstantSource steady = SteadyTime.ofProcess();
            InstantSource lasting = () -> later(times(appliance));
            Secrets secrets = new Secrets(new SecureRandom());
            Passwords passwords = new Passwords(Passwords.COST, new SecureRandom());
            OpenSessions sessions = new OpenSessions(steady, secrets);
            HomeKey key = HomeKey.of(Path.of(context.getProperty("azekura.home")));
            TakenCodes codes = new TakenCodes(catalog, InstantSource.system(), key);
            UserDesk users = new UserDesk(catalog, lasting, secrets, passwords, sessions);
            TokenDesk tokens = new TokenDesk(catalog, lasting, secrets, sessions);
            SessionDesk desk = new SessionDesk(catalog, lasting, passwords, new Gate(steady), sessions, tokens, codes, () -> settings.factorForAdmins());
            FirstAdmin first = new FirstAdmin(users, Path.of(context.getProperty("azekura.home")));
            if (catalog.leads()) {
                first.ensure();
            }
            publish(Supplier.class, first, Map.of(FirstAdmin.PROPERTY, FirstAdmin.NAME.value(), FirstAdmin.REFUSED, first.refused()));
            ChainedLog log = new ChainedLog(catalog, () -> times(appliance));
            publish(Seal.class, key.forOthers(), Map.of());
            publish(AuditLog.class, log, Map.of());
            publish(Requests.class, new RequestDesk(catalog, () -> appliance.clock().retentionTime(), lasting, key, log), Map.of());
            publish(Users.class, users, Map.of());
            publish(Tokens.class, tokens, Map.of());
            publish(SecondFactors.class, new FactorDesk(codes, InstantSource.system(), secrets, key, desk, context.getProperty("azekura.name")), Map.of());
            publish(Passkeys.class, new PasskeyDesk(catalog, lasting, steady, secrets, key, desk, new PasskeyHost(() -> settings.passkeyHost())), Map.of());
            publish(SingleSignOn.class, new SignOnDesk(catalog, steady, secrets, key, desk, new Newcomers(catalog, lasting, desk), () -> settings.localProvider()), Map.of());
            publish(Sessions.class, desk, Map.of());
        } catch (BackupException | RuntimeException e) {
            LOG.error("nobody can be let in", e);
            String text = "who may log in can't be read: " + e.getMessage();
            publish(StartProblem.class, (StartProblem) () -> text, Map.of(StartProblem.TEXT, text));
        }
    }

    private static ChainedLog.Times times(Appliance appliance) {
        try {
            ClockState clock = appliance.clock();
            return new ChainedLog.Times(clock.retentionTime(), clock.machineTime());
        } catch (BackupException e) {
            Instant machine = Instant.now();
            return new ChainedLog.Times(machine, machine);
        }
    }

    /** Whoever sets the machine's clock back makes no token last longer. */
    private static Instant later(ChainedLog.Times times) {
        return times.retention().isAfter(times.machine()) ? times.retention() : times.machine();
    }

    private synchronized <S> void publish(Class<S> type, S service, Map<String, Object> properties) {
        if (!closed) {
            published.add(context.registerService(type, service, new Hashtable<>(properties)));
        }
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        published.forEach(ServiceRegistration::unregister);
    }
}
