package org.azekura.felix.config.scenario;

import java.nio.file.Path;
import org.azekura.testkit.net.TcpProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The other direction: a client that may dial nobody is dialled by its server, and by the node of each job. */
@ExtendWith(OnHosts.class)
class DialledHostIT {

    @Test
    void aClientThatMayDialNobodyIsServedAllTheSame(Site site) throws Exception {
        site.node("n1");
        site.pool("dialled", "n1");
        Island island = site.network().island("silent");
        try (island; Azekura client = Azekura.on(island.host(), site.workspace().path("silent"), 0, "--role", "client", "--await-server", "--transport-port",
                Integer.toString(Site.TRANSPORT))) {
            try (TcpProxy once = island.to(site.serverHost(), Site.CONSOLE)) {
                client.call("join", "https://" + once.address().getHostString() + ":" + Site.CONSOLE, site.enrol("silent", "client"), "--no-start").exits(0);
            }
            island.from(Site.TRANSPORT);
            client.up();
            site.server().call("client", "address", "silent", Network.SWITCH + ":" + Site.TRANSPORT).exits(0);
            site.awaitConnected("silent");
            Path source = site.workspace().path("dialled");
            Tree.bulk(source, 100, 20_000_000, 8);
            site.comesBack(site.backup("silent", "dialled", source).get("snapshot").asText(), source, "back-dialled");
        }
    }
}
