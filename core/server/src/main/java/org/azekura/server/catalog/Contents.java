package org.azekura.server.catalog;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;

/**
 * What a catalog has in it, as far as two stores of the same catalog must agree about it: whose it is, and of each kind of rows how many or which.
 *
 * @param figures by what is counted or named
 */
record Contents(SortedMap<String, String> figures) {

    static Contents of(CatalogView view) throws BackupException {
        SortedMap<String, String> figures = new TreeMap<>();
        figures.put("appliance", view.setting("appliance.id").orElse("none"));
        figures.put("snapshots", Integer.toString(view.snapshotCount()));
        figures.put("jobs", Integer.toString(view.jobs(false).size()));
        figures.put("volumes", Integer.toString(view.volumes().size()));
        figures.put("save sets", Integer.toString(view.saveSets(null).size()));
        figures.put("clients", view.clients().stream().map(client -> client.name().value()).toList().toString());
        figures.put("policies", view.policies().stream().map(policy -> policy.name().value()).toList().toString());
        figures.put("certificates", Integer.toString(view.certificates().size()));
        figures.put("invitations", Integer.toString(view.invitations().size()));
        for (Pool pool : view.pools()) {
            figures.put("pool " + pool.name(), view.figures(pool.name()).toString());
        }
        for (MediaSet set : view.mediaSets()) {
            figures.put("set " + set.name(), view.figures(set.name()).toString());
        }
        for (Replica replica : view.replicas()) {
            figures.put("replica " + replica.name(), view.figures(replica.name()).toString());
        }
        return new Contents(figures);
    }

    /** The first thing that another has otherwise, for people; null if there is nothing. */
    String difference(Contents found) {
        SortedMap<String, String> all = new TreeMap<>(figures);
        all.putAll(found.figures);
        for (Map.Entry<String, String> each : all.entrySet()) {
            String expected = figures.get(each.getKey());
            String now = found.figures.get(each.getKey());
            if (!Objects.equals(expected, now)) {
                return each.getKey() + ": expected " + expected + ", found " + now;
            }
        }
        return null;
    }
}
