package org.azekura.api.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What somebody may do. The words in lower case are those that people and programs see. */
public enum Role {

    /** Everything. */
    ADMIN(EnumSet.allOf(Right.class)),

    /** Sees everything and runs it. */
    OPERATOR(EnumSet.of(Right.OWN, Right.READ, Right.RESTORE, Right.OPERATE)),

    /** Brings back what is of the clients named with it, and sees nothing of others. */
    RESTORER(EnumSet.of(Right.OWN, Right.RESTORE)),

    /** Sees everything but content, and changes nothing. */
    AUDITOR(EnumSet.of(Right.OWN, Right.READ));

    private final Set<Right> rights;

    Role(Set<Right> rights) {
        this.rights = rights;
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
