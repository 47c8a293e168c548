package org.azekura.client.mount;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.ClientName;
import org.azekura.api.content.Content;
import org.azekura.api.content.Contents;

/** What is open to be read within this process, and waits for its job. Numbers are negative: those of commands are not. Safe for any number of threads. */
public final class OpenContents implements Contents {

    private final ClientName client;
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, OpenContent> waiting = new ConcurrentHashMap<>();

    public OpenContents(ClientName client) {
        this.client = client;
    }

    @Override
    public ClientName client() {
        return client;
    }

    @Override
    public Content open() {
        OpenContent opened = new OpenContent(-random.nextLong(1, Long.MAX_VALUE), left -> waiting.remove(left.stream()));
        waiting.put(opened.stream(), opened);
        return opened;
    }

    /** Null if none of this number waits. */
    OpenContent take(long stream) {
        return waiting.remove(stream);
    }
}
