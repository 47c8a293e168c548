package org.azekura.driver.sftp;

import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/** The library's client as this driver wants it: it reads nothing in anybody's home, forwards nothing, and its threads end with {@link #close}. */
final class SshCalls implements AutoCloseable {

    private static final List<UserAuthFactory> WAYS_IN = List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE,
            UserAuthKeyboardInteractiveFactory.INSTANCE);
    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(15);
    private static final int MISSED_SIGNS = 3;
    private static final int THREADS = 2;

    static {
        Ed25519.use();
    }

    private final ServerKeyVerifier known;
    private SshClient client;
    private boolean closed;

    SshCalls(ServerKeyVerifier known) {
        this.known = known;
    }

    synchronized SshClient client() {
        if (client == null && !closed) {
            client = begin();
        }
        if (closed) {
            throw new IllegalStateException("closed");
        }
        return client;
    }

    private SshClient begin() {
        SshClient made = ClientBuilder.builder().serverKeyVerifier(known).hostConfigEntryResolver(HostConfigEntryResolver.EMPTY).channelFactories(List.of()).build();
        made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        made.setUserAuthFactories(WAYS_IN);
        // Else it looks for others by the thread's loader, which is not this bundle's.
        made.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory());
        CoreModuleProperties.NIO_WORKERS.set(made, THREADS);
        CoreModuleProperties.TCP_NODELAY.set(made, true);
        // A writer may wait long for its next bytes; who is silent then is asked for a sign of life.
        CoreModuleProperties.IDLE_TIMEOUT.set(made, Duration.ZERO);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(made, BETWEEN_SIGNS_OF_LIFE);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(made, MISSED_SIGNS);
        made.start();
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close(true);
        }
    }
}
