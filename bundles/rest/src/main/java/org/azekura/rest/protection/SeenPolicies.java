package org.azekura.rest.protection;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.access.Caller;
import org.azekura.api.catalog.Policy;
import org.azekura.api.server.Policies;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Scope;

/** The policies that are there for a caller: if he does not see every client, those that are about his clients only. */
record SeenPolicies(Policies all, Caller caller) {

    List<Policy> list() throws BackupException {
        return all.list().stream().filter(this::sees).toList();
    }

    Policy get(String name) throws BackupException {
        PolicyName wanted = Names.policy(name);
        if (!Scope.isBounded(caller)) {
            return all.get(wanted);
        }
        return list().stream().filter(policy -> policy.name().equals(wanted)).findFirst().orElseThrow(() -> Names.unknown("policy", name));
    }

    private boolean sees(Policy policy) {
        return policy.saveSets().stream().allMatch(set -> caller.sees(set.client()));
    }
}
