package org.azekura.client;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.transport.Transport;
import org.azekura.wire.Transports;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the backup client where the role {@code client} is wanted. */
@Component(immediate = true, service = {})
public final class ClientComponent {

    private static final Logger LOG = LoggerFactory.getLogger(ClientComponent.class);

    private final Transports transports = new Transports();
    private ClientRole role;

    @Activate
    public ClientComponent() {}

    @Activate
    void start(BundleContext context) throws BackupException {
        String roles = context.getProperty("azekura.roles");
        if (roles == null || !List.of(roles.split(",")).contains("client")) {
            LOG.info("no client here: azekura.roles is {}", roles);
            return;
        }
        Path home = Path.of(context.getProperty("azekura.home"));
        role = new ClientRole(new ClientName(context.getProperty("azekura.name")), context.getBundle().getVersion().toString(), home,
                Endpoint.parse(context.getProperty("azekura.server")), transports, InstantSource.system());
    }

    @Deactivate
    void stop() {
        if (role != null) {
            role.close();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTransport(Transport transport) {
        transports.add(transport);
    }

    void removeTransport(Transport transport) {
        transports.remove(transport);
    }
}
