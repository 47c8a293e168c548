package org.azekura.access.sso;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said of somebody. */
record Claims(Map<String, Object> all) {

    /** @param others that count where these say nothing */
    Claims with(Map<String, Object> others) {
        Map<String, Object> both = new HashMap<>(others);
        both.putAll(all);
        return new Claims(both);
    }

    /** Empty if it is not there or no text. */
    String text(String claim) {
        return all.get(claim) instanceof String text ? text : "";
    }

    /** Of a list, or the one that it is. @param claim with dots where it is nested, as in {@code realm_access.roles} */
    Set<String> values(String claim) {
        return switch (find(all, claim)) {
            case Collection<?> many -> many.stream().map(String::valueOf).collect(Collectors.toSet());
            case null -> Set.of();
            case Object one -> Set.of(String.valueOf(one));
        };
    }

    private static Object find(Map<?, ?> in, String claim) {
        int dot = claim.indexOf('.');
        if (in.containsKey(claim) || dot < 0) {
            return in.get(claim);
        }
        return in.get(claim.substring(0, dot)) instanceof Map<?, ?> nested ? find(nested, claim.substring(dot + 1)) : null;
    }

    Person person(String subject, String claim) {
        String email = all.get("email_verified") instanceof Boolean sure && sure ? text("email") : "";
        String login = text("preferred_username").isEmpty() ? text("email") : text("preferred_username");
        return new Person(subject, login, text("name").isEmpty() ? login : text("name"), email.isEmpty() ? null : email, values(claim));
    }
}
