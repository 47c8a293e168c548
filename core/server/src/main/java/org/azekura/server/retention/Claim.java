package org.azekura.server.retention;

import java.time.ZoneId;
import java.util.List;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;

/**
 * What one policy wants of the snapshots of one of its save sets.
 *
 * @param policy    null where there is none, as when rules are only tried
 * @param zone      by whose calendar days, weeks, months and years are counted
 * @param snapshots in any order
 */
record Claim(PolicyName policy, Keep keep, ZoneId zone, List<Aged> snapshots) {}
