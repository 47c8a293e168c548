package org.azekura.client.hook;

import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.JobId;
import org.azekura.api.message.ClientOrder;

/** What a hook is told of its job: its environment but for phase and result. */
public record HookFacts(JobId job, Map<String, String> environment) {

    public static HookFacts of(ClientOrder.Collect order) {
        return new HookFacts(order.job(), Map.of("AZEKURA_JOB", order.job().toString(), "AZEKURA_KIND", "backup", "AZEKURA_CLIENT",
                order.client().value(), "AZEKURA_SAVE_SET", order.saveSet().name().value()));
    }

    public static HookFacts of(ClientOrder.Restore order) {
        Map<String, String> facts = new TreeMap<>(Map.of("AZEKURA_JOB", order.job().toString(), "AZEKURA_KIND", "restore", "AZEKURA_TARGET",
                order.target().toString()));
        if (order.client() != null) {
            facts.put("AZEKURA_CLIENT", order.client().value());
        }
        return new HookFacts(order.job(), facts);
    }

    Map<String, String> in(String phase, String result) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("AZEKURA_PHASE", phase);
        if (result != null) {
            all.put("AZEKURA_RESULT", result);
        }
        return all;
    }
}
