package org.azekura.api.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.ClientName;
import org.azekura.api.access.Role;

/**
 * A provider that says who somebody is (OpenID Connect).
 *
 * @param name      as people know it, like {@code Example Inc.}
 * @param issuer    address that it is found at, exactly as it says it itself
 * @param client    what it knows this appliance by
 * @param secret    sealed; null: none
 * @param scopes    asked for beside {@code openid}
 * @param claim     by whose values roles are given, with dots where it is nested
 * @param grants    the first one that fits counts; who none fits is refused
 * @param domains   of e-mail addresses, one of which somebody has to have; empty: any, or none; in the order of the alphabet
 * @param passwords whether users of this appliance still log in with passwords
 */
public record SignOn(String name, String issuer, String client, String secret, List<String> scopes, String claim, List<Grant> grants, Set<String> domains,
        boolean passwords) {

    public SignOn {
        scopes = List.copyOf(scopes);
        grants = List.copyOf(grants);
        domains = Collections.unmodifiableSortedSet(new TreeSet<>(domains));
    }

    /** @param value of the claim, like the name of a group @param clients as {@link org.azekura.api.access.Caller#clients} */
    public record Grant(String value, Role role, Set<ClientName> clients) {

        public Grant {
            clients = Set.copyOf(clients);
        }
    }
}
