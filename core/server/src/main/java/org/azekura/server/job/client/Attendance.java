package org.azekura.server.job.client;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.catalog.Client;
import org.azekura.api.identity.HostRole;
import org.azekura.server.enrol.Standing;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Stage;

/** Whether a client is there for a job. One that is on its way, by all that is known, is waited for a little. Thread-safe. */
public final class Attendance {

    /** Longer than a client waits at most before it dials again. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(20);
    /** So long after its start the server has clients that are still on their way back. */
    private static final Duration EARLY = Duration.ofSeconds(60);

    private final Stage stage;
    private final long started = System.nanoTime();

    /** Made when the server starts. */
    public Attendance(Stage stage) {
        this.stage = stage;
    }

    /** @throws BackupException {@code client.revoked}, {@code client.offline} */
    public void require(ClientName client) throws BackupException {
        Standing standing = stage.catalog().read(view -> Standing.of(view, HostRole.CLIENT.peer(client.value()), stage.clock().known()));
        if (standing == Standing.REVOKED) {
            throw BackupException.operator("client.revoked", client.value(), "client " + client + " was revoked; enrol it anew: azekura client enrol --name "
                    + client);
        }
        if (standing == Standing.VALID && isOnItsWay(client)) {
            await(client);
        }
        stage.hosts().client(client);
    }

    /** It has just joined and never came, or the server itself has not been there for long. */
    private boolean isOnItsWay(ClientName client) throws BackupException {
        return System.nanoTime() - started < EARLY.toNanos()
                || stage.catalog().read(view -> view.client(client)).map(Client::lastSeen).isEmpty();
    }

    private void await(ClientName client) throws BackupException {
        try {
            stage.hosts().awaitClient(client, ON_ITS_WAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Obstacle.stopping();
        }
    }
}
