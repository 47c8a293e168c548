package org.azekura.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PolicyName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.server.Policies;
import org.azekura.api.server.SaveSets;
import org.azekura.api.server.Schedules;

/** Save sets and policies of a test. */
final class FakeProtection {

    private FakeProtection() {}

    /** Remembers what it is given. */
    static final class Sets implements SaveSets {

        final Map<SaveSetId, KeptSaveSet> kept = new TreeMap<>();

        @Override
        public List<KeptSaveSet> list(ClientName client) {
            return kept.values().stream().filter(set -> client == null || set.client().equals(client)).toList();
        }

        @Override
        public KeptSaveSet find(String name) throws BackupException {
            return kept.values().stream().filter(set -> set.id().toString().equals(name) || set.saveSet().name().value().equals(name)).findFirst()
                    .orElseThrow(() -> BackupException.operator("saveset.unknown", name, "there is no save set " + name));
        }

        @Override
        public KeptSaveSet create(KeptSaveSet wanted) throws BackupException {
            KeptSaveSet made = wanted.client() != null ? wanted : new KeptSaveSet(new ClientName("host"), wanted.via(), wanted.saveSet(), wanted.hooks());
            if (kept.putIfAbsent(made.id(), made) != null) {
                throw BackupException.operator("saveset.exists", made.id().toString(), "it is there");
            }
            return made;
        }

        @Override
        public KeptSaveSet change(KeptSaveSet changed) {
            kept.put(changed.id(), changed);
            return changed;
        }

        @Override
        public void delete(SaveSetId id) throws BackupException {
            if (id.name().value().equals("used")) {
                throw BackupException.operator("saveset.used", id.toString(), "a policy saves it");
            }
            kept.remove(id);
        }
    }

    /** Begins a job for each save set but those that are called {@code away}. */
    static final class Plans implements Policies {

        final Map<PolicyName, Policy> kept = new TreeMap<>();
        private final FakeServer server;

        Plans(FakeServer server) {
            this.server = server;
        }

        @Override
        public List<Policy> list() {
            return List.copyOf(kept.values());
        }

        @Override
        public Policy get(PolicyName name) throws BackupException {
            if (!kept.containsKey(name)) {
                throw BackupException.operator("policy.unknown", name.value(), "there is no policy " + name);
            }
            return kept.get(name);
        }

        @Override
        public Schedules schedules() {
            return new FakeSchedules(kept);
        }

        @Override
        public Policy change(Wanted wanted) throws BackupException {
            get(wanted.name());
            return create(wanted);
        }

        @Override
        public Policy create(Wanted wanted) {
            PolicyName name = wanted.name();
            kept.put(name, new Policy(name, wanted.pool(), wanted.saveSets().stream().map(set -> new SaveSetId(new ClientName("host"), new SaveSetName(set.substring(set.indexOf('/') + 1)))).toList(), wanted.copyTo(),
                    wanted.timing(), wanted.keep()));
            return kept.get(name);
        }

        @Override
        public void delete(PolicyName name) {
            kept.remove(name);
        }

        @Override
        public List<Begun> run(PolicyName name) throws BackupException {
            List<Begun> begun = new ArrayList<>();
            for (SaveSetId set : get(name).saveSets()) {
                boolean away = set.name().value().equals("away");
                begun.add(new Begun(set, away ? null : server.job(begun.size() + 1L, Job.State.QUEUED),
                        away ? BackupException.network("client.offline", "", "client host is not connected", null).failure() : null));
            }
            return begun;
        }
    }
}
