package org.azekura.ca;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Hashtable;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.Identity;
import org.azekura.api.server.StartProblem;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the authority of this home; reads it on a thread of its own, because disks can be slow. */
@Component(immediate = true, service = {})
public final class AuthorityComponent {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityComponent.class);

    private final BundleContext context;
    private ServiceRegistration<?> published;
    private boolean closed;

    @Activate
    public AuthorityComponent(BundleContext context) {
        this.context = context;
        Thread.ofPlatform().daemon().name("certificate authority").start(this::open);
    }

    private void open() {
        try {
            HomeAuthority authority = HomeAuthority.open(Path.of(context.getProperty("azekura.home")), InstantSource.system());
            LOG.info("the authority of this appliance has the fingerprint {}", Identity.fingerprint(authority.certificate()));
            publish(CertificateAuthority.class, authority, Map.of());
        } catch (BackupException | RuntimeException e) {
            LOG.error("there is no certificate authority", e);
            String text = "the backup server can't start: " + e.getMessage();
            publish(StartProblem.class, (StartProblem) () -> text, Map.of(StartProblem.TEXT, text));
        }
    }

    private synchronized <S> void publish(Class<S> type, S service, Map<String, String> properties) {
        if (!closed) {
            published = context.registerService(type, service, new Hashtable<>(properties));
        }
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        if (published != null) {
            published.unregister();
        }
    }
}
