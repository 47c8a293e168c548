package org.azekura.rest.proof;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PolicyName;
import org.azekura.api.access.Caller;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.Proofs;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Scope;

/** What was proven of the clients that a caller sees, and plans that are about these only. What is not there for him is answered as what is not there at all. */
public record SeenProofs(Proofs all, Caller caller) {

    Proof get(String job) throws BackupException {
        Proof found;
        try {
            found = all.get(Names.job(job));
        } catch (BackupException e) {
            throw Scope.isBounded(caller) || e.failure().code().equals("job.unknown") ? Names.unknown("drill", job) : e;
        }
        if (!caller.sees(found.saveSet().client())) {
            throw Names.unknown("drill", job);
        }
        return found;
    }

    /** @param client null for those of all */
    List<Proofs.Standing> standings(ClientName client) throws BackupException {
        return all.standings(client).stream().filter(one -> caller.sees(one.saveSet().client())).toList();
    }

    public Optional<Proof> lastProven() throws BackupException {
        return all.lastProven(caller::sees);
    }

    public List<Proofs.Newest> newest() throws BackupException {
        return all.newest().stream().filter(one -> caller.sees(one.saveSet().client())).toList();
    }

    List<DrillPlan> plans() throws BackupException {
        return all.plans().list().stream().filter(plan -> plan.saveSets().stream().allMatch(set -> caller.sees(set.client()))).toList();
    }

    DrillPlan plan(String name) throws BackupException {
        PolicyName wanted;
        try {
            wanted = new PolicyName(name);
        } catch (IllegalArgumentException e) {
            throw Names.unknown("plan", name);
        }
        if (!Scope.isBounded(caller)) {
            return all.plans().get(wanted);
        }
        return plans().stream().filter(plan -> plan.name().equals(wanted)).findFirst().orElseThrow(() -> Names.unknown("plan", name));
    }
}
