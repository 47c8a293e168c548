package org.azekura.rest.protection;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.Policy;

/** What is laid down of a policy, as a change of it says it. */
record PolicyTerms(List<String> saveSets, String pool, List<String> copyTo, @JsonUnwrapped TimingView timing, String keep) {

    static PolicyTerms of(Policy policy) {
        return new PolicyTerms(policy.saveSets().stream().map(SaveSetId::toString).toList(), policy.pool().value(), policy.copyTo().stream().map(PoolName::value).toList(),
                TimingView.of(policy.timing()), policy.keep().text());
    }
}
