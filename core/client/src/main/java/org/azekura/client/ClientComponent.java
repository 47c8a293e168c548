package org.azekura.client;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.content.Contents;
import org.azekura.api.transport.Transport;
import org.azekura.client.hook.HookDesk;
import org.azekura.engine.seal.Sealer;
import org.azekura.wire.ServerLinks;
import org.azekura.wire.Transports;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the backup client where the role {@code client} is wanted. */
@Component(name = "org.azekura.client", immediate = true, service = {})
@Designate(ocd = ClientComponent.Settings.class)
public final class ClientComponent {

    private static final Logger LOG = LoggerFactory.getLogger(ClientComponent.class);

    /** A host that has met its server may still be starting for others, and no schedule is so close. */
    private static final Duration WARM_UP_PAUSE = Duration.ofMinutes(1);

    private final Transports transports = new Transports();
    private ClientRole role;
    private WarmUp warmUp;
    private ServiceRegistration<Contents> offered;

    @ObjectClassDefinition(name = "Backup client", description = "Collects and restores on this host.")
    public @interface Settings {

        @AttributeDefinition(name = "Folders of hooks", description = "Absolute paths of further folders with programs that jobs may call by name, like"
                + " /etc/azekura/hooks; the folder hooks of the home comes first. Folder and program belong to root or the client's user, and nobody"
                + " else can write them.")
        String[] hookFolders() default {};

        @AttributeDefinition(name = "Time of a hook", description = "Seconds that a hook may take before it is ended, 1 to 900 (a storage node does not wait for longer); a hook that dumps may"
                + " be silent for so long.", min = "1", max = "900")
        int hookTime__s() default HookDesk.Settings.DEFAULT_s;
    }

    @Activate
    public ClientComponent() {}

    @Activate
    void start(BundleContext context, Settings settings) throws BackupException {
        String roles = context.getProperty("azekura.roles");
        if (roles == null || !List.of(roles.split(",")).contains("client")) {
            LOG.info("no client here: azekura.roles is {}", roles);
            return;
        }
        Path home = Path.of(context.getProperty("azekura.home"));
        warmUp = new WarmUp(WARM_UP_PAUSE, "false".equals(context.getProperty("azekura.client.warmUp")) ? () -> {} : Sealer::warmUp);
        role = new ClientRole(new ClientName(context.getProperty("azekura.name")), context.getBundle().getVersion().toString(), home,
                ServerLinks.places(context.getProperty("azekura.server")), transports, InstantSource.system(), hooks(home, settings), warmUp::met);
        offered = context.registerService(Contents.class, role.contents(), null);
    }

    private static HookDesk.Settings hooks(Path home, Settings settings) {
        List<Path> folders = new ArrayList<>(HookDesk.Settings.of(home).folders());
        for (String folder : settings.hookFolders()) {
            if (Path.of(folder).isAbsolute()) {
                folders.add(Path.of(folder));
            } else {
                LOG.warn("the setting hookFolders names {}, which is no absolute path; it is left out", folder);
            }
        }
        return new HookDesk.Settings(folders, Duration.ofSeconds(Math.clamp(settings.hookTime__s(), 1, 900)));
    }

    @Deactivate
    void stop() {
        if (role != null) {
            offered.unregister();
            role.close();
            warmUp.close();
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
