package org.azekura.client;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.transport.Transport;
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
    private static final Endpoint SERVER = new Endpoint("local", "server");

    private final Map<String, Transport> transports = new ConcurrentHashMap<>();
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
        role = new ClientRole(new ClientName(context.getProperty("azekura.name")), context.getBundle().getVersion().toString(),
                Path.of(context.getProperty("azekura.home")), SERVER, this::find, InstantSource.system());
    }

    @Deactivate
    void stop() {
        if (role != null) {
            role.close();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTransport(Transport transport) {
        transports.put(transport.scheme(), transport);
    }

    void removeTransport(Transport transport) {
        transports.remove(transport.scheme(), transport);
    }

    private Transport find(String scheme) throws BackupException {
        Transport found = transports.get(scheme);
        if (found == null) {
            throw BackupException.network("transport.missing", scheme, "there is no transport \"" + scheme + "\" here now, only "
                    + Arrays.toString(transports.keySet().toArray()), null);
        }
        return found;
    }
}
