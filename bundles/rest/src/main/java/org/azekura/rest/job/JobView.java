package org.azekura.rest.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.RawPath;
import org.azekura.api.server.JobOrder;

/**
 * One job, and what was ordered.
 *
 * @param saveSet of a backup, else null
 * @param paths   of a backup or a restore, in percent form; none: all
 * @param detour  why a backup goes to another pool than it was meant for, null if it does not
 * @param via     the client that collects if it is not {@code client}, else null
 * @param from    whose data a restore brings to {@code client}, or a drill rehearses there, else null
 * @param driver  that is changed; only there if one is
 */
record JobView(@JsonUnwrapped JobRow row, String saveSet, List<String> paths, String detour, String via, String from,
        @JsonInclude(JsonInclude.Include.NON_NULL) Driver driver) {

    /**
     * @param change  install, update or remove
     * @param name    as the package says, null if it says none
     * @param version that it brings; null if it says none, and of a removal
     */
    private record Driver(String change, String name, String version, List<String> nodes) {

        static Driver of(JobOrder.Driver order) {
            return new Driver(order.kind().word(), order.driver(), order.version(), order.nodes().stream().map(NodeName::value).toList());
        }
    }

    static JobView of(JobRow row, JobOrder order, String detour) {
        return switch (order) {
            case JobOrder.Backup backup -> new JobView(row, backup.saveSet().name().value(), paths(backup), detour, text(backup.via()), null, null);
            case JobOrder.Restore restore -> new JobView(row, null, percent(restore.paths()), detour, null, text(restore.from()), null);
            case JobOrder.Download download -> new JobView(row, null, percent(download.paths()), detour, null, null, null);
            case JobOrder.Drill drill -> new JobView(row, null, List.of(), detour, null, text(drill.from()), null);
            case JobOrder.Driver driver -> new JobView(row, null, List.of(), detour, null, null, Driver.of(driver));
            case JobOrder.Mount _, JobOrder.Copy _, JobOrder.Verify _, JobOrder.Heal _, JobOrder.Lock _, JobOrder.Prune _, JobOrder.Expire _, JobOrder.Rebuild _, JobOrder.OfLibrary _ ->
                new JobView(row, null, List.of(), detour, null, null, null);
        };
    }

    private static List<String> paths(JobOrder.Backup backup) {
        if (backup.stream() != null) {
            return List.of("/" + backup.stream().name().toPercent());
        }
        return backup.hooks().dump() != null ? List.of("/" + backup.hooks().dump()) : percent(backup.saveSet().roots());
    }

    private static String text(ClientName client) {
        return client == null ? null : client.value();
    }

    private static List<String> percent(List<RawPath> paths) {
        return paths.stream().map(RawPath::toPercent).toList();
    }
}
