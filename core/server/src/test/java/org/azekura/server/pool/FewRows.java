package org.azekura.server.pool;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Session;

/** A catalog of pools and sessions in memory; whatever else is asked of it fails. */
final class FewRows {

    final Map<PoolName, Pool> pools = new TreeMap<>();
    final Map<SessionId, Session> sessions = new HashMap<>();
    int snapshots;
    /** Thrown by the next write, before anything is changed. */
    BackupException fault;

    private final CatalogEdit edit = fake(CatalogEdit.class, (self, method, args) -> switch (method.getName()) {
        case "pool" -> Optional.ofNullable(pools.get(args[0]));
        case "pools" -> List.copyOf(pools.values());
        case "putPool" -> {
            pools.put(((Pool) args[0]).name(), (Pool) args[0]);
            yield null;
        }
        case "mediaSet" -> Optional.empty();
        case "mediaSets" -> List.of();
        case "replica" -> Optional.empty();
        case "replicas" -> List.of();
        case "setting" -> Optional.empty();
        case "snapshotCount" -> snapshots;
        case "session" -> Optional.ofNullable(sessions.get(args[0]));
        default -> throw new UnsupportedOperationException(method.getName());
    });

    @SuppressWarnings("unchecked")
    CatalogStore store() {
        return fake(CatalogStore.class, (self, method, args) -> switch (method.getName()) {
            case "read" -> ((CatalogStore.Query<Object>) args[0]).run(edit);
            case "write" -> {
                if (fault != null) {
                    BackupException now = fault;
                    fault = null;
                    throw now;
                }
                yield ((CatalogStore.Change<Object>) args[0]).run(edit);
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
