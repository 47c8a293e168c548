package org.azekura.access;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.access.sso.Person;
import org.azekura.access.sso.Provider;
import org.azekura.api.BackupException;
import org.azekura.api.access.OutwardSockets;
import org.azekura.api.catalog.SignOn;

/** What has to hold of the settings of single sign-on, and what they mean for who comes. */
final class SignOnRules {

    private static final Pattern WORD = Pattern.compile("[!-~]{1,200}");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final int MOST = 100;

    private SignOnRules() {}

    static final String LOCAL = "a provider on this very machine, or on its own link, is asked only if the setting localProvider of org.azekura.access permits it";

    /** @param local whether the provider may be on this machine @throws BackupException {@code sso.invalid} */
    static void require(SignOn wanted, boolean local) throws BackupException {
        String wrong = !LINE.matcher(wanted.name()).matches() || wanted.name().isBlank() ? "the name is what people read on the button, like \"Example Inc.\""
                : !isAddress(wanted.issuer()) ? "the issuer is the https address that the provider gives for itself, like https://id.example.com"
                : !local && OutwardSockets.isNear(URI.create(wanted.issuer()).getHost()) ? LOCAL
                : !WORD.matcher(wanted.client()).matches() ? "the client is what the provider calls this appliance, without spaces"
                : !wanted.scopes().stream().allMatch(scope -> WORD.matcher(scope).matches()) ? "scopes are words, like email and groups"
                : !WORD.matcher(wanted.claim()).matches() ? "the claim is the word by whose values roles are given, like groups"
                : wanted.grants().isEmpty() || wanted.grants().size() > MOST ? "1 to " + MOST + " grants say which values of the claim give which role"
                : !wanted.grants().stream().allMatch(grant -> LINE.matcher(grant.value()).matches()) ? "the value of a grant is one line, like backup-admins"
                : !wanted.domains().stream().allMatch(domain -> DOMAIN.matcher(domain).matches()) ? "domains are parts of e-mail addresses in lower case, like example.com" : null;
        if (wrong != null) {
            throw BackupException.operator("sso.invalid", wanted.name(), wrong);
        }
        for (SignOn.Grant grant : wanted.grants()) {
            UserDesk.requireScope(grant.role(), grant.clients(), "grant");
        }
    }

    private static boolean isAddress(String issuer) {
        try {
            URI address = URI.create(issuer);
            return Provider.isSafe(address, true) && address.getQuery() == null && address.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What somebody may; empty: nothing. */
    static Optional<SignOn.Grant> grant(SignOn settings, Person person) {
        return settings.grants().stream().filter(grant -> person.values().contains(grant.value())).findFirst();
    }

    /** Whether he has an address that will do, if one is asked for. */
    static boolean hasDomain(SignOn settings, Person person) {
        return settings.domains().isEmpty() || person.email() != null && settings.domains().contains(domain(person.email()));
    }

    private static String domain(String email) {
        return email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** Names that a new user may have, the best first; the last is nobody's else. @param own digits of his own */
    static Stream<String> names(Person person, String own) {
        String base = person.login().replaceFirst("@.*", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
        String cut = base.length() > 40 ? base.substring(0, 40) : base.isEmpty() ? "user" : base;
        return Stream.of(cut, cut + "-" + own);
    }
}
